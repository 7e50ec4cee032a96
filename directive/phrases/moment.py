"""A moment: what a stretch of text names in time, before anyone asks whether it is a deadline."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal

from directive.calendar import WorkCalendar
from directive.due import OFFICE_ZONE
from directive.phrases.reading import Instant, Offer, Period
from directive.phrases.text import Prose

Grain = Literal[
    "day", "clock", "week", "month", "quarter", "half", "year", "range", "point", "feast", "programme"
]


@dataclass(slots=True)
class Moment:
    """First to last local day, or a clock time `at` on the last; `error` refuses it, `offers` are other readings."""

    end: int
    grain: Grain
    first: date = date.min
    last: date = date.min
    at: Instant | None = None
    error: str = ""
    offers: tuple[Offer, ...] = ()
    yearless: bool = False
    qualified: bool = True
    rule: str = ""
    words: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Scene:
    """What every part of the grammar may look at, and none changes (not frozen: that costs more than a match)."""

    prose: Prose
    issued: date
    calendar: WorkCalendar
    received: date | None = None
    inclusive: bool = False


def refuse(end: int, error: str, *offers: Offer, grain: Grain = "day") -> Moment:
    """A moment that is named but cannot be: kept with its reason, never repaired silently."""
    return Moment(end, grain, error=error, offers=tuple(offers))


LENGTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days_in(year: int, month: int) -> int:
    """How many days a month has."""
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return LENGTHS[month] + leap


def last_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, days_in(year, month))


def period(first: date, last: date) -> Period:
    """A period from its first to its last day."""
    return Period(start=first, end=last)


def clock_on(day: date, hour: int, minute: int) -> datetime:
    """A local clock time on a day; 24:00 is the next day's 00:00."""
    if hour == 24:
        return datetime.combine(day + timedelta(days=1), time(0, minute), OFFICE_ZONE)
    return datetime.combine(day, time(hour, minute), OFFICE_ZONE)


def year_of(digits: str | None, scene: Scene) -> tuple[int, str]:
    """The year that digits mean, or the reason why they mean none; the document's year when missing."""
    if digits is None:
        return scene.issued.year, ""
    if len(digits) == 2:
        return 2000 + int(digits), ""
    if len(digits) != 4 or not 1900 <= int(digits) <= 2200:
        return scene.issued.year, "year_malformed"
    return int(digits), ""


def make_day(year: int, month: int, day: int) -> tuple[date, str]:
    """The date, or the reason why there is none."""
    if not 1 <= month <= 12:
        return date.min, "month_out_of_range"
    if not 1 <= day <= 31:
        return date.min, "day_out_of_range"
    if day > 28 and day > days_in(year, month):
        return date.min, "day_out_of_month"
    return date(year, month, day), ""


def next_year(day: date) -> date:
    """The same day a year later (29/2 becomes 28/2)."""
    return date(day.year + 1, day.month, min(day.day, days_in(day.year + 1, day.month)))
