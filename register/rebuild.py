"""A task's row and events written anew from what the engine's histories hold of it: for a register that lost some.

What is there stays as it is; an event's id is its cause, so nothing is written twice. The engine's own answers are
folded in, not new ones: roles may have moved on, and what the workflow heard then is what it lives by.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from directive.directory import Directory, Vacancy
from directive.due import local_day
from directive.event import Event, EventKind
from directive.plan import Plan
from directive.record import Recorded, Transition
from directive.task import Facts
from register.hook_outbox import write_hook_events
from register.in_order import put_in_order
from register.kept_back import RESTORED, Leaves, Reached, leaves_at
from register.memory import Memory
from register.office import directory_in_force
from register.open import Register
from register.outbox import LAPSED
from register.record import ahead_of
from register.searched import searched_row
from register.sheet import Sheet
from register.tables import events, tasks
from register.telling import NOBODY, notice_row, tell, vacancies
from register.unassigned import tell_the_told
from register.writer import lock


class Happened(NamedTuple):
    """One transition of a task as history has it, with the register's answer of then."""

    transition: Transition
    answer: Recorded


class Rebuilt(NamedTuple):
    """What was written: the ids of events, and how many notices were kept back or wait to be sent."""

    events: tuple[str, ...]
    kept_back: int
    waiting: int
    moved: bool


async def rebuild(
    register: Register, task: str, lived: Sequence[Happened], leaves: Leaves, reached: Reached | None
) -> Rebuilt:
    """Write what is missing of a task, in one transaction; again it writes nothing.

    A notice that had left, by how far delivery had `reached`, is kept as one that its reader was told of, and is not
    sent again. Raises NotRecorded where the plan or a calendar is not there, RegisterDown.
    """
    return await register.writing(
        lambda connection: _Rebuilding(connection, register.memory, task, leaves, reached).write(lived)
    )


class _Rebuilding:
    """One task in one transaction."""

    def __init__(
        self, connection: Connection, memory: Memory, task: str, leaves: Leaves, reached: Reached | None
    ) -> None:
        self._connection, self._memory, self._task = connection, memory, task
        self._leaves, self._reached = leaves, reached
        self._written: list[str] = []
        self._kept_back = self._waiting = 0

    def write(self, lived: Sequence[Happened]) -> Rebuilt:
        """All of it, oldest first."""
        lock(self._connection, self._task)
        mine = select(events.c.id).where(events.c.task == self._task)
        self._ids = set(self._connection.scalars(mine))
        stored = self._connection.scalar(select(tasks.c.revision).where(tasks.c.id == self._task))
        self._is_new = stored is None
        for one in lived:
            if self._lacks(one):
                self._add(one)
        if lived:
            self._row(lived[-1], -1 if stored is None else stored)
        order = [name for one in lived for event in one.transition.events for name in _names(event)]
        moved = put_in_order(self._connection, self._task, order)
        return Rebuilt(tuple(self._written), self._kept_back, self._waiting, moved)

    def _lacks(self, one: Happened) -> bool:
        return any(event.id not in self._ids for event in one.transition.events)

    def _add(self, one: Happened) -> None:
        transition = one.transition
        ahead = ahead_of(self._connection, self._memory, transition, one.answer.vacant, one.answer.known)
        sheet = Sheet()
        if self._is_new:  # its events refer to it
            sheet.task(ahead.facts, ahead.outlook, ahead.row)
            sheet.searched(searched_row(ahead.row, ahead.plan))
            self._is_new = False
        fresh = tuple(event for event in transition.events if event.id not in self._ids)
        written = (*fresh, *self._nobody(one, fresh))
        sheet.events(transition, written, ahead.row)
        sheet.notices(self._notices(transition, fresh, ahead.plan))
        sheet.write(self._connection)
        write_hook_events(self._connection, self._task, written, transition.at)
        self._written += [event.id for event in written]
        self._ids.update(event.id for event in written)

    def _nobody(self, one: Happened, fresh: tuple[Event, ...]) -> list[Event]:
        """The lines that say why nobody was asked: those of then, with the reason as far as it is known today."""
        day = local_day(one.transition.at)
        today = {event.id: event for event in vacancies(one.transition, fresh, self._directory, day)}
        return [
            today.get(event.id + NOBODY, _unknown_nobody(event, one.transition.at))
            for event in fresh
            if event.id in one.answer.vacant
        ]

    @property
    def _directory(self) -> Directory:
        return directory_in_force(self._connection, self._memory)

    def _notices(
        self, transition: Transition, fresh: tuple[Event, ...], plan: Plan
    ) -> Iterator[dict[str, Any]]:
        told = tell(transition, fresh, self._directory, local_day(transition.at))
        for event in fresh:
            if event.told_only:
                told += tell_the_told(self._connection, self._task, event)
        for one in told:
            row = notice_row(one, self._task, transition.at)
            known = self._was_told(one.seat.person, plan, one.event, transition.facts)
            yield {**row, "status": LAPSED, "reason": RESTORED} if known else row
            self._kept_back += known
            self._waiting += not known

    def _was_told(self, person: str, plan: Plan, event: Event, facts: Facts) -> bool:
        due = leaves_at(self._connection, self._memory, plan, event, facts, self._leaves)
        return self._reached is not None and self._reached.told(person, due)

    def _row(self, last: Happened, stored: int) -> None:
        """The task's row as it stands after what happened last; a newer one in the register stays."""
        transition = last.transition
        ahead = ahead_of(self._connection, self._memory, transition, last.answer.vacant, last.answer.known)
        if ahead.facts.revision >= stored:
            sheet = Sheet()
            sheet.task(ahead.facts, ahead.outlook, ahead.row)
            sheet.write(self._connection)


def _names(event: Event) -> tuple[str, str]:
    return event.id, event.id + NOBODY


def _unknown_nobody(event: Event, at: datetime) -> Event:
    """Nobody could be asked then; today somebody could, so that the reason of then is not known."""
    why = dict.fromkeys(event.to, Vacancy.NOBODY_RECORDED.value)
    return Event(
        id=event.id + NOBODY,
        kind=EventKind.SKIPPED,
        at=at,
        planned=event.planned,
        level=event.level,
        question=event.question,
        role=event.to[0] if event.to else "",
        reason=Vacancy.NOBODY_RECORDED,
        detail=why,
    )
