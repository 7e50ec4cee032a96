"""A calendar on which every hour of every day counts: what a policy with `days: all` counts by (hỏa tốc)."""

from datetime import date, datetime, timedelta

from directive.calendar import WorkCalendar
from directive.due import utc
from directive.policy import Policy


class EveryDay(WorkCalendar):
    """A working calendar without its weekends, holidays and nights; days on which a task's clock stood stay out."""

    def is_working_day(self, day: date) -> bool:
        """Every day is one, unless the task's clock stood on it."""
        return day not in self.stopped_days

    def _count(self, a: date, b: date) -> int:
        return (b - a).days - sum(a < day <= b for day in self.stopped_days)

    def working_minutes_between(self, a: datetime, b: datetime) -> int:
        """Whole minutes from a to b: nights count too."""
        minutes = abs(utc(b) - utc(a)) // timedelta(minutes=1)
        return minutes if utc(a) <= utc(b) else -minutes

    def add_working_minutes(self, instant: datetime, minutes: int) -> datetime:
        """So many minutes later (UTC)."""
        return utc(instant) + timedelta(minutes=minutes)

    def _with_stopped(self, days: frozenset[date]) -> "EveryDay":
        return _every_day(self, days)


def counted_days(policy: Policy, calendar: WorkCalendar) -> WorkCalendar:
    """The calendar as a policy counts by it: itself, or every day of it (`days: all`)."""
    if policy.days == "working" or isinstance(calendar, EveryDay):
        return calendar
    return every_day(calendar)


def every_day(calendar: WorkCalendar) -> EveryDay:
    """A calendar with every hour of every day of it counting."""
    return _every_day(calendar, calendar.stopped_days)


def _every_day(calendar: WorkCalendar, stopped: frozenset[date]) -> EveryDay:
    return EveryDay.model_construct(
        version=calendar.version,
        days=calendar.days,
        hours=calendar.hours,
        years=calendar.years,
        stopped_days=stopped,
    )
