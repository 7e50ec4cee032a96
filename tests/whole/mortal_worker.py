"""A worker that kills itself once, and the server with it if asked, at a point that the environment names.

`DIES_AT` is an event's kind: after the register's commit of such an event and before anything else, so that the
engine never hears of it. `deciding` and `sent` are points of the delivery: before the first message is written
into the outbox folder, and after. Without `DIES_AT` it is a worker like `worker.py`, which starts no delivery.
"""

import asyncio
import os
import signal
from datetime import timedelta

import activities.recording
from desk import exit as way_out
from desk.engine import connect
from desk.settings import settings
from directive.directory import Person
from directive.record import Recorded, Transition
from notices.folder import EmlFolder
from register.open import Register
from register.outbox_models import OutMessage
from register.record import record
from worker import build

DIES_AT = os.environ.get("DIES_AT", "")
NOTICED = timedelta(seconds=2)
"""For so long what a dead worker had in its cache waits for it."""


def die() -> None:
    """kill -9, the server first if it is to die in the same window."""
    if os.environ.get("SERVER_TOO"):
        os.kill(int(os.environ["SERVER_PID"]), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


async def recorded_last(register: Register, transition: Transition) -> Recorded:
    """Commit, then die before anybody is woken or the engine hears of it."""
    recorded = await record(register, transition)
    if any(event.kind == DIES_AT for event in transition.events):
        die()
    return recorded


class MortalFolder(EmlFolder):
    """Dies with the first message in its hands, or just after it has written it."""

    async def send(self, message: OutMessage, reader: Person) -> None:
        """Write the message, unless death comes first."""
        if DIES_AT == "deciding":
            die()
        await super().send(message, reader)
        if DIES_AT == "sent":
            die()


async def main() -> None:
    """Work until killed."""
    register = Register.open(settings().register_address)
    client = await connect()
    folder = MortalFolder(settings().outbox_folder)
    async with build(client, register, folder, sticky_queue_schedule_to_start_timeout=NOTICED):
        await asyncio.Event().wait()


if __name__ == "__main__":
    activities.recording.record = recorded_last  # type: ignore[attr-defined] # in this process only
    way_out.run(lambda: asyncio.run(main()))
