"""A real register: each test runs on a SQLite file and, where it is installed, on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from directive.clock import OfficeClock
from register.open import Register
from register.plans import orders_of, save_directory, save_plan
from tests import postgres
from tests.register.given import DIRECTIVE, Running, directory, plan


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    """PostgreSQL with one migrated database to copy."""
    found = postgres.binaries()
    if found is None:
        assert not postgres.must_be_there(), "PostgreSQL is not installed: apt-get install postgresql"
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    with postgres.cluster(found) as running:
        running.say(f"CREATE DATABASE {postgres.TEMPLATE} TEMPLATE template0")
        asyncio.run(_migrate(running.url(postgres.TEMPLATE)))
        yield running


async def _migrate(url: str) -> None:
    register = Register.open(url)
    await register.migrate()
    await register.close()


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite register just made, to copy: Alembic takes longer than most tests."""
    file = tmp_path_factory.mktemp("made") / "register.db"
    asyncio.run(_migrate(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A SQLite file that is not there yet."""
    return f"sqlite+aiosqlite:///{tmp_path / 'register.db'}"


@pytest.fixture
def file(url: str, made_file: Path, tmp_path: Path) -> str:
    """The address of a register in a file."""
    (tmp_path / "register.db").write_bytes(made_file.read_bytes())
    return url


@pytest.fixture
def database(cluster: postgres.Cluster) -> Iterator[str]:
    """The address of a register in PostgreSQL."""
    name = cluster.make()
    yield cluster.url(name)
    cluster.drop(name)


@pytest.fixture(params=["file", "database"], ids=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> str:
    """The address of a register, on either database."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture
async def on_sqlite(file: str) -> AsyncIterator[Register]:
    """A register in a file, for what only a file has."""
    opened = Register.open(file)
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
