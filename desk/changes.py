"""Two timelines of one task side by side: which marks go, stay, move and come; the deadline and the light of each."""

import re
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from directive.calendar import WorkCalendar
from directive.due import Due
from directive.light import Light, light
from directive.mark import Mark
from directive.outlook import look_ahead
from directive.policy import Policy
from directive.task import Facts, State

_BEGINNING = re.compile(r"(c\d+|a\d{14})\.")


class Timeline(NamedTuple):
    """A task as one calendar and policy see it at an instant: where it stands, and what comes if nobody acts."""

    state: State
    calendar: str
    due: Due | None
    light: Light
    marks: tuple[Mark, ...]


class Way(StrEnum):
    """What becomes of a mark."""

    STAYS = "stays"
    MOVES = "moves"
    GOES = "goes"
    COMES = "comes"


class Change(NamedTuple):
    """One mark in the old and in the new timeline; one that moves has another instant or asks other roles."""

    way: Way
    before: Mark | None
    after: Mark | None

    @property
    def mark(self) -> Mark:
        """The mark in its newest form."""
        found = self.after or self.before
        assert found is not None
        return found


def timeline(facts: Facts, policy: Policy, calendar: WorkCalendar, at: datetime) -> Timeline:
    """The timeline of `facts`, by the same outlook that the record gives the task; `at` (UTC) decides the light."""
    outlook = look_ahead(facts, policy, calendar, at)
    return Timeline(
        state=facts.state,
        calendar=calendar.version,
        due=outlook.due,
        light=light(facts, policy, calendar, at),
        marks=outlook.marks,
    )


def due_moves(before: Timeline, after: Timeline) -> bool:
    """Whether the deadline in force is another instant."""
    return (before.due and before.due.instant) != (after.due and after.due.instant)


def changes(before: Timeline, after: Timeline) -> tuple[Change, ...]:
    """Every mark of the two timelines, each once, in the order of the new instants."""
    return tuple(sorted(_changes(before.marks, after.marks), key=lambda one: one.mark.at))


def _changes(before: tuple[Mark, ...], after: tuple[Mark, ...]) -> Iterator[Change]:
    old = {turn(mark): mark for mark in before}
    for mark in after:
        held = old.pop(turn(mark), None)
        if held is None:
            yield Change(Way.COMES, None, mark)
        else:
            same = (held.at, held.to, held.copy_to) == (mark.at, mark.to, mark.copy_to)
            yield Change(Way.STAYS if same else Way.MOVES, held, mark)
    yield from (Change(Way.GOES, mark, None) for mark in old.values())


def turn(mark: Mark) -> str:
    """A mark's place, whatever the deadline it counts from: level 1 of the old deadline and of the new one."""
    return _BEGINNING.sub("", mark.key, count=1)
