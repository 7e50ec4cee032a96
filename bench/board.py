"""How long the board takes: counts, a page, the overdue list, a search, a look for changes, and the page as a whole.

    python -m bench.board [--tasks 21000] [--runs 9] [--keep FILE] [--json]

A register of a province is made straight into a SQLite file (an existing FILE of an earlier run is used again) and,
where DONDOC_BENCH_PG names one, into an empty PostgreSQL database. Times are milliseconds of one call after a first one
has warmed up: the smallest and the median of the runs, and the least of processor time that this process took (with
SQLite all there is), which a busy machine hardly changes. The goal is 300 ms for the whole page with 21,000 open tasks.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx

from answers.app import build
from answers.cookies import SESSION
from answers.house import House
from bench.office import NOW, make_office, province
from desk.searching import search_words
from register.board import BoardAsked, View, board
from register.freshness import mark_of
from register.models import TaskFilter
from register.open import Register
from register.pages import Place, Sort
from tests.answers.conftest import PAGE, SECRET, no_engine, session_for

GOAL_MS = 300
OPEN = TaskFilter(open_only=True)

Call = Callable[[], Awaitable[object]]


def asked(view: View, sort: Sort = Sort.DUE, number: int = 1, typed: str = "") -> BoardAsked:
    """A board over all open tasks."""
    chosen = OPEN.model_copy(update={"search": search_words(typed, province())})
    return BoardAsked(chosen, view, Place(number, sort))


def calls(register: Register, browser: httpx.AsyncClient, tag: str) -> Iterator[tuple[str, Call]]:
    """What is measured; the register's own boards hold the counts, a page and how many each list has."""
    boards = {
        "register: counts and the overdue list": asked(View.LATE, Sort.LATE),
        "register: counts and all tasks": asked(View.TASKS),
        "register: counts and all tasks, page 300": asked(View.TASKS, number=300),
        "register: a search, «khoa học công nghệ»": asked(View.TASKS, typed="khoa học công nghệ"),
    }
    for name, one in boards.items():
        yield name, lambda one=one: board(register, one, NOW)  # type: ignore[misc]
    yield "register: has anything changed?", lambda: mark_of(register, NOW)
    pages = {
        "page: the board": "/bang",
        "page: its fresh part": "/bang/phan",
        "page: a search": "/bang/phan?view=tasks&q=khoa+hoc",
        "page: one unit": "/bang?view=tasks&unit=xa-010",
    }
    for name, path in pages.items():
        yield name, lambda path=path: browser.get(path)  # type: ignore[misc]
    yield "page: nothing has changed (304)", lambda: browser.get("/bang/phan", headers={"If-None-Match": tag})


async def measured(register: Register, runs: int) -> dict[str, tuple[float, float, float]]:
    """Milliseconds by name: the smallest, the median, and the least of processor time."""
    house = House(register, no_engine, SECRET, PAGE, now=lambda: NOW)  # type: ignore[arg-type]
    transport = httpx.ASGITransport(build(house))
    found = {}
    async with httpx.AsyncClient(transport=transport, base_url=PAGE) as browser:
        browser.cookies.set(SESSION, await session_for(house, "head-vp"), domain="page.test")
        tag = (await browser.get("/bang/phan")).headers["ETag"]
        for name, call in calls(register, browser, tag):
            answer = await call()
            assert not isinstance(answer, httpx.Response) or answer.status_code in (200, 304), name
            times = [await _timed(call) for _ in range(runs)]
            walls, processor = zip(*times, strict=True)
            found[name] = (min(walls), statistics.median(walls), min(processor))
    return found


async def _timed(call: Call) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    await call()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000


async def one_register(url: str, wanted: int, runs: int) -> dict[str, Any]:
    """The figures of one database."""
    register = Register.open(url)
    try:
        await register.migrate()
        if not (await board(register, asked(View.TASKS), NOW)).page.total:
            start = time.perf_counter()
            made = await make_office(register, wanted)
            sys.stderr.write(f"{made} made in {time.perf_counter() - start:.0f} s\n")
        total = (await board(register, asked(View.TASKS), NOW)).page.total
        return {
            "database": register.dialect,
            "open tasks": total,
            "milliseconds": await measured(register, runs),
        }
    finally:
        await register.close()


def main() -> int:
    """Prints the figures; 0 when the whole page is within the goal on every database."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tasks", type=int, default=21_000, help="open tasks to make")
    parser.add_argument("--runs", type=int, default=9, help="calls of each kind")
    parser.add_argument("--keep", type=Path, help="the SQLite file to make, or to use again")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = options.keep or Path(folder) / "register.db"
        urls = [f"sqlite+aiosqlite:///{file.absolute()}", os.environ.get("DONDOC_BENCH_PG", "")]
        found = [asyncio.run(one_register(url, options.tasks, options.runs)) for url in urls if url]
    if options.json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.writelines(_table(found))
    return int(any(one["milliseconds"]["page: the board"][0] > GOAL_MS for one in found))


def _table(found: list[dict[str, Any]]) -> Iterator[str]:
    for one in found:
        yield f"{one['database']}, {one['open tasks']} open tasks{'':18}{'min':>8}{'median':>8}{'cpu':>8}  ms\n"
        for name, (least, middle, cpu) in one["milliseconds"].items():
            yield f"  {name:48}{least:8.1f}{middle:8.1f}{cpu:8.1f}\n"


if __name__ == "__main__":
    raise SystemExit(main())
