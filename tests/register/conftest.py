"""A real register: each test runs on a SQLite file and, where it is installed, on PostgreSQL."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from directive.clock import OfficeClock
from register.open import Register
from register.plans import orders_of, save_directory, save_plan
from tests import postgres
from tests.databases import file_url
from tests.register.given import DIRECTIVE, Running, directory, plan


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A SQLite file that is not there yet."""
    return file_url(tmp_path / "register.db")


@pytest.fixture
def database(cluster: postgres.Cluster) -> Iterator[str]:
    """The address of a register in PostgreSQL."""
    name = cluster.lend()
    yield cluster.url(name)
    cluster.take_back(name)


@pytest.fixture(params=["in_file", "database"], ids=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> str:
    """The address of a register, on either database."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture
async def on_sqlite(in_file: str) -> AsyncIterator[Register]:
    """A register in a file, for what only a file has."""
    opened = Register.open(in_file)
    yield opened
    await opened.close()


@pytest.fixture
async def register(address: str) -> AsyncIterator[Register]:
    """A register, on either database."""
    opened = Register.open(address)
    yield opened
    await opened.close()


@pytest.fixture
async def assigned(register: Register) -> Register:
    """A register with the office's directory and one plan."""
    await save_directory(register, directory())
    await save_plan(register, plan(), "d1")
    return register


@pytest.fixture
async def running(assigned: Register) -> Running:
    """The plan's first task, assigned."""
    orders = await orders_of(assigned, DIRECTIVE, OfficeClock())
    task = Running(assigned, orders[0])
    await task.start()
    return task
