"""A count of days as people check it: from which day, which days count, and which are skipped and why."""

from datetime import date, timedelta
from typing import NamedTuple

from desk import words
from desk.language import lang, text
from directive.calendar import WEEKDAYS_VI, WorkCalendar

ONE_DAY = timedelta(days=1)
LISTED = 6
"""So many counted days are named one by one; of more, only those that are skipped."""


class Start(NamedTuple):
    """The day that a count begins after, and what that day is."""

    day: date
    vi: str
    en: str

    def __str__(self) -> str:
        return f"{text(self.vi, self.en)} {words.day(self.day)}"


class Count(NamedTuple):
    """The days from `start` to `end`, both local; `skipped` each with the reason why it does not count."""

    start: Start
    end: date
    days: tuple[date, ...]
    skipped: tuple[tuple[date, str], ...]

    def __str__(self) -> str:
        days = ", ".join(f"{day:%d/%m}" for day in self.days)
        told = f": {days}" if 0 < len(self.days) <= LISTED else ""
        off = ", ".join(f"{day:%d/%m} ({why})" for day, why in self.skipped)
        return told + (f"; {text('bỏ qua', 'skipped')} {off}" if off else "")

    def plain(self) -> dict[str, object]:
        """The count as JSON."""
        return {
            "from": self.start.day,
            "from_what": text(self.start.vi, self.start.en),
            "to": self.end,
            "days": list(self.days),
            "skipped": [{"day": day, "why": why} for day, why in self.skipped],
        }


def count(start: Start, end: date, calendar: WorkCalendar) -> Count:
    """The days after `start` up to `end`, or before it down to `end`, as `calendar` counts them."""
    step = ONE_DAY if end >= start.day else -ONE_DAY
    passed = [start.day + step * number for number in range(1, abs((end - start.day).days) + 1)]
    days = tuple(day for day in passed if calendar.is_working_day(day))
    skipped = tuple((day, off(day, calendar)) for day in passed if not calendar.is_working_day(day))
    return Count(start, end, days, skipped)


def off(day: date, calendar: WorkCalendar) -> str:
    """Why a day does not count, in the language in use; an announced day has its own name."""
    why = calendar.day_off(day) or ""
    if lang() == "vi":
        return why
    if day in calendar.stopped_days and not calendar.is_holiday(day):
        return "the task's clock stood"
    return f"{day:%A}" if why in WEEKDAYS_VI else why
