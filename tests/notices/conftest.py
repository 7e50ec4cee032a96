"""A real register with the office in it, and a task that lives."""

from collections.abc import AsyncIterator

import pytest

from directive.clock import OfficeClock
from register.open import Register
from register.plans import orders_of, save_directory, save_plan
from tests.notices.given import directory, plan
from tests.register.given import DIRECTIVE, Running


@pytest.fixture
async def register(in_file: str) -> AsyncIterator[Register]:
    opened = Register.open(in_file)
    await save_directory(opened, directory())
    yield opened
    await opened.close()


@pytest.fixture
async def running(register: Register) -> Running:
    """One task, assigned on Monday 1 June 2026 at 08:00, due on 30 June."""
    saved = directory()
    await save_plan(register, plan(), saved.version)
    orders = await orders_of(register, DIRECTIVE, OfficeClock())
    task = Running(register, orders[0])
    await task.start()
    return task
