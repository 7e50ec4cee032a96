"""The register's disk is full while marks come due and people act: with room again all goes on by itself."""

import asyncio
import shutil
from pathlib import Path

import pytest

from directive.message import Act
from tests.degraded.examined import examined
from tests.degraded.scene import UNITS, Place, a_scene
from tests.degraded.small_disk import SmallDisk, a_small_disk, limit
from tests.whole.house import foundation

pytestmark = [
    pytest.mark.xdist_group("degraded"),
    pytest.mark.timeout(180),
    pytest.mark.filterwarnings("default:NO MOUNT HERE"),
]

REGISTER_MIB = 8


async def test_a_full_disk_of_the_register_delays_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await foundation(tmp_path / "house")
    with a_small_disk(tmp_path / "disk", REGISTER_MIB) as disk:
        place = disk.folder if disk else tmp_path
        shutil.copy(house / "register.db", place / "elsewhere.db")
        async with a_scene(
            Place(house, register_url=f"sqlite+aiosqlite:///{place / 'elsewhere.db'}")
        ) as scene:
            worker = scene.place.processes[-1].pid
            if disk:
                disk.fill()
            else:
                limit(worker, (place / "elsewhere.db-wal").stat().st_size)
            said = asyncio.create_task(scene.say("so-a", Act.PROGRESS, id="said-when-full", text="Sắp xong"))
            before = await scene.came_due(scene.life.first)
            for unit in UNITS:
                await scene.waits(unit, 2)
            if disk:
                await is_named(scene.place.variables, monkeypatch, disk)
            assert await scene.lengths() == before, "a full disk adds no events"
            assert not said.done()
            if disk:
                disk.clear()
            else:
                limit(worker, None)
            assert (await said).message == "said-when-full"
            await scene.end()


async def is_named(variables: dict[str, str], monkeypatch: pytest.MonkeyPatch, disk: SmallDisk) -> None:
    """`doctor` says that the disk is full, and what waits."""
    found = await examined(monkeypatch, **variables)
    assert not found["room"].well
    assert found["room"].detail["full"]
    assert str(disk.folder) in found["room"].said
    assert not found["retrying"].well
    assert "full" in found["retrying"].said
