"""The clock of a door's host is wrong: the engine's decides, what runs ahead is set right or refused, nothing is lost.

`doctor` runs under libfaketime, and acts carry the instants of a door whose clock is ahead; this machine's clock is
never stepped. A worker's clock is not stepped here: libfaketime stalls its threads. Activities and workflows read none
(the linter forbids it). The engine's cannot be: its program asks the kernel past every library.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from directive.message import Act
from directive.moves import SKEW
from directive.refusal import Reason
from tests.degraded.lives import SHORT
from tests.degraded.scene import Place, Scene, a_scene
from tests.postgres import must_be_there
from tests.whole.house import ROOT, foundation, gone

pytestmark = [pytest.mark.xdist_group("degraded"), pytest.mark.timeout(180)]

MINUTES = 10


@pytest.fixture
def library() -> str:
    """libfaketime, which shows a process another time."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    if not found:
        assert not must_be_there(), "libfaketime is not installed: apt-get install faketime"
        pytest.skip("libfaketime is not installed (apt-get install faketime)")
    return str(found[0])


async def test_doors_whose_clock_is_wrong_are_set_right_or_refused_and_doctor_names_them(
    tmp_path: Path, library: str
) -> None:
    place = Place(await foundation(tmp_path / "house"))
    async with a_scene(place) as scene:
        await doors_that_run_ahead(scene)
        for ahead in (MINUTES * 60, -MINUTES * 60):
            clock = (await doctor_at(scene, library, ahead))["clock_engine"]
            assert clock["seconds"] == pytest.approx(ahead, abs=60)
            assert not clock["well"]
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


async def doctor_at(scene: Scene, library: str, ahead: int) -> dict[str, dict[str, Any]]:
    """What `doctor` says on a host whose clock is so many seconds ahead."""
    there = {"LD_PRELOAD": library, "FAKETIME": f"{ahead:+d}", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    command = [sys.executable, str(ROOT / "starter.py"), "--json", "doctor"]
    doctor = scene.place.run(command, {**scene.place.variables, **there})
    assert await gone(doctor) == 1
    told = scene.place.folder / f"process-{len(scene.place.processes) - 1}.log"
    found = json.loads(told.read_text(encoding="utf-8"))
    return {one["about"]: one for one in found["error"]["findings"]}
