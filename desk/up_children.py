"""The processes of `up`: the engine's server, the worker and the page, each with what it has to know."""

import os
import sys
from pathlib import Path
from typing import NamedTuple

from desk.children import Child, end_left_over
from desk.exit import Code, Stop
from desk.folder import engine_of
from desk.program import SERVER_FLAGS, NoServer, binary
from desk.readiness import Readiness
from desk.settings import Settings
from desk.supervisor import VARIABLE
from directive.wire import DIRECTIVE_NUMBER, UNIT

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = "127.0.0.1"


class Places(NamedTuple):
    """The ports of one `up`, all of the loopback address."""

    port: int
    ui_port: int
    page_port: int

    @property
    def address(self) -> str:
        """Where the engine listens."""
        return f"{LOOPBACK}:{self.port}"

    @property
    def ui(self) -> str:
        """The engine's own page."""
        return f"http://{LOOPBACK}:{self.ui_port}"

    @property
    def page(self) -> str:
        """Our page."""
        return f"http://{LOOPBACK}:{self.page_port}/"


class Household(NamedTuple):
    """The three of them, in the order in which they start; they end the other way round."""

    server: Child
    worker: Child
    page: Child


class Hearing(NamedTuple):
    """How those stand that tell it."""

    worker: Readiness
    page: Readiness


def household(chosen: Settings, places: Places, hearing: Hearing | None = None) -> Household:
    """The processes, not started yet. Raises Stop where the engine's program is not installed."""
    ours = _environment(chosen, places)
    told = {one: {VARIABLE: line.address} for one, line in hearing._asdict().items()} if hearing else {}
    starter = [sys.executable, str(ROOT / "starter.py"), "page", "--port", str(places.page_port)]
    return Household(
        _server(chosen, places),
        Child(
            "worker",
            [sys.executable, str(ROOT / "worker.py")],
            {**ours, **told.get("worker", {})},
            chosen.data / "worker.log",
        ),
        Child("page", starter, {**ours, **told.get("page", {})}, chosen.data / "page.log"),
    )


def _environment(chosen: Settings, places: Places) -> dict[str, str]:
    """What the worker and the page share: one register, one clock, one address for the links in mails."""
    return {
        **os.environ,
        "TEMPORAL_ADDRESS": places.address,
        "DONDOC_DATA": str(chosen.data.resolve()),
        "DONDOC_REGISTER_URL": chosen.register_address,
        "DONDOC_OUTBOX": str(chosen.outbox_folder.resolve()),
        "DONDOC_CLOCK": chosen.clock.model_dump_json(),
        "DONDOC_PAGE_URL": chosen.page_url or places.page,
    }


def _server(chosen: Settings, places: Places) -> Child:
    attributes = [
        word for one in (DIRECTIVE_NUMBER, UNIT) for word in ("--search-attribute", f"{one}=Keyword")
    ]
    ports = ["--ip", LOOPBACK, "--port", str(places.port), "--ui-port", str(places.ui_port)]
    file = str((chosen.data / "temporal.db").resolve())
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
    command = [program, "server", "start-dev", *ports, "--db-filename", file, *SERVER_FLAGS, *attributes]
    quiet = ["--log-level", "warn", "--ui-disable-news-fetch"]
    environment = {**os.environ, "GOGC": os.environ.get("GOGC", "400")}
    return Child("server", command + quiet, environment, chosen.data / "temporal.log")


def end_left_overs(chosen: Settings) -> None:
    """What an `up` that was killed has left behind on this data folder."""
    held = engine_of(chosen)
    for name in ("page_pid", "worker_pid", "server_pid"):
        pid = held.get(name)
        if isinstance(pid, int):
            end_left_over(pid, str(chosen.data.resolve()))
