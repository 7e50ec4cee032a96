"""What each lever is worth: the same lives with it and without, in turns.

    python -m bench.levers [--full] [--json] [--lives 40] [--rounds 2] [--only WORD]

Most levers are pulled on the bare workflow (bench/bare.py), so that nothing of ours hides them; each has a server of
its own beside the one that is as it comes. A value is the rate with the lever over the rate without, and what it takes
from a life or adds to it in milliseconds of processor time of server and worker.
"""

import argparse
import asyncio
from contextlib import AsyncExitStack
from functools import partial
from typing import Any, NamedTuple

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from bench.bare import QUEUE
from bench.frame import Row, median, options, report, say
from bench.lives import Bare, Life, Measured, Ours, clock, jobs, measured, orders, prepare
from bench.server import Ground, ground

DYNAMIC = "--dynamic-config-value"
PAYLOAD = 4_000
"""Characters: as much as a task's order, and as the register's answer with all marks ahead."""


class Lever(NamedTuple):
    """One thing that is otherwise on one side."""

    what: str
    ours: bool = False
    worker: str = ""
    environment: dict[str, str] = {}
    flags: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    """Flags of the server that are left out, each with its value."""
    job: dict[str, Any] = {}


LEVERS = (
    Lever("server: GOGC=100, not 400", environment={"GOGC": "100"}),
    Lever("server: synchronous=1, not 2 (a power cut takes the last)", flags=("--sqlite-pragma", "synchronous=1"),
          without=("synchronous=2",)),
    Lever("server: journal as it comes, not WAL", without=("journal_mode=wal",)),
    Lever("worker: no eager activities", worker="no_eager"),
    Lever("worker: no sandbox", worker="unsandboxed"),
    Lever("worker: the workflow's own file imported anew for each", worker="import_anew"),
    Lever("worker: 5 pollers of each kind, not autoscaling", worker="fixed_pollers"),
    Lever("payloads as large as ours", job={"work": "x" * PAYLOAD, "answers": PAYLOAD}),
    Lever("messages recorded locally (a crash forgets)", job={"local": True}),
    Lever("ours: a commit for each record", ours=True, worker="commit_each"),
    Lever("ours: threads take turns every 5 ms, not every one", ours=True, worker="turns_of_python"),
    Lever("ours: all packed with gzip, though the server is beside it", ours=True, worker="packed"),
    Lever("ours: cycles looked for as often as Python does", ours=True, worker="cycles_of_python"),
)  # fmt: skip


class Side(NamedTuple):
    """A ground with its worker, and how lives are made on it."""

    place: Ground
    lever: Lever | None
    ours: bool

    async def lives(self, count: int, turn: int) -> list[Life]:
        """So many."""
        if self.ours:
            made = await orders(self.place.register, self.place.settings.clock, count, f"{turn + 2}-CV/ĐU")
            return [partial(Ours(self.place.client, self.place.settings.clock).live, one) for one in made]
        client = await Client.connect(self.place.places.address, data_converter=pydantic_data_converter)
        pulled = self.lever.job if self.lever else {}
        return [partial(Bare(client).live, one) for one in jobs(count, str(turn), **pulled)]


async def side(stack: AsyncExitStack, lever: Lever, *, pulled: bool) -> Side:
    """The server and the worker of one side."""
    adapt = partial(_pull, lever) if pulled else None
    place = await stack.enter_async_context(ground(clock=clock(), adapt=adapt))
    environment = {"BENCH_LEVERS": lever.worker if pulled else ""}
    if lever.ours:
        await prepare(place.register)
        await place.start_worker("lives", ("-m", "bench.lever_worker"), more=environment)
    else:
        await place.start_worker("lives", ("-m", "bench.bare_worker"), QUEUE, environment)
    return Side(place, lever if pulled else None, lever.ours)


def _pull(lever: Lever, place: Ground) -> None:
    """Start the server otherwise."""
    server = place.server
    for value in lever.without:
        at = server.command.index(value)
        del server.command[at - 1 : at + 1]
    server.command += lever.flags
    server.environment.update(lever.environment)


async def worth(lever: Lever, lives: int, rounds: int) -> list[Row]:
    """Both sides in turns."""
    found: dict[bool, list[Measured]] = {True: [], False: []}
    async with AsyncExitStack() as stack:
        sides = {pulled: await side(stack, lever, pulled=pulled) for pulled in (False, True)}
        for turn in range(-1, rounds):
            for pulled, one in sides.items():
                made = await one.lives(lives if turn >= 0 else lives // 2, turn)
                run = await measured(one.place, "lives", made)
                if turn >= 0:
                    found[pulled].append(run)
    pairs = list(zip(found[True], found[False], strict=True))
    say(f"{lever.what}: {[round(one.rate / other.rate, 2) for one, other in pairs]}")
    return [
        Row(f"{lever.what}: rate", median([one.rate / other.rate for one, other in pairs]), "times"),
        Row(
            f"{lever.what}: server",
            median([one.server - other.server for one, other in pairs]),
            "ms CPU a life",
        ),
        Row(
            f"{lever.what}: worker",
            median([one.worker - other.worker for one, other in pairs]),
            "ms CPU a life",
        ),
    ]


async def main() -> None:
    """Pull them all, one after the other."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lives", type=int, default=0, help="lives a turn (40; 150 with --full)")
    parser.add_argument("--rounds", type=int, default=0, help="turns of each side (2; 5 with --full)")
    parser.add_argument("--only", default="", help="levers with this word")
    chosen = options(__doc__, parser)
    lives, rounds = chosen.lives or (150 if chosen.full else 40), chosen.rounds or (5 if chosen.full else 2)
    made: list[Row] = []
    for lever in LEVERS:
        if chosen.only in lever.what:
            made += await worth(lever, lives, rounds)
    report("levers", made, {"lives": lives, "rounds": rounds}, as_json=chosen.json)


if __name__ == "__main__":
    asyncio.run(main())
