"""The same job on DBOS, what a user would pick instead: lives a second, and what a kill in the middle costs.

    python -m bench.dbos_life [--full] [--json] [--lives 100] [--rounds 2] [--killed 200]

Ours runs as in bench/cycles.py, DBOS as its documents say (bench/dbos_peer.py, in .venv-bench), on SQLite and on a
durable PostgreSQL where Debian's is installed; they take turns. Then both are killed with -9 in the middle of many
lives, started again, and their effects counted: lost where one is missing, repeated where it was carried out twice.
"""

import argparse
import asyncio
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from sqlalchemy import select

from bench.frame import ROOT, Row, median, options, report, say
from bench.lives import Ours, clock, crowd, measured, orders, prepare
from bench.server import Ground, ground, kill
from register.tables import events
from tests import postgres
from tests.whole.house import until

PEER = ROOT / ".venv-bench" / "bin" / "python"
EFFECTS_A_LIFE = 3


class Peer(NamedTuple):
    """DBOS on one database: where its own tables are, and where the effects go."""

    name: str
    system: str
    effects: str

    def command(self, lives: int, run: str) -> list[str]:
        """The command that lives so many; again, it goes on with what is left."""
        sizes = ["--lives", str(lives), "--run", run]
        return [str(PEER), "-m", "bench.dbos_peer", self.system, self.effects, *sizes]

    def measured(self, lives: int, run: str) -> tuple[float, float]:
        """Lives a second, and the milliseconds of its process's time that each took."""
        done = subprocess.run(
            self.command(lives, run), cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True, timeout=600
        )
        found = json.loads(done.stdout.splitlines()[-1])
        return found["rate"], found["cpu"]

    def carried_out(self, run: str) -> Counter[tuple[str, str]]:
        """The effects of a run, and how often each."""
        wanted = f"SELECT id, kind FROM effects WHERE id LIKE '{run}-%' AND id NOT LIKE '{run}-warm-%'"  # noqa: S608 - ours
        if self.effects.startswith("postgresql"):
            with psycopg.connect(self.effects) as session:
                return Counter((str(one), str(kind)) for one, kind in session.execute(wanted.encode()))
        with sqlite3.connect(self.effects) as file:
            return Counter((str(one), str(kind)) for one, kind in file.execute(wanted))


class Killed(NamedTuple):
    """What a kill in the middle cost."""

    lost: int
    repeated: int


@contextmanager
def peers(folder: Path) -> Iterator[list[Peer]]:
    """DBOS on SQLite, and on PostgreSQL where it is installed."""
    found = [Peer("DBOS on SQLite", f"sqlite:///{folder / 'system.db'}", str(folder / "effects.db"))]
    with ExitStack() as stack:
        binaries = postgres.binaries()
        if binaries:
            cluster = stack.enter_context(postgres.cluster(binaries, durable=True))
            for name in ("dbos", "effects"):
                cluster.say(f"CREATE DATABASE {name}")
            system, effects = (cluster.url(name).replace("+psycopg", "") for name in ("dbos", "effects"))
            found.append(Peer("DBOS on PostgreSQL", system, effects))
        yield found


async def in_turns(
    place: Ground, others: list[Peer], lives: int, rounds: int
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Lives a second and processor time of each, by name."""
    rates: dict[str, list[float]] = {"ours": [], **{one.name: [] for one in others}}
    spent: dict[str, list[float]] = {name: [] for name in rates}
    ours = Ours(place.client, place.settings.clock)
    for turn in range(-1, rounds):
        count = lives if turn >= 0 else 20
        made = await orders(place.register, place.settings.clock, count, f"{turn + 2}-CV/ĐU")
        mine = await measured(place, "worker", [partial(ours.live, one) for one in made])
        found = {"ours": (mine.rate, mine.cpu)}
        if turn >= 0:
            for other in others:  # warms up by itself
                found[other.name] = await asyncio.to_thread(other.measured, count, f"turn{turn}")
            for name, (rate, cpu) in found.items():
                rates[name].append(rate)
                spent[name].append(cpu)
        say(", ".join(f"{name} {rate:.1f}/s {cpu:.0f} ms" for name, (rate, cpu) in found.items()))
    return rates, spent


async def killed_ours(place: Ground, lives: int) -> Killed:
    """Kill the worker when half of the effects are written, start it again, and count."""
    ours = Ours(place.client, place.settings.clock)
    made = await orders(place.register, place.settings.clock, lives, "900-CV/ĐU")
    living = asyncio.create_task(crowd([partial(ours.live, one) for one in made]))
    ids = {one.task.id for one in made}

    async def half() -> bool:
        return len(await _written(place, ids)) >= EFFECTS_A_LIFE * lives // 2

    await until(half, "half of the effects", 300)
    await kill(place.children["worker"])
    await place.start_worker("worker again")
    await asyncio.wait_for(living, 300)
    counted = Counter(await _written(place, ids))
    wanted = {(one, kind) for one in ids for kind in ("assigned", "reported", "approved")}
    return _cost(wanted, counted)


async def _written(place: Ground, ids: set[str]) -> list[tuple[str, str]]:
    async with place.register.read() as connection:
        rows = await connection.execute(select(events.c.task, events.c.kind))
        return [(row.task, row.kind) for row in rows if row.task in ids]


async def killed_peer(other: Peer, lives: int) -> Killed:
    """The same for DBOS: the process is killed, and the same command goes on."""
    process = subprocess.Popen(  # noqa: ASYNC220 - nobody waits beside
        other.command(lives, "killed"), cwd=ROOT, stdout=subprocess.DEVNULL
    )
    try:

        async def half() -> bool:
            assert process.poll() is None, f"{other.name} has ended before it was killed"
            try:
                return other.carried_out("killed").total() >= EFFECTS_A_LIFE * lives // 2
            except (sqlite3.OperationalError, psycopg.Error):  # its table is not there yet
                return False

        await until(half, "half of the effects", 300)
    finally:
        process.kill()
        process.wait()
    await asyncio.to_thread(other.measured, lives, "killed")
    wanted = {(f"killed-{one}", kind) for one in range(lives) for kind in ("started", "reported", "approved")}
    return _cost(wanted, other.carried_out("killed"))


def _cost(wanted: set[tuple[str, str]], counted: Counter[tuple[str, str]]) -> Killed:
    return Killed(sum(one not in counted for one in wanted), sum(many - 1 for many in counted.values()))


async def main() -> int:
    """Measure and tell; 1 where ours has lost or repeated an effect."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lives", type=int, default=0, help="lives a turn (100; 300 with --full)")
    parser.add_argument("--rounds", type=int, default=0, help="turns of each (2; 5 with --full)")
    parser.add_argument(
        "--killed", type=int, default=0, help="lives in which it is killed (100; 500 with --full)"
    )
    chosen = options(__doc__, parser)
    if not PEER.exists():
        say("DBOS is not installed: `make .venv-bench/.locked`")
        return 2
    lives = chosen.lives or (300 if chosen.full else 100)
    rounds = chosen.rounds or (5 if chosen.full else 2)
    killed = chosen.killed or (500 if chosen.full else 100)
    os.environ["DBOS__TELEMETRY"] = "off"
    costs: dict[str, Killed] = {}
    with tempfile.TemporaryDirectory(prefix="dd-dbos-") as name, peers(Path(name)) as others:
        async with ground(clock=clock()) as place:
            await place.start_worker()
            await prepare(place.register)
            rates, spent = await in_turns(place, others, lives, rounds)
            costs["ours"] = await killed_ours(place, killed)
        for other in others:
            costs[other.name] = await killed_peer(other, killed)
    sizes: dict[str, Any] = {"lives": lives, "rounds": rounds, "killed": killed}
    report("dbos", rows(rates, spent, costs), sizes, as_json=chosen.json)
    return 1 if costs["ours"] != Killed(0, 0) else 0


def rows(rates: dict[str, list[float]], spent: dict[str, list[float]], costs: dict[str, Killed]) -> list[Row]:
    """Rates, ratios turn by turn, and the cost of a kill."""
    made = [Row(name, median(found), "lives/s") for name, found in rates.items()]
    for name in rates:
        if name != "ours":
            ratio = median([mine / other for mine, other in zip(rates["ours"], rates[name], strict=True)])
            made.append(Row(f"ours / {name}", ratio, "", "ahead: above 1", ratio > 1))
    made += [
        Row(f"{name}: processor time{_without(name)}", median(found), "ms a life")
        for name, found in spent.items()
    ]
    for name, cost in costs.items():
        goal, met = ("0 / 0", cost == Killed(0, 0)) if name == "ours" else (None, None)
        made.append(
            Row(f"{name}: killed, lost / repeated", f"{cost.lost} / {cost.repeated}", "effects", goal, met)
        )
    return made


def _without(name: str) -> str:
    return ", without that of the database" if name.endswith("PostgreSQL") else ""


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
