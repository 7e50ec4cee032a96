"""Two workers under a steady load of acts and marks, each replaced in turn, twice: nothing lost, nothing twice."""

import asyncio
import os
import signal
import socket
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from temporalio.client import Client, WorkflowHandle, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.service import RPCError

from directive.clock import OfficeClock
from directive.message import Act, Door, Message
from directive.record import Receipt, TaskEnd, TaskStart
from directive.wire import TASK_QUEUE
from register.outbox import unsent
from register.owed import owed_marks
from register.plans import orders_of, save_directory, save_plan
from register.reading import events, notices_of
from tests.degraded.lives import LONG
from tests.degraded.scene import Place
from tests.register.given import DIRECTIVE, directory, due, plan, planned
from tests.whole.house import ROOT, Process, foundation, gone, kill, until
from workflows.task import DirectiveTaskWorkflow

pytestmark = [pytest.mark.xdist_group("degraded-rolling"), pytest.mark.timeout(240)]

Task = WorkflowHandle[DirectiveTaskWorkflow, TaskEnd]
DEADLINES = 3
"""Deadlines of the letter's tasks, a day apart: with a day in two seconds marks come all the time."""
ROUNDS, SPEAKERS = 2, 6
BEGINS = LONG.first - timedelta(days=3)
WAIT = timedelta(seconds=20)


class Load:
    """Officers who tell how far they have come, each one act after the other, until they are asked to stop."""

    def __init__(self, place: Place, tasks: list[Task]) -> None:
        self._place, self._tasks = place, tasks
        self._enough = asyncio.Event()
        self.done: list[tuple[str, str]] = []
        """The task and the message of every act that was answered with its receipt."""

    async def lasts(self, speaker: int) -> None:
        """Act on the tasks in turn."""
        for number in count():
            if self._enough.is_set():
                return
            task = self._tasks[(speaker + number) % len(self._tasks)]
            receipt = await self._say(task, f"{speaker}-{number}")
            self.done.append((task.id, receipt.message))

    async def _say(self, task: Task, name: str) -> Receipt:
        """One act, sent again under its id where the answer does not come, as a door does."""
        unit = task.id.rpartition(":")[2]
        while True:
            message = Message(
                id=name,
                act=Act.PROGRESS,
                actor=f"officer-{unit}",
                role=f"officer:{unit}",
                at=self._place.now(),
                door=Door.API,
                text=name,
            )
            try:
                receipt: Receipt = await task.execute_update(
                    "progress", message, id=name, result_type=Receipt, rpc_timeout=WAIT
                )
            except (RPCError, WorkflowUpdateRPCTimeoutOrCancelledError):
                continue
            return receipt

    def enough(self) -> None:
        """Finish the act at hand."""
        self._enough.set()


async def test_a_rolling_restart_under_load_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    clock = OfficeClock.starting(BEGINS, datetime.now(UTC), LONG.scale)
    place = Place(await foundation(tmp_path / "house"), clock=clock)
    try:
        await place.start_server()
        workers = [await at_work(place) for _ in range(2)]
        tasks = await begun(place)
        load = Load(place, tasks)
        speaking = [asyncio.create_task(load.lasts(number)) for number in range(SPEAKERS)]
        for _ in range(ROUNDS):
            for number, worker in enumerate(workers):
                said = len(load.done)
                os.kill(worker.pid, signal.SIGTERM)
                assert await gone(worker) == 0, place.logs()
                workers[number] = await at_work(place)
                await further(load, said)
        load.enough()
        await asyncio.gather(*speaking)
        await is_whole(place, tasks, load)
    finally:
        for process in reversed(place.processes):
            kill(process)
        await place.register.close()


async def at_work(place: Place) -> Process:
    """A worker as the service's unit starts it, ready when this returns: it says so as systemd hears it."""
    with (
        tempfile.TemporaryDirectory(prefix="dd-") as folder,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line,
    ):
        where = f"{folder}/notify"
        line.bind(where)
        line.setblocking(False)
        worker = place.run([sys.executable, str(ROOT / "worker.py")], {"NOTIFY_SOCKET": where})
        async with asyncio.timeout(80):
            told = await asyncio.get_running_loop().sock_recv(line, 100)
            assert told.startswith(b"EXTEND_TIMEOUT_USEC="), place.logs()  # the tables come first
            assert await asyncio.get_running_loop().sock_recv(line, 100) == b"READY=1", place.logs()
    return worker


async def begun(place: Place) -> list[Task]:
    """A letter to three units with deadlines on the days to come."""
    register, client = place.register, place.client
    await save_directory(register, directory())
    days = [BEGINS.date() + timedelta(days=1 + number) for number in range(DEADLINES)]
    given = [planned(str(number), ("cac-so",), due=due(day)) for number, day in enumerate(days, 1)]
    await save_plan(register, plan(*given), "d1")
    orders = await orders_of(register, DIRECTIVE, place.clock)
    return list(await asyncio.gather(*(_started(client, TaskStart(order=order)) for order in orders)))


async def _started(client: Client, start: TaskStart) -> Task:
    return await client.start_workflow(
        DirectiveTaskWorkflow.run, start, id=start.order.task.id, task_queue=TASK_QUEUE
    )


async def further(load: Load, said: int) -> None:
    """Wait until the load has gone on with the new worker."""

    async def more() -> bool:
        return len(load.done) >= said + SPEAKERS

    await until(more, "acts go on")


async def is_whole(place: Place, tasks: list[Task], load: Load) -> None:
    """What was answered is recorded once, no mark is owed, and every notice went out in one message."""
    recorded = {
        task.id: Counter(event.id for event in await events(place.register, task.id)) for task in tasks
    }
    assert [(task, name) for task, name in load.done if recorded[task][name] != 1] == []
    acts = sum(1 for ids in recorded.values() for name in ids if name[0].isdigit())
    assert acts == len(load.done), "an act that was recorded was answered, since everybody asked until it was"
    now = place.now()

    async def settled() -> bool:
        return not (await owed_marks(place.register, now)).number

    await until(settled, f"marks until {now}\n{place.logs()}")

    async def one_file_each() -> bool:
        if await unsent(place.register):
            return False
        told = [one for task in tasks for one in await notices_of(place.register, task.id)]
        assert len({(one.task, one.event_id, one.person) for one in told}) == len(told)
        return len(place.mails()) == len({one.message for one in told if one.message})

    await until(one_file_each, f"one file a message\n{place.logs()}")
