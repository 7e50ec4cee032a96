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

from tests.databases import POSTGRESQL, SQLITE, database_of
from tests.forking import WARNINGS
from tests.forking import run as run_forked

if TYPE_CHECKING:
    from tests.desk.service import Service

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
EXAMPLE = ROOT / "examples" / "1346-cv-du"

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]
PATIENCE = 100.0

elsewhere: dict[Path, str] = {}
"""The data folders whose register is not a file in them, with its address."""


def environment(data: Path, **more: str) -> dict[str, str]:
    """The variables of a command: nothing of the machine's own settings of Temporal or Đôn Đốc."""
    if data in elsewhere:
        more = {"DONDOC_REGISTER_URL": elsewhere[data], **more}
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


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist looks at the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What shares an `up` shares a worker of pytest-xdist."""
    for item in items:
        for shared in ("service", "office_of_its_own"):
            if item.path.is_relative_to(HERE) and shared in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.xdist_group(f"{shared}-{database_of(item)}"))


@pytest.fixture(scope="session", params=[SQLITE, POSTGRESQL])
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, lend: Callable[[str], str]
) -> Iterator["Service"]:
    """One `up` on a database for all tests that share it, with the example assigned on 29/5/2026."""
    from tests.desk.service import Service

    data = tmp_path_factory.mktemp("service") / "var"
    started = Service(data, "--as-of", "29/05/2026", register=lend(request.param))
    try:
        yield started.wait()
    finally:
        assert started.stop() == 0, started.said()
