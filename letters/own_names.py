"""The names that a letter sets apart by itself: an addressee, a heading over items, the words before a colon.

Such a name is taken whole wherever the letter repeats it, though it holds words that end other names: "Phòng Kinh tế,
Hạ tầng và Đô thị", "Chi cục An toàn vệ sinh thực phẩm".
"""

import re

from directive.regex import regex
from letters import unit_shapes as shapes
from letters.text import Passage
from letters.units import Own, in_capitals, is_head, read_units
from letters.words import folded

_PARTS = regex(r";\s*|,\s+(?:và\s+)?(?=[A-ZĐ])")
_BRACKET = regex(r"\s*\([^)]*\)\s*$")
_MOST_WORDS = 14


def own_names(set_apart: list[Passage]) -> Own:
    """A pattern for the names that running text would cut short, longest first; None when there are none."""
    names = {name for passage in set_apart for name in _names(folded(passage.text))}
    if not names:
        return None
    longest = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(re.escape(name) for name in longest)})(?!\w)")


def _names(text: str) -> list[str]:
    whole = _BRACKET.sub("", text).strip(" .;,:")
    if in_capitals(whole):
        return []
    return [
        part
        for raw in _joined(_PARTS.split(whole))
        if (part := raw.strip())
        and is_head(part, 0)
        and (_read_as(part) == 1 or (_read_as(part) == 0 and _only_a_name(part)))
    ]


def _joined(parts: list[str]) -> list[str]:
    """What opens no unit goes on with the part before it: "Phòng Kinh tế, Hạ tầng và Đô thị"."""
    joined: list[str] = []
    for part in parts:
        if joined and not is_head(part, 0):
            joined[-1] = f"{joined[-1]}, {part}"
        else:
            joined.append(part)
    return joined


def _read_as(text: str) -> int:
    """How many units the grammar reads it as when it reads all of it; 0 where it does not."""
    units = read_units(text, 0, in_list=True)
    return len(units) if units and units[-1].end == len(text) and len(text.split()) > 1 else 0


def _only_a_name(text: str) -> bool:
    """No word in it is a duty or ends a name, but for those that names hold."""
    if not 2 <= len(text.split()) <= _MOST_WORDS or ":" in text:
        return False
    words = [found.start() for found in re.finditer(r"(?<!\w)(?=[a-zà-ỹđ])", text)]
    return not any(
        (shapes.VERB.at(text, at) and not shapes.IN_NAMES.at(text, at) and not shapes.NAME.at(text, at))
        or (shapes.STOP.at(text, at) and not shapes.IN_NAMES.at(text, at))
        for at in words
    )
