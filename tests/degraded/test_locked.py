"""Another process holds the register's write lock while marks come due and people act: nothing is lost, all goes on."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from directive.message import Act
from tests.degraded.examined import examined
from tests.degraded.scene import UNITS, Place, a_scene
from tests.whole.house import PATIENCE, foundation

pytestmark = [pytest.mark.xdist_group("degraded"), pytest.mark.timeout(180)]


async def test_a_locked_register_delays_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_scene(Place(await foundation(tmp_path / "house"))) as scene:
        holder = sqlite3.connect(scene.place.folder / "register.db", isolation_level=None, timeout=PATIENCE)
        holder.execute("BEGIN IMMEDIATE")
        said = asyncio.create_task(scene.say("so-a", Act.PROGRESS, id="said-in-the-lock", text="Sắp xong"))
        before = await scene.came_due(scene.life.first)
        for unit in UNITS:
            await scene.waits(unit, 1)
        found = await examined(monkeypatch, **scene.place.variables)
        assert not found["register_write"].well
        assert "bị khóa" in found["register_write"].said
        assert await scene.lengths() == before, "a lock adds no events"
        assert not said.done()
        holder.close()
        assert (await said).message == "said-in-the-lock"
        await scene.end()
