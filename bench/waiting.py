"""What thousands of open tasks cost that nobody acts on: memory, idle processor time, disk.

    python -m bench.waiting [--full] [--json]

2,000 tasks with a worker that caches 1,000 (with --full 20,000 and 5,000), assigned as
`assign` does. Memory of the worker is read when half of the cache is filled, when it is full, and when all
tasks are open: a cached task costs what the second reading has more than the first, and from the second to the third
nothing is to be added. Then nothing happens for a while: idle processor time is that of the server and the worker in
per cent of one core. In the end as many tasks of the bare engine (`bench/plain.py`: one timer, a dataclass) fill a
cache in the same way: what the SDK takes for a cached task by itself.
"""

import asyncio
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from temporalio.client import Client

from bench.frame import Row, options, report, say
from bench.plain import QUEUE, PlainOrder, start
from bench.server import Ground, ground, used
from bench.storm import office
from bench.watch import Meter, Watch, events, notes
from directive.clock import OfficeClock
from directive.due import OFFICE_ZONE, Due, end_of_day
from directive.plan import Plan
from directive.record import DirectiveOrder
from directive.wire import TASK_QUEUE, directive_workflow
from register.plans import save_directory, save_plan
from tests.register.given import plan, planned
from workflows.directive import DirectiveWorkflow

MOST_KIB, MOST_IDLE, FLAT = 60, 5.0, 1.1
MORNING = datetime(2026, 6, 1, 9, tzinfo=OFFICE_ZONE).astimezone(UTC)
DUE = date(2026, 9, 30)
COMMUNES = 125
REST, IDLE = 20.0, 20.0
"""Seconds until everything has come to rest, and of the look at idle processor time."""


class Size(NamedTuple):
    """So many tasks with so large a cache."""

    tasks: int
    cache: int


QUICK, FULL = Size(2_000, 1_000), Size(20_000, 5_000)


class Kept(NamedTuple):
    """A reading of memory, in KiB, with so many tasks open."""

    tasks: int
    worker: int
    server: int


def letter(number: int, each: int) -> Plan:
    """A letter to 125 communes with so many tasks each, all due in months."""
    units = tuple(f"xa-{one:03}" for one in range(COMMUNES))
    due = Due(day=DUE, instant=end_of_day(DUE))
    return plan(*(planned(f"{one + 1}", units, due=due) for one in range(each)), number=f"{number}-CV/ĐU")


async def assigned(house: Ground, seen: Watch, number: int, each: int) -> None:
    """Assign one letter, and wait until its tasks are open."""
    made = letter(number, each)
    await save_plan(house.register, made, office().version)
    order = DirectiveOrder(directive=made.directive.id, digest=made.digest, clock=house.settings.clock)
    name = directive_workflow(made.directive.id)
    await house.client.start_workflow(DirectiveWorkflow.run, order, id=name, task_queue=TASK_QUEUE)
    await seen.until(COMMUNES * each)


def read(house: Ground, tasks: int) -> Kept:
    """Memory now."""
    kept = Kept(tasks, used(house.children["worker"].pid).kib, used(house.server.pid).kib)
    say(f"{kept.tasks} tasks: worker {kept.worker / 1024:.0f} MiB, server {kept.server / 1024:.0f} MiB")
    return kept


def disk(folder: Path, name: str) -> float:
    """What a database has on the disk, its log included, in KiB."""
    return sum(file.stat().st_size for file in folder.glob(f"{name}*")) / 1024


async def measured(size: Size) -> list[Row]:
    """Fill the cache, go on, and rest."""
    async with ground(clock=OfficeClock.starting(MORNING, datetime.now(UTC))) as house:
        await save_directory(house.register, office())
        await house.start_worker(command=("-m", "bench.waiting"), more={"BENCH_CACHE": str(size.cache)})
        data = house.settings.data
        seen = events(data / "register.db", "assigned")
        half, full = size.cache // 2 // COMMUNES, size.cache // COMMUNES
        await assigned(house, seen, 1, half)
        readings = [read(house, half * COMMUNES)]
        await assigned(house, seen, 2, full - half)
        readings.append(read(house, full * COMMUNES))
        engine = disk(data, "temporal.db")
        await assigned(house, seen, 3, size.tasks // COMMUNES - full)
        readings.append(read(house, size.tasks))
        engine = (disk(data, "temporal.db") - engine) / (size.tasks - full * COMMUNES)
        await asyncio.sleep(REST)
        meter = Meter(server=house.server.pid, worker=house.children["worker"].pid)
        await asyncio.sleep(IDLE)
        idle = {name: seconds / IDLE * 100 for name, seconds in meter.seconds().items()}
        seen.close()
        return rows_of(size, readings, idle, engine, disk(data, "register.db") / size.tasks)


async def bare(cache: int) -> Row:
    """What a cached task costs the bare engine's worker, from half of so large a cache to the whole."""
    due = (datetime.now(UTC) + timedelta(days=90)).isoformat()
    orders = [PlainOrder(f"bare-{number}", due) for number in range(cache)]
    async with ground() as house:
        worker = await house.start_worker("plain", ("-m", "bench.plain"), QUEUE)
        client = await Client.connect(house.places.address)
        seen = notes(house.settings.data / "plain.db", "assigned")
        found = []
        for some in (orders[: cache // 2], orders[cache // 2 :]):
            await start(client, some)
            await seen.until(len(some))
            found.append(used(worker.pid).kib)
        seen.close()
    return Row("the bare engine: a cached task", (found[1] - found[0]) / (cache - cache // 2), "KiB")


def rows_of(
    size: Size, readings: list[Kept], idle: dict[str, float], engine: float, register: float
) -> list[Row]:
    """The figures."""
    half, full, every = readings
    each = (full.worker - half.worker) / (full.tasks - half.tasks)
    flat = every.worker / full.worker
    name = f"{size.tasks:,} open, {size.cache:,} cached"
    return [
        Row(f"{name}: worker", every.worker / 1024, "MiB"),
        Row(f"{name}: server", every.server / 1024, "MiB"),
        Row(f"{name}: a cached task", each, "KiB", f"under {MOST_KIB}", each < MOST_KIB),
        Row(f"{name}: worker, all open against cache full", flat, "", f"flat: under {FLAT}", flat < FLAT),
        *(
            Row(
                f"{name}: idle {who}",
                per_cent,
                "% of a core",
                f"near zero: under {MOST_IDLE:.0f}",
                per_cent < MOST_IDLE,
            )
            for who, per_cent in idle.items()
        ),
        Row(f"{name}: the engine's disk", engine, "KiB a task"),
        Row(f"{name}: the register's disk", register, "KiB a task"),
    ]


async def _all(size: Size) -> list[Row]:
    return [*await measured(size), await bare(size.cache)]


async def work() -> None:
    """The worker as it is, but for the size of its cache."""
    import os
    import signal

    import worker
    from desk.cycles import look_seldom
    from desk.engine import connect
    from desk.settings import settings
    from register.open import Register

    look_seldom()
    register = Register.open(settings().register_address)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    cache = int(os.environ["BENCH_CACHE"])
    async with worker.build(await connect(), register, worker.channel(), max_cached_workflows=cache):
        await stop.wait()
    await register.close()


def main() -> None:
    """Measure and report, or be the worker of it."""
    import os

    if "BENCH_CACHE" in os.environ:
        from desk import exit as way_out

        way_out.run(lambda: asyncio.run(work()))
        sys.exit()
    chosen = options(__doc__)
    report("waiting", asyncio.run(_all(FULL if chosen.full else QUICK)), as_json=chosen.json)


if __name__ == "__main__":
    main()
