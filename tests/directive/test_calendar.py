"""The working calendar: the vectors of the domain page, and the laws its arithmetic obeys."""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directive.calendar import WorkCalendar
from directive.calendar_days import CalendarDay, DayKind, OfficeHours
from directive.due import OFFICE_ZONE, utc
from register.calendar_file import CalendarFileError, parse_calendar
from register.calendars import QUICK, SHIPPED, quick_form, shipped_calendar

DATA = Path(__file__).parents[1] / "data"
VECTORS = [json.loads(line) for line in (DATA / "workdays.jsonl").read_text().splitlines()]
DAYS = st.dates(date(2025, 1, 2), date(2027, 12, 31))
CALENDAR = shipped_calendar()


def ladder(due: date) -> dict[str, str]:
    days = {
        "soon_7cal": CALENDAR.roll_back(due - timedelta(days=7)),
        "T_3wd": CALENDAR.add_working_days(due, -3),
        "T_1wd": CALENDAR.add_working_days(due, -1),
        "due": due,
        "red": CALENDAR.add_working_days(due, 1),
        "red_plus3": CALENDAR.add_working_days(due, 3),
        "red_plus5": CALENDAR.add_working_days(due, 5),
    }
    return {name: day.isoformat() for name, day in days.items()}


def test_the_program_reads_the_calendar_that_people_read() -> None:
    assert QUICK.read_text(encoding="utf-8") == quick_form(), "python -m register.calendars"
    assert parse_calendar(SHIPPED.read_text(encoding="utf-8"), SHIPPED.name) == CALENDAR


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['op']} {v.get('date')} {v.get('n')}")
def test_the_working_day_vectors_hold(vector: dict[str, Any]) -> None:
    match vector["op"]:
        case "is_working_day":
            assert CALENDAR.is_working_day(date.fromisoformat(vector["date"])) is vector["expected"]
        case "add_working_days":
            day = CALENDAR.add_working_days(date.fromisoformat(vector["date"]), vector["n"])
            assert day.isoformat() == vector["expected"]
        case "roll_forward":
            assert CALENDAR.roll_forward(date.fromisoformat(vector["date"])).isoformat() == vector["expected"]
        case "ladder":
            assert ladder(date.fromisoformat(vector["due"])) == vector["expected"]
        case other:
            pytest.fail(f"unknown operation {other}")


def test_the_weekdays_off_are_those_of_the_domain_page() -> None:
    def off(year: int) -> set[str]:
        first = date(year, 1, 1)
        days = (first + timedelta(days=i) for i in range(365))
        return {f"{d.day}/{d.month}" for d in days if d.weekday() < 5 and CALENDAR.day_off(d)}

    assert off(2025) == {
        "1/1",
        "27/1",
        "28/1",
        "29/1",
        "30/1",
        "31/1",
        "7/4",
        "30/4",
        "1/5",
        "2/5",
        "1/9",
        "2/9",
    }
    assert off(2026) == {
        "1/1",
        "2/1",
        "16/2",
        "17/2",
        "18/2",
        "19/2",
        "20/2",
        "27/4",
        "30/4",
        "1/5",
        "31/8",
        "1/9",
        "2/9",
        "24/11",
    }
    assert off(2027) == {
        "1/1",
        "5/2",
        "8/2",
        "9/2",
        "10/2",
        "11/2",
        "16/4",
        "30/4",
        "3/5",
        "2/9",
        "3/9",
        "24/11",
    }


@given(DAYS, DAYS)
def test_days_between_are_the_days_counted_one_by_one(a: date, b: date) -> None:
    low, high = min(a, b), max(a, b)
    steps = (low + timedelta(days=i) for i in range(1, (high - low).days + 1))
    count = sum(CALENDAR.is_working_day(day) for day in steps)
    assert CALENDAR.working_days_between(a, b) == (count if a <= b else -count)


@given(DAYS, st.integers(1, 60))
def test_adding_days_and_counting_them_agree(day: date, n: int) -> None:
    later = CALENDAR.add_working_days(day, n)
    assert CALENDAR.is_working_day(later)
    assert CALENDAR.working_days_between(day, later) == n


@given(st.dates(date(2026, 1, 5), date(2026, 12, 20)), st.integers(0, 86_399), st.integers(1, 20_000))
def test_adding_working_minutes_and_counting_them_agree(day: date, seconds: int, minutes: int) -> None:
    start = utc(datetime.combine(day, time(0), OFFICE_ZONE) + timedelta(seconds=seconds))
    later = CALENDAR.add_working_minutes(start, minutes)
    assert later.utcoffset() == timedelta(0)
    assert CALENDAR.working_minutes_between(start, later) == minutes
    assert CALENDAR.working_minutes_between(later, start) == -minutes
    assert CALENDAR.working_minutes_between(CALENDAR.add_working_minutes(start, -minutes), start) == minutes


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=OFFICE_ZONE)


def test_lunch_and_nights_are_not_working_time() -> None:
    assert CALENDAR.working_minutes_between(at(1, 11), at(1, 14)) == 60
    assert CALENDAR.working_minutes_between(at(1, 16), at(2, 8)) == 90
    assert CALENDAR.add_working_minutes(at(5, 16, 30), 60) == at(8, 8)
    assert CALENDAR.add_working_minutes(at(5, 16, 30), 30) == at(5, 17)
    assert CALENDAR.add_working_minutes(at(6, 10), 30) == at(8, 8)
    assert CALENDAR.end_of_work(date(2026, 6, 5)) == at(5, 17)
    assert CALENDAR.start_of_work(date(2026, 6, 5)) == at(5, 7, 30)


def test_stopped_days_are_not_working_days_and_leave_the_calendar_as_it_was() -> None:
    stopped = CALENDAR.stopped([date(2026, 6, 2), date(2026, 6, 3)])
    assert stopped.add_working_days(date(2026, 6, 1), 1) == date(2026, 6, 4)
    assert CALENDAR.add_working_days(date(2026, 6, 1), 1) == date(2026, 6, 2)
    assert stopped.stopped([date(2026, 6, 4)]).roll_forward(date(2026, 6, 2)) == date(2026, 6, 5)
    assert stopped.version == CALENDAR.version


def test_a_day_off_has_a_reason_and_a_working_day_has_none() -> None:
    assert CALENDAR.day_off(date(2026, 9, 2)) == "Quốc khánh"
    assert CALENDAR.day_off(date(2026, 6, 27)) == "thứ Bảy"
    assert CALENDAR.day_off(date(2026, 8, 22)) is None


def test_a_year_that_is_not_announced_is_provisional() -> None:
    assert not CALENDAR.is_provisional(date(2026, 12, 31))
    assert CALENDAR.is_provisional(date(2027, 6, 1))
    assert CALENDAR.is_provisional(date(2040, 6, 1))


def test_a_calendar_survives_the_wire() -> None:
    CALENDAR.is_working_day(date(2026, 1, 1))
    assert WorkCalendar.model_validate_json(CALENDAR.model_dump_json()) == CALENDAR


def test_one_day_has_one_row_and_hours_are_in_order() -> None:
    row = CalendarDay(day=date(2026, 1, 1), kind=DayKind.HOLIDAY, source="x")
    with pytest.raises(ValueError, match="twice"):
        WorkCalendar(version="v", days=(row, row))
    with pytest.raises(ValueError, match="order"):
        OfficeHours(morning_end=OfficeHours().afternoon_end)


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ("day: 2026-01-01", "day: 2026-13-01", "2026-01-31"),
        ("day: 2026-01-01", "day: 2025-01-01", "bỏ một"),
        ("day: 2026-01-01", "day: 2031-01-01", "years"),
        ("day: 2026-01-01, kind: holiday", "day: 2026-01-01, kind: feast", "swap_worked"),
        ("day: 2026-01-01, kind: holiday", "day: 2026-01-01, kind: swap_worked", "cuối tuần"),
        ("day: 2026-01-01, kind: holiday", "day: 2026-01-01, kind: [", "dòng này"),
    ],
)
def test_a_slip_in_a_calendar_file_names_its_line_and_the_remedy(old: str, new: str, remedy: str) -> None:
    text = SHIPPED.read_text()
    line = next(i for i, row in enumerate(text.splitlines(), 1) if old in row)
    with pytest.raises(CalendarFileError) as caught:
        parse_calendar(text.replace(old, new), "mine.yaml")
    assert line <= caught.value.line <= line + 1
    assert remedy in caught.value.remedy


@pytest.mark.parametrize("text", ["", "- 1", "version: 3", "version: v", "version: v\nyears: []\nday: []"])
def test_a_file_that_is_no_calendar_is_refused(text: str) -> None:
    with pytest.raises(CalendarFileError):
        parse_calendar(text, "mine.yaml")
