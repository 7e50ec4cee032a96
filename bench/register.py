"""How long the board, the summary and the report take: on SQLite and on PostgreSQL, with up to a million events.

    python -m bench.register [--full] [--only sqlite|postgresql] [--keep URL …] [--json]

A province's register is made straight into a SQLite file and a PostgreSQL of its own: some really recorded lives,
copied (`bench/history.py`). 100,000 events with 2,100 open tasks; with `--full` 1,000,000 and 21,400, the province's
letters of four years. `--keep` makes a register where it says, or uses again what an earlier run has made there. The
figure is the median of calls after a first one that has warmed up; the processor time of this process stands beside
it, which on SQLite is nearly all of it, of two threads in a report. Python looks for cycles and lets threads take turns
as in the process that serves the page. Pages are whole: from the request to the last byte. PostgreSQL is as it comes.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from datetime import date

import httpx
from sqlalchemy import func, select

from answers.app import build
from answers.cookies import SESSION
from answers.house import House
from bench.frame import Row, options, report, say
from bench.history import make_register
from bench.lived import NOW
from bench.office import province
from desk.cycles import look_seldom
from desk.searching import search_words
from desk.turns import take_short_turns
from register.board import BoardAsked, View, board
from register.freshness import mark_of
from register.models import TaskFilter
from register.open import Register
from register.pages import Place, Sort
from register.report import draw
from register.summary import Period, summary
from register.tables import events
from tests.answers.conftest import PAGE, SECRET, no_engine, session_for
from tests.postgres import binaries, cluster

GOAL_MS = 300
SIZES = {False: (100_000, 2_141, 9), True: (1_000_000, 21_414, 9)}
"""Events, open tasks and calls of each kind; `--full` the second."""
OPEN = TaskFilter(open_only=True)
PERIODS = {
    "the month": Period(first=date(2026, 7, 1), last=date(2026, 7, 31)),
    "last quarter": Period(first=date(2026, 4, 1), last=date(2026, 6, 30)),
    "last year": Period(first=date(2025, 1, 1), last=date(2025, 12, 31)),
    "all years": Period(),
}

Call = Callable[[], Awaitable[object]]


def asked(view: View, sort: Sort = Sort.DUE, number: int = 1, typed: str = "") -> BoardAsked:
    """A board over all open tasks."""
    chosen = OPEN.model_copy(update={"search": search_words(typed, province())})
    return BoardAsked(chosen, view, Place(number, sort))


def calls(register: Register, browser: httpx.AsyncClient, tag: str) -> Iterator[tuple[str, Call]]:
    """What is measured; the register's own boards hold the counts, a page and how many each list has."""
    boards = {
        "board: counts and the overdue": asked(View.LATE, Sort.LATE),
        "board: counts and all tasks, page 40": asked(View.TASKS, number=40),
        "board: a search, «khoa học công nghệ»": asked(View.TASKS, typed="khoa học công nghệ"),
    }
    for name, one in boards.items():
        yield name, lambda one=one: board(register, one, NOW)  # type: ignore[misc]
    yield "board: has anything changed?", lambda: mark_of(register, NOW)
    for name, period in PERIODS.items():
        yield f"summary by unit, {name}", lambda period=period: summary(register, "unit", period, NOW)  # type: ignore[misc]
    for name, period in PERIODS.items():
        yield f"report, {name}", lambda period=period: draw(register, period, NOW, office="vp")  # type: ignore[misc]
    pages = {
        "page: the board": "/bang",
        "page: the board of a unit": "/bang?view=tasks&unit=xa-010",
        "page: a search": "/bang?view=tasks&q=khoa+hoc",
        "page: the report of the month": "/bao-cao",
        "page: the report of last year": "/bao-cao?ky=2025",
    }
    for name, path in pages.items():
        yield name, lambda path=path: browser.get(path)  # type: ignore[misc]
    unchanged = {"If-None-Match": tag}
    yield "page: nothing has changed (304)", lambda: browser.get("/bang/phan", headers=unchanged)


async def measured(register: Register, runs: int) -> dict[str, tuple[float, float]]:
    """Milliseconds by name: the median of the wall clock, and of processor time of this process."""
    house = House(register, no_engine, SECRET, PAGE, now=lambda: NOW)  # type: ignore[arg-type]
    transport = httpx.ASGITransport(build(house))
    found = {}
    async with httpx.AsyncClient(transport=transport, base_url=PAGE) as browser:
        browser.cookies.set(SESSION, await session_for(house, "head-vp"), domain="page.test")
        tag = (await browser.get("/bang/phan")).headers["ETag"]
        for name, call in calls(register, browser, tag):
            answer = await call()
            assert not isinstance(answer, httpx.Response) or answer.status_code in (200, 304), name
            walls, processor = zip(*[await _timed(call) for _ in range(runs)], strict=True)
            found[name] = (statistics.median(walls), statistics.median(processor))
            say(f"  {name:44}{found[name][0]:8.0f}{found[name][1]:8.0f} ms")
    return found


async def _timed(call: Call) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    await call()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000


async def one_register(url: str, many: int, open_tasks: int, runs: int) -> tuple[int, list[Row]]:
    """How many events there are, and the rows of one database."""
    await _made(url, many, open_tasks)
    register = Register.open(url)
    try:
        there = await _events(register)
        say(f"{register.dialect}, {there:,} events: wall and processor")
        found = await measured(register, runs)
    finally:
        await register.close()
    goal = f"under {GOAL_MS}"
    rows = [
        Row(f"{register.dialect}: {name}", wall, f"ms ({cpu:.0f} processor)", goal, wall < GOAL_MS)
        for name, (wall, cpu) in found.items()
    ]
    return there, rows


async def _made(url: str, many: int, open_tasks: int) -> None:
    """Make it where it is not there; closed again, a SQLite file has no long log beside it."""
    register = Register.open(url)
    try:
        await register.migrate()
        if not await _events(register):
            start = time.perf_counter()
            made = await make_register(register, open_tasks, many)
            say(f"{register.dialect}: {made} made in {time.perf_counter() - start:.0f} s")
    finally:
        await register.close()


async def _events(register: Register) -> int:
    async with register.read() as connection:
        return int(await connection.scalar(select(func.count()).select_from(events)) or 0)


def _new(opened: ExitStack, folder: str, only: str | None) -> Iterator[str]:
    """Registers of this run alone: a file, and a database of a PostgreSQL where it is installed."""
    if only != "postgresql":
        yield f"sqlite+aiosqlite:///{folder}/register.db"
    found = binaries()
    if found and only != "sqlite":
        running = opened.enter_context(cluster(found, durable=True))
        running.say("CREATE DATABASE bench")
        running.say(
            "ALTER DATABASE bench SET synchronous_commit = off"
        )  # it is quicker made, and only read then
        yield running.url("bench")


def main() -> int:
    """Print the figures of every database that is installed here."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--keep", nargs="+", default=[], metavar="URL", help="registers to make or to use again"
    )
    parser.add_argument("--only", choices=("sqlite", "postgresql"), help="one of the two")
    chosen = options(__doc__, parser)
    look_seldom()
    take_short_turns()
    rows: list[Row] = []
    more: dict[str, int] = {}
    with ExitStack() as opened:
        folder = opened.enter_context(tempfile.TemporaryDirectory(prefix="dd-bench-"))
        urls: list[str] = chosen.keep or list(_new(opened, folder, chosen.only))
        for url in urls:
            there, figures = asyncio.run(one_register(url, *SIZES[chosen.full]))
            more[f"events in {url.partition('+')[0]}"] = there
            rows += figures
    report("register", rows, more, as_json=chosen.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
