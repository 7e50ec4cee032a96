"""Recording one transition of a task: events, notices, the task's row and what lies ahead, in one transaction."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directive.due import local_day
from directive.event import Event
from directive.marks import Mark
from directive.outlook import Outlook, look_ahead
from directive.record import Recorded, Transition, belongs, fold
from directive.task import Facts, State
from register.memory import Memory
from register.office import calendar_of, directory_of
from register.open import Register, lock
from register.plans import plan_of
from register.rows import asked_rows, event_row, mark_rows, scopes, task_row
from register.tables import asked, directories, events, in_force, marks, notices, tasks
from register.telling import NOBODY, notice_row, tell, vacancies
from register.upsert import insert_new, insert_or_replace


async def record(register: Register, transition: Transition) -> Recorded:
    """Write what has just happened to a task, once, however often it is called.

    A repeat writes nothing and answers as the first call did; one that comes after newer transitions leaves the
    task's row alone. Raises RegisterDown where the register cannot be reached and NotRecorded where the
    directive, its calendar or a directory is missing; nothing is written then.
    """
    async with register.write() as connection:
        await lock(connection, transition.facts.task.id)
        before = await _standing(connection, transition)
        directory = await directory_of(connection, register.memory, before.directory)
        fresh = tuple(event for event in transition.events if event.id not in before.ids)
        on = local_day(transition.at)
        nobody = vacancies(transition, fresh, directory, on)
        known = before.forgotten(transition.facts)
        vacant = _vacant(before, transition, nobody, known)
        ahead = await _ahead(connection, register.memory, transition, vacant, known)
        if before.gives_way_to(transition, fresh):
            await _write_task(connection, ahead.facts, ahead.outlook, ahead.row)
        await _write_events(connection, transition, (*fresh, *nobody))
        told = tell(transition, fresh, directory, on)
        if told:
            rows = [notice_row(one, transition.facts.task.id, transition.at) for one in told]
            await connection.execute(insert_new(connection, notices), rows)
        return Recorded(outlook=ahead.outlook, vacant=vacant, known=known)


class _Standing(NamedTuple):
    """What the register holds of the task before the transition."""

    directory: str
    newest: int | None
    revision: int | None
    rows: Sequence[Any]

    @property
    def ids(self) -> set[str]:
        return {row.id for row in self.rows}

    def forgotten(self, facts: Facts) -> tuple[Mark, ...]:
        """Marks taken in the register that the facts do not know of: the engine forgot them."""
        taken = (Mark.model_validate_json(row.mark) for row in self.rows if row.mark)
        return tuple(mark for mark in taken if belongs(facts, mark) and not _has_passed(facts, mark))

    def gives_way_to(self, transition: Transition, fresh: tuple[Event, ...]) -> bool:
        """Whether the transition is the newest of its task.

        It is when it brings an event, or repeats the one recorded last. The revision alone would not tell: an
        engine that forgot several marks goes on from a lower one.
        """
        if self.revision is None or fresh:
            return True
        if not transition.events:
            return transition.facts.revision >= self.revision
        own = {event.id for event in transition.events}
        return any(row.seq == self.newest and row.id.removesuffix(NOBODY) in own for row in self.rows)


async def _standing(connection: AsyncConnection, transition: Transition) -> _Standing:
    task = transition.facts.task.id
    current = select(in_force.c.version).where(in_force.c.kind == directories.name)
    newest = select(func.max(events.c.seq)).where(events.c.task == task)
    revision = select(tasks.c.revision).where(tasks.c.id == task)
    parts = (current.scalar_subquery(), newest.scalar_subquery(), revision.scalar_subquery())
    version, last, stored = (await connection.execute(select(*parts))).one()
    rows: Sequence[Any] = ()
    if last is not None:
        own = [one for event in transition.events for one in (event.id, event.id + NOBODY)]
        wanted = or_(
            events.c.id.in_(own),
            events.c.scope.in_(sorted(scopes(transition.facts))),
        )
        held = select(events.c.seq, events.c.id, events.c.mark).where(events.c.task == task, wanted)
        rows = (await connection.execute(held.order_by(events.c.seq))).all()
    return _Standing(version or "in force", last, stored, rows)


def _vacant(
    before: _Standing, transition: Transition, nobody: list[Event], known: tuple[Mark, ...]
) -> tuple[str, ...]:
    """The events and known marks nobody could be asked, by what is stored where they were written earlier."""
    skipped = before.ids | {event.id for event in nobody}
    causes = (*(event.id for event in transition.events), *(mark.key for mark in known))
    return tuple(cause for cause in causes if cause + NOBODY in skipped)


def _has_passed(facts: Facts, mark: Mark) -> bool:
    """Whether the facts have this rung behind them, though a new deadline has cleared what they had settled."""
    if mark.question:
        question = next(one for one in facts.questions if one.id == mark.question)
        return mark.number <= question.climb.taken or f".s{question.stage}." not in mark.key
    if mark.series == "acknowledge":
        return facts.state is not State.ASSIGNED or mark.number <= facts.ack.taken
    return False


class _Ahead(NamedTuple):
    facts: Facts
    outlook: Outlook
    row: dict[str, Any]


async def _ahead(
    connection: AsyncConnection,
    memory: Memory,
    transition: Transition,
    vacant: tuple[str, ...],
    known: tuple[Mark, ...],
) -> _Ahead:
    """The facts once folded, and what a calendar and the plan's policy say about them."""
    plan = await plan_of(connection, memory, transition.facts.task.directive)
    facts = fold(transition.facts, transition, vacant, known, plan.policy)
    calendar = await calendar_of(connection, memory, facts.calendar)
    outlook = look_ahead(facts, plan.policy, calendar, transition.at)
    work = next((task.work for task in plan.tasks if task.code == facts.task.code), "")
    return _Ahead(facts, outlook, task_row(facts, outlook, work, calendar))


async def _write_task(
    connection: AsyncConnection, facts: Facts, outlook: Outlook, row: dict[str, Any]
) -> None:
    await connection.execute(insert_or_replace(connection, tasks), row)
    for table, rows in ((marks, mark_rows(facts, outlook)), (asked, asked_rows(facts))):
        await connection.execute(delete(table).where(table.c.task == facts.task.id))
        if rows:
            await connection.execute(insert_new(connection, table), rows)


async def _write_events(
    connection: AsyncConnection, transition: Transition, written: tuple[Event, ...]
) -> None:
    taken = {mark.key: mark for mark in transition.taken}
    rows = [event_row(event, transition.facts, taken.get(event.id.removesuffix(NOBODY))) for event in written]
    if rows:
        await connection.execute(insert_new(connection, events), rows)
