"""`python -m tests.survive [--kills 200] [--seed 1] [--postgres]`: burn houses until so many processes were killed.

Each run is a story of fifty tasks on the real server, of a seed of its own. With `--kills 0` one run in which nobody
dies is compared with the undisturbed story, which is derived. Exit code 0 where every house has survived, 1 where
something was lost, doubled or out of order, or where even slower days left no time to recover: then nothing is shown.
The folder is kept and named.
"""

import argparse
import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import binaries, cluster
from tests.survive.run import Outcome, Tell, Wish, run

SLOWER = 2
ATTEMPTS = 3

Fresh = Callable[[], str]
"""The address of a register that nobody has written to; empty: a file in the house."""


def told(outcome: Outcome) -> str:
    """A run in one paragraph."""
    killed = ", ".join(f"{name} {count}" for name, count in sorted(outcome.kills.items())) or "nobody"
    return (
        f"  {outcome.kills.total()} killed ({killed}) in {outcome.seconds:.0f} s; {outcome.causes} causes, "
        f"{outcome.merged} of them merged by the outage rule, {outcome.notices} notices in "
        f"{outcome.messages} messages, "
        f"{outcome.repeats} of which may have gone out twice"
    )


async def patiently(
    folder: Path, wish: Wish, tell: Tell, fresh: Fresh = lambda: "", attempt: int = 1
) -> Outcome:
    """A run; where a recovery lasted longer than a day of the office, the same with days twice as long.

    Each attempt has a house and a register of its own. After three the last one's outcome, whatever it is.
    """
    outcome = await run(folder / str(attempt), wish._replace(register_url=fresh()), tell)
    if attempt == ATTEMPTS or not outcome.late or outcome.wrong:
        return outcome
    tell(f"  a recovery lasted longer than a day of {outcome.day:.0f} s; again with longer days")
    slower = wish._replace(shortest=outcome.day * SLOWER)
    return await patiently(folder, slower, tell, fresh, attempt + 1)


def wrong_with(outcome: Outcome) -> list[str]:
    """Everything that is wrong with a run; a house that never was in time has not shown anything."""
    return outcome.wrong or [f"late: {one}" for one in outcome.late]


@contextmanager
def _registers(on_postgres: bool) -> Iterator[Fresh]:
    """Where the registers are; a database of PostgreSQL each where that is asked for."""
    if not on_postgres:
        yield lambda: ""
        return
    found = binaries()
    if found is None:
        raise SystemExit("PostgreSQL is not installed: Debian's package `postgresql`")
    with cluster(found) as running:
        yield lambda: running.url(running.empty())


def burn(chosen: argparse.Namespace) -> int:
    """Run after run until enough were killed; 0 where every house has survived."""
    began, killed, seed = time.monotonic(), 0, chosen.seed
    with _registers(chosen.postgres) as fresh:
        while True:
            folder = Path(tempfile.mkdtemp(prefix=f"dondoc-survive-{seed}-"))
            wish = Wish(seed, chosen.apart if chosen.kills else 0.0)
            say(f"seed {seed}, in {folder}")
            outcome = asyncio.run(patiently(folder, wish, lambda line: say(f"  {line}"), fresh))
            killed, seed = killed + outcome.kills.total(), seed + 1
            say(told(outcome))
            if wrong := wrong_with(outcome):
                say("\n".join(f"  {one}" for one in wrong))
                verdict = (
                    "NOT SURVIVED" if outcome.wrong else "NOT SHOWN, a recovery lasted longer than a day"
                )
                say(f"{verdict}: seed {outcome.wish.seed}, everything is kept in {folder}")
                return 1
            shutil.rmtree(folder)
            say(f"  the same causes, each once, in a lawful order: {killed} of {chosen.kills} killed")
            if killed >= chosen.kills:
                break
    say(f"SURVIVED: {killed} killed in {seed - chosen.seed} runs, {time.monotonic() - began:.0f} s")
    return 0


def say(line: str) -> None:
    """Tell whoever watches, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.survive", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="how many processes to kill (200)")
    parser.add_argument("--seed", type=int, default=1, help="the first run's seed (1); each run counts on")
    parser.add_argument("--apart", type=float, default=2.0, help="seconds between two kills, on average (2)")
    parser.add_argument("--postgres", action="store_true", help="the register on PostgreSQL")
    return burn(parser.parse_args())


if __name__ == "__main__":
    raise SystemExit(main())
