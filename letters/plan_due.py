"""What the deadline of a planned task is: as the clerk resolved it, or as its wording certainly reads."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from directive.calendar import WorkCalendar
from directive.deadline import (
    Anchor,
    Answer,
    DeadlineSettings,
    Expected,
    Kind,
    Offer,
    Reading,
    read_deadline,
)
from directive.deadline import Recurrence as Rhythm
from directive.due import OFFICE_ZONE, Due, end_of_day, local_day, utc
from directive.policy import Policy
from directive.task import Recurrence
from letters.due_words import said, settings_of
from letters.plan_form import DueForm, TaskForm
from letters.problem import Problem
from letters.slips import slip

CERTAIN = {Kind.INSTANT, Kind.PERIOD, Kind.RECURRING}


class Place(NamedTuple):
    """Where a task stands in its file."""

    where: str
    due: int
    deadline: int
    received: int


class Settled(NamedTuple):
    """A task's deadline, once it is known."""

    due: Due | None = None
    recurrence: Recurrence | None = None


def settle(
    task: TaskForm, place: Place, issued: date, calendar: WorkCalendar, policy: Policy | None
) -> tuple[Settled, list[Problem]]:
    """The deadline of a task and what is wrong with it."""
    settings = settings_of(policy)
    answer = None
    if task.deadline:
        answer = read_deadline(
            task.deadline, issued=issued, calendar=calendar, settings=settings, received=task.received
        )
    if task.due is not None:
        return _as_typed(task, task.due, answer, place, settings)
    if answer is None:
        days = policy.review_every if policy else 20
        return Settled(), [slip("no_deadline", place.due, place.where, code=task.code, days=days)]
    return _as_read(task, answer, place, settings, calendar, policy)


def _as_typed(
    task: TaskForm, typed: DueForm, answer: Answer | None, place: Place, settings: DeadlineSettings
) -> tuple[Settled, list[Problem]]:
    reading = _only(answer) if answer else None
    due = _due(typed, settings)
    if due is None:
        if reading and reading.kind in CERTAIN and not task.choice:
            return Settled(), [_differs(task, "none", reading, place)]
        return Settled(), []
    agrees = reading is not None and reading.kind in CERTAIN and same_due(due, reading.due(settings))
    agrees = agrees and (reading is None or (reading.kind is Kind.RECURRING) == bool(typed.rrule))
    offered = answer is not None and any(
        same_due(due, offer_due(offer, settings)) for offer in offers(answer)
    )
    rule = task.rule or (reading.rule if reading and agrees else "")
    choice = task.choice or ("alternative" if offered and not agrees else "")
    due = due.model_copy(update={"worded": task.deadline, "rule": rule, "choice": choice})
    problems = []
    if reading and reading.kind in CERTAIN and not agrees and not offered and not task.choice:
        problems.append(_differs(task, said(typed_expected(due)), reading, place))
    recurrence = None
    if typed.rrule and typed.next:
        recurrence = Recurrence(rrule=typed.rrule, start=typed.next, until=typed.until)
    return Settled(due, recurrence), problems


def _as_read(
    task: TaskForm,
    answer: Answer,
    place: Place,
    settings: DeadlineSettings,
    calendar: WorkCalendar,
    policy: Policy | None,
) -> tuple[Settled, list[Problem]]:
    line, where = place.deadline, place.where
    reading = _only(answer)
    if reading is None:
        why = "; ".join(
            dict.fromkeys(f"{one.text.strip()} = {said(one.expected)}" for one in answer.readings)
        )
        return Settled(), [_unclear(task, line, where, why, answer)]
    if reading.kind is Kind.NONE:
        days = policy.review_every if policy else 20
        return Settled(), [slip("no_deadline", line, where, code=task.code, days=days)]
    if reading.kind is Kind.NEEDS_ANCHOR:
        anchor = reading.expected.anchor if isinstance(reading.expected, Anchor) else reading.text
        return Settled(), [slip("needs_received", line, where, deadline=task.deadline, anchor=anchor)]
    due = reading.due(settings, calendar)
    if reading.kind not in CERTAIN or due is None:
        return Settled(), [_unclear(task, line, where, reading.explanation_vi, answer, reading)]
    recurrence = None
    if isinstance(reading.expected, Rhythm):
        if not reading.expected.rrule:
            return Settled(), [_unclear(task, line, where, reading.explanation_vi, answer, reading)]
        recurrence = Recurrence(rrule=reading.expected.rrule, start=due.day)
    problems = []
    if task.received:
        without = read_deadline(task.deadline, issued=answer.issued, calendar=calendar, settings=settings)
        if without.kind is answer.kind:
            problems.append(slip("received_unused", place.received, where))
    kept = {"worded": task.deadline, "rule": task.rule or reading.rule, "choice": task.choice}
    return Settled(due.model_copy(update=kept), recurrence), problems


def _unclear(
    task: TaskForm, line: int, where: str, why: str, answer: Answer, reading: Reading | None = None
) -> Problem:
    code = "deadline_invalid" if answer.kind is Kind.INVALID else "deadline_unclear"
    choices = [said(offer) for offer in offers(answer)]
    choices += [said(one.expected) for one in answer.readings if one.expected is not None]
    listed = ", ".join(dict.fromkeys(one for one in choices if one)) or "ngày/day"
    why = why or (reading.explanation_en if reading else "")
    return slip(code, line, where, deadline=task.deadline, why=why, choices=f"{listed}, none")


def _only(answer: Answer) -> Reading | None:
    """The one reading, or None where a text has several."""
    return answer.readings[0] if len(answer.readings) == 1 else None


def _differs(task: TaskForm, due: str, reading: Reading, place: Place) -> Problem:
    read = said(reading.expected)
    return slip("due_differs", place.due, place.where, due=due, deadline=task.deadline, reading=read)


def offers(answer: Answer) -> list[Offer]:
    """The alternatives of all readings; where there are several readings, each of them is one."""
    found = [offer for one in answer.readings for offer in one.alternatives]
    if len(answer.readings) > 1:
        found += [
            one.expected
            for one in answer.readings
            if one.expected is not None and not isinstance(one.expected, Anchor)
        ]
    return found


def offer_due(offer: Offer, settings: DeadlineSettings) -> Due | None:
    """The deadline that an offered reading means."""
    return Reading(kind=Kind.INSTANT, span=(0, 0), text="", expected=offer).due(settings)


def typed_expected(due: Due) -> Expected:
    """What a deadline would be as a reading."""
    return due.instant if due.clock_time else due.day


def same_due(due: Due, other: Due | None) -> bool:
    """Whether two deadlines are the same day, or, where one has a clock time, the same instant."""
    if other is None:
        return False
    return due.instant == other.instant if due.clock_time or other.clock_time else due.day == other.day


def _due(typed: DueForm, settings: DeadlineSettings) -> Due | None:
    day = typed.day or typed.next
    if typed.none or day is None:
        return None
    if typed.midnight:
        midnight = datetime.combine(day + timedelta(days=1), time(0), OFFICE_ZONE)
        return Due(day=day, instant=utc(midnight), clock_time=True)
    if typed.clock is not None:
        instant = utc(datetime.combine(day, typed.clock, OFFICE_ZONE))
        return Due(day=local_day(instant), instant=instant, clock_time=True)
    return Due(day=day, instant=end_of_day(day, settings.day_ends_at))
