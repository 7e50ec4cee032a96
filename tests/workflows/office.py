"""An office for tests of workflows: a time-skipping server, a worker that replays everything, a ledger, a clock."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Any

from ruamel.yaml import YAML
from temporalio.client import WorkflowHandle
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from desk.server import dev_server, skipping_server
from directive.clock import OfficeClock
from directive.codes import approval_id
from directive.due import OFFICE_ZONE, Due, end_of_day, utc
from directive.message import Act, Door, Message
from directive.policy import Policy
from directive.question import Stage
from directive.record import Receipt, TaskEnd, TaskStart, TaskView
from directive.request import Request
from directive.task import Assignment, Order, Recurrence
from directive.wire import TASK_QUEUE
from register.calendars import shipped_calendar
from tests.workflows.ledger import Ledger
from workflows.approval import ApprovalWorkflow
from workflows.task import DirectiveTaskWorkflow


def standard_policy() -> Policy:
    """The shipped standard policy."""
    return Policy.model_validate(YAML(typ="safe").load(Path("letters/policies/standard.yaml")))


POLL = 0.01
DAY, SHORTEST = 86_400, 2.0
"""Seconds of a day, and how many it lasts at least on a real server."""
AT_ONCE = timedelta(minutes=2)
"""The skipped clock goes on by itself while a worker is at it: a busy machine takes some seconds of it."""
Task = WorkflowHandle[DirectiveTaskWorkflow, TaskEnd]
Approval = WorkflowHandle[ApprovalWorkflow, TaskEnd]

OFFICER, HEAD, APPROVER = "officer:so-khcn", "head:so-khcn", "approver:du-tinh"
MONITOR, LEADERSHIP = "head:vp-du", "leadership:du-tinh"
ASSIGNED_AT = datetime(2026, 5, 29, 15, 0, tzinfo=OFFICE_ZONE)
END_OF_JUNE = Due(day=date(2026, 6, 30), instant=end_of_day(date(2026, 6, 30)))


def local(day: str, clock: str = "08:00") -> datetime:
    """The instant of a local day and time of 2026: `local("1/7")`."""
    number, month = day.split("/")
    at = datetime.combine(date(2026, int(month), int(number)), time.fromisoformat(clock), OFFICE_ZONE)
    return utc(at)


def order_for(code: str, due: Due | None, policy: Policy, clock: OfficeClock, rrule: str = "") -> Order:
    """An order for the unit `so-khcn` of the issuer `du-tinh`."""
    task = Assignment(
        id=f"task:du-tinh.1-cv-2026:{code}:so-khcn",
        directive="du-tinh.1-cv-2026",
        code=code,
        unit="so-khcn",
        issuer="du-tinh",
        monitor="vp-du",
        route=(Stage(asks=(APPROVER,)),),
    )
    return Order(
        task=task,
        work="Tập trung hoàn thành các nhiệm vụ trọng tâm",
        number="1-CV/ĐU",
        due=due,
        recurrence=Recurrence(rrule=rrule, start=date(2026, 5, 29)) if rrule else None,
        policy=policy,
        calendar=shipped_calendar().version,
        clock=clock,
    )


def request_for(reference: str, policy: Policy, clock: OfficeClock, at: datetime, actor: str) -> TaskStart:
    """A document of the unit `so-khcn` that goes to the monitoring office, two of three units, the leadership."""
    asked = order_for(reference, None, policy, clock)
    route = (
        Stage(asks=(MONITOR,)),
        Stage(asks=("head:so-tc", "head:so-nv", "head:so-tp"), quorum=2),
        Stage(asks=(LEADERSHIP,)),
    )
    named = {
        "id": approval_id(reference),
        "directive": approval_id(reference),
        "route": route,
        "kind": "approval",
    }
    request = Request(reference=reference, text="Kính trình phê duyệt", by=actor, role=OFFICER)
    order = asked.model_copy(update={"task": asked.task.model_copy(update=named)})
    return TaskStart(order=order, submission=request.submission(at))


@dataclass
class Office:
    """A skipped clock, a ledger and the handles to act on tasks."""

    env: WorkflowEnvironment
    ledger: Ledger
    clock: OfficeClock
    policy: Policy
    codes: Any = field(default_factory=lambda: count(1))
    working: asyncio.Task[None] | None = None
    at_work: Worker | None = None

    def worker(self, **options: Any) -> Worker:
        """A worker that replays a task from its beginning at every step."""
        ledger = self.ledger
        activities: list[Callable[..., Any]] = [
            ledger.record,
            ledger.admit,
            ledger.start_tasks,
            ledger.look_at_directive,
            ledger.deliver,
            ledger.post_events,
            ledger.ping,
        ]
        options = {"max_cached_workflows": 0, **options}
        return Worker(self.env.client, task_queue=TASK_QUEUE, activities=activities, **options)

    def open_doors(self, **options: Any) -> None:
        """The worker starts."""
        self.at_work = self.worker(**options)
        self.working = asyncio.create_task(self.at_work.run())

    async def close_doors(self) -> None:
        """The worker stops; marks come due without it."""
        assert self.at_work
        assert self.working
        await self.at_work.shutdown()
        await self.working

    async def pass_unseen(self, at: datetime) -> None:
        """Let time pass until the office's clock shows `at`, whatever is left undone."""
        ahead = self.clock.engine(at) - await self.env.get_current_time()
        if self.env.supports_time_skipping:
            await self.env.sleep(ahead)
        else:
            await asyncio.sleep(ahead.total_seconds())  # a real server on a scaled clock: days are seconds

    async def begin(self, due: Due | None = END_OF_JUNE, rrule: str = "", records: int = 0) -> Task:
        """Assign a task now, and wait for nothing."""
        order = order_for(f"{next(self.codes)}", due, self.policy, self.clock, rrule)
        return await self.env.client.start_workflow(
            DirectiveTaskWorkflow.run,
            TaskStart(order=order, records=records),
            id=order.task.id,
            task_queue=TASK_QUEUE,
        )

    async def start(self, due: Due | None = END_OF_JUNE, rrule: str = "", records: int = 0) -> Task:
        """Assign a task now; it is recorded when this returns."""
        task = await self.begin(due, rrule, records)
        while (await self.view(task)).outlook.revision < 0:
            await asyncio.sleep(POLL)  # until the assignment is recorded
        return task

    async def ask(self, actor: str = "so-khcn.cv") -> Approval:
        """Submit a document for approval now; it is recorded when this returns."""
        reference = f"ttr-{next(self.codes)}"
        start = request_for(reference, self.policy, self.clock, await self.now(), actor)
        approval = await self.env.client.start_workflow(
            ApprovalWorkflow.run, start, id=start.order.task.id, task_queue=TASK_QUEUE
        )
        while (await self.view(approval)).outlook.revision < 0:
            await asyncio.sleep(POLL)  # until the submission is recorded
        return approval

    async def now(self) -> datetime:
        """What the office's clock shows."""
        return self.clock.office(await self.env.get_current_time())

    async def until(self, at: datetime) -> None:
        """Let time pass until the office's clock shows `at` and everything that was due is recorded."""
        await self.pass_unseen(at)
        while self.ledger.owes(await self.now()):
            await asyncio.sleep(POLL)  # the worker is at it; the skipped clock stands meanwhile

    async def message(self, act: str, role: str, actor: str = "", **said: Any) -> Message:
        """One act by whoever holds `role`."""
        at = await self.now()
        return Message(
            id=said.pop("id", f"{act}-{at:%m%d%H%M%S%f}"),
            act=Act(act),
            actor=actor or role.replace(":", "."),
            role=role,
            at=said.pop("at", at),
            door=Door.CLI,
            **said,
        )

    async def act(self, task: Task | Approval, act: str, role: str, actor: str = "", **said: Any) -> Receipt:
        """Do it, and wait for the receipt."""
        message = await self.message(act, role, actor, **said)
        receipt: Receipt = await task.execute_update(act, message, id=message.id, result_type=Receipt)
        return receipt

    async def view(self, task: Task | Approval) -> TaskView:
        """The task's own view of itself."""
        seen: TaskView = await task.query("view", result_type=TaskView)
        return seen

    def kinds(self, task: Task | Approval) -> list[str]:
        """What the ledger holds of a task, in order."""
        return self.ledger.kinds(task.id)


@asynccontextmanager
async def an_office(
    at: datetime = ASSIGNED_AT,
    *,
    real: bool = False,
    server: Sequence[str] = (),
    policy: Policy | None = None,
    **options: Any,
) -> AsyncIterator[Office]:
    """An office on the skipped clock, or on a real server where a day passes in two seconds, or in twice as many as the
    server took to start: a busy machine assigns a task before its first mark, too.
    """
    began = monotonic()
    async with await (dev_server(more=server) if real else skipping_server()) as env:
        policy = policy or standard_policy()
        scale = round(DAY / max(SHORTEST, 2 * (monotonic() - began))) if real else 1
        clock = OfficeClock.starting(utc(at), await env.get_current_time(), scale)
        office = Office(env, Ledger(policy, shipped_calendar(), clock=clock), clock, policy)
        office.open_doors(**options)
        try:
            yield office
        finally:
            await office.close_doors()


async def events_of(task: Task) -> int:
    """How long the task's history is."""
    return len((await task.fetch_history()).events)


HISTORIES = Path(__file__).parent.parent / "histories"


async def gather(*acts: Any) -> list[Any]:
    """Everything at once; refusals come back as values."""
    return list(await asyncio.gather(*acts, return_exceptions=True))
