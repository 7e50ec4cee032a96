"""How fast a letter to a whole province goes out: starts/s of `assign` against those of the bare engine.

    python -m bench.fanout [--full] [--json]

`assign` is the real command on the real worker: its plan is `examples/1346-cv-du/plan-129.yaml`, ten tasks to each
of 129 communes; with --full three times, and 166 tasks to each. It counts from the start of the directive's workflow
until the last task stands in the register, with its events, marks, notices and row. The bare engine (`bench/plain.py`)
is told to start as many tasks by the plain client, and counts from the first call until the last task's effect is
committed.
Both take turns on one server; the workers stand by idle for each other.
"""

import asyncio
import os
import re
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select

from bench.frame import Row, median, options, report, say
from bench.plain import QUEUE, PlainOrder, start
from bench.server import Ground, ground
from bench.watch import Meter, Watch, events, notes
from directive.clock import OfficeClock
from directive.due import OFFICE_ZONE
from register.outbox_tables import notices
from register.tables import events as events_table
from tests.whole.house import ROOT
from tests.whole.province import EXAMPLE

GOAL = 0.9
COMMUNES = 129
EACH, EACH_FULL = 10, 166
ROUNDS = {False: 1, True: 3}
"""Turns of each side, in quick sizes and in full ones."""
FAR = "2030-01-01T00:00:00+00:00"
_TASKS = re.compile(r"(?<=\ntasks:\n).*", re.DOTALL)


class Spell(NamedTuple):
    """One fan-out: how long, and what it cost the server and the worker in seconds of processor time."""

    tasks: int
    seconds: float
    server: float
    worker: float
    client: float = 0.0

    @property
    def processor(self) -> float:
        """Seconds of processor time of one start; ours are sent by the worker itself."""
        return (self.server + self.worker + self.client) / self.tasks

    @property
    def rate(self) -> float:
        return self.tasks / self.seconds


def plan_file(folder: Path, number: int, each: int) -> Path:
    """The example's letter under another number, with so many tasks: its ten again and again."""
    text = (EXAMPLE / "plan-129.yaml").read_text("utf-8").replace("998/KH-UBND", f"{number}/KH-UBND")
    ten = _TASKS.search(text)
    assert ten
    blocks = re.split(r"(?=  - code: )", ten[0])[1:]
    more = [
        re.sub(r'code: "\d+"', f'code: "{at + 1}"', blocks[at % len(blocks)], count=1) for at in range(each)
    ]
    file = folder / f"plan-{number}.yaml"
    file.write_text(_TASKS.sub("", text) + "".join(more), "utf-8")
    return file


async def ours(house: Ground, seen: Watch, number: int, each: int) -> Spell:
    """`assign`, as a person types it."""
    file = plan_file(house.settings.data, number, each)
    tasks = COMMUNES * each
    meter = Meter(server=house.server.pid, worker=house.children["worker"].pid)
    words = ["assign", str(file), "--directory", str(EXAMPLE / "directory.yaml"), "--yes", "--json"]
    command = await asyncio.create_subprocess_exec(
        sys.executable,
        str(ROOT / "starter.py"),
        *words,
        env=house.environment(),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    arrived = await seen.until(tasks)
    used = meter.seconds()
    if await command.wait() != 0:
        raise SystemExit("assign has failed")
    directive = arrived[0].id.split(":")[1]
    began = (await house.client.get_workflow_handle(f"directive:{directive}").describe()).start_time
    return Spell(tasks, arrived[-1].at - began.timestamp(), used["server"], used["worker"])


async def bare(house: Ground, seen: Watch, number: int, tasks: int) -> Spell:
    """The plain client, and the plain worker."""
    orders = [PlainOrder(f"plain:{number}:{one}", FAR) for one in range(tasks)]
    meter = Meter(server=house.server.pid, worker=house.children["plain"].pid, client=os.getpid())
    began = time.time()
    _, arrived = await asyncio.gather(start(house.client, orders), seen.until(tasks))
    used = meter.seconds()
    return Spell(tasks, arrived[-1].at - began, used["server"], used["worker"], used["client"])


async def in_turn(house: Ground, each: int, rounds: int, first: int) -> list[tuple[Spell, Spell]]:
    """Bare and ours, one after the other."""
    data = house.settings.data
    ours_seen, bare_seen = events(data / "register.db", "assigned"), notes(data / "plain.db", "assigned")
    done = []
    for turn in range(rounds):
        plain = await bare(house, bare_seen, first + turn, COMMUNES * each)
        say(f"bare: {plain.rate:.1f}/s, {plain.processor * 1000:.1f} CPU ms each")
        full = await ours(house, ours_seen, first + turn, each)
        say(f"ours: {full.rate:.1f}/s, {full.processor * 1000:.1f} CPU ms each")
        done.append((plain, full))
    ours_seen.close()
    bare_seen.close()
    return done


async def lost_or_repeated(house: Ground, tasks: int) -> None:
    """Every task was recorded once, and both who do it and their head are told once. Raises SystemExit."""
    async with house.register.read() as connection:
        kinds = Counter((await connection.execute(select(events_table.c.kind))).scalars().all())
        told = await connection.scalar(
            select(func.count()).select_from(notices).where(notices.c.event == "assigned")
        )
    if kinds != {"assigned": tasks} or told != 2 * tasks:
        raise SystemExit(f"{tasks} tasks, but {dict(kinds)} and {told} notices")


def rows_of(done: list[tuple[Spell, Spell]]) -> list[Row]:
    """The figures of one size."""
    tasks = f"{done[0][1].tasks:,} tasks"
    ratio = median([full.rate / plain.rate for plain, full in done])
    processor = median([plain.processor / full.processor for plain, full in done])

    def each(spells: list[Spell], part: str) -> float:
        return median([getattr(one, part) / one.tasks * 1000 for one in spells])

    bares, ourss = [plain for plain, _ in done], [full for _, full in done]
    return [
        Row(f"{tasks}: bare", median([one.rate for one in bares]), "starts/s"),
        Row(f"{tasks}: assign", median([one.rate for one in ourss]), "starts/s"),
        Row(f"{tasks}: assign against bare", ratio, "", f"at least {GOAL}", ratio >= GOAL),
        Row(f"{tasks}: the same by processor time", processor, ""),
        Row(f"{tasks}: bare, server", each(bares, "server"), "CPU ms each"),
        Row(f"{tasks}: assign, server", each(ourss, "server"), "CPU ms each"),
        Row(f"{tasks}: bare, worker", each(bares, "worker"), "CPU ms each"),
        Row(f"{tasks}: bare, client", each(bares, "client"), "CPU ms each"),
        Row(f"{tasks}: assign, worker", each(ourss, "worker"), "CPU ms each"),
    ]


async def measured(*, full: bool) -> list[Row]:
    """Both sizes, or the small one."""
    issued = datetime(2026, 5, 29, 9, 0, tzinfo=OFFICE_ZONE).astimezone(UTC)
    async with ground(clock=OfficeClock.starting(issued, datetime.now(UTC))) as house:
        await house.start_worker()
        await house.start_worker("plain", ("-m", "bench.plain"), QUEUE)
        await in_turn(house, 1, 1, 100)
        rows = rows_of(await in_turn(house, EACH, ROUNDS[full], 200))
        made = COMMUNES * (1 + ROUNDS[full] * EACH)
        if full:
            rows += rows_of(await in_turn(house, EACH_FULL, 1, 300))
            made += COMMUNES * EACH_FULL
        await lost_or_repeated(house, made)
    return rows


def main() -> None:
    """Measure and report."""
    chosen = options(__doc__)
    report("fanout", asyncio.run(measured(full=chosen.full)), as_json=chosen.json)


if __name__ == "__main__":
    main()
