"""The page in process: the application on a real register, a browser without a screen, people signed in."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from answers.app import build
from answers.cookies import SESSION
from answers.csrf import token_for
from answers.house import House
from desk.engine import not_there
from directive.clock import OfficeClock
from register.open import Register
from register.plans import orders_of, save_directory, save_plan
from register.sessions import Session, add_session, hash_of
from tests.register.given import DIRECTIVE, Running, directory, local, plan

SECRET = "0123456789abcdef" * 4
PAGE = "http://page.test/"
NOON = local(15, 12)
"""The office's instant in these tests: Monday 15/6/2026, 12:00."""

Browser = httpx.AsyncClient
SignIn = Callable[[str], Awaitable[Browser]]


async def no_engine() -> object:
    """An engine that is not there."""
    raise not_there("127.0.0.1:1")


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register's file with the office's directory and one plan, made once; each test has its own copy."""
    file = tmp_path_factory.mktemp("begun") / "register.db"

    async def make() -> None:
        opened = Register.open(f"sqlite+aiosqlite:///{file}")
        await opened.migrate()
        await save_directory(opened, directory())
        await save_plan(opened, plan(), "d1")
        await opened.close()

    asyncio.run(make())
    return file


@pytest.fixture
async def register(tmp_path: Path, begun: Path) -> AsyncIterator[Register]:
    """A register with the office's directory and one plan of four tasks."""
    for part in begun.parent.iterdir():
        shutil.copy(part, tmp_path / part.name)
    opened = Register.open(f"sqlite+aiosqlite:///{tmp_path / 'register.db'}")
    yield opened
    await opened.close()


@pytest.fixture
async def running(register: Register) -> list[Running]:
    """The plan's tasks, assigned on 1/6/2026: 1.1 to so-a, 1.2 to so-a, so-b and so-c."""
    begun = []
    for order in await orders_of(register, DIRECTIVE, OfficeClock()):
        task = Running(register, order)
        await task.start()
        begun.append(task)
    return begun


@pytest.fixture
def house(register: Register) -> House:
    """The page's parts; tests replace some by `dataclasses.replace` and `browser_of(build(house))`."""
    return House(register, no_engine, SECRET, PAGE, now=lambda: NOON)  # type: ignore[arg-type]


@pytest.fixture
def app(house: House) -> FastAPI:
    """The application."""
    return build(house)


def browser_of(app: FastAPI, address: str = "203.0.113.7") -> Browser:
    """A browser at the page: it follows nothing by itself and keeps cookies. Close it with `async with`."""
    transport = httpx.ASGITransport(app, client=(address, 40_000))
    return httpx.AsyncClient(transport=transport, base_url=app.state.house.page_url)


@pytest.fixture
async def browser(app: FastAPI) -> AsyncIterator[Browser]:
    """Somebody who is not signed in."""
    async with browser_of(app) as opened:
        yield opened


@pytest.fixture
async def signed_in_as(app: FastAPI, house: House) -> AsyncIterator[SignIn]:
    """Open a browser in which a person is signed in: `await signed_in_as("head-so-a")`."""
    async with AsyncExitStack() as opened:

        async def sign_in(person: str) -> Browser:
            token = await session_for(house, person)
            browser = await opened.enter_async_context(browser_of(app))
            browser.cookies.set(SESSION, token, domain="page.test")
            browser.headers["X-CSRF-Token"] = token_for(house, token)
            return browser

        yield sign_in


async def session_for(house: House, person: str, way: str = "mail") -> str:
    """A session of a person in the register; its token."""
    token = house.token()
    now = datetime.now(UTC)
    await add_session(
        house.register, Session(hash_of(token), person, way, now, now + timedelta(hours=12), None)
    )
    return token
