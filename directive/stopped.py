"""Suspensions as a ledger of spans: which days do not count, and where the deadline moves to.

A working day counts as suspended when the clock stood at its end of work; a deadline with a clock time counts
minutes of working time instead (`domain.md` §5, our decision).
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from directive.calendar import WorkCalendar
from directive.due import Due, end_of_day, local_day, utc
from directive.span import Span
from directive.task import Facts


def stopped_calendar(facts: Facts, calendar: WorkCalendar) -> WorkCalendar:
    """The calendar as the task's ladder sees it: days whose end of work lay in a span do not count."""
    days = [day for span in facts.spans if span.until for day in _stopped_days(span, span.until, calendar)]
    return calendar.stopped(days) if days else calendar


def effective_due(facts: Facts, calendar: WorkCalendar) -> Due | None:
    """The deadline in force: the decided one, or the redo date if that is later, moved by the spans since."""
    due, since = facts.decided_due, facts.due_since or facts.assigned_at
    spans = (span.model_copy(update={"since": max(span.since, since)}) for span in facts.spans)
    return (
        moved(due, (span for span in spans if span.until and span.until > since), calendar) if due else None
    )


def moved(due: Due, spans: Iterable[Span], calendar: WorkCalendar) -> Due:
    """A deadline moved by those of the ended `spans` that began before it."""
    for span in spans:
        if span.until and span.since < due.instant:
            due = _moved(due, span, span.until, calendar)
    return due


def inside_span(facts: Facts, instant: datetime) -> bool:
    """Whether the clock stood at `instant`."""
    return any(span.since <= instant and (span.until is None or instant < span.until) for span in facts.spans)


def running_hours(facts: Facts, since: datetime, hours: int) -> datetime:
    """The instant (UTC) when the task's clock has run so many clock hours after `since`, suspended time left out."""
    at = utc(since) + timedelta(hours=hours)
    for span in sorted(facts.spans, key=lambda one: one.since):
        if span.until and span.until > since and span.since <= at:
            at += span.until - max(span.since, since)
    return at


def stood_days(span: Span, calendar: WorkCalendar) -> int:
    """How many working days the clock stood in an ended span."""
    return len(_stopped_days(span, span.until, calendar)) if span.until else 0


def _moved(due: Due, span: Span, until: datetime, calendar: WorkCalendar) -> Due:
    if due.clock_time:
        minutes = calendar.working_minutes_between(span.since, until)
        instant = calendar.add_working_minutes(due.instant, minutes) if minutes else due.instant
        return due.model_copy(update={"instant": instant, "day": local_day(instant)})
    days = len(_stopped_days(span, until, calendar))
    if not days:
        return due
    day = calendar.add_working_days(due.day, days)
    ends = due.instant - end_of_day(due.day)
    return due.model_copy(update={"day": day, "instant": end_of_day(day) + ends})


def _stopped_days(span: Span, until: datetime, calendar: WorkCalendar) -> list[date]:
    first, last = local_day(span.since), local_day(until)
    days = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    return [
        day
        for day in days
        if calendar.is_working_day(day) and span.since <= calendar.end_of_work(day) < until
    ]
