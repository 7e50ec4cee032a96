"""A round of delivery: whatever is written at any line of it goes out in time, and nobody calls for nothing."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from temporalio.client import Client

from activities.waking import Waking
from directive.clock import OfficeClock
from directive.message import Act
from notices.folder import EmlFolder
from notices.round import look
from register.open import Register, RegisterDown
from register.outbox import delivery_wakes_at
from register.plans import orders_of, save_plan
from register.rounds import begin_round
from register.waiting import waiting_notices
from tests.notices.given import directory, plan
from tests.notices.interrupted import Interrupted
from tests.register.given import Running, local
from tests.register.test_waking import Engine

ROUND = local(2, 9)


async def assigned(register: Register, at: datetime, number: int) -> Running:
    """A task of another directive, told with the next digest."""
    other = plan(number=f"{number}-CV/ĐU")
    await save_plan(register, other, directory().version)
    (order,) = await orders_of(register, other.directive.id, OfficeClock())
    task = Running(register, order, at)
    await task.start()
    return task


async def calls(running: Running) -> bool:
    """Whether the record that was written last calls delivery."""
    engine = Engine()
    assert running.last
    await Waking(running.register, cast(Client, engine)).after(running.last)
    return bool(engine.signals)


async def test_a_record_at_any_line_of_a_round_goes_out_in_time(
    register: Register, running: Running, tmp_path: Path
) -> None:
    """It is in this round, or delivery wakes in time for it by itself, or the record calls: never none of them."""
    channel = EmlFolder(tmp_path / "outbox")
    seen = Interrupted.open(f"sqlite+aiosqlite:///{tmp_path / 'register.db'}")
    assert isinstance(seen, Interrupted)
    await running.act(Act.ACKNOWLEDGE, local(1, 9), "officer", "officer:so-khcn")
    called: list[bool] = []
    now = ROUND

    async def step() -> None:
        called.append(await calls(await assigned(register, now, len(called) + 2)))

    for use in range(1, 40):
        now += timedelta(days=1)
        seen.interrupt(use, step)
        next_at = await look(seen, channel, now=now)
        if seen.left > 0:
            break
        if await waiting_notices(register) and not called[-1]:
            assert next_at is not None, use
            assert next_at <= now + timedelta(days=4), use  # the digest after it, over a weekend
            assert next_at == await delivery_wakes_at(register)
    await seen.close()
    assert len(called) > 5
    assert not all(called)


async def test_nobody_calls_while_delivery_looks(register: Register, running: Running) -> None:
    assert await calls(running)
    await begin_round(register)
    assert not await calls(running)
    assert await delivery_wakes_at(register) is None


async def test_nobody_calls_for_what_goes_with_the_digest_that_delivery_wakes_for(
    register: Register, running: Running, tmp_path: Path
) -> None:
    """A province's assignment is one round, not round upon round."""
    channel = EmlFolder(tmp_path / "outbox")
    await look(register, channel, now=ROUND)
    assert await calls(await assigned(register, ROUND, 2))
    await look(register, channel, now=ROUND)
    assert not await calls(await assigned(register, ROUND + timedelta(seconds=1), 3))


async def test_what_was_written_in_a_round_shortens_its_sleep(
    register: Register, running: Running, tmp_path: Path
) -> None:
    seen = Interrupted.open(f"sqlite+aiosqlite:///{tmp_path / 'register.db'}")
    assert isinstance(seen, Interrupted)
    channel = EmlFolder(tmp_path / "outbox")
    await look(register, channel, now=ROUND)
    assert await delivery_wakes_at(register) is None  # everything is told

    async def step() -> None:
        await running.act(Act.ACKNOWLEDGE, ROUND, "officer", "officer:so-khcn")
        await running.act(Act.REPORT, ROUND, "officer", "officer:so-khcn", text="Đã xong")

    seen.interrupt(4, step)
    assert await look(seen, channel, now=ROUND) == local(3, 8) + timedelta(seconds=30)
    await seen.close()


async def test_a_round_that_breaks_off_is_tried_again_and_forgets_nothing(
    register: Register, running: Running, tmp_path: Path
) -> None:
    seen = Interrupted.open(f"sqlite+aiosqlite:///{tmp_path / 'register.db'}")
    assert isinstance(seen, Interrupted)

    async def breaks() -> None:
        raise RegisterDown

    seen.interrupt(3, breaks)
    with pytest.raises(RegisterDown):
        await look(seen, EmlFolder(tmp_path / "outbox"), now=ROUND)
    assert not await calls(running)
    await look(seen, EmlFolder(tmp_path / "outbox"), now=ROUND)
    assert await waiting_notices(register) == []
    await seen.close()
