"""What a board lists: filters, search, pages that leave nothing out, causes, and when it has to be read again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, delete, select, update

from desk.searching import search_words
from directive.cause import Cause, Why
from directive.clock import OfficeClock
from directive.light import LightKind
from directive.message import Act
from directive.question import Choice
from directive.task import State
from register.board import BoardAsked, BoardShown, View, board, listed, open_directives
from register.freshness import mark_of
from register.migrations.filling import fill_board
from register.models import TaskFilter
from register.open import Register
from register.pages import Place, Sort
from register.plans import orders_of, save_directory, save_plan
from register.tables import searched, tasks
from tests.register.compared import compare
from tests.register.given import Running, directory, due, local, plan, planned

NOW = local(9, 10, month=7)
WORKS = {
    "1": "Báo cáo về khoa học và công nghệ",
    "2": "Kế hoạch Đề án 06",
    "3": "Rà soát 100% thủ tục",
    "4": "việc không hạn",
}


@dataclass
class Office:
    """A register with one letter to three units, and its tasks by code and unit."""

    register: Register
    tasks: dict[tuple[str, str], Running]

    async def shown(
        self, view: View = View.TASKS, place: Place | None = None, **chosen: object
    ) -> BoardShown:
        wanted: dict[str, Any] = {"open_only": True, **chosen}
        asked = BoardAsked(TaskFilter(**wanted), view, place or Place())
        return await board(self.register, asked, NOW)

    async def found(self, view: View = View.TASKS, **chosen: Any) -> list[str]:
        shown = await self.shown(view, **chosen)
        return sorted(f"{one.row.code} {one.row.unit}" for one in shown.listed)


@pytest.fixture
async def office(register: Register) -> Office:
    """Twelve tasks: the first three due at once on 30/6, one without a deadline."""
    await save_directory(register, directory())
    works = [planned(code, ("cac-so",), work=work) for code, work in WORKS.items()]
    works[3] = works[3].model_copy(update={"due": None})
    await save_plan(register, plan(*works), "d1")
    made = {}
    for order in await orders_of(register, plan().directive.id, OfficeClock()):
        task = made[order.task.code, order.task.unit] = Running(register, order)
        await task.start()
    return Office(register, made)


async def until(task: Running, at: datetime = NOW) -> None:
    """Take what comes due."""
    while task.marks and task.marks[0].at <= at:
        await task.take_next()


def officer(task: Running) -> dict[str, str]:
    unit = task.facts.task.unit
    return {"actor": f"officer-{unit}", "role": f"officer:{unit}"}


ASSIGNER = {"actor": "assigner", "role": "assigner:du", "reason": "kết luận"}


async def test_a_search_needs_no_accents_and_finds_works_numbers_codes_and_names_of_units(
    office: Office,
) -> None:
    async def found(typed: str) -> list[str]:
        return await office.found(search=search_words(typed, named))

    units = directory().units
    named = directory().model_copy(
        update={"units": (units[0].model_copy(update={"name": "Sở Nội vụ"}), *units[1:])}
    )
    science = ["1 so-a", "1 so-b", "1 so-c"]
    assert await found("khoa hoc") == await found("KHOA HỌC") == await found("học  khoa") == science
    assert await found("de an 06") == await found("Đề án 06") == ["2 so-a", "2 so-b", "2 so-c"]
    assert await found("noi vu") == [f"{code} so-a" for code in WORKS]
    assert await found("noi vu khoa hoc") == ["1 so-a"]
    assert len(await found("1346-CV/ĐU")) == len(await found("1346-cv-du")) == 12
    assert await found("100%") == ["3 so-a", "3 so-b", "3 so-c"]
    assert await found("10_") == await found("%%") == await found("tin hoc") == []
    assert len(await found("   ")) == 12


async def test_filters_choose_as_the_command_line_does(office: Office) -> None:
    await office.tasks["1", "so-a"].act(Act.ACKNOWLEDGE, local(2), **officer(office.tasks["1", "so-a"]))
    one = office.tasks["2", "so-b"]
    await one.act(Act.AMEND_DEADLINE, local(3), **ASSIGNER, day=date(2026, 7, 10))
    await office.tasks["3", "so-a"].act(Act.WITHDRAW, local(4), **ASSIGNER)
    assert await office.found(units=("so-b",), codes=("1", "4")) == ["1 so-b", "4 so-b"]
    assert await office.found(states=(State.IN_PROGRESS,)) == ["1 so-a"]
    assert await office.found(lights=(LightKind.DUE_SOON,)) == ["2 so-b"]
    assert await office.found(lights=(LightKind.NO_DEADLINE, LightKind.DUE_SOON), units=("so-b",)) == [
        "2 so-b",
        "4 so-b",
    ]
    assert await office.found(lights=(LightKind.DONE,), open_only=False) == ["3 so-a"]
    assert await office.found(due_after=date(2026, 6, 30)) == ["2 so-b"]
    assert await office.found(due_before=date(2026, 6, 30)) == []
    assert await office.found(officers=("officer-so-a",), officers_of=("so-a",), codes=("2",)) == ["2 so-a"]
    assert await office.found(directive="another") == await office.found(units=()) == []


async def test_the_numbers_do_not_follow_the_light_that_is_listed(office: Office) -> None:
    shown = await office.shown(lights=(LightKind.NO_DEADLINE,))
    assert shown.counts.total == {LightKind.OVERDUE: 9, LightKind.NO_DEADLINE: 3}
    assert shown.counts.units["so-a"] == {LightKind.OVERDUE: 3, LightKind.NO_DEADLINE: 1}
    assert shown.totals == {View.LATE: 0, View.UNDECIDED: 0, View.TASKS: 3}
    assert [name.number for name in shown.names.values()] == ["1346-CV/ĐU"]
    assert (await office.shown(units=("so-a",))).counts.total.total() == 4
    assert [one.number for one in await open_directives(office.register, None)] == ["1346-CV/ĐU"]
    assert await open_directives(office.register, ("vp",)) == []


@pytest.mark.parametrize("sort", list(Sort))
async def test_pages_leave_nothing_out_and_show_nothing_twice_where_all_is_equal(
    office: Office, sort: Sort
) -> None:
    seen = []
    for number in range(1, 6):
        page = (await office.shown(place=Place(number, sort, 5))).page
        assert (page.total, page.last, page.number) == (12, 3, min(number, 3))
        seen += [row.id for row in page.rows] if number <= 3 else []
    assert len(seen) == len(set(seen)) == 12
    everything = await listed(
        office.register, BoardAsked(TaskFilter(), View.TASKS, Place(1, sort)), NOW, 11, 4
    )
    assert [one.row.id for one in everything] == seen[:11]


async def test_the_overdue_list_has_what_runs_overdue_with_its_days_and_the_suspended_as_it_stood(
    office: Office,
) -> None:
    stopped, handed_in = office.tasks["1", "so-a"], office.tasks["2", "so-a"]
    await stopped.act(Act.SUSPEND, local(3, month=7), **ASSIGNER)
    await handed_in.report(local(2, month=7))
    await office.tasks["3", "so-a"].act(Act.SUSPEND, local(10), **ASSIGNER)
    shown = await office.shown(View.LATE, Place(sort=Sort.LATE))
    days = {f"{one.row.code} {one.row.unit}": one.late.days for one in shown.listed}
    running = {f"{code} {unit}": 9 for code in "123" for unit in ("so-b", "so-c")}
    assert days == {**running, "1 so-a": 3, "2 so-a": 2}
    assert {one.row.code + one.row.unit for one in shown.listed[-2:]} == {"1so-a", "2so-a"}
    assert shown.totals[View.LATE] == 8
    assert shown.counts.total[LightKind.STOPPED] == 2


async def cause(office: Office, task: Running, view: View = View.LATE) -> Why:
    """What the list says of a task."""
    shown = await office.shown(view)
    return next(one.why for one in shown.listed if one.row.id == task.id)


async def test_every_cause_is_told_from_the_task_as_it_stands(office: Office) -> None:
    one = {code: office.tasks[code, "so-a"] for code in WORKS}
    two = {code: office.tasks[code, "so-b"] for code in WORKS}
    assert (await cause(office, one["1"])).cause is Cause.NOT_ACKNOWLEDGED
    for task in (*one.values(), *two.values()):
        await task.act(Act.ACKNOWLEDGE, local(1, 9), **officer(task))
        await until(task, local(1, 9, month=7))
    silent = await cause(office, one["1"])
    assert silent == Why(cause=Cause.NO_REPORT, since=local(1, 8, month=7), roles=("head:so-a",))

    later = local(2, 9, month=7)
    await one["1"].act(
        Act.REQUEST_EXTENSION, later, **officer(one["1"]), day=date(2026, 7, 20), reason="thêm"
    )
    asked = await cause(office, one["1"])
    assert asked == Why(
        cause=Cause.EXTENSION_ASKED, since=later, day=date(2026, 7, 20), roles=("approver:du",)
    )
    approver = {"actor": "approver", "role": "approver:du", "reason": "xét"}
    await one["1"].act(Act.ANSWER, later, **approver, choice=Choice.COUNTER, day=date(2026, 7, 15))
    assert (await cause(office, one["1"])).cause is Cause.COUNTER_OFFERED

    await one["2"].report(later)
    assert (await cause(office, one["2"])).cause is Cause.AWAITING_APPROVAL
    await one["2"].act(Act.ANSWER, later, **approver, choice=Choice.ASK_MORE, id="more-1")
    assert (await cause(office, one["2"])).cause is Cause.MORE_WANTED
    await one["2"].act(Act.ANSWER, later, **approver, choice=Choice.RETURN, day=date(2026, 7, 6), id="back-1")
    returned = await cause(office, one["2"])
    assert (returned.cause, returned.round, returned.day) == (Cause.RETURNED, 1, date(2026, 7, 6))

    await one["3"].act(Act.RAISE_OBSTACLE, later, **officer(one["3"]), reason="kinh phí")
    assert (await cause(office, one["3"])).cause is Cause.OBSTACLE
    await two["1"].act(Act.REFUSE, later, **officer(two["1"]), reason="của đơn vị khác")
    assert (await cause(office, two["1"])).cause is Cause.NOT_OURS
    await two["2"].act(
        Act.ANSWER, later, "head-so-b", "head:so-b", choice=Choice.COMMIT, day=date(2026, 7, 8)
    )
    assert await cause(office, two["2"]) == Why(cause=Cause.COMMITTED, day=date(2026, 7, 8))
    await two["3"].act(Act.REASSIGN, later, "head-so-b", "head:so-b", person="other")
    assert (await cause(office, two["3"])).cause is Cause.REASSIGNED
    await two["3"].act(Act.SUSPEND, later + timedelta(hours=1), **ASSIGNER)
    assert (await cause(office, two["3"])).cause is Cause.SUSPENDED
    async with office.register.read() as connection:
        await connection.run_sync(compare, office.register, NOW)


async def test_where_nobody_can_be_asked_the_board_says_so_and_lists_the_task(office: Office) -> None:
    empty = directory("d2", heads={"so-c": "", "vp": ""})
    units = tuple(one.model_copy(update={"leadership": (), "officers": ()}) for one in empty.units)
    await save_directory(office.register, empty.model_copy(update={"units": units}))
    task = office.tasks["1", "so-c"]
    await until(task)
    assert (await cause(office, task, View.UNDECIDED)).cause is Cause.NOBODY_ASKED


async def test_after_the_final_notice_a_task_is_to_be_decided_until_somebody_does(office: Office) -> None:
    task = office.tasks["1", "so-a"]
    assert not (await office.shown(View.UNDECIDED)).listed
    while task.marks[0].kind.value not in ("listed", "question_listed"):
        await task.take_next()
    shown = await office.shown(View.UNDECIDED)
    assert [one.row.id for one in shown.listed] == [task.id]
    assert shown.totals[View.UNDECIDED] == 1
    assert shown.listed[0].why.cause is Cause.UNDECIDED
    await task.report(task.facts.last_at + timedelta(hours=1))
    assert (await office.shown(View.UNDECIDED)).totals[View.UNDECIDED] == 0


async def test_a_board_is_read_again_when_something_happened_or_time_changed_a_light(office: Office) -> None:
    register, task = office.register, office.tasks["1", "so-a"]
    mark = await mark_of(register, NOW)
    assert await mark_of(register, NOW + timedelta(minutes=20)) == mark
    assert await mark_of(register, NOW + timedelta(days=1)) != mark
    await task.act(Act.ACKNOWLEDGE, local(2), **officer(task))
    acknowledged = await mark_of(register, NOW)
    assert acknowledged != mark
    await save_directory(register, directory("d2"))
    assert await mark_of(register, NOW) != acknowledged

    passes = due().instant
    at, then = await mark_of(register, passes), await mark_of(register, passes + timedelta(microseconds=1))
    assert at != then
    # Around a deadline the hours count, which lights of a policy in hours show.
    ahead = [passes - timedelta(minutes=minutes) for minutes in (200, 180, 121, 119)]
    four, three, still_three, two = [await mark_of(register, moment) for moment in ahead]
    assert four != three == still_three != two


async def test_what_an_earlier_release_recorded_is_filled_as_a_record_would(office: Office) -> None:
    def filled(connection: Connection) -> tuple[list[Any], list[Any]]:
        soon = select(tasks.c.id, tasks.c.soon_at).order_by(tasks.c.id)
        words = select(searched).order_by(searched.c.task)
        return list(connection.execute(soon)), list(connection.execute(words))

    register = office.register
    before = await register.writing(filled)
    await register.writing(lambda one: one.execute(update(tasks).values(soon_at=None)))
    await register.writing(lambda one: one.execute(delete(searched)))
    await register.writing(fill_board)
    assert await register.writing(filled) == before
    assert {at for _, at in before[0]} == {
        local(25, 0),
        None,
    }  # three working days before 30/6/2026, a Tuesday
