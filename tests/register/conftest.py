"""A real register on a real file, or in the PostgreSQL database that `DONDOC_TEST_POSTGRESQL` names (it is emptied)."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from directive.clock import OfficeClock
from register.open import Register
from register.plans import orders_of, save_directory, save_plan
from tests.register.given import DIRECTIVE, Running, directory, plan


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'register.db'}"


@pytest.fixture
async def register(url: str) -> AsyncIterator[Register]:
    database = os.environ.get("DONDOC_TEST_POSTGRESQL")
    opened = Register.open(database or url)
    if database:
        async with opened.write() as connection:
            await connection.execute(text("DROP SCHEMA public CASCADE"))
            await connection.execute(text("CREATE SCHEMA public"))
    await opened.migrate()
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
