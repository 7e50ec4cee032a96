"""What the disturbed runs are compared with: the same lives without a disturbance."""

import asyncio
from pathlib import Path

import pytest

from tests.degraded.lives import LONG, SHORT, Life
from tests.degraded.scene import Place, a_scene
from tests.whole.house import foundation

pytestmark = [pytest.mark.xdist_group("degraded"), pytest.mark.timeout(180)]


async def test_an_undisturbed_life_has_just_these_causes(tmp_path: Path) -> None:
    places = [await foundation(tmp_path / name) for name in ("short", "long")]
    await asyncio.gather(*(lived(place, life) for place, life in zip(places, (SHORT, LONG), strict=True)))


async def lived(folder: Path, life: Life) -> None:
    """From the assignment to the approval."""
    async with a_scene(Place(folder), life) as scene:
        await scene.end()
