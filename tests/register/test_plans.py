"""One directive has one plan for ever, one version one content."""

import pytest

from directive.clock import OfficeClock
from directive.directory import Group
from register.calendars import shipped_calendar
from register.open import Register
from register.plans import (
    NotRecorded,
    PlanDiffers,
    Saved,
    VersionDiffers,
    current_calendar,
    current_directory,
    load_calendar,
    load_plan,
    number_of_orders,
    orders_of,
    save_calendar,
    save_directory,
    save_plan,
)
from tests.register.given import DIRECTIVE, directory, plan, planned


async def test_the_shipped_calendar_is_there_and_in_force(register: Register) -> None:
    assert await current_calendar(register) == shipped_calendar()


async def test_migrating_again_leaves_the_calendar_the_office_decided_on(register: Register) -> None:
    own = shipped_calendar().model_copy(update={"version": "own-1"})
    assert await save_calendar(register, own) is Saved.NEW
    await register.migrate()
    assert (await current_calendar(register)).version == "own-1"
    assert await load_calendar(register, shipped_calendar().version) == shipped_calendar()


async def test_the_same_plan_again_is_the_same(register: Register) -> None:
    await save_directory(register, directory())
    assert await save_plan(register, plan(), "d1") is Saved.NEW
    assert await save_plan(register, plan(), "d1") is Saved.SAME
    assert await load_plan(register, DIRECTIVE) == plan()


async def test_another_plan_under_the_same_id_is_refused_with_what_differs(register: Register) -> None:
    await save_directory(register, directory())
    await save_plan(register, plan(), "d1")
    other = plan(planned("1.1", work="việc khác"), planned("3"))
    with pytest.raises(PlanDiffers) as refused:
        await save_plan(register, other, "d1")
    assert refused.value.existing == plan().digest
    assert refused.value.differences == (
        "tasks.1.1.work",
        "tasks.1.2 (only in the register)",
        "tasks.3 (new)",
    )
    assert await load_plan(register, DIRECTIVE) == plan()


async def test_groups_resolve_as_they_did_when_the_plan_was_saved(register: Register) -> None:
    await save_directory(register, directory())
    await save_plan(register, plan(), "d1")
    before = await orders_of(register, DIRECTIVE, OfficeClock())
    smaller = Group(code="cac-so", name="Các sở", units=("so-a",))
    await save_directory(register, directory("d2").model_copy(update={"groups": (smaller,)}))
    assert (await current_directory(register)).version == "d2"
    assert await orders_of(register, DIRECTIVE, OfficeClock()) == before


async def test_parts_of_the_orders_make_up_the_whole(register: Register) -> None:
    """A directive's tasks are started, and taken back, part by part."""
    await save_directory(register, directory())
    await save_plan(register, plan(), "d1")
    every = await orders_of(register, DIRECTIVE, OfficeClock())
    assert await number_of_orders(register, DIRECTIVE) == len(every) > 2
    for size in (1, 2, len(every)):
        parts = [
            await orders_of(register, DIRECTIVE, OfficeClock(), first, size)
            for first in range(0, len(every) + 1, size)
        ]
        assert [order for part in parts for order in part] == list(every)


async def test_a_version_with_other_content_is_refused(register: Register) -> None:
    await save_directory(register, directory())
    assert await save_directory(register, directory()) is Saved.SAME
    with pytest.raises(VersionDiffers):
        await save_directory(register, directory(heads={"so-a": "other"}))


async def test_a_plan_without_its_directory_is_refused(register: Register) -> None:
    with pytest.raises(NotRecorded):
        await save_plan(register, plan(), "never")
    with pytest.raises(NotRecorded):
        await load_plan(register, DIRECTIVE)
