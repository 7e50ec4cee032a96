"""Words typed into a search, with or without accents, and the units whose names have them."""

from directive.codes import folded
from directive.directory import Directory, Unit
from register.models import SearchWord

MOST = 8
"""Words looked for; whoever types more has said enough."""


def search_words(typed: str, directory: Directory) -> tuple[SearchWord, ...]:
    """Each word once: `Khoa học` and `khoa hoc` are the same. All of them have to be found in a task."""
    words = dict.fromkeys(folded(typed).split())
    if not words:
        return ()
    named = [(unit.code, _named(unit)) for unit in directory.units]
    return tuple(
        SearchWord(folded=word, units=tuple(code for code, name in named if word in name))
        for word in list(words)[:MOST]
    )


def _named(unit: Unit) -> str:
    return folded(" ".join((unit.name, *unit.aliases)))
