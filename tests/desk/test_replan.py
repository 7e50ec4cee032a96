"""Another calendar: what is counted is counted anew, what a person decided stays; recounted by hand on fifty tasks."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest

from desk import effect
from desk.changes import Way
from desk.replanning import alike, movings, on_paper, said_of
from directive.calendar import WorkCalendar
from directive.calendar_days import CalendarDay, DayKind
from directive.clock import OfficeClock
from directive.due import Due, end_of_day
from directive.event import EventKind
from directive.message import Act
from directive.plan import PlannedTask
from directive.question import Choice
from directive.task import Facts
from register.calendars import shipped_calendar
from register.open import Register
from register.plans import orders_of, save_calendar, save_directory, save_plan
from register.reading import events, task
from tests.register.given import DIRECTIVE, Running, directory, local, plan, planned

ISSUED, RECEIVED, DECIDED = date(2026, 5, 29), date(2026, 6, 2), date(2026, 7, 10)
OLD = shipped_calendar()
NEW = WorkCalendar(
    version="vn-2026-lut",
    hours=OLD.hours,
    years=OLD.years,
    days=(
        *OLD.days,
        *(CalendarDay(day=date(2026, 6, day), kind=DayKind.HOLIDAY, source="bão") for day in (9, 10, 26)),
        CalendarDay(day=date(2026, 6, 13), kind=DayKind.SWAP_WORKED, source="bão"),
    ),
)
OFF = {True: {date(2026, 6, 9), date(2026, 6, 10), date(2026, 6, 26)}, False: set[date]()}
WORKED = {True: {date(2026, 6, 13)}, False: set[date]()}
"""What the tests' own count knows of the summer of 2026: by the new calendar, and by the old one."""
AT = local(12, 11)


def works(day: date, *, new: bool) -> bool:
    """Whether people work that day: no table, no library."""
    return day in WORKED[new] or (day.weekday() < 5 and day not in OFF[new])


def days_later(day: date, number: int, *, new: bool) -> date:
    """So many working days later, one day after the other."""
    while number:
        day += timedelta(days=1)
        number -= works(day, new=new)
    return day


def rolled(day: date, *, new: bool) -> date:
    """The day itself or the next one on which people work."""
    while not works(day, new=new):
        day += timedelta(days=1)
    return day


class Row:
    """One of the fifty: a phrase, what it means by either calendar, and what happened to the task."""

    def __init__(self, phrase: str, old: date, new: date, happened: str = "") -> None:
        self.phrase, self.old, self.new, self.happened = phrase, old, new, happened
        if happened in ("amended", "extended", "amended, suspended"):
            self.old = self.new = DECIDED
        if "suspended" in happened:  # the clock stood from 5/6 10:00 to 12/6 10:00
            stood = [date(2026, 6, day) for day in range(5, 12)]
            self.old = days_later(self.old, sum(works(day, new=False) for day in stood), new=False)
            self.new = days_later(self.new, sum(works(day, new=True) for day in stood), new=True)


def fifty() -> list[Row]:
    """Fifty tasks with the deadline in force by the old and by the new calendar, counted by hand."""
    both: Any = (False, True)
    rows = []
    for number in range(6, 26):
        old, new = (days_later(ISSUED, number, new=which) for which in both)
        happened = {10: "suspended", 15: "suspended", 20: "amended", 24: "extended", 25: "amended, suspended"}
        phrase = f"trong {number} ngày làm việc kể từ ngày ký"
        rows.append(Row(phrase, old, new, happened.get(number, "")))
    for number in range(10, 45, 3):
        old, new = (rolled(ISSUED + timedelta(days=number), new=which) for which in both)
        phrase = f"trong {number} ngày kể từ ngày ban hành"
        rows.append(Row(phrase, old, new, "suspended" if number == 28 else ""))
    for number in range(8, 20):
        old, new = (days_later(RECEIVED, number, new=which) for which in both)
        phrase = f"trong {number} ngày làm việc kể từ ngày nhận được văn bản"
        rows.append(Row(phrase, old, new, "suspended" if number == 12 else ""))
    for number in range(6):
        day = date(2026, 6, 24) + timedelta(days=number)
        rows.append(Row(f"ngày {day:%d/%m/%Y}", day, day, "suspended" if number == 3 else ""))
    return rows


ROWS = fifty()


def task_of(number: int, row: Row) -> PlannedTask:
    """The task as its plan has it: the deadline as the phrase reads by the old calendar."""
    day = original(row.phrase)
    due = Due(day=day, instant=end_of_day(day), worded=row.phrase)
    received = RECEIVED if "nhận" in row.phrase else None
    return planned(f"{number}", deadline=row.phrase, received=received, due=due)


def original(phrase: str) -> date:
    """What a phrase means by the old calendar, without what happened to the task."""
    words = phrase.split()
    if words[0] == "ngày":
        return date(*(int(part) for part in reversed(words[1].split("/"))))
    start = RECEIVED if "nhận" in words else ISSUED
    if "làm" in words:
        return days_later(start, int(words[1]), new=False)
    return rolled(start + timedelta(days=int(words[1])), new=False)


class Fifty:
    """The fifty tasks in a register, each with what happened to it."""

    def __init__(self, register: Register, running: list[Running]) -> None:
        self.register, self.running = register, running


@pytest.fixture
async def tasks(in_file: str) -> AsyncIterator[Fifty]:
    register = Register.open(in_file)
    try:
        await save_directory(register, directory())
        await save_plan(register, plan(*(task_of(number, row) for number, row in enumerate(ROWS, 1))), "d1")
        orders = await orders_of(register, DIRECTIVE, OfficeClock())
        running = [Running(register, order) for order in orders]
        for one, row in zip(running, ROWS, strict=True):
            await one.start()
            await happen(one, row.happened)
        yield Fifty(register, running)
    finally:
        await register.close()


async def happen(one: Running, happened: str) -> None:
    """Amend, extend, suspend and resume, as the row says."""
    ids = count(1)

    async def decide(act: Act, on: int, hour: int, **more: Any) -> None:
        said = {"reason": "lý do", "id": f"m-{next(ids)}", **more}
        await one.act(act, local(on, hour), "assigner", "assigner:du", **said)

    if happened == "extended":
        await one.act(
            Act.REQUEST_EXTENSION,
            local(3),
            "officer-so-a",
            "officer:so-a",
            reason="bão",
            day=DECIDED,
            id="m-0",
        )
        await one.act(Act.ANSWER, local(4), "approver", "approver:du", choice=Choice.GRANT, id="m-grant")
    if "amended" in happened:
        await decide(Act.AMEND_DEADLINE, 4, 9, day=DECIDED)
    if "suspended" in happened:
        await decide(Act.SUSPEND, 5, 10)
        await decide(Act.RESUME, 12, 10)


async def test_fifty_tasks_recounted_by_hand_have_the_deadlines_that_are_shown(tasks: Fifty) -> None:
    found = {one.facts.task.code: one for one in await movings(tasks.register, NEW, AT)}
    assert len(ROWS) == len(found) == 50
    for number, row in enumerate(ROWS, 1):
        shown = found[f"{number}"].effect
        days = [one.due.day if one.due else None for one in (shown.before, shown.after)]
        assert days == [row.old, row.new], row.phrase
    moved = sum(row.old != row.new for row in ROWS)
    assert 30 < moved < 50
    assert sum(one.effect.due_moves for one in found.values()) == moved


async def test_a_date_that_a_person_decided_is_not_counted_anew(tasks: Fifty) -> None:
    for one, row in zip(tasks.running, ROWS, strict=True):
        if row.happened in ("amended", "extended", "amended, suspended") or row.phrase.startswith("ngày"):
            await save_calendar(tasks.register, NEW)
            said = await said_of(tasks.register, one.facts, {"calendar": NEW.version})
            assert "due" not in said, row.phrase


async def test_what_was_shown_is_what_the_register_has_after_the_act(tasks: Fifty) -> None:
    shown = {one.facts.task.id: one for one in await movings(tasks.register, NEW, AT)}
    await save_calendar(tasks.register, NEW)
    for one, row in zip(tasks.running, ROWS, strict=True):
        due = shown[one.id].due
        await one.act(
            Act.REPLAN,
            AT,
            "assigner",
            "assigner:du",
            reason="lịch mới",
            calendar=NEW.version,
            due=due,
            id="m-r",
        )
        card = await task(tasks.register, one.id)
        assert card.row.due_day == row.new, row.phrase
        assert one.marks == shown[one.id].effect.after.marks
    assert not await movings(tasks.register, NEW, AT)


async def test_each_mark_that_moves_is_shown_with_both_instants(tasks: Fifty) -> None:
    for one in await movings(tasks.register, NEW, AT):
        moved = {change.mark.key: change for change in one.moved}
        assert all(change.way is not Way.STAYS for change in moved.values())
        old = {mark.at for mark in one.effect.before.marks}
        new = {mark.at for mark in one.effect.after.marks}
        before = {change.before.at for change in one.effect.changes if change.before}
        after = {change.after.at for change in one.effect.changes if change.after}
        assert (before, after) == (old, new)


async def test_tasks_whose_dates_move_alike_are_one_entry(tasks: Fifty) -> None:
    groups = alike(await movings(tasks.register, NEW, AT))
    assert all(group[0].moved or group[0].effect.due_moves for group in groups)
    assert len(groups) == len({group[0].facts.task.code for group in groups})


async def test_a_recount_is_told_to_the_unit_with_both_dates(tasks: Fifty) -> None:
    one = tasks.running[5]
    shown = next(two for two in await movings(tasks.register, NEW, AT) if two.facts.task.id == one.id)
    await save_calendar(tasks.register, NEW)
    said = {"reason": "lịch mới", "calendar": NEW.version, "due": shown.due, "id": "m-r"}
    await one.act(Act.REPLAN, AT, "assigner", "assigner:du", **said)
    told = (await events(tasks.register, one.id))[-1]
    assert told.kind is EventKind.REPLANNED
    assert told.to == ("officer:so-a", "head:so-a")
    assert told.detail["day_before"] == str(ROWS[5].old)
    assert told.detail["day"] == str(ROWS[5].new)


async def test_a_deadline_past_by_either_count_begins_no_new_ladder(tasks: Fifty) -> None:
    one = tasks.running[0]  # six working days: 8/6 by the old calendar and by the new one
    shown: Facts = one.facts
    late = local(20, month=7)
    paper = await effect.paper(tasks.register, shown)
    paper.calendars[NEW.version] = NEW
    assert shown.due
    due = shown.due.model_copy(update={"day": date(2026, 6, 11), "instant": end_of_day(date(2026, 6, 11))})
    moved, _ = paper.act(shown, on_paper(shown, NEW.version, due, late))
    assert (moved.cycle, moved.due) == (shown.cycle, due)
    ahead, _ = paper.act(shown, on_paper(shown, NEW.version, due, AT.replace(day=10)))
    assert ahead.cycle == shown.cycle + 1
