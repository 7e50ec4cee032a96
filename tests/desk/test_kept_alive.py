"""Processes that `up` keeps alive, and how it knows again its own."""

import asyncio
import sys
from pathlib import Path

import pytest

from desk import children
from desk.children import Child, is_ours


async def test_a_process_that_cannot_be_started_once_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    async def passes(seconds: float) -> None:
        pauses.append(seconds)
        child.command = [sys.executable, "-c", "import time; time.sleep(60)"]
        if len(pauses) == 1:
            child.command = [str(tmp_path / "replaced-just-now")]

    child = Child("worker", [sys.executable, "-c", ""], {}, tmp_path / "worker.log")
    await child.start()
    monkeypatch.setattr("asyncio.sleep", passes)
    keeping = asyncio.create_task(child.keep_alive())
    while len(pauses) < 2 or not child.pid:
        await asyncio.wait({keeping}, timeout=0.02)
        assert not keeping.done(), keeping.exception()
    keeping.cancel()
    await child.stop(0)
    assert pauses[:2] == [1.0, 2.0]


def test_a_process_whose_environment_is_kept_from_us_is_known_by_its_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = tmp_path / "proc" / "7"
    process.mkdir(parents=True)
    (process / "stat").write_text("7 (temporal) S 1")
    (process / "cmdline").write_bytes(b"temporal\0--db-filename\0/srv/dondoc/temporal.db")
    (process / "environ").mkdir()  # no file that could be read
    monkeypatch.setattr(children, "Path", lambda _: tmp_path / "proc")
    assert is_ours(7, "/srv/dondoc")
    assert not is_ours(7, "/srv/other")
