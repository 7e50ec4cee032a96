"""What the register knows of parents and children."""

from datetime import date

import pytest

from directive.clock import OfficeClock
from directive.due import Due
from directive.message import Act
from directive.plan import PlannedTask
from directive.task import Recurrence
from register.family import children_of, open_children, parent_due
from register.open import Register
from register.plans import orders_of, save_directory, save_plan
from tests.register.given import DIRECTIVE, Running, directory, due, local, plan, planned


async def running(register: Register, *tasks: PlannedTask) -> list[Running]:
    """The tasks of a plan, none of them recorded yet."""
    await save_directory(register, directory())
    await save_plan(register, plan(*tasks), "d1")
    return [Running(register, order) for order in await orders_of(register, DIRECTIVE, OfficeClock())]


async def bound(child: Running) -> date | None:
    """The day that bounds a child, as the register says it and as its outlook does."""
    found = await parent_due(child.register, child.facts)
    await child.start()
    assert child.outlook
    assert child.outlook.parent_due == found
    return found.day if found else None


def below(code: str = "1.1", lead: tuple[str, ...] = ("so-b",)) -> PlannedTask:
    return planned(code, lead, parent="1", due=due(date(2026, 6, 15)))


async def test_a_child_recorded_before_its_parent_is_bounded_by_the_plan(register: Register) -> None:
    _, child = await running(register, planned("1"), below())
    assert await bound(child) == date(2026, 6, 30)


async def test_the_parents_deadline_in_force_bounds_with_its_redo_date_and_suspensions(
    register: Register,
) -> None:
    parent, child = await running(register, planned("1"), below())
    await parent.start()
    await parent.act(Act.SUSPEND, local(3), "leader", "leadership:du", reason="Chờ")
    await parent.act(Act.RESUME, local(8), "leader", "leadership:du", reason="Xong")
    assert await bound(child) == date(2026, 7, 3)


async def test_a_closed_parent_bounds_no_more(register: Register) -> None:
    parent, child = await running(register, planned("1"), below())
    await parent.start()
    await parent.act(Act.WITHDRAW, local(3), "leader", "leadership:du", reason="Thôi")
    assert await bound(child) is None


@pytest.mark.parametrize("until", [None, date(2026, 12, 25)])
async def test_a_recurring_parent_bounds_by_its_last_period(register: Register, until: date | None) -> None:
    monthly = Recurrence(rrule="FREQ=MONTHLY;BYMONTHDAY=25", start=date(2026, 5, 25), until=until)
    parent, child = await running(
        register, planned("1", due=due(date(2026, 6, 25)), recurrence=monthly), below()
    )
    await parent.start()
    assert await bound(child) == until


async def test_an_undated_parent_and_none_at_all_bound_nothing(register: Register) -> None:
    _, child, alone = await running(register, planned("1", due=None), below(), planned("2"))
    nothing: list[Due | None] = [await parent_due(register, one.facts) for one in (child, alone)]
    assert nothing == [None, None]


async def test_each_units_children_are_its_own(register: Register) -> None:
    both = ("so-a", "so-b")
    every = await running(
        register, planned("1", both), below("1.1", both), below("1.2", ("so-a",)), planned("2")
    )
    for task in every:
        await task.start()
    await every[4].act(Act.WITHDRAW, local(3), "leader", "leadership:du", reason="Thôi")
    found = {one.id: await children_of(register, one.facts, local(4)) for one in every}
    named = {task: [f"{row.code}:{row.unit}" for row in rows] for task, rows in found.items() if rows}
    assert named == {every[0].id: ["1.1:so-a", "1.2:so-a"], every[1].id: ["1.1:so-b"]}
    assert await open_children(register, every[0].facts) == [every[2].id]
