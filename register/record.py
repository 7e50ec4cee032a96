"""Recording one transition of a task: events, notices, the task's row and what lies ahead, in one transaction."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, String, bindparam, delete, func, or_, select

from directive.due import local_day
from directive.event import Event
from directive.every_day import counted_days
from directive.mark import Mark, read_mark
from directive.outlook import Outlook, look_ahead
from directive.plan import Plan
from directive.record import Recorded, Transition, belongs, fold
from directive.task import Facts, State
from register.away import STAMP, with_absences
from register.family import parent_due_of
from register.hook_outbox import ANY_HOOK, write_hook_events
from register.memory import Memory
from register.office import calendar_of, directory_of
from register.open import Register
from register.plans import plan_of
from register.rows import asked_rows, event_row, mark_rows, scopes, task_row
from register.searched import searched_row
from register.tables import asked, directories, events, in_force, marks, notices, searched, tasks
from register.telling import NOBODY, notice_row, tell, vacancies
from register.unassigned import tell_the_told
from register.upsert import insert_new, insert_or_replace
from register.writer import lock


async def record(register: Register, transition: Transition) -> Recorded:
    """Write what has just happened to a task, once, however often it is called.

    A repeat writes nothing and answers as the first call did; one that comes after newer transitions leaves the
    task's row alone. Raises RegisterDown where the register cannot be reached and NotRecorded where the
    directive, its calendar or a directory is missing; nothing is written then.
    """
    return await register.writing(
        lambda connection: _record(connection, register.memory, transition), together=True
    )


def _record(connection: Connection, memory: Memory, transition: Transition) -> Recorded:
    lock(connection, transition.facts.task.id)
    before = _standing(connection, transition)
    directory = with_absences(
        connection, memory, directory_of(connection, memory, before.directory), before.absences
    )
    fresh = tuple(event for event in transition.events if event.id not in before.ids)
    on = local_day(transition.at)
    nobody = vacancies(transition, fresh, directory, on)
    known = before.forgotten(transition.facts)
    vacant = _vacant(before, transition, nobody, known)
    ahead = ahead_of(connection, memory, transition, vacant, known)
    if before.gives_way_to(transition, fresh):
        write_task(connection, ahead.facts, ahead.outlook, ahead.row)
    if before.revision is None:
        connection.execute(insert_new(connection, searched), searched_row(ahead.row, ahead.plan))
    write_events(connection, transition, (*fresh, *nobody), ahead.row)
    memory.hooked = before.hooked
    if before.hooked:
        write_hook_events(connection, transition.facts.task.id, (*fresh, *nobody), transition.at)
    told = tell(transition, fresh, directory, on)
    for event in fresh:
        if event.told_only:
            told += tell_the_told(connection, transition.facts.task.id, event)
    if told:
        rows = [notice_row(one, transition.facts.task.id, transition.at) for one in told]
        connection.execute(insert_new(connection, notices), rows)
    return Recorded(outlook=ahead.outlook, vacant=vacant, known=known)


class _Standing(NamedTuple):
    """What the register holds of the task before the transition."""

    directory: str
    newest: int | None
    revision: int | None
    hooked: bool
    absences: str
    rows: Sequence[Any]

    @property
    def ids(self) -> set[str]:
        return {row.id for row in self.rows}

    def forgotten(self, facts: Facts) -> tuple[Mark, ...]:
        """Marks taken in the register that the facts do not know of: the engine forgot them."""
        taken = (read_mark(row.mark) for row in self.rows if row.mark)
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


_TASK = bindparam("task", type_=String)
_STANDING = select(
    select(in_force.c.version).where(in_force.c.kind == directories.name).scalar_subquery(),
    select(func.max(events.c.seq)).where(events.c.task == _TASK).scalar_subquery(),
    select(tasks.c.revision).where(tasks.c.id == _TASK).scalar_subquery(),
    ANY_HOOK,
    STAMP,
)
_HELD = (
    select(events.c.seq, events.c.id, events.c.mark)
    .where(events.c.task == _TASK)
    .where(
        or_(
            events.c.id.in_(bindparam("ids", expanding=True)),
            events.c.scope.in_(bindparam("scopes", expanding=True)),
        )
    )
    .order_by(events.c.seq)
)
_CLEAR = {table: delete(table).where(table.c.task == _TASK) for table in (marks, asked)}


def _standing(connection: Connection, transition: Transition) -> _Standing:
    task = {"task": transition.facts.task.id}
    version, last, stored, hooked, absences = connection.execute(_STANDING, task).one()
    rows: Sequence[Any] = ()
    if last is not None:
        own = [one for event in transition.events for one in (event.id, event.id + NOBODY)]
        scoped = sorted(scopes(transition.facts))
        rows = connection.execute(_HELD, {**task, "ids": own, "scopes": scoped}).all()
    return _Standing(version or "in force", last, stored, bool(hooked), absences or "", rows)


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
        return mark.number <= question.climb.taken or not mark.key.startswith(f"{question.turn}.")
    if mark.series == "acknowledge":
        return facts.state is not State.ASSIGNED or mark.number <= facts.ack.taken
    return False


class Ahead(NamedTuple):
    """A task after a transition and the register's answer to it; `row` is what its table holds of that."""

    facts: Facts
    outlook: Outlook
    row: dict[str, Any]
    plan: Plan


def ahead_of(
    connection: Connection,
    memory: Memory,
    transition: Transition,
    vacant: tuple[str, ...],
    known: tuple[Mark, ...],
) -> Ahead:
    """The facts once folded, and what a calendar and the plan's policy say about them."""
    plan = plan_of(connection, memory, transition.facts.task.directive)
    facts = fold(transition.facts, transition, vacant, known, plan.policy)
    calendar = counted_days(plan.policy, calendar_of(connection, memory, facts.calendar))
    parent_due = parent_due_of(connection, facts, plan)
    outlook = look_ahead(facts, plan.policy, calendar, transition.at, parent_due)
    work = next((task.work for task in plan.tasks if task.code == facts.task.code), "")
    row = task_row(facts, outlook, work, calendar, plan.policy.due_soon)
    return Ahead(facts, outlook, row, plan)


def write_task(connection: Connection, facts: Facts, outlook: Outlook, row: dict[str, Any]) -> None:
    """A task's row, with the marks that lie ahead and the roles that are asked."""
    connection.execute(insert_or_replace(connection, tasks), row)
    for table, rows in ((marks, mark_rows(facts, outlook)), (asked, asked_rows(facts))):
        connection.execute(_CLEAR[table], {"task": facts.task.id})
        if rows:
            connection.execute(insert_new(connection, table), rows)


def write_events(
    connection: Connection, transition: Transition, written: tuple[Event, ...], standing: dict[str, Any]
) -> None:
    """The lines of a transition that are not there yet; `standing` is the task's row after it."""
    taken = {mark.key: mark for mark in transition.taken}
    rows = [
        event_row(event, transition.facts, taken.get(event.id.removesuffix(NOBODY)), standing)
        for event in written
    ]
    if rows:
        connection.execute(insert_new(connection, events), rows)
