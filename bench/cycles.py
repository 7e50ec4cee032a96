"""What we cost over the bare engine: life cycles a second, ours and a bare hand-written workflow in turns.

    python -m bench.cycles [--full] [--json] [--lives 150] [--rounds 3]

One life: start, wait with a timer, report (an update whose effect is recorded remotely and waited for), approve (the
same). The bare workflow (bench/bare.py) is as durable: the same calls, as many commits. One server, a worker process
of each.
"""

import argparse
import asyncio
from collections import Counter
from functools import partial

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from bench.bare import QUEUE
from bench.frame import Row, median, options, report, say
from bench.lives import Bare, Measured, Ours, clock, events_of, jobs, measured, orders, prepare
from bench.server import Ground, ground

GOAL = 0.8


async def compared(place: Ground, lives: int, rounds: int) -> tuple[list[Measured], list[Measured]]:
    """Both in turns; a first short round of each warms up."""
    await prepare(place.register)
    ours = Ours(place.client, place.settings.clock)
    bare_client = await Client.connect(place.places.address, data_converter=pydantic_data_converter)
    bare = Bare(bare_client)
    found: tuple[list[Measured], list[Measured]] = [], []
    for turn in range(-1, rounds):
        count = lives if turn >= 0 else lives // 3
        made = await orders(place.register, place.settings.clock, count, f"{turn + 2}-CV/ĐU")
        mine = await measured(place, "worker", [partial(ours.live, one) for one in made])
        plain = await measured(place, "bare", [partial(bare.live, one) for one in jobs(count, str(turn))])
        say(f"ours {mine.rate:.1f}/s {mine.cpu:.0f} ms, bare {plain.rate:.1f}/s {plain.cpu:.0f} ms")
        if turn >= 0:
            found[0].append(mine)
            found[1].append(plain)
    return found


async def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lives", type=int, default=0, help="lives a round (150; 500 with --full)")
    parser.add_argument("--rounds", type=int, default=0, help="rounds of each (3; 7 with --full)")
    chosen = options(__doc__, parser)
    lives = chosen.lives or (500 if chosen.full else 150)
    rounds = chosen.rounds or (7 if chosen.full else 3)
    async with ground(clock=clock()) as place:
        await place.start_worker()
        await place.start_worker("bare", ("-m", "bench.bare_worker"), QUEUE)
        ours, bare = await compared(place, lives, rounds)
        one = (await orders(place.register, place.settings.clock, 1, "9-CV/ĐU"))[0]
        await Ours(place.client, place.settings.clock).live(one)
        alone = jobs(1, "alone")[0]
        await Bare(place.client).live(alone)
        histories = {
            "ours": await events_of(place.client, one.task.id),
            "bare": await events_of(place.client, alone.id),
        }
    report("cycles", rows(ours, bare, histories), {"lives": lives, "rounds": rounds}, as_json=chosen.json)


def rows(ours: list[Measured], bare: list[Measured], histories: dict[str, Counter[str]]) -> list[Row]:
    """Rates, ratios and what a life took."""
    ratio = median([mine.rate / plain.rate for mine, plain in zip(ours, bare, strict=True)])
    made = [
        Row("ours", median([one.rate for one in ours]), "lives/s"),
        Row("bare, equally durable", median([one.rate for one in bare]), "lives/s"),
        Row("ours / bare", ratio, "", f"at least {GOAL}", ratio >= GOAL),
        Row(
            "ours / bare, by processor time",
            median([plain.cpu / mine.cpu for mine, plain in zip(ours, bare, strict=True)]),
        ),
    ]
    for name, runs in (("ours", ours), ("bare", bare)):
        made += [
            Row(f"{name}: {process}", median([getattr(one, process) for one in runs]), "ms CPU a life")
            for process in ("server", "worker", "client")
        ]
        history = histories[name]
        made.append(Row(f"{name}: events", sum(history.values()), "a life"))
        made.append(Row(f"{name}: workflow tasks", history["WORKFLOW_TASK_COMPLETED"], "a life"))
        made.append(Row(f"{name}: commits of effects", 3, "a life"))
    return made


if __name__ == "__main__":
    asyncio.run(main())
