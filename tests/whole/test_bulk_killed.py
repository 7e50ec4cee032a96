"""One act on hundreds of tasks: killed half-way and repeated, each task is acted on exactly once.

`--communes 129` makes them the 1,290 of a whole province.
"""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from directive.clock import OfficeClock
from directive.due import OFFICE_ZONE, utc
from register.tables import events
from tests.databases import Database
from tests.whole.house import House, Process, a_house, gone, kill, until
from tests.whole.province import NUMBER, province

pytestmark = pytest.mark.timeout(420)

LONG = 200.0
"""A machine that does much else takes minutes for what takes an idle one half of one."""
ISSUED = utc(datetime(2026, 6, 1, 9, 0, tzinfo=OFFICE_ZONE))
NUDGE = ["nudge", "--directive", NUMBER, "--as", "vp-ubnd.cvp", "--text", "Đề nghị khẩn trương"]


def command(house: House, *words: str) -> Process:
    """A command, as a person types it into a script."""
    return house.command(*words, "--json")


def said(house: House, process: Process) -> list[dict[str, Any]]:
    """The lines of JSON that a command wrote; a killed one may have been cut off in the last."""
    log = (house.folder / f"process-{house.processes.index(process)}.log").read_text("utf-8")
    return [json.loads(line) for line in log.splitlines() if line.startswith("{") and line.endswith("}")]


async def nudged(house: House) -> int:
    """How many tasks the register holds as nudged."""
    async with house.register.read() as connection:
        wanted = select(func.count()).select_from(events).where(events.c.kind == "nudged")
        return int(await connection.scalar(wanted) or 0)


async def nudges(house: House) -> Counter[tuple[str, int]]:
    """The nudges, by task and number."""
    async with house.register.read() as connection:
        rows = await connection.execute(
            select(events.c.task, events.c.grade).where(events.c.kind == "nudged")
        )
        return Counter((row.task, row.grade) for row in rows)


async def test_an_act_on_hundreds_of_tasks_killed_half_way_and_repeated_is_done_once_each(
    tmp_path: Path, database: Database, communes: int
) -> None:
    clock = OfficeClock.starting(ISSUED, datetime.now(UTC))
    letter = province(tmp_path, communes)
    many, some_of_them = letter.tasks, letter.tasks // 4
    async with a_house(tmp_path / "house", clock, database.fresh()) as house:
        await house.start_worker()
        assert await gone(command(house, "assign", *letter.words), LONG) == 0, house.logs()

        first = command(house, *NUDGE, "--count", str(many))

        async def some() -> bool:
            assert first.poll() is None, house.logs()
            return await nudged(house) >= some_of_them

        await until(some, "the first nudges", LONG)
        kill(first)
        begun, *_ = said(house, first)
        assert begun["selected"] == many
        assert some_of_them <= await nudged(house) < many

        second = command(house, *NUDGE, "--count", str(many), "--bulk-id", begun["bulk_id"])
        assert await gone(second, LONG) == 0, house.logs()
        again, *_, end = said(house, second)
        assert again["selected"] == many
        assert again["done_before"] >= some_of_them
        assert end == {
            "bulk_id": begun["bulk_id"],
            "done": many - again["done_before"],
            "done_before": again["done_before"],
            "refused": 0,
        }
        once = await nudges(house)
        assert len(once) == many
        assert set(once.values()) == {1}
        assert {number for _, number in once} == {1}

        third = command(house, *NUDGE, "--count", str(many))  # the same day: the id that follows is the same
        assert await gone(third, LONG) == 0, house.logs()
        assert said(house, third)[-1]["done_before"] == many
        assert await nudges(house) == once
