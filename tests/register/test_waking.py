"""Who records calls delivery when it has to, and one call a round is enough for all."""

import asyncio
from typing import cast

import pytest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.waking import Waking
from directive.wire import DELIVERY, WAKE
from register.open import Register
from register.outbox import note_next
from register.rounds import Look, begin_round, look
from tests.register.given import Running, local


class Engine:
    """A client that keeps the signals once it is let; `down` is an engine that does not answer."""

    def __init__(self) -> None:
        self.signals: list[tuple[str, str]] = []
        self.lets, self.down = asyncio.Event(), False
        self.lets.set()

    def get_workflow_handle(self, name: str) -> "Engine":
        """A handle that is the client itself."""
        self.name = name
        return self

    async def signal(self, name: str) -> None:
        """Keep it."""
        await self.lets.wait()
        if self.down:
            raise RPCError("down", RPCStatusCode.UNAVAILABLE, b"")
        self.signals.append((self.name, name))


@pytest.fixture
def engine() -> Engine:
    """An engine that answers."""
    return Engine()


async def test_one_call_serves_all_who_write_before_the_next_round(running: Running, engine: Engine) -> None:
    waking = Waking(running.register, cast(Client, engine))
    assert running.last
    engine.lets.clear()
    asked = [asyncio.create_task(waking.after(running.last)) for _ in range(5)]
    done, _ = await asyncio.wait(asked, timeout=0.2)
    assert not done  # nobody goes before the engine has the call
    engine.lets.set()
    await asyncio.gather(*asked)
    assert engine.signals == [(DELIVERY, WAKE)]


async def test_who_writes_after_the_next_round_began_calls_anew(running: Running, engine: Engine) -> None:
    waking = Waking(running.register, cast(Client, engine))
    assert running.last
    await waking.after(running.last)
    await begin_round(running.register)
    await note_next(running.register, None)
    await waking.after(running.last)
    await waking.after(running.last)
    assert engine.signals == [(DELIVERY, WAKE)] * 2


async def test_nobody_calls_when_delivery_looks_in_time(running: Running, engine: Engine) -> None:
    waking = Waking(running.register, cast(Client, engine))
    assert running.last
    await begin_round(running.register)
    await note_next(running.register, local(1, 8))  # the digest of the day, with which it goes
    await waking.after(running.last)
    assert engine.signals == []


async def test_a_call_that_failed_is_made_again(running: Running, engine: Engine) -> None:
    waking = Waking(running.register, cast(Client, engine))
    assert running.last
    engine.down = True
    with pytest.raises(RPCError):
        await waking.after(running.last)
    engine.down = False
    await waking.after(running.last)
    assert engine.signals == [(DELIVERY, WAKE)]


async def test_a_call_of_another_process_is_not_relied_on(running: Running, engine: Engine) -> None:
    assert running.last
    for _ in range(2):
        await Waking(running.register, cast(Client, engine)).after(running.last)
    assert engine.signals == [(DELIVERY, WAKE)] * 2


async def test_who_looks_for_longer_than_a_round_may_take_is_called_all_the_same(
    running: Running, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    waking = Waking(running.register, cast(Client, engine))
    assert running.last
    await begin_round(running.register)  # by a worker that died right then
    await waking.after(running.last)
    assert engine.signals == []
    monkeypatch.setattr("activities.waking.ANYWAY", -1.0)
    late = Waking(running.register, cast(Client, engine))
    await late.after(running.last)
    assert engine.signals == [(DELIVERY, WAKE)]


async def test_who_writes_while_another_looks_does_not_go_by_that_look(
    running: Running, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first saw that delivery comes in time; then it slept for longer, and others wrote. They look once, anew."""
    waking, seen, goes_on = Waking(running.register, cast(Client, engine)), asyncio.Event(), asyncio.Event()
    looks = 0

    async def slow(register: Register) -> Look:
        nonlocal looks
        looks += 1
        found = await look(register)
        seen.set()
        await goes_on.wait()
        return found

    monkeypatch.setattr("activities.waking.look", slow)
    assert running.last
    await note_next(running.register, local(1, 8))
    first = asyncio.create_task(waking.after(running.last))
    await seen.wait()
    await note_next(running.register, local(9, 8))
    others = [asyncio.create_task(waking.after(running.last)) for _ in range(9)]
    await asyncio.wait(others, timeout=0.1)
    goes_on.set()
    await asyncio.gather(first, *others)
    assert engine.signals == [(DELIVERY, WAKE)]
    assert looks == 2
