"""The clock of a rehearsal goes on where the server holds it, and a rehearsal is not believed where it ran away."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from temporalio import service
from temporalio.api.testservice.v1 import LockTimeSkippingRequest, SleepRequest, SleepResponse

import desk.stage
from desk.stage import Stage, Stuck, open_stage
from tests.register import given
from tests.whole.witness import Witness

ONE_DAY = timedelta(days=1)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """One task on a stage, assigned."""
    one = given.plan(given.planned("1"))
    begun, work = given.local(1, 9), Witness().work
    async with open_stage(one, given.directory(), as_of=begun, folder=tmp_path, work=work) as opened:
        await opened.assign()
        yield opened


async def test_a_lock_left_in_the_server_does_not_hold_the_clock(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.stage, "STANDS_STILL", timedelta(seconds=0.3))
    server = stage.env.client.service_client.test_service
    begun = await stage.now()
    await server.lock_time_skipping(LockTimeSkippingRequest())
    for days in (1, 2):
        await stage.skip_to(begun + days * ONE_DAY)
        assert ONE_DAY > await stage.now() - begun - days * ONE_DAY >= timedelta()


async def test_a_skip_whose_answer_is_lost_is_not_sent_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[asyncio.Task[SleepResponse]] = []
    really = service.TestService.unlock_time_skipping_with_sleep

    async def cut(server: service.TestService, request: SleepRequest, **options: Any) -> SleepResponse:
        sent.append(asyncio.create_task(really(server, request, **options)))
        raise service.RPCError("the line was cut", service.RPCStatusCode.UNAVAILABLE, b"")

    monkeypatch.setattr(service.TestService, "unlock_time_skipping_with_sleep", cut)
    at = await stage.now() + ONE_DAY
    await stage.skip_to(at)
    assert len(sent) == 1
    assert await stage.now() >= at


async def test_a_clock_that_has_run_away_ends_the_rehearsal(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    rest = stage.rest

    async def rest_too_long() -> None:
        await stage.env.sleep(60)
        await rest()

    monkeypatch.setattr(stage, "rest", rest_too_long)
    with pytest.raises(Stuck, match="the clock was to stand at"):
        await stage.skip_to(await stage.now() + ONE_DAY)
