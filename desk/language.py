"""The language of the command line: Vietnamese by default, English by `--lang en` or `DONDOC_LANG=en`.

It is read from the arguments before the commands are built, so that their help speaks it too.
"""

import os
from collections.abc import Sequence
from typing import Literal

Lang = Literal["vi", "en"]
LANGS: tuple[Lang, ...] = ("vi", "en")

_current: Lang = "vi"


def lang() -> Lang:
    """The language in use."""
    return _current


def use(chosen: Lang) -> None:
    """Speak `chosen` from now on."""
    global _current
    _current = chosen


def text(vi: str, en: str) -> str:
    """The wording in the language in use."""
    return vi if _current == "vi" else en


def chosen(arguments: Sequence[str]) -> Lang:
    """The language that the arguments or the environment ask for; an unknown one is refused later, by the option."""
    asked = os.environ.get("DONDOC_LANG", "vi").strip().lower()
    for place, word in enumerate(arguments):
        if word == "--":
            break
        if word.startswith("--lang="):
            asked = word.partition("=")[2]
        elif word == "--lang" and place + 1 < len(arguments):
            asked = arguments[place + 1]
    return "en" if asked == "en" else "vi"
