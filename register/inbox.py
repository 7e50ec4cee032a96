"""What waits for a person: open questions whose asked roles the person holds today, also for somebody who is away."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import or_, select

from directive.answer_by import answer_by
from directive.calendar import WorkCalendar
from directive.directory import Directory, Seat
from directive.due import local_day
from directive.policy import Policy
from directive.question import Choice, Question, QuestionKind
from directive.roles import RoleKind, role
from directive.task import Facts, State
from register.models import InboxRow
from register.office import calendar_of, directory_in_force
from register.open import Register
from register.plans import plan_of
from register.tables import asked, directives, tasks


class Desk(NamedTuple):
    """A person with the directory of a day."""

    person: str
    directory: Directory
    on: date

    def roles(self) -> list[str]:
        """The roles the person holds by the directory."""
        every = (role(kind, unit.code) for unit in self.directory.units for kind in RoleKind)
        return [one for one in every if self.directory.seat_of(self.person, one, self.on)]

    def officers(self) -> list[str]:
        """The people in whose place the person may work on a task: their own, and of those who are away."""
        away = [one.person for one in self.directory.absences if one.delegate == self.person]
        return [self.person, *(one for one in away)]

    def seat(self, asked_role: str, officer: str) -> Seat | None:
        """How the person holds a role; None where they do not."""
        return self.directory.seat_of(self.person, asked_role, self.on, officer)


async def inbox(register: Register, person: str, now: datetime) -> list[InboxRow]:
    """The questions a person may answer at `now` (UTC), the most urgent first. Raises NotRecorded, RegisterDown."""
    async with register.read() as connection:
        directory = await connection.run_sync(directory_in_force, register.memory)
        desk = Desk(person, directory, local_day(now))
        rows: list[InboxRow] = []
        for found in (await connection.execute(_asked_of(desk))).all():
            facts = Facts.model_validate_json(found.facts)
            plan = await connection.run_sync(plan_of, register.memory, found.directive)
            calendar = await connection.run_sync(calendar_of, register.memory, facts.calendar)
            rows += _questions(found, facts, desk, plan.policy, calendar)
    return sorted(rows, key=lambda row: (row.until is None, row.until or row.asked_at, row.task))


def _asked_of(desk: Desk) -> Any:
    """The tasks with a question that one of the person's roles is asked; some may turn out not to be."""
    mine = or_(asked.c.role.in_(desk.roles()), tasks.c.officer.in_(desk.officers()))
    chosen = select(asked.c.task).join(tasks, tasks.c.id == asked.c.task).where(mine)
    columns = (tasks.c.id, tasks.c.directive, tasks.c.work, tasks.c.facts, directives.c.number)
    joined = select(*columns).join(directives, directives.c.id == tasks.c.directive)
    return joined.where(tasks.c.id.in_(chosen), tasks.c.closed_at.is_(None))


def _questions(
    found: Any, facts: Facts, desk: Desk, policy: Policy, calendar: WorkCalendar
) -> Iterator[InboxRow]:
    for question in facts.questions:
        held = seat_in(question, facts, desk)
        if held is None:
            continue
        asked_role, seat = held
        yield InboxRow(
            task=found.id,
            directive=found.directive,
            number=found.number,
            code=facts.task.code,
            unit=facts.task.unit,
            work=found.work,
            question=question.id,
            kind=question.kind,
            choices=choices_of(question, asked_role, facts, policy),
            role=asked_role,
            on_behalf_of=seat.on_behalf_of,
            asked_at=question.asked_at,
            until=answer_by(question, facts, policy, calendar, role=asked_role),
            about=question.about,
            due=question.due,
        )


def seat_in(question: Question, facts: Facts, desk: Desk) -> tuple[str, Seat] | None:
    """The first asked role in which the person may still answer."""
    if facts.state is State.SUSPENDED and question.kind is not QuestionKind.SUSPENSION:
        return None
    for asked_role in question.asked:
        seat = desk.seat(asked_role, facts.officer_in(asked_role))
        if seat and not question.has_answered(asked_role, seat.person, seat.on_behalf_of):
            if not question.is_own(seat.person, seat.on_behalf_of):
                return asked_role, seat
    return None


def choices_of(question: Question, asked_role: str, facts: Facts, policy: Policy) -> tuple[Choice, ...]:
    """What the role may answer: people whom a higher level asks have that level's answers.

    Without a deadline there is none to extend, and more can be asked for so many times only.
    """
    choices = question.choices
    if question.kind is QuestionKind.ESCALATION and asked_role in question.also:
        choices = policy.choices_at(question.level)
    rules = policy.questions.get(question.kind)
    if rules and question.more >= rules.ask_more_times:
        choices = tuple(one for one in choices if one is not Choice.ASK_MORE)
    return choices if facts.decided_due else tuple(one for one in choices if one is not Choice.EXTEND)
