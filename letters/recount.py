"""A deadline counted anew by another version of the working calendar.

Only what the letter's wording counts may move: «trong 15 ngày làm việc kể từ ngày ký». A date that the letter
names, and one that a person decided (an amendment, an extension, a chosen reading), is the same by every calendar.
"""

from datetime import date

from directive.calendar import WorkCalendar
from directive.deadline import DeadlineSettings, read_deadline
from directive.due import Due
from directive.plan import Plan, PlannedTask
from directive.task import Facts
from letters.due_words import settings_of
from letters.plan_due import CERTAIN, same_due


def recount(facts: Facts, plan: Plan, former: tuple[WorkCalendar, ...], calendar: WorkCalendar) -> Due | None:
    """The deadline of `facts` as its wording reads by `calendar`; None where it stays what it is.

    It was counted where the same wording reads as that very deadline by one of the `former` calendars (the task's
    own and the plan's). A recurring task has days of the month, which no calendar moves.
    """
    due, planned = facts.due, _planned(facts, plan)
    if due is None or planned is None or facts.recurrence or not due.worded or due.worded != planned.deadline:
        return None
    settings = settings_of(plan.policy)
    issued, received = plan.directive.issued, planned.received
    if not any(same_due(due, _read(due.worded, issued, received, one, settings)) for one in former):
        return None
    counted = _read(due.worded, issued, received, calendar, settings)
    if counted is None or same_due(due, counted):
        return None
    return due.model_copy(
        update={"day": counted.day, "instant": counted.instant, "clock_time": counted.clock_time}
    )


def _planned(facts: Facts, plan: Plan) -> PlannedTask | None:
    return next((one for one in plan.tasks if one.code == facts.task.code), None)


def _read(
    worded: str, issued: date, received: date | None, calendar: WorkCalendar, settings: DeadlineSettings
) -> Due | None:
    """What the wording certainly means by a calendar."""
    answer = read_deadline(worded, issued=issued, calendar=calendar, settings=settings, received=received)
    if len(answer.readings) != 1 or answer.kind not in CERTAIN:
        return None
    return answer.readings[0].due(settings, calendar)
