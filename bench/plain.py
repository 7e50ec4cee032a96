"""The bare engine to compare with: a hand-written task, one timer, one recorded effect a step, and nothing of ours.

It is as durable as ours and no more: each effect is one commit of its own (SQLite, WAL, `synchronous=FULL`), made by
a local activity of the start or the timer and unique by its id, so that a repeat writes nothing. It records no
facts, no notices and no marks, keeps no policy, and takes no updates. The SDK is used as its samples do: a sandboxed
workflow, a dataclass, the default converter, an async activity; the worker has the cache and the pollers that ours
has, and like ours packs nothing for a server on the same machine.

    python -m bench.plain        a worker for the task queue `plain`; the effects go to $DONDOC_DATA/plain.db
"""

import asyncio
import os
import signal
import sqlite3
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.common import WorkflowIDReusePolicy
from temporalio.service import GrpcCompression
from temporalio.worker import PollerBehaviorAutoscaling, Worker

QUEUE = "plain"
AT_ONCE = 20
"""Starts in flight: what ours has, and about where more of them bring nothing on two cores."""


@dataclass(frozen=True)
class PlainOrder:
    """A task: its id and the instant (ISO, UTC) at which it is due."""

    id: str
    due: str


@workflow.defn
class PlainTask:
    """Records its start, waits until it is due, records that, and waits for an answer."""

    def __init__(self) -> None:
        self._answered = False

    @workflow.run
    async def run(self, order: PlainOrder) -> None:
        """Two effects and one timer."""
        await self._note(f"{order.id}/assigned")
        wait = datetime.fromisoformat(order.due) - workflow.now()
        await workflow.sleep(max(wait, timedelta(milliseconds=1)))
        await self._note(f"{order.id}/escalated")
        await workflow.wait_condition(lambda: self._answered)

    async def _note(self, effect: str) -> None:
        await workflow.execute_local_activity("note", effect, start_to_close_timeout=timedelta(seconds=10))

    @workflow.signal
    def answer(self) -> None:
        """Ends it."""
        self._answered = True


class Notes:
    """The effects in a SQLite file, each written once, in the one thread that writes."""

    def __init__(self, file: Path) -> None:
        self._thread = ThreadPoolExecutor(1, "notes")
        self._file = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._file.execute("PRAGMA journal_mode = WAL")
        self._file.execute("PRAGMA synchronous = FULL")
        self._file.execute(
            "CREATE TABLE IF NOT EXISTS notes (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL)"
        )

    @activity.defn
    async def note(self, effect: str) -> None:
        """Record one effect, once."""
        at = activity.info().started_time.isoformat()
        await asyncio.get_running_loop().run_in_executor(self._thread, self._write, effect, at)

    def _write(self, effect: str, at: str) -> None:
        self._file.execute("INSERT INTO notes (id, at) VALUES (?, ?) ON CONFLICT DO NOTHING", (effect, at))


async def start(client: Client, orders: Iterable[PlainOrder]) -> None:
    """Start tasks with the plain client, some at once."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(order: PlainOrder) -> None:
        async with turns:
            await client.start_workflow(
                "PlainTask",
                order,
                id=order.id,
                task_queue=QUEUE,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            )

    await asyncio.gather(*(one(order) for order in orders))


async def main() -> None:
    """Work until SIGTERM."""
    client = await Client.connect(os.environ["TEMPORAL_ADDRESS"], grpc_compression=GrpcCompression.NONE)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    notes = Notes(Path(os.environ["DONDOC_DATA"]) / "plain.db")
    worker = Worker(
        client,
        task_queue=QUEUE,
        workflows=[PlainTask],
        activities=[notes.note],
        max_cached_workflows=6_000,
        sticky_queue_schedule_to_start_timeout=timedelta(seconds=45),
        workflow_task_poller_behavior=PollerBehaviorAutoscaling(),
        activity_task_poller_behavior=PollerBehaviorAutoscaling(),
    )
    async with worker:
        await stop.wait()
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(main())
