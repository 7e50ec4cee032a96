"""Killed between the register's commit and the end of the workflow task: nothing lost, nothing twice, no false "done".

The real server on a file, the real register, the worker as a process that kills itself at a named point, alone or
with the server. A minute of the office is a second here.
"""

import asyncio
import signal
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from temporalio.client import WorkflowHandle, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.service import RPCError

from directive.clock import OfficeClock
from directive.due import OFFICE_ZONE, Due, end_of_day, utc
from directive.message import Act, Door, Message
from directive.record import Receipt, TaskEnd, TaskStart
from directive.wire import DELIVERY, TASK_QUEUE
from register.outbox import outbox_due, unsent
from register.outbox_models import Notice
from register.plans import orders_of, save_directory, save_plan
from register.reading import events, facts_of, notices_of
from tests.databases import Database
from tests.register.given import DIRECTIVE, directory, plan, planned
from tests.whole.house import House, Process, a_house, gone, until
from workflows.delivery import DeliveryWorkflow
from workflows.task import DirectiveTaskWorkflow

pytestmark = pytest.mark.timeout(240)

Task = WorkflowHandle[DirectiveTaskWorkflow, TaskEnd]

MINUTE_A_SECOND = 60
LAST_DAY = date(2026, 6, 30)
MARK = utc(datetime(2026, 7, 1, 8, 0, tzinfo=OFFICE_ZONE))
"""Level 1 comes; the next one comes on 3/7. The task has to be assigned before it, also on a busy machine."""
QUIET = utc(datetime(2026, 6, 29, 9, 0, tzinfo=OFFICE_ZONE))  # nothing comes before the next morning
NOTICED = timedelta(seconds=2)
"""After so long the server gives a workflow task of a dead worker to another one; by default after ten seconds."""


class Case:
    """One task in one house, and what is expected of them after the fire."""

    def __init__(self, house: House, task: Task) -> None:
        self.house, self.task = house, task

    async def kinds(self) -> list[str]:
        """What the register holds of the task, in order."""
        return [event.kind for event in await events(self.house.register, self.task.id)]

    async def holds(self, *kinds: str) -> None:
        """Wait until the register holds just these events."""

        async def there() -> bool:
            return len(await self.kinds()) >= len(kinds)

        await until(there, f"{kinds}, {await self.kinds()}\n{self.house.logs()}")
        assert await self.kinds() == list(kinds)

    async def dies(self, worker: Process, kind: str, *, server_too: bool) -> None:
        """Wait for the deaths; the register then holds what the engine has not heard of."""
        assert await gone(worker) == -signal.SIGKILL
        if server_too:
            assert self.house.server
            assert await gone(self.house.server) == -signal.SIGKILL
            await self.house.start_server()
        assert (await self.kinds())[-1] == kind

    async def agrees(self) -> None:
        """The engine's view of the task comes to be what the register holds, and stays it."""

        async def same() -> bool:
            with suppress(
                RPCError
            ):  # not asked while a workflow task is tried for the third time: a slow machine
                view = await self.task.query(DirectiveTaskWorkflow.view)
                return view.facts == (await facts_of(self.house.register, [self.task.id]))[self.task.id]
            return False

        await until(same, "engine and register agree")

    async def told_once(self) -> None:
        """Every notice goes out in one message, and there is one file of each message."""

        async def all_out() -> bool:
            return await outbox_due(self.house.register) is None and not await unsent(self.house.register)

        await until(all_out, f"everything sent\n{self.house.logs()}")
        told = await notices_of(self.house.register, self.task.id)
        assert len({(one.event_id, one.person) for one in told}) == len(told)
        carried = {one.message for one in told if one.message}
        assert len(self.house.mails()) == len(carried)
        assert Counter(one.event_id for one in told)["assigned"] == len(people(told, "assigned"))

    async def asked_once(self) -> None:
        """One rung climbed, one question asked of the head."""
        facts = (await self.task.query(DirectiveTaskWorkflow.view)).facts
        assert (facts.climb.taken, facts.asked, len(facts.questions)) == (1, 1, 1)

    async def say(self, act: Act, name: str, **said: Any) -> Message:
        """A message of the unit's officer."""
        return Message(
            id=name,
            act=act,
            actor="officer-so-a",
            role="officer:so-a",
            at=self.house.now(),
            door=Door.CLI,
            **said,
        )

    async def send(self, message: Message, attempt: str) -> Receipt:
        """Send it, as a door does; another attempt is another update of the same message."""
        receipt: Receipt = await self.task.execute_update(
            message.act, message, id=attempt, result_type=Receipt
        )
        return receipt


def people(told: list[Notice], event: str) -> set[str]:
    """Who heard of an event."""
    return {one.person for one in told if one.event_id == event}


async def begin(house: House, at: datetime | None = None) -> Case:
    """The office's clock shows `at` from now on, or is some while before the mark; one task is assigned, and delivery
    looks after the outbox.
    """
    await save_directory(house.register, directory())
    house.clock = (
        OfficeClock.starting(at, datetime.now(UTC), MINUTE_A_SECOND)
        if at
        else house.before(MARK, MINUTE_A_SECOND)
    )
    due = Due(day=LAST_DAY, instant=end_of_day(LAST_DAY))
    await save_plan(house.register, plan(planned("1", due=due)), "d1")
    await house.client.start_workflow(
        DeliveryWorkflow.run, house.clock, id=DELIVERY, task_queue=TASK_QUEUE, task_timeout=NOTICED
    )
    (order,) = await orders_of(house.register, DIRECTIVE, house.clock)
    task = await house.client.start_workflow(
        DirectiveTaskWorkflow.run,
        TaskStart(order=order),
        id=order.task.id,
        task_queue=TASK_QUEUE,
        task_timeout=NOTICED,
    )
    return Case(house, task)


def deaths(kind: str, *, server_too: bool) -> dict[str, str]:
    """The environment of a worker that dies once such an event is committed."""
    return {"DIES_AT": kind, **({"SERVER_TOO": "1"} if server_too else {})}


Fire = Callable[..., Coroutine[Any, Any, None]]


class Place(NamedTuple):
    """Where a house is built."""

    folder: Path
    register_url: str


async def alone_and_with_the_server(folder: Path, database: Database, *fires: Fire) -> None:
    """All fires at the same time, each in a house of its own: they wait for the same time-outs.

    On the second database only with the server, which is the worse of the two.
    """
    places = [
        (fire, Place(folder / f"{fire.__name__}-{server_too}", database.fresh()), server_too)
        for fire in fires
        for server_too in ((False, True) if database.whole else (True,))
    ]
    await asyncio.gather(*(fire(place, server_too=server_too) for fire, place, server_too in places))


async def after_a_start(place: Place, *, server_too: bool) -> None:
    async with a_house(place.folder, register_url=place.register_url) as house:
        worker = await house.start_worker(**deaths("assigned", server_too=server_too))
        fire = await begin(house, QUIET)
        await fire.dies(worker, "assigned", server_too=server_too)
        await house.start_worker()
        await fire.agrees()
        await fire.holds("assigned")
        told = await notices_of(house.register, fire.task.id)
        assert people(told, "assigned") == {"officer-so-a", "head-so-a"}


async def after_an_update(place: Place, *, server_too: bool) -> None:
    """The retry with the same message id hears the receipt; the first sender heard nothing that was not recorded."""
    async with a_house(place.folder, register_url=place.register_url) as house:
        worker = await house.start_worker(**deaths("acknowledged", server_too=server_too))
        fire = await begin(house, QUIET)
        await fire.holds("assigned")
        message = await fire.say(Act.ACKNOWLEDGE, "M-1")
        first = asyncio.create_task(fire.send(message, "M-1"))
        await fire.dies(worker, "acknowledged", server_too=server_too)
        assert not first.done() or first.exception()
        first.cancel()
        with suppress(asyncio.CancelledError, RPCError, WorkflowUpdateRPCTimeoutOrCancelledError):
            await first
        await house.start_worker()
        again, by_another_try = await asyncio.gather(
            fire.send(message, "M-1"), fire.send(message, "M-1-again")
        )
        assert again == by_another_try
        assert (again.message, again.kind) == ("M-1", "acknowledged")
        await fire.agrees()
        await fire.holds("assigned", "acknowledged")


async def after_a_mark(place: Place, *, server_too: bool) -> None:
    async with a_house(place.folder, register_url=place.register_url) as house:
        worker = await house.start_worker(**deaths("escalated", server_too=server_too))
        fire = await begin(house)
        await fire.dies(worker, "escalated", server_too=server_too)
        await house.start_worker()
        await fire.agrees()
        await fire.holds("assigned", "escalated")
        await fire.asked_once()
        await fire.told_once()


async def after_a_mark_with_a_message(place: Place, *, server_too: bool) -> None:
    async with a_house(place.folder, register_url=place.register_url) as house:
        worker = await house.start_worker(**deaths("escalated", server_too=server_too))
        fire = await begin(house)
        await fire.dies(worker, "escalated", server_too=server_too)
        message = await fire.say(Act.PROGRESS, "M-1", text="Sắp xong")
        told = asyncio.create_task(fire.send(message, "M-1"))
        await arrived(fire.task)
        await house.start_worker()
        assert (await told).kind == "progressed"
        await fire.agrees()
        await fire.holds("assigned", "escalated", "progressed")
        await fire.asked_once()
        await fire.told_once()


async def arrived(task: Task) -> None:
    """The server answers in turn: after some questions it has taken the update in."""
    for _ in range(20):
        await task.describe()


async def with_a_message_in_hand(place: Place, point: str) -> None:
    async with a_house(place.folder, register_url=place.register_url) as house:
        worker = await house.start_worker(**deaths(point, server_too=False))
        fire = await begin(house)
        assert await gone(worker) == -signal.SIGKILL
        (left,) = await unsent(house.register)
        assert len(house.mails()) == (point == "sent")
        await house.start_worker()
        await fire.told_once()
        told = await notices_of(house.register, fire.task.id)
        assert people(told, "c1.level.1") == {"head-so-a", "officer-so-a"}
        assert left.id in {one.message for one in told}
        await fire.holds("assigned", "escalated")


async def test_killed_after_the_commit_of_a_start_or_of_an_update(tmp_path: Path, database: Database) -> None:
    await alone_and_with_the_server(tmp_path, database, after_a_start, after_an_update)


async def test_killed_after_the_commit_of_a_mark_without_or_with_a_message_in_the_next_workflow_task(
    tmp_path: Path, database: Database
) -> None:
    await alone_and_with_the_server(tmp_path, database, after_a_mark, after_a_mark_with_a_message)


async def test_delivery_killed_before_or_after_it_has_sent_writes_one_file_of_each_message(
    tmp_path: Path, database: Database
) -> None:
    places = [(Place(tmp_path / point, database.fresh()), point) for point in ("deciding", "sent")]
    await asyncio.gather(*(with_a_message_in_hand(place, point) for place, point in places))
