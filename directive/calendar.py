"""The working calendar: which days are worked, and the arithmetic of working days and working minutes.

Pure: the announced days come in as data (`register/calendars.py` reads them). Days are local to
Asia/Ho_Chi_Minh; instants that go in carry a zone, instants that come out are UTC.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Self

from pydantic import model_validator

from directive.calendar_days import CalendarDay, CalendarYear, DayKind, OfficeHours
from directive.due import OFFICE_ZONE, utc
from directive.value import Value

ONE_DAY = timedelta(days=1)
WEEKDAYS_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
LONGEST_BREAK = 4000
"""Days to look for the next working day before the calendar is called empty (stopped days may be many)."""


class WorkCalendar(Value):
    """Which days are worked. Immutable: one version has one content, and tasks name the version they use.

    Monday to Friday are worked unless a row says otherwise (Bộ luật Lao động 2019, Điều 112, and each
    year's announcement of days in lieu and swapped days).
    """

    version: str
    days: tuple[CalendarDay, ...] = ()
    hours: OfficeHours = OfficeHours()
    years: tuple[CalendarYear, ...] = ()
    stopped_days: frozenset[date] = frozenset()

    @model_validator(mode="after")
    def _one_row_a_day(self) -> Self:
        if len({row.day for row in self.days}) != len(self.days):
            raise ValueError("a day stands twice in the calendar")
        return self

    @cached_property
    def _rows(self) -> dict[date, CalendarDay]:
        return {row.day: row for row in self.days}

    @cached_property
    def _worked(self) -> frozenset[date]:
        """Weekend days that are worked."""
        swapped = (row.day for row in self.days if row.kind is DayKind.SWAP_WORKED)
        return frozenset(day for day in swapped if day.weekday() >= 5) - self.stopped_days

    @cached_property
    def _off(self) -> frozenset[date]:
        """Monday-to-Friday days that are not worked."""
        off = {row.day for row in self.days if row.kind is not DayKind.SWAP_WORKED} | self.stopped_days
        return frozenset(day for day in off if day.weekday() < 5)

    @cached_property
    def _sorted(self) -> tuple[list[date], list[date]]:
        return sorted(self._off), sorted(self._worked)

    @cached_property
    def _bits(self) -> dict[tuple[date, int], str]:
        return {}

    @cached_property
    def _added(self) -> dict[tuple[date, int], date]:
        return {}

    @cached_property
    def _years(self) -> frozenset[int]:
        return frozenset(row.year for row in self.years if row.confirmed)

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on this local day."""
        return day not in self._off if day.weekday() < 5 else day in self._worked

    def bits(self, start: date, days: int) -> str:
        """So many calendar days from `start` as text, 1 for a working day; every record of a day asks for the same."""
        if (start, days) not in self._bits:
            each = (start + ONE_DAY * ahead for ahead in range(days))
            self._bits[start, days] = "".join("01"[self.is_working_day(day)] for day in each)
        return self._bits[start, days]

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day` (before it when n is negative); 0 returns `day` itself."""
        if (day, n) not in self._added:  # every record of a day asks for the same
            self._added[day, n] = self._counted_on(day, n)
        return self._added[day, n]

    def _counted_on(self, day: date, n: int) -> date:
        step = ONE_DAY if n >= 0 else -ONE_DAY
        for _ in range(abs(n)):
            day = self._next(day + step, step)
        return day

    def roll_forward(self, day: date) -> date:
        """The day itself when worked, else the next working day (Bộ luật Dân sự 2015, Điều 148.5)."""
        return self._next(day, ONE_DAY)

    def roll_back(self, day: date) -> date:
        """The day itself when worked, else the working day before it."""
        return self._next(day, -ONE_DAY)

    def _next(self, day: date, step: timedelta) -> date:
        for _ in range(LONGEST_BREAK):
            if self.is_working_day(day):
                return day
            day += step
        raise ValueError(f"no working day in the calendar {self.version} near {day.isoformat()}")

    def working_days_between(self, a: date, b: date) -> int:
        """How many working days d there are with a < d <= b; the negative mirror when b is before a."""
        return -self._count(b, a) if b < a else self._count(a, b)

    def _count(self, a: date, b: date) -> int:
        weeks, rest = divmod((b - a).days, 7)
        plain = weeks * 5 + sum((a.weekday() + i) % 7 < 5 for i in range(1, rest + 1))
        off, worked = self._sorted
        fewer = bisect_right(off, b) - bisect_right(off, a)
        return plain - fewer + bisect_right(worked, b) - bisect_right(worked, a)

    @cached_property
    def _spans(self) -> tuple[tuple[int, int], ...]:
        h = self.hours
        pairs = ((h.morning_start, h.morning_end), (h.afternoon_start, h.afternoon_end))
        return tuple((_seconds(start), _seconds(end)) for start, end in pairs)

    @cached_property
    def _day_seconds(self) -> int:
        return sum(end - start for start, end in self._spans)

    def _worked_by(self, local: datetime) -> int:
        """Seconds of work done on that day up to that local time."""
        if not self.is_working_day(local.date()):
            return 0
        now = _seconds(local.time())
        return sum(min(max(now - start, 0), end - start) for start, end in self._spans)

    def working_minutes_between(self, a: datetime, b: datetime) -> int:
        """Whole minutes of working time from a to b; negative when b is before a."""
        if utc(b) < utc(a):
            return -self.working_minutes_between(b, a)
        first, last = a.astimezone(OFFICE_ZONE), b.astimezone(OFFICE_ZONE)
        whole = self.working_days_between(first.date(), last.date())
        whole += self.is_working_day(first.date()) - self.is_working_day(last.date())
        return (whole * self._day_seconds - self._worked_by(first) + self._worked_by(last)) // 60

    def add_working_minutes(self, instant: datetime, minutes: int) -> datetime:
        """The UTC instant when that much working time has passed (or, when negative, had yet to pass).

        A sum that fills a day exactly ends with that day's work, not with the next morning.
        """
        if minutes == 0:
            return utc(instant)
        local = instant.astimezone(OFFICE_ZONE)
        if minutes < 0:
            return self._subtract(local, -minutes * 60)
        days, rest = divmod(self._worked_by(local) + minutes * 60, self._day_seconds)
        if rest == 0:
            days, rest = days - 1, self._day_seconds
        start = local.date() if self.is_working_day(local.date()) else self.roll_forward(local.date())
        return self._at(self.add_working_days(start, days), rest)

    def _subtract(self, local: datetime, seconds: int) -> datetime:
        left = self._worked_by(local) - seconds
        start = local.date()
        if left >= 0 and self.is_working_day(start):
            return self._at(start, left)
        days, rest = divmod(-left, self._day_seconds)
        if rest == 0:
            return self._at(self.add_working_days(start, -max(days, 1)), 0)
        return self._at(self.add_working_days(start, -days - 1), self._day_seconds - rest)

    def _at(self, day: date, worked: int) -> datetime:
        for start, end in self._spans:
            if worked <= end - start:
                break
            worked -= end - start
        return utc(datetime.combine(day, time(0), OFFICE_ZONE) + timedelta(seconds=start + worked))

    def end_of_work(self, day: date) -> datetime:
        """The UTC instant at which the office closes on that local day."""
        return utc(datetime.combine(day, self.hours.afternoon_end, OFFICE_ZONE))

    def start_of_work(self, day: date) -> datetime:
        """The UTC instant at which the office opens on that local day."""
        return utc(datetime.combine(day, self.hours.morning_start, OFFICE_ZONE))

    def stopped(self, days: Iterable[date]) -> "WorkCalendar":
        """The same calendar with these days not counted as working days: a suspended task's view."""
        return self._with_stopped(self.stopped_days | frozenset(days))

    def _with_stopped(self, days: frozenset[date]) -> "WorkCalendar":
        return WorkCalendar.model_construct(
            version=self.version, days=self.days, hours=self.hours, years=self.years, stopped_days=days
        )

    def day_off(self, day: date) -> str | None:
        """Why the office is closed that day, in Vietnamese; None on working days."""
        if self.is_working_day(day):
            return None
        row = self._rows.get(day)
        if row is not None and row.kind is not DayKind.SWAP_WORKED:
            return row.name or row.kind.value
        return "ngày tạm dừng" if day in self.stopped_days else WEEKDAYS_VI[day.weekday()]

    def is_holiday(self, day: date) -> bool:
        """Whether an announced row, not only the weekend, makes it a day off."""
        row = self._rows.get(day)
        return row is not None and row.kind is not DayKind.SWAP_WORKED

    def is_provisional(self, day: date) -> bool:
        """Whether the day's year is unconfirmed or not covered, or the day's own row is unconfirmed."""
        row = self._rows.get(day)
        return day.year not in self._years or (row is not None and not row.confirmed)


def _seconds(clock: time) -> int:
    return clock.hour * 3600 + clock.minute * 60 + clock.second
