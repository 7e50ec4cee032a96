"""The days that may be picked, laid out by month and week as an office's calendar on the wall."""

from datetime import date, timedelta
from typing import NamedTuple

from desk.language import text
from desk.picked import Limits, named
from directive.calendar import WorkCalendar

MOST_DAYS = 45
"""A longer range is typed, not picked from a wall."""
_WEEK = 7


class Day(NamedTuple):
    """One day on the wall. `off`: the office is closed; `open`: it may be picked; `due`: the deadline's day."""

    iso: str
    number: int
    off: bool
    open: bool
    due: bool
    words: str


Week = list[Day | None]


def wall(held: Limits, calendar: WorkCalendar, due: date | None) -> list[tuple[str, list[Week]]]:
    """The months of a range, each with its weeks from Monday; nothing where the range is too long, or has no end."""
    if held.last is None or (held.last - held.first).days > MOST_DAYS or held.last < held.first:
        return []
    begins = held.first - timedelta(days=held.first.weekday())
    ends = held.last + timedelta(days=_WEEK - 1 - held.last.weekday())
    days = [begins + timedelta(days=count) for count in range((ends - begins).days + 1)]
    months = list(dict.fromkeys((day.year, day.month) for day in days))
    found = []
    for year, month in months:
        shown = [
            _shown(day, held, calendar, due) if (day.year, day.month) == (year, month) else None
            for day in days
        ]
        weeks = [shown[start : start + _WEEK] for start in range(0, len(shown), _WEEK)]
        said = text(f"Tháng {month}/{year}", f"{date(year, month, 1):%B} {year}")
        found.append((said, [week for week in weeks if any(week)]))
    return [month for month in found if any(one and one.open for week in month[1] for one in week)]


def _shown(day: date, held: Limits, calendar: WorkCalendar, due: date | None) -> Day:
    worked = calendar.is_working_day(day)
    within = held.first <= day and (held.last is None or day <= held.last)
    said = named(day, calendar)
    if day == due:
        said += text(", thời hạn", ", the deadline")
    if not worked:
        said += text(", ngày nghỉ", ", a day off")
    return Day(day.isoformat(), day.day, not worked, within and worked, day == due, said)
