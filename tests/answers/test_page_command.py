"""`page` as a process: refused without a secret, served on loopback, stopped cleanly; sessions ended from outside."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from desk import screen, serving, sessions
from desk.exit import Code, Stop
from desk.serving import Ground
from desk.settings import settings
from register.open import Register
from register.plans import save_directory
from register.sessions import Session, add_session, hash_of
from tests.answers.conftest import SECRET
from tests.desk.conftest import ROOT, environment
from tests.ports import own_port
from tests.register.given import directory

START = 90.0
TOKEN = "token of a session"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose register has a directory and one session."""
    folder = tmp_path_factory.mktemp("page") / "var"
    folder.mkdir()

    async def make() -> None:
        register = Register.open(f"sqlite+aiosqlite:///{folder / 'register.db'}")
        await register.migrate()
        await save_directory(register, directory())
        now = datetime.now(UTC)
        await add_session(
            register, Session(hash_of(TOKEN), "leader", "mail", now, now + timedelta(hours=1), None)
        )
        await register.close()

    asyncio.run(make())
    return folder


@pytest.fixture(scope="module")
def port() -> int:
    return own_port()


@pytest.fixture(scope="module")
def served(data: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The page as a process, answering."""
    words = [sys.executable, str(ROOT / "starter.py"), "page", "--port", str(port)]
    variables = environment(data, DONDOC_SECRET=SECRET)
    process = subprocess.Popen(
        words, cwd=ROOT, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    until = time.monotonic() + START
    while process.poll() is None and time.monotonic() < until:
        try:
            httpx.get(f"http://127.0.0.1:{port}/suc-khoe")
            break
        except httpx.TransportError:
            time.sleep(0.05)  # another process is waited for
    yield process
    if process.poll() is None:
        os.kill(process.pid, signal.SIGTERM)
    said, _ = process.communicate(timeout=START)
    assert (process.returncode, b"Traceback" in said) == (0, False), said


@pytest.fixture
def office(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """This process as a command on the same data folder."""
    monkeypatch.setenv("DONDOC_DATA", str(data))
    monkeypatch.setenv("DONDOC_ADMIN", "root")
    for kept in (settings, screen.console):
        kept.cache_clear()
    yield monkeypatch
    for kept in (settings, screen.console):
        kept.cache_clear()


def nothing(ground: Ground) -> FastAPI:
    """A page without pages."""
    return FastAPI()


def test_without_a_secret_it_is_refused_with_the_remedy(office: pytest.MonkeyPatch) -> None:
    office.delenv("DONDOC_SECRET", raising=False)
    with pytest.raises(Stop) as refused:
        serving.page("127.0.0.1", own_port(), nothing)
    assert refused.value.code is Code.USAGE
    assert "openssl rand -hex 32" in refused.value.remedy


def test_it_serves_and_its_sessions_can_be_ended_from_outside(
    served: subprocess.Popen[bytes], office: pytest.MonkeyPatch, port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", cookies={"dondoc-session": TOKEN}) as browser:
        assert browser.get("/suc-khoe").json() == {"register": "reachable"}
        assert "server" not in browser.get("/suc-khoe").headers
        assert browser.get("/phien").status_code == 200
        sessions.show("leader")
        sessions.end("leader")
        assert browser.get("/phien").status_code == 303
    sessions.audit("root", 1)
    assert "Đã kết thúc 1 phiên của leader" in capsys.readouterr().out


def test_a_taken_port_is_refused_in_words(
    served: subprocess.Popen[bytes], office: pytest.MonkeyPatch, port: int
) -> None:
    office.setenv("DONDOC_SECRET", SECRET)
    with pytest.raises(Stop) as refused:
        serving.page("127.0.0.1", port, nothing)
    assert refused.value.kind == "port_taken"
