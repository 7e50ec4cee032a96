"""The clock of a worker's or a door's host is stepped, ahead and back: the engine's decides, and nothing is lost.

The clocks of those processes are stepped by libfaketime, never this machine's. The engine's own clock is not stepped
here: its program asks the kernel past every library. Its instants never go back for a task all the same: a transition
is never dated before the last one (`directive/moves.py`, `workflows/life.py`).
"""

import asyncio
import json
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from directive.message import Act
from directive.moves import SKEW
from directive.refusal import Reason
from register.reading import events
from tests.degraded.scene import SHORT, Place, Scene, a_scene
from tests.postgres import must_be_there
from tests.whole.house import ROOT, foundation, gone

pytestmark = [pytest.mark.xdist_group("degraded"), pytest.mark.timeout(180)]

MINUTES = 10


@pytest.fixture
def library() -> str:
    """libfaketime, for programs with threads."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    if not found:
        assert not must_be_there(), "libfaketime is not installed: apt-get install faketime"
        pytest.skip("libfaketime is not installed (apt-get install faketime)")
    return str(found[0])


class Stepped:
    """The clock of a process and its children, as far ahead of the machine's as was said last."""

    def __init__(self, library: str, file: Path) -> None:
        self._library, self._file = library, file
        self.by(0)

    def by(self, seconds: int) -> None:
        """Step it; the clock that only ever counts on is not touched, as when an administrator sets the time."""
        self._file.write_text(f"{seconds:+d}")

    @property
    def variables(self) -> dict[str, str]:
        """What makes a process see it."""
        return {
            "LD_PRELOAD": self._library,
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_FORCE_MONOTONIC_FIX": "1",
        }


async def test_a_stepped_clock_of_a_host_moves_no_mark_and_loses_no_act(tmp_path: Path, library: str) -> None:
    worker, door = (Stepped(library, tmp_path / name) for name in ("worker", "door"))
    place = Place(await foundation(tmp_path / "house"))
    async with a_scene(place, SHORT, **worker.variables) as scene:
        worker.by(2 * 3600)
        door.by(MINUTES * 60)
        seen, _ = await asyncio.gather(doctor_at(scene, door), doors_that_run_ahead(scene))
        assert seen["clock_engine"]["seconds"] == pytest.approx(MINUTES * 60, abs=5)
        assert not seen["clock_engine"]["well"]
        await scene.reach("c1.level.1")
        worker.by(-3 * 3600)
        (escalated,) = (one for one in await events(place.register, scene.tasks["so-a"].id) if one.level == 1)
        assert escalated.at - SHORT.first < timedelta(minutes=30), "half a minute of the engine's clock"
        assert escalated.at >= SHORT.first
        await scene.end()


async def doors_that_run_ahead(scene: Scene) -> None:
    """Within two minutes (of the engine's clock) an act is set right, beyond it is refused with the reason."""
    skew = SKEW * SHORT.scale
    near = await scene.say("so-b", Act.PROGRESS, id="said-ahead", at=scene.place.now() + skew / 2, text="x")
    assert near.at <= scene.place.now()
    far = scene.place.now() + 2 * skew
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await scene.say("so-b", Act.PROGRESS, id="said-too-far-ahead", at=far, text="x")
    cause = refused.value.cause
    assert isinstance(cause, ApplicationError)
    assert cause.type == Reason.IN_THE_FUTURE
    assert "said-too-far-ahead" not in await scene.ids(scene.tasks["so-b"])


async def doctor_at(scene: Scene, door: Stepped) -> dict[str, dict[str, object]]:
    """What `doctor` says on a host whose clock is another."""
    command = [sys.executable, str(ROOT / "starter.py"), "--json", "doctor"]
    doctor = scene.place.run(command, {**scene.place.variables, **door.variables})
    assert await gone(doctor) == 1
    told = scene.place.folder / f"process-{len(scene.place.processes) - 1}.log"
    found = json.loads(told.read_text(encoding="utf-8").splitlines()[-1])
    return {one["about"]: one for one in found["error"]["findings"]}
