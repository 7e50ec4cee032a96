"""PostgreSQL is down for more than two days of the office: no event is added, and every mark is settled after."""

import asyncio
from datetime import datetime
from pathlib import Path

import pytest

from directive.due import OFFICE_ZONE, utc
from directive.event import EventKind
from register.open import Register
from register.reading import events
from tests import postgres
from tests.degraded.examined import examined
from tests.degraded.lives import LONG
from tests.degraded.scene import UNITS, Place, Scene, a_scene

pytestmark = [pytest.mark.xdist_group("degraded-cut"), pytest.mark.timeout(180)]

FRIDAY_NOON = utc(datetime(2026, 7, 17, 12, tzinfo=OFFICE_ZONE))
"""Three days after the first of the marks that nobody can record, when all of the reminders have come due."""


@pytest.fixture
def found() -> Path:
    """PostgreSQL's programs."""
    programs = postgres.binaries()
    if programs is None:
        assert not postgres.must_be_there(), "PostgreSQL is not installed: apt-get install postgresql"
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    return programs


async def test_two_days_without_postgresql_add_no_events_and_lose_no_mark(
    tmp_path: Path, found: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with postgres.cluster(found) as cluster:
        register = Register.open(cluster.url("postgres"))
        await register.migrate()
        await register.close()
        async with a_scene(Place(tmp_path, register_url=cluster.url("postgres")), LONG) as scene:
            await asyncio.to_thread(cluster.stop)
            before = await scene.came_due(LONG.first)
            for unit in UNITS:
                await scene.waits(unit, 2)
            named = await examined(monkeypatch, **scene.place.variables)
            assert not named["register"].well
            assert "PostgreSQL" in named["register"].said
            assert not named["retrying"].well
            await scene.passes(FRIDAY_NOON)
            assert await scene.lengths() == before, "an outage adds no events, however long it lasts"
            await asyncio.to_thread(cluster.start)
            await scene.end()
            for unit in UNITS:
                await names_what_was_superseded(scene, unit)


async def names_what_was_superseded(scene: Scene, unit: str) -> None:
    """Of the marks that came due together the newest was taken, and each of the others says so.

    The reminder of the day itself is the newest, or level 1, where the engine tried again only after the weekend.
    """
    told = {event.id: event for event in await events(scene.place.register, scene.tasks[unit].id)}
    superseded = [event for event in told.values() if event.kind is EventKind.SUPERSEDED]
    merged = [event.id for event in superseded]
    newest = {event.reason for event in superseded}
    assert merged in (["c1.remind.-1w"], ["c1.remind.-1w", "c1.remind.0w"]), "recorded after the newest"
    assert newest == {"c1.remind.0w" if len(merged) == 1 else "c1.level.1"}
