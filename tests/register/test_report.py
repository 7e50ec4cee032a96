"""The figures of a report, against SQL written by hand over the events and against the facts of the core."""

import random
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text, update

from directive.due import local_day
from directive.every_day import counted_days
from directive.light import LightKind, light, outcome
from directive.message import Act, Grade
from register.calendars import shipped_calendar
from register.counted import Figure, counted
from register.models import SummaryRow
from register.open import Register
from register.page_tables import reports
from register.plans import NotRecorded, Saved
from register.report import draw, total
from register.sent_reports import NamesNone, send, sent, sent_reports
from register.summary import Asked, Period
from tests.register.given import DIRECTIVE, NUMBER, STANDARD, Running, local
from tests.register.lives import Life, lives

NOW = local(20, month=7)
JUNE = Period(first=date(2026, 6, 1), last=date(2026, 6, 30))
PERIODS = (
    Period(),
    JUNE,
    Period(first=date(2026, 6, 8), last=date(2026, 6, 15)),
    Period(first=date(2026, 7, 1), last=date(2026, 7, 31)),
    Period(last=date(2026, 6, 15)),
)

COUNTED_BY_HAND = {
    "received": "e.kind = 'assigned' OR (e.kind = 'approved' AND e.renews)",
    "completed_on_time": "e.kind = 'approved' AND e.body NOT LIKE '%completed_late%'",
    "completed_late": "e.kind = 'approved' AND e.body LIKE '%completed_late%'",
    "withdrawn": "e.kind IN ('withdrawn', 'not_ours_agreed')",
    "nudges": "e.kind = 'nudged'",
    "don_doc": """e.kind = 'nudged' AND e.body LIKE '%"grade":"don_doc"%'""",
    "phe_binh": """e.kind = 'nudged' AND e.body LIKE '%"grade":"phe_binh"%'""",
    "kiem_diem": """e.kind = 'nudged' AND e.body LIKE '%"grade":"kiem_diem"%'""",
    "extensions": "e.kind = 'extension_granted'",
}
LOCAL = {"sqlite": "datetime(e.at, '+7 hours')", "postgresql": "e.at AT TIME ZONE 'Asia/Ho_Chi_Minh'"}
"""Local days, cut at midnight by the database itself; nothing of `register/summary.py` is used."""


@pytest.fixture(scope="module")
def seed() -> int:
    """Another one at every run; the seed of pytest-randomly brings it back."""
    return random.randrange(10_000)


@pytest.fixture(scope="module")
def kept() -> dict[str, Any]:
    """The first test's lives and their register, which the others copy: living them takes the longest."""
    return {}


@pytest.fixture
async def lived(on_sqlite: Register, in_file: str, seed: int, kept: dict[str, Any]) -> list[Life]:
    with closing(sqlite3.connect(in_file.partition("///")[2])) as here:
        if "lives" not in kept:
            kept["lives"], kept["register"] = await lives(on_sqlite, seed), sqlite3.connect(":memory:")
            here.backup(kept["register"])
        kept["register"].backup(here)
    return [life.on(on_sqlite) for life in kept["lives"]]


async def _by_hand(register: Register, period: Period) -> dict[str, dict[str, int]]:
    day = LOCAL[register.dialect]
    sums = ", ".join(
        f"SUM(CASE WHEN {test} THEN 1 ELSE 0 END) AS {name}" for name, test in COUNTED_BY_HAND.items()
    )
    first = f"{period.first or '2000-01-01'} 00:00:00"
    after = f"{(period.last or date(2100, 1, 1)) + timedelta(days=1)} 00:00:00"
    wanted = text(
        f"SELECT t.unit AS unit, {sums} FROM events e JOIN tasks t ON t.id = e.task"
        f" WHERE {day} >= '{first}' AND {day} < '{after}' GROUP BY t.unit"
    )
    async with register.read() as connection:
        rows = (await connection.execute(wanted)).mappings().all()
    return {row["unit"]: {name: int(row[name]) for name in COUNTED_BY_HAND} for row in rows}


def _happened(row: SummaryRow) -> dict[str, int]:
    counts = {name: getattr(row, name) for name in ("received", "completed_on_time", "completed_late")}
    counts |= {name: getattr(row, name) for name in ("withdrawn", "nudges", "extensions")}
    return counts | {grade.value: row.nudges_by_grade.get(grade, 0) for grade in Grade}


async def test_the_figures_of_a_period_are_those_of_sql_over_the_events(
    register: Register, seed: int
) -> None:
    await lives(register, seed)
    for period in PERIODS:
        report = await draw(register, period, NOW)
        wanted = await _by_hand(register, period)
        nothing = dict.fromkeys(next(iter(wanted.values())), 0)
        for row in report.by_unit:
            assert _happened(row) == wanted.pop(row.key, nothing), (period, row.key)
        assert not wanted


def _standing(lived: list[Life], moment: datetime) -> dict[str, Counter[str]]:
    """How the tasks stood at an instant, by unit, from the facts they had then."""
    found: dict[str, Counter[str]] = {}
    days = counted_days(STANDARD, shipped_calendar())
    for life in lived:
        facts = life.at(moment)
        if facts is None or facts.closed:
            continue
        ended, lamp = outcome(facts, days, moment), light(facts, STANDARD, days, moment)
        assert ended is not None
        counts = found.setdefault(facts.task.unit, Counter())
        counts[ended.value] += 1
        counts["due_soon"] += lamp.kind is LightKind.DUE_SOON
        counts["overdue_days"] += lamp.days if lamp.kind is LightKind.OVERDUE else 0
    return found


async def test_running_tasks_are_judged_as_they_stood_at_the_last_instant_of_the_period(
    lived: list[Life], on_sqlite: Register
) -> None:
    for period in PERIODS:
        report = await draw(on_sqlite, period, NOW)
        end = datetime.combine(period.last, datetime.max.time(), NOW.tzinfo) if period.last else NOW
        end = min(NOW, end - timedelta(hours=7)) if period.last else NOW
        assert report.as_of == end
        wanted = _standing(lived, end)
        for row in report.by_unit:
            counts = wanted.get(row.key, Counter())
            names = ("running_in_time", "running_overdue", "due_soon", "overdue_days")
            assert {name: getattr(row, name) for name in names} == {name: counts[name] for name in names}
        assert len(report.overdue) == report.total.running_overdue


async def test_what_was_carried_and_received_has_ended_or_runs(
    lived: list[Life], on_sqlite: Register
) -> None:
    for period in PERIODS:
        report = await draw(on_sqlite, period, NOW)
        for row in (*report.by_unit, *report.by_directive):
            ended = row.completed_on_time + row.completed_late + row.withdrawn
            assert row.carried + row.received == ended + row.running_in_time + row.running_overdue
        assert total(report.by_unit) == total(report.by_directive)


async def test_every_figure_has_its_tasks(lived: list[Life], on_sqlite: Register) -> None:
    for period in PERIODS:
        report = await draw(on_sqlite, period, NOW)
        for row in report.by_unit:
            asked = Asked(period, report.as_of, units=(row.key,))
            for figure in Figure:
                found = await counted(on_sqlite, figure, asked)
                assert sum(one.times for one in found) == figure.of(row), (figure, row)


async def test_one_directive_and_some_units_are_counted_alone(lived: list[Life], on_sqlite: Register) -> None:
    whole = await draw(on_sqlite, JUNE, NOW)
    part = await draw(on_sqlite, JUNE, NOW, directive=DIRECTIVE)
    assert part.by_directive == tuple(row for row in whole.by_directive if row.key == DIRECTIVE)
    own = await draw(on_sqlite, JUNE, NOW, units=("so-a",))
    assert own.by_unit == whole.only(("so-a",)).by_unit
    assert own.overdue == whole.only(("so-a",)).overdue
    assert own.total.model_copy(update={"key": "so-a"}) == own.by_unit[0]
    assert whole.only(("so-a",)).by_directive == ()


async def test_the_overdue_list_tells_each_days_nudges_and_extensions(
    lived: list[Life], on_sqlite: Register
) -> None:
    report = await draw(on_sqlite, Period(), NOW)
    facts = {life.running.id: life.running.facts for life in lived}
    for one in report.overdue:
        own = facts[one.task]
        if own.period == 1:  # a recurring task's facts count those of its period only, the list all of them
            assert (one.nudges, one.extensions) == (own.nudges, own.extensions)
        assert one.due_day is not None
        if one.days and one.state != "reported":
            assert one.days == (local_day(NOW) - one.due_day).days
    assert [one.days for one in report.overdue] == sorted((one.days for one in report.overdue), reverse=True)


async def test_a_sent_report_stays_as_it_was(lived: list[Life], on_sqlite: Register) -> None:
    report = await draw(on_sqlite, JUNE, NOW, office="vp")
    first, saved = await send(on_sqlite, report, at=NOW, by="head-vp")
    assert (saved, first.report, first.sent_by, first.sent_at) == (Saved.NEW, report, "head-vp", NOW)
    again, saved = await send(on_sqlite, report, at=NOW + timedelta(hours=1), by="other")
    assert (saved, again) == (Saved.SAME, first)
    open_tasks = [life.running for life in lived if not life.running.facts.closed]
    for one in open_tasks:
        await one.act(Act.WITHDRAW, NOW, "assigner", "assigner:du", reason="dừng tất cả")
    assert (await sent(on_sqlite, first.id)).report == report
    # June is over: what happens in July does not change it, for a report drawn anew either
    assert await draw(on_sqlite, JUNE, NOW + timedelta(days=1), office="vp") == report
    after = await draw(on_sqlite, Period(), NOW + timedelta(days=1))
    assert after.total.withdrawn >= len(open_tasks)
    assert after.total.running_overdue == after.total.running_in_time == 0


async def test_another_report_for_the_period_names_the_one_it_replaces(
    running: Running, register: Register
) -> None:
    july = Period(first=date(2026, 7, 1), last=date(2026, 7, 31))
    first, _ = await send(register, await draw(register, july, NOW), at=NOW, by="head-vp")
    later = await draw(register, july, NOW + timedelta(hours=2))
    with pytest.raises(NamesNone) as refused:
        await send(register, later, at=NOW + timedelta(hours=2), by="head-vp")
    assert refused.value.existing == first.id
    second, _ = await send(
        register, later, at=NOW + timedelta(hours=2), by="head-vp", replaces=first.id, reason="bổ sung"
    )
    assert [(one.id, one.replaces, one.replaced_by) for one in await sent_reports(register)] == [
        (second.id, first.id, ""),
        (first.id, "", second.id),
    ]
    third = await draw(register, july, NOW + timedelta(hours=3))
    with pytest.raises(NamesNone):  # the first has been replaced already
        await send(register, third, at=NOW, by="head-vp", replaces=first.id, reason="nữa")
    with pytest.raises(NotRecorded):
        await sent(register, "20260101-0000000000")


async def test_events_of_an_older_release_that_do_not_say_whose_they_are_are_counted(
    lived: list[Life], on_sqlite: Register
) -> None:
    new = await draw(on_sqlite, JUNE, NOW)
    async with on_sqlite.write() as connection:
        await connection.execute(text("UPDATE events SET unit = NULL, directive = NULL WHERE seq % 3 > 0"))
    assert (await draw(on_sqlite, JUNE, NOW)).digest == new.digest


async def test_a_list_of_sent_reports_names_each_without_reading_its_figures(
    running: Running, register: Register
) -> None:
    july = Period(first=date(2026, 7, 1), last=date(2026, 7, 31))
    for directive, at in (("", NOW), (DIRECTIVE, NOW + timedelta(hours=1))):
        report = await draw(register, july, at, directive=directive)
        await send(register, report, at=at, by="head-vp")
    async with register.write() as connection:
        await connection.execute(update(reports).values(body=""))
    about_one, about_all = await sent_reports(register)
    assert (about_one.directive, about_one.number, about_one.sent_by) == (DIRECTIVE, NUMBER, "head-vp")
    assert (about_all.directive, about_all.number, about_all.replaced_by) == ("", "", "")
    assert (about_all.first, about_all.last) == (july.first, july.last)


async def test_a_task_recorded_by_an_older_release_counts_as_running(
    lived: list[Life], on_sqlite: Register
) -> None:
    new = await draw(on_sqlite, JUNE, NOW)
    async with on_sqlite.write() as connection:
        await connection.execute(text("UPDATE events SET state = NULL, due_at = NULL, due_day = NULL"))
    old = await draw(on_sqlite, JUNE, NOW)
    running = new.total.running_in_time + new.total.running_overdue
    assert old.total.running_in_time + old.total.running_overdue == running
    assert _happened(old.total) == _happened(new.total)
