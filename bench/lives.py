"""Lives that are lived by a client: started, reported, approved, as many at once as a crowd of people would."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from temporalio.api.enums.v1 import EventType
from temporalio.client import Client

from bench.bare import QUEUE, BareWorkflow
from bench.bare_model import Job, Said
from bench.server import Ground, used
from directive.clock import OfficeClock
from directive.directory import Directory
from directive.due import OFFICE_ZONE, utc
from directive.message import Act, Door, Message
from directive.question import Choice
from directive.record import Receipt, TaskStart
from directive.task import Order
from directive.wire import TASK_QUEUE, TASK_WORKFLOW
from register.open import Register
from register.plans import orders_of, save_directory, save_plan
from tests.register.given import directory, plan, planned

AT_ONCE = 20
MORNING = utc(datetime(2026, 6, 8, 9, 0, tzinfo=OFFICE_ZONE))
"""A Monday with the deadline three weeks ahead: nothing comes due while it is measured."""

Life = Callable[[], Awaitable[object]]


def office() -> Directory:
    """Who reports and who approves."""
    return directory()


def clock() -> OfficeClock:
    """The office's clock shows `MORNING` now."""
    return OfficeClock.starting(MORNING, datetime.now(UTC))


async def orders(register: Register, now: OfficeClock, count: int, number: str) -> list[Order]:
    """A letter with so many tasks of one unit; the directory is there already."""
    letter = plan(*(planned(f"{one}") for one in range(count)), number=number)
    await save_plan(register, letter, "d1")
    return list(await orders_of(register, letter.directive.id, now))


async def prepare(register: Register) -> None:
    """The directory that every letter here goes by."""
    await save_directory(register, office())


class Ours:
    """The life of a task of the product."""

    def __init__(self, client: Client, now: OfficeClock) -> None:
        self._client, self._clock = client, now

    async def live(self, order: Order) -> None:
        """From the assignment to the approval; every answer is waited for."""
        task = await self._client.start_workflow(
            TASK_WORKFLOW, TaskStart(order=order), id=order.task.id, task_queue=TASK_QUEUE
        )
        officer = f"officer-{order.task.unit}", f"officer:{order.task.unit}"
        first = self._message(
            "report-1", Act.REPORT, *officer, text="đã hoàn thành, gửi kèm báo cáo số 12/BC"
        )
        await task.execute_update(first.act.value, first, id=first.id, result_type=Receipt)
        second = self._message("approve-1", Act.ANSWER, "approver", "approver:du", choice=Choice.APPROVE)
        await task.execute_update(second.act.value, second, id=second.id, result_type=Receipt)
        await task.result()

    def _message(self, name: str, act: Act, actor: str, role: str, **said: object) -> Message:
        at = self._clock.office(datetime.now(UTC))
        fields = {"id": name, "act": act, "actor": actor, "role": role, "at": at, "door": Door.CLI, **said}
        return Message.model_validate(fields)


class Bare:
    """The same life of the bare workflow."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def live(self, job: Job) -> None:
        """The same, by hand."""
        task = await self._client.start_workflow(BareWorkflow.run, job, id=job.id, task_queue=QUEUE)
        said = Said(id=f"{job.id}/r", by="officer-so-a", text="đã hoàn thành, gửi kèm báo cáo số 12/BC")
        await task.execute_update(BareWorkflow.report, said, id=said.id)
        said = Said(id=f"{job.id}/a", by="approver")
        await task.execute_update(BareWorkflow.approve, said, id=said.id)
        await task.result()


def jobs(count: int, run: str, **levers: object) -> list[Job]:
    """So many jobs with their deadlines ahead; `levers` are fields of theirs."""
    due = datetime.now(UTC) + timedelta(days=22)
    each: dict[str, object] = {"work": "việc", "due": due, "answer_due": due + timedelta(days=3), **levers}
    return [Job.model_validate({"id": f"bare:{run}:{one}", **each}) for one in range(count)]


class Measured(NamedTuple):
    """One run: lives a second, and the milliseconds of processor time that each life took, by process."""

    rate: float
    server: float
    worker: float
    client: float

    @property
    def cpu(self) -> float:
        """All of them."""
        return self.server + self.worker + self.client


async def crowd(lives: list[Life], at_once: int = AT_ONCE) -> None:
    """Live them all, so many at once."""
    waiting = iter(lives)

    async def person() -> None:
        for live in waiting:
            await live()

    await asyncio.gather(*(person() for _ in range(at_once)))


async def measured(ground: Ground, worker: str, lives: list[Life]) -> Measured:
    """Live them all, and what it took."""
    pids = ground.server.pid, ground.children[worker].pid
    before = [used(pid).seconds for pid in pids] + [time.process_time()]
    began = time.monotonic()
    await crowd(lives)
    seconds = time.monotonic() - began
    after = [used(pid).seconds for pid in pids] + [time.process_time()]
    each = [(new - old) / len(lives) * 1000 for old, new in zip(before, after, strict=True)]
    return Measured(len(lives) / seconds, *each)


async def events_of(client: Client, workflow_id: str) -> Counter[str]:
    """The events of a history, by type."""
    history = await client.get_workflow_handle(workflow_id).fetch_history()
    return Counter(EventType.Name(one.event_type).removeprefix("EVENT_TYPE_") for one in history.events)
