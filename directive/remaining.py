"""What is left until the deadline: working days, or working minutes where the deadline has a clock time.

The ledger of suspensions takes nothing away: what was left when the clock was stopped is left when it runs again
(`domain.md` §5).
"""

from datetime import datetime

from directive.calendar import WorkCalendar
from directive.due import Due, local_day
from directive.stopped import effective_due
from directive.task import Facts, State
from directive.value import Value


class Remaining(Value):
    """The working days left, or the working `minutes` (None without a clock time), counted `at` (UTC).

    A day counts until its end of work. Both are 0 once the deadline has passed.
    """

    at: datetime
    days: int
    minutes: int | None = None


def remaining(facts: Facts, calendar: WorkCalendar, now: datetime) -> Remaining | None:
    """What is left at `now` (UTC), by the calendar that the policy counts by; None without a deadline or at the end.

    While the clock stands nothing is used up: since the suspension, or since the report that waits for a decision.
    """
    due = effective_due(facts, calendar)
    if due is None or facts.closed:
        return None
    at = stands_since(facts) or now
    if due.clock_time:
        return Remaining(at=at, days=_days(due, calendar, at), minutes=_minutes(due, calendar, at))
    return Remaining(at=at, days=_days(due, calendar, at))


def stands_since(facts: Facts) -> datetime | None:
    """Since when the unit's clock stands (UTC); None while it runs."""
    if State.REPORTED in (facts.state, facts.resumes_to) and facts.report:
        return facts.report.at
    return facts.spans[-1].since if facts.state is State.SUSPENDED else None


def _minutes(due: Due, calendar: WorkCalendar, at: datetime) -> int:
    return max(calendar.working_minutes_between(at, due.instant), 0)


def _days(due: Due, calendar: WorkCalendar, at: datetime) -> int:
    """The working days that are not over at `at`, up to the deadline's day."""
    today = local_day(at)
    if at > due.instant or today > due.day:
        return 0
    here = calendar.is_working_day(today) and at <= calendar.end_of_work(today)
    return calendar.working_days_between(today, due.day) + here
