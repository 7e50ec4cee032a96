"""The house behind a browser: engine on a skipped clock, worker, register, a folder of mail, the page on a port."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import uvicorn
from playwright.async_api import BrowserContext
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.testing import WorkflowEnvironment

from answers.app import build
from answers.cookies import SESSION
from answers.house import House
from desk.rehearse import Cast
from desk.server import skipping_server
from desk.sources import Loaded, load
from desk.stage import Staff, Stage
from directive.clock import OfficeClock
from directive.due import OFFICE_ZONE, utc
from directive.task import Facts
from directive.wire import TASK_QUEUE
from letters.scenario_file import load_scenario, single_acts
from letters.yaml_lines import read_source
from notices.folder import EmlFolder
from notices.link import Links
from register.open import Register
from register.plans import save_directory, save_plan
from register.reading import facts_of
from tests.answers.conftest import SECRET, session_for
from worker import build as worker
from workflows.delivery import DeliveryWorkflow

EXAMPLE = Path(__file__).parents[2] / "examples" / "1346-cv-du"
ASSIGNED = utc(datetime(2026, 5, 29, 8, 0, tzinfo=OFFICE_ZONE))


class Letter(NamedTuple):
    """A plan, what people do about it, and when it is assigned (UTC)."""

    plan: Path
    scenario: Path
    at: datetime


THE_EXAMPLE = Letter(EXAMPLE / "plan.yaml", EXAMPLE / "scenario.yaml", ASSIGNED)
ESCALATED = utc(datetime(2026, 7, 1, 8, 20, tzinfo=OFFICE_ZONE))
"""The morning after the letter's one deadline: the head was asked, and three reports wait for approval."""


class _Server(uvicorn.Server):
    """Ended by us, not by a signal."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


@dataclass
class Stack:
    """A running house. `clock_now` is what `DONDOC_CLOCK` has to be, so that the desk sees the engine's time."""

    folder: Path
    register: Register
    house: House
    url: str
    env: WorkflowEnvironment
    staff: Staff
    stages: list[Stage] = field(default_factory=list)
    casts: list[Cast] = field(default_factory=list)
    clock_now: str = ""

    async def until(self, at: datetime) -> None:
        """Let the office's time pass until `at` (UTC): people act as the scenarios say."""
        while True:
            now = await self.stage.now()
            if any([await one.perform(now) for one in self.casts]):
                await self._rest()
                continue
            ahead = [await one.next_instant() for one in self.stages] + [
                await one.next_cue() for one in self.casts
            ]
            soonest = min([one for one in ahead if one] + [at])
            await self.stage.skip_to(soonest)
            await self._rest()
            if soonest >= at:
                break
        await self.look()

    async def begin(self, letter: Letter, loaded: Loaded) -> None:
        """Assign a letter at its instant, and let its people act from then on."""
        directory, plan = loaded.office.directory, loaded.plan
        if self.stages:
            await self.until(letter.at)
        await save_plan(self.register, plan, directory.version)
        staff = self.staff
        stage = Stage(self.env, staff, plan, plan.number_of_orders(directory))
        scenario, _ = load_scenario(read_source(letter.scenario), plan=plan, directory=directory)
        assert scenario, letter.scenario
        acts = list(single_acts(scenario, plan, directory))
        self.stages.append(stage)
        self.casts.append(Cast(stage, directory, loaded.office.calendar, acts))
        await stage.assign()

    @property
    def stage(self) -> Stage:
        """The first letter's."""
        return self.stages[0]

    async def _rest(self) -> None:
        for one in self.stages:
            await one.rest()

    async def look(self) -> None:
        """Note what the office's clock shows."""
        shown = await self.stage.now()
        self.clock_now = OfficeClock.starting(shown, datetime.now(UTC)).model_dump_json()

    def mails_to(self, person: str) -> list[EmailMessage]:
        """The messages that a person got, oldest first."""
        found = []
        for file in sorted((self.folder / "outbox").glob("*.eml")):
            mail = message_from_bytes(file.read_bytes(), policy=policy.default)
            assert isinstance(mail, EmailMessage)
            if f"{person}@" in mail["To"]:
                found.append(mail)
        return found

    def link(self, person: str, task: str) -> str:
        """The newest link that a mail brought a person for a question of a task."""
        for mail in reversed(self.mails_to(person)):
            for url in addresses_in(mail, self.url):
                link = self.house.links.read(url.rpartition("/")[2])
                if link and link.task == task and link.question:
                    return url
        raise AssertionError(f"no mail to {person} has a link for {task}")

    async def newest(self, person: str, begins: str) -> str:
        """The newest address of the page beginning so in a person's mails; waits until one is there."""
        while True:
            for mail in reversed(self.mails_to(person)):
                for url in addresses_in(mail, self.url):
                    if url.startswith(self.url + begins):
                        return url
            await asyncio.sleep(0.02)  # the delivery workflow is at it

    async def sign_in(self, context: BrowserContext, person: str) -> None:
        """Somebody signed in at a screen, without the mail."""
        token = await session_for(self.house, person)
        await context.add_cookies([{"name": SESSION, "value": token, "url": self.url}])

    async def facts(self, task: str) -> Facts:
        """What the register holds of a task."""
        return (await facts_of(self.register, [task]))[task]

    @staticmethod
    def task(code: str, unit: str) -> str:
        """A task of the example."""
        return f"task:du-ubnd-nb.1346-cv-du-2026:{code}:{unit}"


def addresses_in(mail: EmailMessage, page: str) -> list[str]:
    """The page's addresses in a mail's HTML."""
    body = mail.get_body(("html",))
    assert body
    return [
        unescape(one) for one in re.findall(r'href="([^"]+)"', body.get_content()) if one.startswith(page)
    ]


@asynccontextmanager
async def a_stack(
    folder: Path, until: datetime = ESCALATED, more: Sequence[Letter] = (), address: str = ""
) -> AsyncIterator[Stack]:
    """The example's letter on the way, and perhaps more letters, the office's clock at `until`.

    `address` is its register's; by default that is a file in the folder.
    """
    office = EXAMPLE / "directory.yaml"
    letters = [THE_EXAMPLE, *more]
    loaded = [load(one.plan, office, late=False, at=one.at) for one in letters]
    register = Register.open(address or f"sqlite+aiosqlite:///{folder / 'register.db'}")
    async with AsyncExitStack() as last:
        last.push_async_callback(register.close)
        await register.migrate()
        await save_directory(register, loaded[0].office.directory)
        env = await last.enter_async_context(await skipping_server())
        clock = OfficeClock.starting(ASSIGNED, await env.get_current_time())
        listening = socket.create_server(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        staff = Staff(env.client, register, folder / "outbox", clock)
        links = Links(SECRET, url)
        await last.enter_async_context(worker(env.client, register, EmlFolder(staff.outbox), links))
        await env.client.start_workflow(
            DeliveryWorkflow.run,
            clock,
            id="delivery",
            task_queue=TASK_QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )

        async def connect() -> Any:
            return env.client

        house = House(register, connect, SECRET, url)
        await last.enter_async_context(served(house, listening))
        stack = Stack(folder, register, house, url, env, staff)
        for letter, one in zip(letters, loaded, strict=True):
            await stack.begin(letter, one)
        await stack.until(until)
        yield stack


@asynccontextmanager
async def served(house: House, listening: socket.socket) -> AsyncIterator[None]:
    """The page on a socket of ours."""
    server = _Server(
        uvicorn.Config(build(house), lifespan="off", log_config=None, access_log=False, ws="none")
    )
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield
    finally:
        server.should_exit = True
        await serving
