"""Commands run as people run them: a process of its own, on a data folder of its own.

Most are forked from one that has imported everything (`tests.forking`); `spawned` is for what depends on the start.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.forking import run as run_forked

if TYPE_CHECKING:
    from tests.desk.service import Service

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "1346-cv-du"

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]
PATIENCE = 100.0

WARNINGS = "error,ignore:Cannot find activity to cancel"  # as in pyproject.toml


def environment(data: Path, **more: str) -> dict[str, str]:
    """The variables of a command: nothing of the machine's own settings of Temporal or Đôn Đốc."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("DONDOC_", "TEMPORAL_"))}
    unused = {"TEMPORAL_CONFIG_FILE": str(data / "none.toml"), "PYTHONWARNINGS": WARNINGS}
    return {**kept, **unused, "DONDOC_DATA": str(data), "TEMPORAL_ADDRESS": "127.0.0.1:1", **more}


def joined(*words: str, data: Path, **more: str) -> Done:
    """Run one command against the `up` that runs on the data folder."""
    return command(*words, data=data, TEMPORAL_ADDRESS="", **more)


def command(*words: str, data: Path, **more: str) -> Done:
    """Run one command to its end."""
    return run_forked([str(ROOT / "starter.py"), *words], environment(data, **more), PATIENCE)


def spawned(*words: str, data: Path, **more: str) -> Done:
    """The same by an interpreter of its own, from the start."""
    return subprocess.run(
        [sys.executable, str(ROOT / "starter.py"), *words],
        cwd=ROOT,
        env=environment(data, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command on an empty data folder that does not exist yet."""

    def runs(*words: str, **more: str) -> Done:
        return command(*words, data=tmp_path / "var", **more)

    return runs


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Service"]:
    """One `up` for all tests of the group `up`, with the example assigned on 29/5/2026."""
    from tests.desk.service import Service

    started = Service(tmp_path_factory.mktemp("service") / "var", "--as-of", "29/05/2026")
    try:
        yield started.wait()
    finally:
        assert started.stop() == 0, started.said()
