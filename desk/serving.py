"""`page`: the web page and the HTTP API as one process, until it is asked to stop."""

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import structlog
import uvicorn

from desk import screen
from desk.acting import Connect
from desk.cycles import look_seldom
from desk.exit import Code, Stop
from desk.language import text
from desk.line import Line
from desk.office import make, with_register
from desk.ports import taken
from desk.secret import secret
from desk.settings import settings
from desk.supervisor import Supervisor
from desk.turns import take_short_turns
from register.open import Register

if TYPE_CHECKING:
    from starlette.types import ASGIApp

DRAIN = 10
"""Seconds for which answers that are on their way are finished; an act waits until it is recorded."""

log = structlog.get_logger()


class Ground(NamedTuple):
    """What a page is built on. `page_url` is how people reach it."""

    register: Register
    connect: Connect
    secret: str
    page_url: str


Build = Callable[[Ground], "ASGIApp"]
"""Puts the page together: the desk itself does not know it."""


class _Server(uvicorn.Server):
    """A server that is stopped by us, so that what is open is closed after it, and that tells when it listens."""

    supervisor = Supervisor("")

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        if self.started:
            self.supervisor.ready()
            # What the first act needs is imported now, when nobody waits for it.
            asyncio.get_running_loop().run_in_executor(None, import_module, "desk.engine")

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


def page(host: str, port: int, build: Build) -> None:
    """Serve until SIGINT or SIGTERM, then finish what is begun. Raises Stop."""
    supervisor = Supervisor.take()
    key = secret()
    if not key:
        raise no_secret()
    address = settings().page_url or f"http://{_named(host)}:{port}/"

    async def serve(register: Register) -> None:
        supervisor.getting_ready()
        await make(register)
        await _serve(build(Ground(register, Line(), key, address)), host, port, address, supervisor)

    with_register(serve, may_make=True)


async def _serve(app: "ASGIApp", host: str, port: int, address: str, supervisor: Supervisor) -> None:
    server = _Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            lifespan="off",
            log_config=None,
            access_log=False,  # addresses hold tokens
            server_header=False,
            timeout_graceful_shutdown=DRAIN,
        )
    )
    server.supervisor = supervisor
    look_seldom()
    take_short_turns()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, _stop, server)
    log.info("page", host=host, port=port)
    screen.say(f"{text('Trang web', 'The page')}: {address}")
    try:
        await server.serve()
    except SystemExit as error:  # uvicorn's word for a port that it cannot have
        raise taken(port) from error
    if not server.started:
        raise taken(port)


def _stop(server: uvicorn.Server) -> None:
    server.should_exit = True


def _named(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def no_secret() -> Stop:
    """What to say where links and cookies cannot be signed."""
    return Stop(
        Code.USAGE,
        "chưa có DONDOC_SECRET; trang web cần nó để ký liên kết và phiên đăng nhập",
        "there is no DONDOC_SECRET; the page signs links and sessions with it",
        "đặt DONDOC_SECRET=$(openssl rand -hex 32), cùng một giá trị cho worker; hoặc dùng `up`, nó tự tạo",
        "set DONDOC_SECRET=$(openssl rand -hex 32), the same for the worker; or use `up`, which makes one",
        kind="no_secret",
    )
