"""The worker of the bare workflow: the product's options, one table of effects in SQLite with the product's pragmas."""

import asyncio
import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from temporalio import activity
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.service import GrpcCompression
from temporalio.worker import (
    PollerBehaviorAutoscaling,
    PollerBehaviorSimpleMaximum,
    UnsandboxedWorkflowRunner,
    Worker,
)
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from bench.bare import QUEUE, BareWorkflow
from bench.bare_model import Effect

PASSED_THROUGH = ("bench.bare_model", "pydantic", "pydantic_core", "annotated_types")


class Book:
    """The effects, in one thread; a commit each, on the disk before it counts."""

    def __init__(self, file: Path) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._session = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        for pragma in ("busy_timeout = 30000", "journal_mode = WAL", "synchronous = FULL"):
            self._session.execute(f"PRAGMA {pragma}")
        self._session.execute("CREATE TABLE IF NOT EXISTS effects (id TEXT PRIMARY KEY, job TEXT, body TEXT)")

    @activity.defn
    async def write(self, effect: Effect) -> str:
        """Write it once."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._write, effect)

    def _write(self, effect: Effect) -> str:
        row = (effect.id, effect.job, effect.model_dump_json())
        self._session.execute("INSERT INTO effects VALUES (?, ?, ?) ON CONFLICT DO NOTHING", row)
        return "x" * effect.answers


async def main() -> None:
    """Work until killed."""
    client = await Client.connect(
        os.environ["TEMPORAL_ADDRESS"],
        data_converter=pydantic_data_converter,
        grpc_compression=GrpcCompression.NONE,
    )
    book = Book(Path(os.environ["DONDOC_DATA"]) / "bare.db")
    levers = os.environ.get("BENCH_LEVERS", "").split()
    passed = PASSED_THROUGH if "import_anew" in levers else ("bench.bare", *PASSED_THROUGH)
    restrictions = SandboxRestrictions.default.with_passthrough_modules(*passed)
    sandboxed = SandboxedWorkflowRunner(restrictions=restrictions)
    pollers = PollerBehaviorSimpleMaximum(5) if "fixed_pollers" in levers else PollerBehaviorAutoscaling()
    worker = Worker(
        client,
        task_queue=QUEUE,
        workflows=[BareWorkflow],
        activities=[book.write],
        workflow_runner=UnsandboxedWorkflowRunner() if "unsandboxed" in levers else sandboxed,
        max_cached_workflows=6_000,
        sticky_queue_schedule_to_start_timeout=timedelta(seconds=45),
        workflow_task_poller_behavior=pollers,
        activity_task_poller_behavior=pollers,
        disable_eager_activity_execution="no_eager" in levers,
    )
    await worker.run()


if __name__ == "__main__":
    asyncio.run(main())
