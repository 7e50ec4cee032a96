"""Real processes to measure: the server of `up` on a file, workers beside it, all on loopback and ended by their id."""

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError

from bench.frame import ROOT
from desk.children import Child
from desk.settings import Settings
from desk.up_children import Places, household
from directive.clock import OfficeClock
from directive.wire import TASK_QUEUE
from register.open import Register
from tests.ports import own_port
from tests.whole.house import until
from workflows.plugin import plugin

TICKS = os.sysconf("SC_CLK_TCK")
PAGE_KIB = os.sysconf("SC_PAGE_SIZE") // 1024


class Used(NamedTuple):
    """Seconds of processor time, and KiB of memory that are now resident."""

    seconds: float
    kib: int


def used(pid: int) -> Used:
    """What a process has used since its start (Linux)."""
    stat = (Path("/proc") / str(pid) / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    return Used((int(stat[11]) + int(stat[12])) / TICKS, int(stat[21]) * PAGE_KIB)


class Ground:
    """One folder with a register and a server on a file; `children` are the workers, by name."""

    def __init__(self, folder: Path, register_url: str = "", clock: OfficeClock | None = None) -> None:
        self.settings = Settings(data=folder, register_url=register_url, clock=clock or OfficeClock())
        self.places = Places(own_port(), own_port(), own_port())
        self.register = Register.open(self.settings.register_address)
        self.server: Child = household(self.settings, self.places).server
        self.children: dict[str, Child] = {}
        self._client: Client | None = None

    @property
    def client(self) -> Client:
        """The connection, which outlives the server's death."""
        assert self._client is not None
        return self._client

    async def start_server(self) -> None:
        """The engine with the flags of `up`, on the same file and port every time."""
        await self.server.start()
        await until(self._answers, "the server")

    async def _answers(self) -> bool:
        with suppress(RuntimeError, RPCError):
            client = self._client or await Client.connect(self.places.address, plugins=[plugin()])
            await client.count_workflows()
            self._client = client
            return True
        return False

    async def start_worker(
        self,
        name: str = "worker",
        command: Sequence[str] = ("worker.py",),
        queue: str = TASK_QUEUE,
        more: dict[str, str] | None = None,
    ) -> Child:
        """A worker of its own process, asking for work when this returns; by default that of the product."""
        program = [sys.executable, str(ROOT / command[0]), *command[1:]]
        if command[0] == "-m":
            program = [sys.executable, *command]
        log_file = self.settings.data / f"{name}.log"
        child = Child(name, program, {**self.environment(), **(more or {})}, log_file)
        await child.start()
        self.children[name] = child
        await until(lambda: self._polls(child, queue), f"{name}: {log_file}")
        return child

    def environment(self) -> dict[str, str]:
        """What a process of this ground has to know."""
        kept = {
            key: value for key, value in os.environ.items() if not key.startswith(("DONDOC_", "TEMPORAL_"))
        }
        return {
            **kept,
            "PYTHONPATH": str(ROOT),
            "TEMPORAL_ADDRESS": self.places.address,
            "TEMPORAL_CONFIG_FILE": str(self.settings.data / "none.toml"),
            "DONDOC_DATA": str(self.settings.data),
            "DONDOC_REGISTER_URL": self.settings.register_address,
            "DONDOC_CLOCK": self.settings.clock.model_dump_json(),
        }

    async def _polls(self, child: Child, queue: str) -> bool:
        assert child.pid, f"{child.name} has ended: {child.log_file.read_text('utf-8', 'replace')[-2000:]}"
        asked = DescribeTaskQueueRequest(namespace="default", task_queue=TaskQueue(name=queue))
        pollers = (await self.client.workflow_service.describe_task_queue(asked)).pollers
        return any(one.identity.startswith(f"{child.pid}@") for one in pollers)

    async def close(self) -> None:
        """End everything that was started, the server last: the folder goes too, so nobody has to finish anything."""
        for child in (*self.children.values(), self.server):
            if child.pid:
                await kill(child)
        await self.register.close()


async def kill(child: Child) -> None:
    """kill -9."""
    os.kill(child.pid, signal.SIGKILL)
    await child.ended()


@asynccontextmanager
async def ground(
    register_url: str = "",
    clock: OfficeClock | None = None,
    adapt: Callable[["Ground"], None] | None = None,
) -> AsyncIterator[Ground]:
    """A server that runs, beside a register with its tables, in a temporary folder; gone afterwards.

    `adapt` may change the server's command or environment before it starts.
    """
    with tempfile.TemporaryDirectory(prefix="dd-bench-", ignore_cleanup_errors=True) as name:
        made = Ground(Path(name), register_url, clock)
        await made.register.migrate()
        if adapt:
            adapt(made)
        try:
            await made.start_server()
            yield made
        finally:
            await asyncio.shield(made.close())
