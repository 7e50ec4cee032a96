"""A page with its engine behind it: a skipped clock, the real worker, the real register, and people at browsers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from temporalio.testing import WorkflowEnvironment

from answers.app import build
from answers.cookies import SESSION
from answers.csrf import token_for
from answers.filled import new_id
from answers.house import House
from desk.saying import now
from desk.server import skipping_server
from desk.settings import settings
from directive.clock import OfficeClock
from directive.plan import Plan
from directive.record import TaskStart
from directive.task import Facts
from directive.wire import TASK_QUEUE
from notices.folder import EmlFolder
from register.open import Register
from register.plans import orders_of, save_directory, save_plan
from register.reading import events, facts_of, next_mark_of
from tests.answers.conftest import PAGE, SECRET, browser_of, session_for
from tests.register.given import directory, local
from worker import build as worker
from workflows.approval import ApprovalWorkflow
from workflows.task import DirectiveTaskWorkflow

POLL = 0.03
MORNING = local(8, 9)
"""The office's instant at which the stories begin: Monday 8/6/2026, 09:00."""


@dataclass
class Working:
    """The page and what stands behind it. `tasks` are ids by code."""

    env: WorkflowEnvironment
    register: Register
    house: House
    app: FastAPI
    clock: OfficeClock
    show: pytest.MonkeyPatch
    open: AsyncExitStack
    tasks: dict[str, str] = field(default_factory=dict)
    directives: list[str] = field(default_factory=list)

    async def begin(self, made: Plan) -> None:
        """Start every task of a plan, or an approval; all are recorded when this returns."""
        await save_plan(self.register, made, "d1")
        self.directives.append(made.directive.id)
        for order in await orders_of(self.register, made.directive.id, self.clock):
            lives = ApprovalWorkflow.run if made.request else DirectiveTaskWorkflow.run
            said = made.request.submission(now()) if made.request else None
            start = TaskStart(order=order, submission=said)
            await self.env.client.start_workflow(lives, start, id=order.task.id, task_queue=TASK_QUEUE)
            self.tasks[order.task.code] = order.task.id
            while not await events(self.register, order.task.id):
                await asyncio.sleep(POLL)  # until it is recorded

    async def until(self, at: datetime) -> None:
        """Let time pass until `at`; everything due by then is recorded, and the desk's clock shows it."""
        await self.env.sleep(self.clock.engine(at) - await self.env.get_current_time())
        await self.look()
        for directive in self.directives:
            while (due := await next_mark_of(self.register, directive)) and due <= at:
                await asyncio.sleep(POLL)  # the worker is at it; the skipped clock stands meanwhile

    async def look(self) -> None:
        """The desk's clock shows what the engine's does."""
        shown = self.clock.office(await self.env.get_current_time())
        self.show.setenv("DONDOC_CLOCK", OfficeClock.starting(shown, datetime.now(UTC)).model_dump_json())
        settings.cache_clear()

    async def person(self, who: str) -> "Person":
        """Somebody signed in at a browser."""
        token = await session_for(self.house, who)
        browser = await self.open.enter_async_context(browser_of(self.app))
        browser.cookies.set(SESSION, token, domain="page.test")
        return Person(browser, token_for(self.house, token))

    async def facts(self, code: str) -> Facts:
        """What the register holds of a task."""
        task = self.tasks[code]
        return (await facts_of(self.register, [task]))[task]

    def task(self, code: str, what: str = "") -> str:
        """The address of a task, or of an act on it."""
        return f"/nhiem-vu/{self.tasks[code]}{'/' + what if what else ''}"

    async def question(self, code: str) -> str:
        """The address of the task's only open question."""
        (one,) = (await self.facts(code)).questions
        return f"/cau-hoi/{self.tasks[code]}/{one.id}"


@dataclass
class Person:
    """Somebody at a browser with the forms' token."""

    browser: httpx.AsyncClient
    csrf: str

    async def sees(self, path: str) -> str:
        """What a page says, without its marks; it has to be there."""
        answer = await self.browser.get(path)
        assert answer.status_code == 200, (answer.status_code, words_of(answer))
        return words_of(answer)

    async def sends(
        self, path: str, message_id: str = "", files: Any = None, **fields: str
    ) -> httpx.Response:
        """Send a form. A name with `_` at its end stands for one that Python keeps for itself."""
        said = {name.rstrip("_"): value for name, value in fields.items()}
        data = {"csrf": self.csrf, "message_id": message_id or new_id(), **said}
        return await self.browser.post(path, data=data, files=files)

    async def does(self, path: str, **fields: Any) -> str:
        """Send a form that has to be taken; what the page says that it leads to."""
        answer = await self.sends(path, **fields)
        assert answer.status_code == 303, (answer.status_code, words_of(answer))
        return await self.sees(answer.headers["location"])


def words_of(answer: httpx.Response) -> str:
    """The words of a page, without tags."""
    import re

    body = re.sub(r"(?s)<(head|script|svg)\b.*?</\1>", " ", answer.text)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


@asynccontextmanager
async def working(folder: Path, address: str, show: pytest.MonkeyPatch) -> AsyncIterator[Working]:
    """An office on the skipped clock with a page, without tasks yet; `address` is its register's."""
    show.setenv("DONDOC_DATA", str(folder))
    register = Register.open(address)
    await save_directory(register, directory())
    try:
        async with await skipping_server() as env, AsyncExitStack() as opened:
            clock = OfficeClock.starting(MORNING, await env.get_current_time())

            async def connect() -> Any:
                return env.client

            house = House(register, connect, SECRET, PAGE)
            async with worker(env.client, register, EmlFolder(folder / "outbox")):
                made = Working(env, register, house, build(house), clock, show, opened)
                await made.look()
                yield made
    finally:
        settings.cache_clear()
        await register.close()
