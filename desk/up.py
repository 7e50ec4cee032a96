"""The embedded service: Temporal's dev server on a file, the worker and the page, one process tree, ended cleanly.

Everything listens on the loopback address only: whoever reaches the Temporal port is an administrator.
"""

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import structlog

from desk import screen
from desk.children import Child
from desk.exit import Code, Stop
from desk.folder import hold, make_folder, set_clock, write_engine
from desk.language import text
from desk.namespace import prepare_namespace
from desk.ports import Claims
from desk.readiness import Readiness
from desk.restored import settled_first
from desk.secret import make_secret
from desk.settings import Settings, settings
from desk.supervisor import Supervisor
from desk.up_children import LOOPBACK, Hearing, Household, Places, end_left_overs, household

USUAL_PORT = 7233
USUAL_PAGE_PORT = 8080
READY_WITHIN = 60.0
DRAIN = 35.0
"""The worker drains for up to 30 s (`graceful_shutdown_timeout`); a little more before it is ended."""

log = structlog.get_logger()


def up(
    port: int | None, ui_port: int | None, page_port: int | None, as_of: datetime | None, speed: int
) -> None:
    """Run until SIGINT or SIGTERM. Raises Stop when it cannot start.

    `as_of` begins a data folder of its own at another office instant, for trying things out; `speed` is how many
    office seconds pass in one.
    """
    supervisor = Supervisor.take()
    chosen = settings()
    make_folder(chosen)
    lock = hold(chosen)
    claims = Claims()
    try:
        settled_first(chosen)
        end_left_overs(chosen)  # before ports are chosen: links in mails hold the page's
        places = _places(claims, port, ui_port, page_port)
        if as_of is not None:  # nothing can be refused any more: a folder keeps its clock for ever
            set_clock(chosen, as_of, speed)
            settings.cache_clear()
            chosen = settings()
        make_secret(chosen)
        asyncio.run(_Service(chosen, places, supervisor).run())
    finally:
        claims.close()
        lock.close()


def _places(claims: Claims, port: int | None, ui_port: int | None, page_port: int | None) -> Places:
    """The ports asked for, else the usual ones, else any that are free. Raises Stop for one that is in use."""
    claims.want(port, ui_port, page_port)
    engine = port or claims.usual(USUAL_PORT)
    ui = ui_port or claims.usual(engine + 1000)
    return Places(engine, ui, page_port or claims.usual(USUAL_PAGE_PORT))


@contextmanager
def _hearing() -> Iterator[Hearing]:
    """A line for each process that tells how it stands, in a folder of their own: such a path has to be short."""
    with tempfile.TemporaryDirectory(prefix="dondoc-") as name:
        hearing = Hearing(*(Readiness(Path(name), one) for one in Hearing._fields))
        try:
            yield hearing
        finally:
            for line in hearing:
                line.close()


class _Service:
    """The server, the worker and the page of one data folder."""

    def __init__(self, chosen: Settings, places: Places, supervisor: Supervisor) -> None:
        self._chosen, self._places, self._supervisor = chosen, places, supervisor
        self._stop = asyncio.Event()

    async def run(self) -> None:
        """Start, tell where, and keep alive until asked to stop."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop.set)
        with _hearing() as hearing:
            children = household(self._chosen, self._places, hearing)
            try:
                starting = asyncio.create_task(self._start(children, hearing))
                stopping = asyncio.create_task(self._stop.wait())
                await asyncio.wait((starting, stopping), return_when=asyncio.FIRST_COMPLETED)
                if not starting.done():
                    starting.cancel()
                else:
                    starting.result()
                    for line in hearing:
                        line.close()
                    self._tell()
                    self._supervisor.ready()
                    await self._until_stopped(stopping, children)
            finally:
                await self._end(children)

    async def _start(self, children: Household, hearing: Hearing) -> None:
        """All at once: the worker and the page make the register, and the worker waits for the server by itself."""
        server, worker, page = children
        for child in children:
            await child.start()
            self._write(children)
        self._supervisor.getting_ready()
        try:
            async with asyncio.TaskGroup() as together:
                together.create_task(self._awaited(server, self._serves()))
                together.create_task(self._awaited(worker, hearing.worker.heard(READY_WITHIN)))
                together.create_task(self._awaited(page, hearing.page.heard(READY_WITHIN)))
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from None
        if not server.pid:  # what answered on the port is not ours
            raise self._failed("temporal.log")

    async def _until_stopped(self, stopping: asyncio.Task[bool], children: Household) -> None:
        keeping = [asyncio.create_task(child.keep_alive()) for child in children]
        try:
            while not stopping.done():
                await asyncio.wait({stopping, *keeping}, timeout=1.0, return_when=asyncio.FIRST_COMPLETED)
                for one in keeping:
                    if one.done():
                        one.result()  # who keeps a process alive never ends by itself
                self._write(children)
        finally:
            for one in keeping:
                one.cancel()

    async def _end(self, children: Household) -> None:
        """The page first, so that nothing new comes; the worker, so that it can finish what it holds; the server."""
        self._supervisor.stopping()
        server, worker, page = children
        if worker.pid:
            screen.say(text("Đang dừng: chờ việc dở dang xong…", "Stopping: letting the worker finish…"))
        await page.stop(15.0)
        await worker.stop(DRAIN)
        await server.stop(15.0)
        self._chosen.engine_file.unlink(missing_ok=True)
        screen.say(text("Đã dừng. Dữ liệu vẫn ở ", "Stopped. The data stays in ") + str(self._chosen.data))

    async def _serves(self) -> bool:
        """Wait until the server listens, and tell it what it has to keep."""
        until = asyncio.get_running_loop().time() + READY_WITHIN
        while asyncio.get_running_loop().time() < until:
            try:
                _, writer = await asyncio.open_connection(LOOPBACK, self._places.port)
            except OSError:
                await asyncio.sleep(0.05)
                continue
            writer.close()
            await prepare_namespace(self._places.address)
            return True
        return False

    async def _awaited(self, child: Child, ready: Awaitable[bool]) -> None:
        """Wait until the process is ready. Raises Stop where it ends before that or takes too long."""
        asked, ended = asyncio.ensure_future(ready), asyncio.create_task(child.ended())
        try:
            await asyncio.wait((asked, ended), return_when=asyncio.FIRST_COMPLETED)
            if not asked.done() or not asked.result():
                await self._look_at_register()
                raise self._failed(child.log_file.name)
        finally:
            asked.cancel()
            ended.cancel()

    async def _look_at_register(self) -> None:
        """Raises Stop where that is why a process did not start; imported only then, since it takes long."""
        from desk.office import make
        from desk.out_of_reach import out_of_reach
        from register.open import Register, RegisterDown

        register = Register.open(self._chosen.register_address)
        try:
            await make(register)
        except RegisterDown as error:
            raise out_of_reach(error) from error
        finally:
            await register.close()

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

    def _write(self, children: Household) -> None:
        """Leave word for the other commands, and the ids for the next `up` should this one be killed."""
        told: dict[str, object] = {
            "address": self._places.address,
            "ui": self._places.ui,
            "page": self._page,
            "pid": os.getpid(),
            **{f"{child.name}_pid": child.pid for child in children},
        }
        write_engine(self._chosen, told)

    @property
    def _page(self) -> str:
        return self._chosen.page_url or self._places.page

    def _tell(self) -> None:
        address, ui, data = self._places.address, self._places.ui, self._chosen.data
        log.info("up", address=address, ui=ui, page=self._page)
        screen.answer({"page": self._page, "address": address, "ui": ui, "data": str(data)})
        screen.say(text("Đôn Đốc đang chạy.", "Đôn Đốc is up."), "bold")
        screen.say(f"  {text('trang web', 'page')}: {self._page}")
        screen.say(f"  {text('giao diện Temporal', 'Temporal UI')}: {ui}")
        screen.say(f"  {text('địa chỉ máy chủ', 'engine address')}: {address}")
        screen.say(f"  {text('dữ liệu', 'data')}: {data.resolve()}")
        ways_out = self._chosen.smtp_url or self._chosen.outbox_folder.resolve()
        screen.say(f"  {text('thư gửi đi', 'messages')}: {ways_out}")
        screen.say(text("Nhấn Ctrl-C để dừng.", "Ctrl-C stops it."))
        sys.stdout.flush()
