"""What three years do to a recurring task: events a run, and how long its replay takes after it was evicted.

    python -m bench.longlife [--full] [--json]

One task due on the 25th of every month, from January 2026 to December 2028, lives on the skipped clock with the real
worker and the real register: a unit that reports in time every month, and with --full also one that lets the month
pass, is escalated to its head and to the monitoring office, and reports then. Each report is approved two days
later. Every second month the history of the run is fetched and replayed by the SDK's Replayer, as a worker does that
has evicted the task: the time is that of one replay among some, decoding included, without the server's time to read
the history.
"""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from temporalio.client import WorkflowHandle, WorkflowHistory
from temporalio.worker import Replayer, Worker

from bench.frame import Row, median, options, report, say
from desk.cycles import look_seldom
from desk.stage import Staff, Stage, open_stage
from directive.due import OFFICE_ZONE
from directive.message import Act, Door, Message
from directive.question import Choice
from directive.record import Receipt
from directive.task import Recurrence
from notices.folder import EmlFolder
from register.plans import orders_of
from register.reading import events
from tests.register.given import directory, due, plan, planned
from worker import build
from workflows.plugin import plugin

YEARS = (2026, 2027, 2028)
MOST_EVENTS, MOST_MS = 4_096, 50
REPLAYS, EVERY = 5, 2
EACH = Recurrence(rrule="FREQ=MONTHLY;BYMONTHDAY=25", start=date(2026, 1, 25), until=date(2028, 12, 31))
LIVES = {"reports in time": timedelta(days=-3), "is late every month": timedelta(days=8)}

Handle = WorkflowHandle[Any, Any]


class Look(NamedTuple):
    """One look at the task: the events of its run so far, their bytes, and replays of them in ms."""

    month: str
    events: int
    bytes: int
    replays: list[float]


class Life(NamedTuple):
    """Three years: the looks, and the events of each run."""

    looks: list[Look]
    runs: list[int]


def local(day: date, hour: int) -> datetime:
    """An instant of the office's day, in UTC."""
    return datetime(day.year, day.month, day.day, hour, 20, tzinfo=OFFICE_ZONE).astimezone(UTC)


async def replayed(history: WorkflowHistory) -> list[float]:
    """Milliseconds of each of some replays of one history. Raises where it cannot be replayed."""

    async def copies() -> AsyncIterator[WorkflowHistory]:
        for _ in range(REPLAYS + 1):
            yield history

    times, last = [], time.perf_counter()
    replayer = Replayer(workflows=[], plugins=[plugin()])
    async with replayer.workflow_replay_iterator(copies()) as results:
        async for result in results:
            if result.replay_failure:
                raise result.replay_failure
            times.append((time.perf_counter() - last) * 1000)
            last = time.perf_counter()
    return times[1:]  # the first one also made the worker


class Person:
    """Who acts on the task, at instants of the office's clock."""

    def __init__(self, stage: Stage, task: Handle) -> None:
        self._stage, self._task = stage, task

    async def acts(self, at: datetime, act: Act, actor: str, role: str, **said: Any) -> None:
        """Let everything happen that comes before, then do it."""
        while (ahead := await self._stage.next_instant()) is not None and ahead < at:
            await self._stage.skip_to(ahead)
        await self._stage.skip_to(at)
        name = f"{act}-{at:%Y%m%d}"
        message = Message(
            id=name, act=act, actor=actor, role=role, at=await self._stage.now(), door=Door.CLI, **said
        )
        await self._task.execute_update(act.value, message, id=name, result_type=Receipt)
        await self._stage.rest()


async def lived(after: timedelta) -> Life:
    """Three years of a unit that reports so many days after each deadline."""
    made = plan(planned("1", due=due(date(2026, 1, 25)), recurrence=EACH))
    looks = []
    with tempfile.TemporaryDirectory(prefix="dd-bench-") as folder:
        begins = local(date(2026, 1, 5), 8)
        async with open_stage(made, directory(), as_of=begins, folder=Path(folder), work=_work) as stage:
            await stage.assign()
            (order,) = await orders_of(stage.register, made.directive.id, stage.clock)
            task = stage.staff.client.get_workflow_handle(order.task.id)
            person = Person(stage, task)
            await person.acts(local(date(2026, 1, 6), 9), Act.ACKNOWLEDGE, "officer-so-a", "officer:so-a")
            for number, day in enumerate(_days(), start=1):
                await _month(person, day + after)
                if number % EVERY == 0:
                    looks.append(await _look(task, f"{day:%m/%Y}"))
            approved = [one for one in await events(stage.register, order.task.id) if one.kind == "approved"]
            if len(approved) != len(_days()):
                raise SystemExit(f"{len(approved)} of {len(_days())} reports are approved")
            return Life(looks, await _runs(stage, task))


def _work(staff: Staff) -> Worker:
    return build(staff.client, staff.register, EmlFolder(staff.outbox))


async def _look(task: Handle, month: str) -> Look:
    history = await task.fetch_history()
    size = sum(event.ByteSize() for event in history.events)
    look = Look(month, len(history.events), size, await replayed(history))
    say(f"{look.month}: {look.events} events, {median(look.replays):.1f} ms")
    return look


async def _runs(stage: Stage, task: Handle) -> list[int]:
    """The events of each run, the newest first."""
    lengths, run = [], task
    while True:
        history = (await run.fetch_history()).events
        lengths.append(len(history))
        before = history[0].workflow_execution_started_event_attributes.continued_execution_run_id
        if not before:
            return lengths
        run = stage.staff.client.get_workflow_handle(task.id, run_id=before)


def _days() -> list[date]:
    return [date(year, month, 25) for year in YEARS for month in range(1, 13)]


async def _month(person: Person, day: date) -> None:
    said = {"text": "Báo cáo tháng, đã hoàn thành"}
    await person.acts(local(day, 9), Act.REPORT, "officer-so-a", "officer:so-a", **said)
    approves = {"choice": Choice.APPROVE}
    await person.acts(local(day + timedelta(days=2), 10), Act.ANSWER, "approver", "approver:du", **approves)


def rows_of(name: str, life: Life) -> list[Row]:
    """The figures of one life."""
    longest = max(life.looks, key=lambda look: look.events)
    whole, worst = median([one for look in life.looks for one in look.replays]), median(longest.replays)
    most = max(life.runs)
    return [
        Row(f"{name}: events of the longest run", most, "", f"under {MOST_EVENTS:,}", most < MOST_EVENTS),
        Row(f"{name}: events in three years", sum(life.runs), ""),
        Row(f"{name}: runs", len(life.runs), ""),
        Row(f"{name}: the longest history replayed", longest.bytes / 1024, "KiB"),
        Row(f"{name}: replay, median over its life", whole, "ms", f"under {MOST_MS}", whole < MOST_MS),
        Row(f"{name}: replay of the longest ({longest.events} events)", worst, "ms"),
    ]


async def measured(*, full: bool) -> tuple[list[Row], dict[str, Any]]:
    """The one life, or both."""
    rows, more = [], []
    for name, after in list(LIVES.items())[: 2 if full else 1]:
        life = await lived(after)
        rows += rows_of(name, life)
        more += [
            {"life": name, "month": one.month, "events": one.events, "ms": median(one.replays)}
            for one in life.looks
        ]
    return rows, {"replays": more}


def main() -> None:
    """Measure and report."""
    chosen = options(__doc__)
    look_seldom()
    rows, more = asyncio.run(measured(full=chosen.full))
    report("longlife", rows, more, as_json=chosen.json)


if __name__ == "__main__":
    main()
