"""A mark: something that happens by itself at an instant if nobody acts. `directive/marks.py` makes them."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from hashlib import blake2b
from typing import Annotated, Any

from pydantic import ConfigDict, PlainSerializer, TypeAdapter

from directive.due import Due
from directive.event import EventKind
from directive.question import Choice
from directive.window import Window


@dataclass(frozen=True, slots=True)
class Mark:
    """Something the facts call for at `at` (UTC). `kind` is the event it becomes when it is taken.

    `series` groups marks of which only the newest counts after an outage; `number` is the rung of a ladder;
    `every` says that it comes again after so many working days; `absorbed` holds the keys of weaker marks that
    fall on the same instant for the same people; `choice` is what silence decides,
    with the deadline in force `due` and the working days about it, since whoever takes the mark has no calendar.

    No `Value`, since seventeen lie ahead of each cached task: of a quarter of its size, and read in a fifth of the
    time. Unknown fields are refused all the same; the constructor takes what it is given unchecked.
    """

    __pydantic_config__ = ConfigDict(extra="forbid", defer_build=True)

    key: str
    kind: EventKind
    series: str
    at: datetime
    to: tuple[str, ...]
    copy_to: tuple[str, ...] = ()
    number: int = 0
    level: int = 0
    offset: str = ""
    question: str = ""
    every: int = 0
    choice: Choice | None = None
    due: Due | None = None
    window: Window | None = None
    absorbed: tuple[str, ...] = ()

    @property
    def urgent(self) -> bool:
        """Escalations go out at once; everything else waits for the morning's digest."""
        return self.kind in _URGENT


@cache
def _mark() -> TypeAdapter[Mark]:
    return TypeAdapter(Mark)


@cache
def _marks() -> TypeAdapter[tuple[Mark, ...]]:
    return TypeAdapter(tuple[Mark, ...])


def written_mark(mark: Mark) -> str:
    """The mark as the register keeps it: JSON without what is as it mostly is."""
    return _mark().dump_json(mark, exclude_defaults=True).decode()


def read_mark(text: str) -> Mark:
    """The mark that the register keeps. Raises ValidationError where it is none."""
    return _mark().validate_json(text)


def plain_mark(mark: Mark) -> dict[str, Any]:
    """The mark for `--json`, with all its fields."""
    shown: dict[str, Any] = _mark().dump_python(mark, mode="json")
    return shown


def _briefly(marks: tuple[Mark, ...]) -> Any:
    return _marks().dump_python(marks, mode="json", exclude_defaults=True)


Marks = Annotated[tuple[Mark, ...], PlainSerializer(_briefly, when_used="json")]
"""Marks as they travel: written as the register keeps them, which halves the answer to a record."""


def name_of(marks: tuple[Mark, ...]) -> str:
    """A name for just these marks in just this order, by which two who have them know that they have the same."""
    return blake2b(_marks().dump_json(marks, exclude_defaults=True), digest_size=12).hexdigest()


_URGENT = {
    EventKind.ACKNOWLEDGEMENT_ESCALATED,
    EventKind.ESCALATED,
    EventKind.ESCALATED_AGAIN,
    EventKind.FINAL_NOTICE,
    EventKind.QUESTION_FINAL,
}

_RANK = (  # weakest first
    EventKind.REVIEW_ASKED,
    EventKind.ACKNOWLEDGEMENT_REMINDED,
    EventKind.REMINDED,
    EventKind.QUESTION_PRESSED,
    EventKind.QUESTION_LISTED,
    EventKind.QUESTION_FINAL,
    EventKind.QUESTION_LAPSED,
    EventKind.LISTED,
    EventKind.ACKNOWLEDGEMENT_ESCALATED,
    EventKind.SUSPENSION_REVIEWED,
    EventKind.ESCALATED,
    EventKind.ESCALATED_AGAIN,
    EventKind.FINAL_NOTICE,
)


def strength(mark: Mark) -> tuple[int, int, datetime]:
    """Orders marks that meet: the kind first, then the rung."""
    return _RANK.index(mark.kind), mark.number, mark.at


def merge(planned: list[Mark]) -> list[Mark]:
    """Marks that meet at one instant for one role become the strongest of them; each question stays its own."""
    by_instant: dict[datetime, list[Mark]] = {}
    for mark in planned:
        by_instant.setdefault(mark.at, []).append(mark)
    return [kept for at in sorted(by_instant) for kept in _merge_instant(by_instant[at])]


def _merge_instant(meeting: list[Mark]) -> list[Mark]:
    told: set[str] = set()
    kept: list[Mark] = []
    for mark in sorted(meeting, key=lambda one: (not one.question, strength(one)), reverse=True):
        if mark.question:
            kept.append(mark)
            continue
        to = tuple(role for role in mark.to if role not in told)
        if not to:
            kept[0] = replace(kept[0], absorbed=(*kept[0].absorbed, mark.key))
            continue
        copy_to = tuple(role for role in mark.copy_to if role not in told and role not in to)
        told.update(to, copy_to)
        same = (to, copy_to) == (mark.to, mark.copy_to)  # mostly: a copy of each costs a tenth of a record
        kept.append(mark if same else replace(mark, to=to, copy_to=copy_to))
    return kept
