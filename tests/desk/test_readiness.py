"""What `up` hears from the processes that it starts, said as systemd hears it."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from desk.readiness import Readiness
from desk.supervisor import Supervisor

PATIENCE = 100.0


@pytest.fixture
def line() -> Iterator[Readiness]:
    """One process's line, in a folder with a short path: that of a socket ends at 108 bytes."""
    with TemporaryDirectory(prefix="dondoc-") as name:
        line = Readiness(Path(name), "worker")
        yield line
        line.close()


async def test_a_process_that_says_so_is_ready(line: Readiness) -> None:
    heard = asyncio.create_task(line.heard(PATIENCE))
    Supervisor(line.address).ready()
    assert await heard


async def test_one_that_says_nothing_in_its_time_is_not(line: Readiness) -> None:
    assert not await line.heard(0.0)


async def test_one_that_asks_for_time_gets_it(line: Readiness) -> None:
    Supervisor(line.address).getting_ready()
    heard = asyncio.create_task(line.heard(0.0))
    await asyncio.sleep(0)  # what was asked for has been heard, and the time without it is over
    assert not heard.done()
    Supervisor(line.address).ready()
    assert await heard


async def test_what_else_it_says_does_not_make_it_ready(line: Readiness) -> None:
    Supervisor(line.address).stopping()
    assert not await line.heard(0.0)


def test_a_process_may_speak_when_nobody_listens_any_more(line: Readiness) -> None:
    line.close()
    assert not Path(line.address).exists()
    Supervisor(line.address).ready()
