"""A worker of the release before is replaced by this one in the middle of running tasks: they replay and go on.

The older release is the program as it stood in the project's own history, with its own migrations of the register;
where a copy of the history is not there (a shallow clone, an archive) the test is skipped, and says so.
"""

import io
import subprocess
import sys
import tarfile
import warnings
from dataclasses import dataclass
from pathlib import Path

import pytest

from desk.doctor_workers import UNKNOWN
from desk.release import release
from directive.message import Act
from directive.record import TaskStart
from directive.task import Order
from tests.degraded.examined import examined
from tests.degraded.scene import UNITS, Place, a_scene
from tests.whole.house import ROOT, Process, kill

pytestmark = [
    pytest.mark.xdist_group("degraded-cut"),
    pytest.mark.timeout(180),
    pytest.mark.filterwarnings("default:NO HISTORY HERE"),
]

BEFORE = "6e3958c89d0c4ff14ba5630620cc3eb8ebc9eebf"
"""The last commit before the releases that tell their build to the engine."""


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The program of that release, unpacked."""
    packed = subprocess.run(["git", "archive", BEFORE], cwd=ROOT, check=False, capture_output=True)
    if packed.returncode:
        warnings.warn(UserWarning("NO HISTORY HERE: the release before was not tried"), stacklevel=1)
        pytest.skip("no history of the project here: git cannot unpack the release before")
    there = tmp_path / "older"
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as files:
        files.extractall(there, filter="data")
    return there


@dataclass
class Raised(Place):
    """A house whose workers are of the release in `release_folder`."""

    release_folder: Path = ROOT

    def start_of(self, order: Order) -> object:
        """As that release gives it: without what came later."""
        return TaskStart(order=order).model_dump(mode="json", exclude={"records"})

    def script(self, words: list[str], more: dict[str, str]) -> Process:
        """Start a program of that release; its warnings are its own."""
        script = self.release_folder / Path(words[0]).relative_to(ROOT)
        release = {"PYTHONPATH": str(self.release_folder), "PYTHONWARNINGS": ""}
        return self.run([sys.executable, str(script), *words[1:]], {**more, **release})


def with_its_register(folder: Path, older: Path) -> Path:
    """A folder with a register as that release makes it."""
    folder.mkdir()
    make = "import asyncio, sys; from register.open import Register; asyncio.run(Register.open(sys.argv[1]).migrate())"
    url = f"sqlite+aiosqlite:///{folder / 'register.db'}"
    subprocess.run([sys.executable, "-c", make, url], cwd=older, check=True)
    return folder


async def test_running_tasks_go_on_with_a_newer_release(
    tmp_path: Path, older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Raised(with_its_register(tmp_path / "house", older), release_folder=older)
    async with a_scene(place) as scene:
        of_the_older = place.processes[-1]
        await scene.say("so-a", Act.PROGRESS, id="said-before", text="Đang làm")
        place.release_folder = ROOT
        await place.register.migrate()  # as `worker.py` does when it starts
        await place.start_worker()
        both = await examined(monkeypatch, **place.variables)
        assert both["releases"].detail["releases"] == {UNKNOWN: 1, release(): 1}
        assert not both["releases"].well
        kill(of_the_older)  # harsher than a drain: what it held is given to the newer one
        for unit in UNITS:
            await scene.say(unit, Act.PROGRESS, id="said-after", text="Sắp xong")
        await scene.end()
