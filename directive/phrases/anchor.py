"""Counting from an anchor, by calendar or working days (Bộ luật Dân sự 2015, Điều 147–148)."""

from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from directive.calendar import WorkCalendar
from directive.due import local_day, utc
from directive.phrases.reading import Anchor


def counted_day(anchor: Anchor, start: date, calendar: WorkCalendar) -> tuple[date, date]:
    """(the last day as counted, the same moved off a day off); a count backwards is not moved (Đ148.5 is forward)."""
    sign = 1 if anchor.direction == "after" else -1
    n = anchor.count * sign
    match anchor.unit:
        case "working_day":
            day = calendar.add_working_days(start, n)
            return day, day
        case "day" | "week":
            day = start + timedelta(days=n * (7 if anchor.unit == "week" else 1))
        case "month" | "quarter":
            day = start + relativedelta(months=n * (3 if anchor.unit == "quarter" else 1))
        case "year":
            day = start + relativedelta(years=n)
        case _:
            raise ValueError("hours are counted from an instant, not from a day")
    return day, calendar.roll_forward(day) if n > 0 else day


def resolve_anchor(anchor: Anchor, at: date | datetime, calendar: WorkCalendar) -> date | datetime:
    """When a counted period ends, once its anchor is known: a local day, or a UTC instant for hours.

    The first day is not counted and a day off at the end moves to the next working day (Bộ luật Dân sự 2015,
    Điều 147–148); hours are never moved. Raises ValueError when hours are to be counted from a day.
    """
    if anchor.unit in ("hour", "working_hour"):
        if not isinstance(at, datetime):
            raise ValueError("hours are counted from an instant, not from a day")
        hours = anchor.count if anchor.direction == "after" else -anchor.count
        if anchor.unit == "hour":
            return utc(at) + timedelta(hours=hours)
        return calendar.add_working_minutes(at, hours * 60)
    day = local_day(at) if isinstance(at, datetime) else at
    return counted_day(anchor, day, calendar)[1]
