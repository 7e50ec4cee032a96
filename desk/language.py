"""The language that a door speaks: Vietnamese by default, English by `--lang en` or `DONDOC_LANG=en`.

On the command line it is read from the arguments before the commands are built, so that their help speaks it too;
on the page each request speaks its reader's, whatever another request speaks at that moment.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

Lang = Literal["vi", "en"]
LANGS: tuple[Lang, ...] = ("vi", "en")

_current: ContextVar[Lang] = ContextVar("lang", default="vi")


def lang() -> Lang:
    """The language in use."""
    return _current.get()


def use(chosen: Lang) -> None:
    """Speak `chosen` from now on."""
    _current.set(chosen)


@contextmanager
def speaking(chosen: Lang) -> Iterator[None]:
    """Within it, speak `chosen`."""
    before = _current.set(chosen)
    try:
        yield
    finally:
        _current.reset(before)


def text(vi: str, en: str) -> str:
    """The wording in the language in use."""
    return vi if lang() == "vi" else en


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


def many(count: int, what: str) -> str:
    """So many of something in English, where one has another form: "1 day", "2 days"."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
