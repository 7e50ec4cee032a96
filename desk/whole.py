"""All that the register has on one task, gathered once: `show` prints it, the page shows it."""

from datetime import datetime
from typing import NamedTuple

from desk import effect, person, words
from desk.office import directory_in_use
from directive.answer_by import answer_by
from directive.calendar import WorkCalendar
from directive.directory import Directory
from directive.due import Due
from directive.event import Event
from directive.every_day import counted_days
from directive.outlook import Outlook, look_ahead
from directive.plan import Plan, PlannedTask
from directive.question import Question
from directive.remaining import Remaining, remaining
from directive.stopped import effective_due
from directive.task import Facts
from register.family import children_of, parent_due
from register.open import Register
from register.plans import load_calendar, load_plan
from register.reading import MarkRow, Notice, TaskCard, TaskRow, events, marks_of, notices_of, task


class Whole(NamedTuple):
    """One task at the office's instant `at` (UTC).

    `outlook` is what lies ahead by the function that the engine asks; `parent_due` the deadline that the task's own
    may not lie after.
    """

    card: TaskCard
    plan: Plan
    calendar: WorkCalendar
    directory: Directory
    events: list[Event]
    marks: list[MarkRow]
    notices: list[Notice]
    children: list[TaskRow]
    at: datetime
    outlook: Outlook
    parent_due: Due | None = None

    @property
    def due(self) -> Due | None:
        """The deadline in force."""
        return effective_due(self.facts, self.calendar)

    @property
    def counted(self) -> WorkCalendar:
        """The calendar as the policy counts by it."""
        return counted_days(self.plan.policy, self.calendar)

    @property
    def left(self) -> Remaining | None:
        """What is left of the deadline now."""
        return remaining(self.facts, self.counted, self.at)

    @property
    def facts(self) -> Facts:
        """The task's facts."""
        return self.card.facts

    @property
    def names(self) -> words.Names:
        """From codes to the names that people know."""
        return person.namer(self.directory)

    @property
    def paper(self) -> effect.Paper:
        """What acts on the task are judged by, on paper."""
        calendars = {self.facts.calendar: self.calendar}
        return effect.Paper(self.plan.policy, self.directory, calendars, self.parent_due)

    def question(self, question: str) -> Question | None:
        """An open question by its id."""
        return next((one for one in self.facts.questions if one.id == question), None)

    def until(self, question: Question, role: str = "") -> datetime | None:
        """Until when a question may be answered (UTC)."""
        return answer_by(question, self.facts, self.plan.policy, self.calendar, role=role)

    @property
    def planned(self) -> PlannedTask:
        """The task as the plan has it."""
        return next(one for one in self.plan.tasks if one.code == self.facts.task.code)


async def gathered(register: Register, task_id: str, at: datetime) -> Whole:
    """A task with everything about it, by its id. Raises NotRecorded, RegisterDown; Stop where no directory is."""
    card = await task(register, task_id, at)
    plan = await load_plan(register, card.facts.task.directive)
    calendar = await load_calendar(register, card.facts.calendar)
    bound = await parent_due(register, card.facts)
    return Whole(
        card,
        plan,
        calendar,
        await directory_in_use(register),
        await events(register, task_id),
        await marks_of(register, task_id),
        await notices_of(register, task_id),
        await children_of(register, card.facts, at),
        at,
        look_ahead(card.facts, plan.policy, calendar, at, bound),
        bound,
    )
