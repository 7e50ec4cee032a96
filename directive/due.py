"""A deadline: the phrase of the letter, the calendar day, and the instant it means."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime

from directive.value import Value

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Due(Value):
    """When a task has to be done. `instant` is UTC; `day` is the local day that reminders count from.

    A date without a clock time means until 24:00 of that day in Asia/Ho_Chi_Minh (Bộ luật Dân sự 2015,
    Điều 148.6), so 30/6/2026 has the day 2026-06-30 and the instant 2026-06-30T17:00Z (1/7 00:00 local).
    An organisation may end its days at 17:00 instead; that choice is stored in `instant`.
    """

    day: date
    instant: AwareDatetime
    clock_time: bool = False
    worded: str = ""
    rule: str = ""
    choice: str = ""


def end_of_day(day: date, ends_at: time = time(0)) -> datetime:
    """The UTC instant at which a local day ends: 24:00, or `ends_at` where the organisation says so."""
    whole = datetime.combine(day, ends_at, OFFICE_ZONE)
    return utc(whole if ends_at != time(0) else whole + timedelta(days=1))


def utc(instant: datetime) -> datetime:
    """The same instant in UTC; refuses one without a zone (ValueError)."""
    if instant.tzinfo is None:
        raise ValueError(f"an instant without a time zone: {instant.isoformat()}")
    return instant.astimezone(ZoneInfo("UTC"))


def local_day(instant: datetime) -> date:
    """The day that people in the office call the instant's day."""
    return instant.astimezone(OFFICE_ZONE).date()
