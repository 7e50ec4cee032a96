"""A house that can burn: the dev server on a file, the register on either database,
workers as processes, all killed at will.
"""

import asyncio
import os
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError

from desk.program import SERVER_FLAGS, binary
from directive.clock import OfficeClock
from directive.wire import DIRECTIVE_NUMBER, TASK_QUEUE, UNIT
from register.open import Register
from tests import forking
from tests.databases import file_url
from tests.forking import Process as Process  # the rooms that build on a house take them from here
from tests.forking import kill as kill
from tests.ports import own_port
from workflows.plugin import plugin

ROOT = Path(__file__).parents[2]
POLL = 0.05
PATIENCE = 80.0
SOONEST = timedelta(seconds=6)


async def until(true: Callable[[], Awaitable[bool]], what: str, patience: float = PATIENCE) -> None:
    """Look again and again: what another process does reaches us only through what it writes."""
    ends = asyncio.get_running_loop().time() + patience
    while not await true():
        assert asyncio.get_running_loop().time() < ends, f"waited in vain: {what}"
        await asyncio.sleep(POLL)  # real processes are waited for, and they tell nobody


@dataclass
class House:
    """One folder, one port, one register; every process in `processes` is ended by its id.

    `register_url` is the register's address, on either database; by default a file in the folder.
    """

    folder: Path
    clock: OfficeClock = field(default_factory=OfficeClock)
    register_url: str = ""
    port: int = field(default_factory=own_port)
    processes: list[Process] = field(default_factory=list)
    server: Process | None = None
    server_options: tuple[str, ...] = ()
    took: timedelta = timedelta()
    """How long the slowest of its starts has taken so far."""
    _client: Client | None = None

    def __post_init__(self) -> None:
        self.register_url = self.register_url or file_url(self.folder / "register.db")
        self.register = Register.open(self.register_url)
        self.outbox = self.folder / "outbox"

    @property
    def address(self) -> str:
        """Where the engine listens."""
        return f"127.0.0.1:{self.port}"

    @property
    def client(self) -> Client:
        """The connection, which outlives the server's death."""
        assert self._client is not None
        return self._client

    @property
    def ahead(self) -> timedelta:
        """How long before a mark the office's clock begins, so that everybody has a task by then.

        It is a matter of the machine: twice as long as the slowest start here, which is more than a task costs.
        """
        return max(SOONEST, 2 * self.took)

    def before(self, mark: datetime, scale: int, times: int = 1) -> OfficeClock:
        """A clock that begins now, so long before a mark; `times` as long where there is more to be done by then."""
        return OfficeClock.starting(mark - times * self.ahead * scale, datetime.now(UTC), scale)

    async def start_server(self) -> None:
        """The engine as `up` runs it, on the same file and port every time."""
        with self._timed():
            await self._start_server()

    async def _start_server(self) -> None:
        names = [
            word for one in (DIRECTIVE_NUMBER, UNIT) for word in ("--search-attribute", f"{one}=Keyword")
        ]
        place = ["--ip", "127.0.0.1", "--port", str(self.port), "--headless", "--log-level", "error"]
        command = [binary("temporal"), "server", "start-dev", *place, *SERVER_FLAGS, *names]
        command += ["--db-filename", str(self.folder / "temporal.db"), *self.server_options]
        self.server = self.run(command, {"GOGC": "400"})
        await until(self._answers, "the server")
        if self._client is None:
            self._client = await Client.connect(self.address, plugins=[plugin()])

    async def _answers(self) -> bool:
        """Whether the server's namespace is there: the port alone opens earlier."""
        with suppress(RuntimeError, RPCError):
            client = self._client or await Client.connect(self.address, plugins=[plugin()])
            await client.count_workflows()
            return True
        return False

    async def start_worker(self, **dies: str) -> Process:
        """A worker of its own process, asking for work when this returns. `dies` says where it kills itself."""
        script = ROOT / "tests" / "whole" / "mortal_worker.py"
        with self._timed():
            process = self.script([str(script)], {**dies, "SERVER_PID": str(self.server_pid)})
            await until(lambda: self.ended_or_polls(process), "a worker")
        return process

    @contextmanager
    def _timed(self) -> Iterator[None]:
        began = datetime.now(UTC)
        yield
        self.took = max(self.took, datetime.now(UTC) - began)

    @property
    def server_pid(self) -> int:
        """The server's id."""
        assert self.server is not None
        return self.server.pid

    async def ended_or_polls(self, worker: Process) -> bool:
        """Whether a worker asks for work, or has ended."""
        if worker.poll() is not None:
            return True  # it found its death at once
        asked = DescribeTaskQueueRequest(namespace="default", task_queue=TaskQueue(name=TASK_QUEUE))
        pollers = (await self.client.workflow_service.describe_task_queue(asked)).pollers
        return any(one.identity.startswith(f"{worker.pid}@") for one in pollers)

    def command(self, *words: str) -> Process:
        """A command, as a person types it."""
        return self.script([str(ROOT / "starter.py"), *words], {})

    def script(self, words: list[str], more: dict[str, str]) -> Process:
        """Start one of our programs, as a process that belongs to this house."""
        with self._log() as log:
            return self._kept(forking.start(words, self.environment(more), log, log))

    def run(self, command: list[str], more: dict[str, str]) -> Process:
        """Start another program, as a process that belongs to this house."""
        environment, nothing = self.environment(more), subprocess.DEVNULL
        with self._log() as log:
            return self._kept(
                subprocess.Popen(command, cwd=ROOT, env=environment, stdin=nothing, stdout=log, stderr=log)
            )

    def environment(self, more: dict[str, str]) -> dict[str, str]:
        """What a process of this house is told."""
        kept = {
            key: value for key, value in os.environ.items() if not key.startswith(("DONDOC_", "TEMPORAL_"))
        }
        return {
            **kept,
            "PYTHONWARNINGS": forking.WARNINGS,
            "TEMPORAL_ADDRESS": self.address,
            "TEMPORAL_CONFIG_FILE": str(self.folder / "none.toml"),
            "DONDOC_DATA": str(self.folder),
            "DONDOC_REGISTER_URL": self.register_url,
            "DONDOC_CLOCK": self.clock.model_dump_json(),
            **more,
        }

    def _log(self) -> IO[str]:
        """Where the next process writes."""
        return (self.folder / f"process-{len(self.processes)}.log").open("w", encoding="utf-8")

    def _kept(self, process: Process) -> Process:
        self.processes.append(process)
        return process

    def now(self) -> datetime:
        """What the office's clock shows."""
        return self.clock.office(datetime.now(UTC))

    def mails(self) -> list[str]:
        """The messages that went out, by the names of their files."""
        return sorted(file.name for file in self.outbox.glob("*.eml"))

    def logs(self) -> str:
        """What the processes wrote last, for a test that fails."""
        files = sorted(self.folder.glob("process-*.log"))
        return "\n".join(f"{file.name}: {file.read_text('utf-8', 'replace')[-1500:]}" for file in files)


async def gone(process: Process, patience: float = PATIENCE) -> int:
    """Wait until a process has ended; its exit code."""

    async def ended() -> bool:
        return process.poll() is not None

    await until(ended, f"the end of process {process.pid}", patience)
    return process.wait()


async def foundation(folder: Path) -> Path:
    """A folder with a register. Alembic keeps its context in the process: never two of them at the same time."""
    folder.mkdir()  # noqa: ASYNC240 - one folder of a test, nobody waits
    register = Register.open(file_url(folder / "register.db"))
    await register.migrate()
    await register.close()
    return folder


@asynccontextmanager
async def a_house(
    folder: Path,
    clock: OfficeClock | None = None,
    register_url: str = "",
    server_options: tuple[str, ...] = (),
) -> AsyncIterator[House]:
    """A house with its server up, on a folder; `register_url` is its register's, else there is one in the folder."""
    folder.mkdir(exist_ok=True)  # noqa: ASYNC240 - one folder of a test, nobody waits
    house = House(folder, clock or OfficeClock(), register_url, server_options=server_options)
    try:
        await house.start_server()
        yield house
    finally:
        for process in reversed(house.processes):
            kill(process)
        await house.register.close()
