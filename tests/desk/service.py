"""`up` as a test runs it: started, waited for, asked to stop."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.databases import file_url
from tests.desk.conftest import ROOT, elsewhere, environment

START = 90.0


class Service:
    """One running `up` on a data folder, on free ports; `register` is the address of one that is not in the folder."""

    def __init__(self, data: Path, *words: str, register: str = "") -> None:
        self.data = data
        if register:
            elsewhere[data] = register
        self.out = data.with_suffix(".out")
        variables = environment(data)
        del variables["TEMPORAL_ADDRESS"]
        with self.out.open("w", encoding="utf-8") as out:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "starter.py"), "up", *words],
                cwd=ROOT,
                env=variables,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def wait(self) -> "Service":
        """Until it says that it is up."""
        until = time.monotonic() + START
        while "Ctrl-C" not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < until, (
                self.said() + (self.data / "worker.log").read_text("utf-8")[-2000:]
            )
            time.sleep(0.1)  # another process is waited for, and it tells only by what it prints
        return self

    @property
    def register(self) -> str:
        """The register's address."""
        return elsewhere.get(self.data) or file_url(self.data / "register.db")

    def said(self) -> str:
        """What it has written."""
        return self.out.read_text(encoding="utf-8")

    def engine(self) -> dict[str, int]:
        """The ids and addresses that it left word of."""
        found: dict[str, int] = json.loads((self.data / "engine.json").read_text(encoding="utf-8"))
        return found

    def stop(self) -> int:
        """Ctrl-C, and its exit code."""
        if self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGINT)
        return self.process.wait(START)


def alive(pid: int) -> bool:
    """Whether a process runs (a zombie does not)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(") ")[2]
    except OSError:
        return False
    return not state.startswith("Z")
