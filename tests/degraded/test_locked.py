"""Another process holds the register's write lock while marks come due and people act: nothing is lost, all goes on."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from desk import send
from desk.exit import Code, Stop
from directive.message import Act
from directive.record import Receipt
from tests.degraded.examined import examined
from tests.degraded.scene import UNITS, Place, a_scene
from tests.register.given import plan, planned
from tests.whole.house import PATIENCE, foundation
from tests.whole.living import living

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


async def test_who_acts_meanwhile_is_not_left_waiting_for_ever_and_the_act_counts_once(
    tmp_path: Path, in_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine has let the act in, so the SDK would ask for its end for as long as the lock is held."""
    async with living(tmp_path, in_file, plan(planned("1"))) as house:
        (task,) = house.tasks.values()
        holder = sqlite3.connect(tmp_path / "register.db", isolation_level=None, timeout=PATIENCE)
        holder.execute("BEGIN IMMEDIATE")
        said = house.message("P-1", Act.PROGRESS, "officer-so-a", "officer:so-a", text="Sắp xong")
        with monkeypatch.context() as hurried:
            hurried.setattr(send, "PATIENCE", 3.0)
            told = await house.say(task, said)
        assert isinstance(told, Stop)
        assert (told.code, told.kind) == (Code.UNREACHABLE, "not_recorded_yet")
        assert "P-1" in told.remedy
        holder.close()
        assert isinstance(await house.say(task, said), Receipt)
        assert await house.kinds(task) == ["assigned", "progressed"]
