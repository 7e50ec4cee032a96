"""Boards and figures, against a recount from the facts by the core."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from directive.clock import OfficeClock
from directive.light import LightKind, Outcome, light, outcome
from directive.message import Act, Document, Grade
from directive.plan import Plan
from directive.task import Recurrence, State
from register.calendars import shipped_calendar
from register.models import SummaryRow, TaskFilter
from register.open import Register
from register.plans import orders_of, save_directory, save_plan
from register.reading import Period, facts_of, summary, tasks
from tests.register.given import ASSIGNED, STANDARD, Running, directory, due, local, plan, planned

NOW = local(7, month=7)


def a_year() -> Plan:
    """Eight tasks for three units: dates before and after NOW, none, and a monthly one."""
    monthly = Recurrence(rrule="FREQ=MONTHLY;BYMONTHDAY=25", start=date(2026, 5, 1))
    return plan(
        *(planned(str(number), ("cac-so",)) for number in range(1, 4)),
        planned("4", due=due(date(2026, 7, 9))),
        planned("5", due=due(date(2026, 12, 1))),
        planned("6", due=None),
        planned("7", due=due(date(2026, 6, 25)), recurrence=monthly),
    )


@pytest.fixture
async def lived(register: Register) -> list[Running]:
    """A plan whose tasks have gone every way there is."""
    await save_directory(register, directory())
    await save_plan(register, a_year(), "d1")
    orders = await orders_of(register, a_year().directive.id, OfficeClock())
    running = {(order.task.code, order.task.unit): Running(register, order) for order in orders}
    for one in running.values():
        await one.start()
    await running["1", "so-a"].report(local(10))
    await running["1", "so-a"].approve(local(2, month=7))  # handed in in time, decided late
    await running["1", "so-b"].report(local(2, month=7))
    await running["1", "so-b"].approve(local(3, month=7))
    await running["1", "so-c"].act(Act.WITHDRAW, local(5), "assigner", "assigner:du", reason="trùng")
    await running["2", "so-a"].act(Act.SUSPEND, local(8), "assigner", "assigner:du", reason="chờ kết luận")
    await running["2", "so-b"].report(local(12))
    for day in (3, 10):
        await running["2", "so-c"].act(Act.NUDGE, local(day), "assigner", "assigner:du", reason="đề nghị")
    by_letter = {"document": Document(number="12-TB/ĐU", dated=date(2026, 6, 10)), "grade": Grade.CRITICISM}
    await running["2", "so-c"].act(Act.NUDGE, local(10, 9), "assigner", "assigner:du", **by_letter)
    await running["3", "so-a"].act(
        Act.AMEND_DEADLINE, local(9), "assigner", "assigner:du", day=date(2026, 8, 3), reason="kết luận"
    )
    await running["7", "so-a"].report(local(20))
    await running["7", "so-a"].approve(local(22))
    return list(running.values())


async def test_lights_and_outcomes_on_a_board_are_those_of_the_core(
    lived: list[Running], register: Register
) -> None:
    rows = await tasks(register, TaskFilter(), NOW)
    facts = await facts_of(register, [row.id for row in rows])
    calendar = shipped_calendar()
    assert len(rows) == len(lived) == 13
    for row in rows:
        assert row.light == light(facts[row.id], STANDARD, calendar, NOW), row.id
        assert row.outcome == outcome(facts[row.id], calendar, NOW), row.id
    assert {row.light.kind for row in rows} == set(LightKind)


@pytest.mark.parametrize("kind", list(LightKind))
async def test_a_board_of_one_light_has_all_its_tasks(
    lived: list[Running], register: Register, kind: LightKind
) -> None:
    every = await tasks(register, TaskFilter(), NOW)
    chosen = await tasks(register, TaskFilter(lights=(kind,)), NOW)
    assert chosen == [row for row in every if row.light.kind is kind]


async def test_a_board_is_filtered_by_unit_state_and_code(lived: list[Running], register: Register) -> None:
    rows = await tasks(register, TaskFilter(units=("so-a",), codes=("2",), states=(State.SUSPENDED,)), NOW)
    assert [(row.code, row.unit, row.state) for row in rows] == [("2", "so-a", State.SUSPENDED)]


def recount(running: list[Running], now: datetime) -> dict[str, int]:
    """The figures of some tasks, straight from their facts."""
    calendar = shipped_calendar()

    def count(test: Callable[[Running], bool]) -> int:
        return sum(test(one) for one in running)

    def ended(wanted: Outcome) -> int:
        return count(lambda one: outcome(one.facts, calendar, now) is wanted)

    lights = [light(one.facts, STANDARD, calendar, now) for one in running]
    periods = sum(one.facts.period - 1 for one in running)
    return {
        "received": len(running) + periods,
        "completed_on_time": ended(Outcome.COMPLETED_ON_TIME) + periods,
        "completed_late": ended(Outcome.COMPLETED_LATE),
        "running_in_time": ended(Outcome.RUNNING_IN_TIME),
        "running_overdue": ended(Outcome.RUNNING_OVERDUE),
        "due_soon": sum(one.kind is LightKind.DUE_SOON for one in lights),
        "overdue_days": sum(one.days for one in lights if one.kind is LightKind.OVERDUE),
        "withdrawn": count(lambda one: one.facts.state is State.WITHDRAWN),
        "nudges": sum(one.facts.nudges for one in running),
    }


async def test_the_figures_of_a_unit_are_those_of_its_facts(lived: list[Running], register: Register) -> None:
    rows = {row.key: row for row in await summary(register, "unit", Period(), NOW)}
    assert set(rows) == {"so-a", "so-b", "so-c"}
    for unit, row in rows.items():
        counted = recount([one for one in lived if one.facts.task.unit == unit], NOW)
        assert {field: getattr(row, field) for field in counted} == counted
        _adds_up(row)


def _adds_up(row: SummaryRow) -> None:
    ended = row.completed_on_time + row.completed_late + row.withdrawn
    assert row.received == ended + row.running_in_time + row.running_overdue


async def test_the_figures_of_the_directive_are_the_sum_and_nudges_have_numbers(
    lived: list[Running], register: Register
) -> None:
    (row,) = await summary(register, "directive", Period(), NOW)
    counted = recount(lived, NOW)
    assert {field: getattr(row, field) for field in counted} == counted
    assert row.nudges_by_number == {1: 1, 2: 1, 3: 1}
    assert row.nudges_by_grade == {Grade.URGE: 2, Grade.CRITICISM: 1}
    assert row.longest_overdue == 7


async def test_a_period_counts_what_happened_in_it(lived: list[Running], register: Register) -> None:
    june = Period(first=date(2026, 6, 2), last=date(2026, 6, 30))
    (row,) = await summary(register, "directive", june, NOW)
    assert (row.received, row.completed_on_time, row.completed_late, row.withdrawn) == (1, 1, 0, 1)
    july = Period(first=date(2026, 7, 1))
    (row,) = await summary(register, "directive", july, NOW)
    assert (row.received, row.completed_on_time, row.completed_late) == (0, 1, 1)
    before = Period(last=(ASSIGNED - timedelta(days=1)).date())
    assert await summary(register, "directive", before, NOW) == []
