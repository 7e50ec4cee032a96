"""Recording transitions of tasks: events, notices, the tasks' rows and what lies ahead, in one transaction.

In a storm hundreds wait for their record: those that stand in line together are read and written together.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from directive.directory import Directory
from directive.due import local_day
from directive.every_day import counted_days
from directive.mark import Mark
from directive.outlook import Outlook, look_ahead
from directive.plan import Plan
from directive.record import Recorded, Transition, answer_to, fold
from directive.task import Facts
from register.away import with_absences
from register.family import parent_due_of
from register.hook_outbox import write_hook_events
from register.memory import Memory
from register.office import calendar_of, directory_of
from register.open import Register
from register.plans import plan_of
from register.rows import task_row
from register.searched import searched_row
from register.sheet import Sheet
from register.standing import Standing, now_in_force, standings
from register.telling import notice_row, tell, vacancies
from register.unassigned import tell_the_told
from register.writer import lock


async def record(register: Register, transition: Transition) -> Recorded:
    """Write what has just happened to a task, once, however often it is called.

    A repeat writes nothing and answers as the first call did; one that comes after newer transitions leaves the
    task's row alone. Raises RegisterDown where the register cannot be reached and NotRecorded where the
    directive, its calendar or a directory is missing; nothing is written then.
    """
    return await register.writing_together(_record_asked, _Asked(register.memory, transition))


class _Asked(NamedTuple):
    memory: Memory
    transition: Transition


def _record_asked(connection: Connection, asked: Sequence[_Asked]) -> list[Recorded]:
    return record_all(connection, asked[0].memory, [one.transition for one in asked])


def record_all(connection: Connection, memory: Memory, transitions: Sequence[Transition]) -> list[Recorded]:
    """Record some transitions in their order, within a transaction; what the register answers to each."""
    for transition in transitions:
        lock(connection, transition.facts.task.id)
    return [answer for some in _apart(transitions) for answer in _record(connection, memory, some)]


def _apart(transitions: Sequence[Transition]) -> Iterator[list[Transition]]:
    """Those that can be read before any of them is written: no task comes twice, nor behind its parent."""
    some: list[Transition] = []
    names: set[str] = set()
    for transition in transitions:
        task = transition.facts.task
        if not names.isdisjoint((task.id, task.parent)):
            yield some
            some, names = [], set()
        some.append(transition)
        names.add(task.id)
    if some:
        yield some


def _record(connection: Connection, memory: Memory, some: Sequence[Transition]) -> list[Recorded]:
    now = now_in_force(connection)
    written = directory_of(connection, memory, now.directory)
    directory = with_absences(connection, memory, written, now.absences)
    recording = [
        _Recording(connection, memory, directory, transition, before)
        for transition, before in zip(some, standings(connection, some), strict=True)
    ]
    sheet = Sheet()
    for one in recording:
        one.put_on(sheet)
    sheet.write(connection)
    memory.hooked = now.hooked
    if now.hooked:
        for one in recording:
            write_hook_events(connection, one.task, one.lines, one.transition.at)
    return [one.answer for one in recording]


class _Recording:
    """One transition, by what the register holds of its task before it: what is new of it, and the answer."""

    def __init__(
        self,
        connection: Connection,
        memory: Memory,
        directory: Directory,
        transition: Transition,
        before: Standing,
    ) -> None:
        self._connection, self._directory, self._before = connection, directory, before
        self._on = local_day(transition.at)
        self._fresh = tuple(event for event in transition.events if event.id not in before.ids)
        nobody = vacancies(transition, self._fresh, directory, self._on)
        known = before.forgotten(transition.facts)
        vacant = before.vacant(transition, nobody, known)
        self._ahead = ahead_of(connection, memory, transition, vacant, known)
        self.transition = transition
        self.task = transition.facts.task.id
        self.lines = (*self._fresh, *nobody)
        self.answer = answer_to(transition, self._ahead.outlook, vacant, known)

    def put_on(self, sheet: Sheet) -> None:
        """The rows that it writes."""
        ahead = self._ahead
        if self._before.gives_way_to(self.transition, self._fresh):
            sheet.task(ahead.facts, ahead.outlook, ahead.row)
        if self._before.revision is None:
            sheet.searched(searched_row(ahead.row, ahead.plan))
        sheet.events(self.transition, self.lines, ahead.row)
        sheet.notices(self._notices())

    def _notices(self) -> Iterator[dict[str, Any]]:
        told = tell(self.transition, self._fresh, self._directory, self._on)
        for event in self._fresh:
            if event.told_only:
                told += tell_the_told(self._connection, self.task, event)
        return (notice_row(one, self.task, self.transition.at) for one in told)


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
