"""The worker of a story: puts itself together as `worker.py` does, and dies at the point that the environment names.

`DIES_AT` is an event's kind, as for `tests/whole/mortal_worker.py`, or a point of the delivery through a mail server:
`deciding` (a message is in its hands), `begun` (the register knows that it is about to be posted), `sent` (the mail
server has it, the register does not know).
"""

import asyncio
import dataclasses
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from temporalio.common import WorkflowIDConflictPolicy

import activities.alive
import activities.recording
import workflows.calls
from desk import exit as way_out
from desk import logs
from desk.engine import connect
from desk.settings import settings
from directive.directory import Person
from directive.wire import DELIVERY, TASK_QUEUE
from notices.channel import Begin, Channel, LinedChannel
from register.open import Register
from register.outbox_models import OutMessage
from tests.whole.mortal_worker import DIES_AT, die, recorded_last
from worker import build, channel
from workflows.delivery import DeliveryWorkflow

NOTICED = timedelta(seconds=float(os.environ.get("NOTICED", "10")))
"""How soon the engine notices a death and tries again: in an office after ten seconds, and after longer and longer."""


class MortalPost:
    """The way out that `worker.py` takes, with a death on it."""

    def __init__(self, way: LinedChannel) -> None:
        self._way = way

    @asynccontextmanager
    async def line(self, begin: Begin) -> AsyncIterator[Channel]:
        """The real line, watched."""

        async def begun(message: str) -> None:
            await begin(message)
            if DIES_AT == "begun":
                die()

        async with self._way.line(begun) as real:
            yield _MortalLine(real)


class _MortalLine:
    def __init__(self, real: Channel) -> None:
        self._real = real

    async def send(self, message: OutMessage, reader: Person) -> None:
        if DIES_AT == "deciding":
            die()
        await self._real.send(message, reader)
        if DIES_AT == "sent":
            die()


async def main() -> None:
    """Work until killed."""
    logs.begin()
    register = Register.open(settings().register_address)
    client = await connect()
    way = channel()
    assert isinstance(way, LinedChannel)
    async with build(
        client,
        register,
        MortalPost(way),
        sticky_queue_schedule_to_start_timeout=min(NOTICED, timedelta(seconds=10)),
    ):
        await client.start_workflow(
            DeliveryWorkflow.run,
            settings().clock,
            id=DELIVERY,
            task_queue=TASK_QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )
        await asyncio.Event().wait()


if __name__ == "__main__":
    activities.recording.record = recorded_last  # type: ignore[attr-defined] # in this process only
    workflows.calls.SILENT_LIMIT = 2 * NOTICED  # a busy machine is silent for a while, too
    workflows.calls.PATIENT = dataclasses.replace(workflows.calls.PATIENT, maximum_interval=NOTICED)
    activities.alive.EVERY = NOTICED.total_seconds() / 5
    way_out.run(lambda: asyncio.run(main()))
