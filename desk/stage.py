"""The stage of a rehearsal: a register of its own, a time-skipping server, and the time between two instants.

It **steps**: to the next instant of marks, acts and deliveries, then waits until the register has come to rest.
Never await results while several tasks run: the clock then runs away.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from temporalio.api.testservice.v1 import SleepRequest, UnlockTimeSkippingRequest
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import WorkflowEnvironment

from desk.server import skipping_server
from directive.clock import OfficeClock
from directive.directory import Directory
from directive.plan import Plan
from directive.record import DirectiveOrder
from directive.wire import TASK_QUEUE
from register.open import Register
from register.outbox import delivery_wakes_at, outbox_due
from register.plans import save_directory, save_plan
from register.reading import next_mark_of, recorded_tasks_of
from workflows.delivery import DeliveryWorkflow
from workflows.directive import DirectiveWorkflow

POLL = 0.02
TRIES = 4
NO_NEWS = timedelta(seconds=60)
STANDS_STILL = timedelta(seconds=20)
"""A skip takes a moment; after so long something that has ended still holds the clock."""
CUT = (RPCStatusCode.INTERNAL, RPCStatusCode.UNAVAILABLE)
GIVEN_UP = (RPCStatusCode.CANCELLED, RPCStatusCode.DEADLINE_EXCEEDED)


@dataclass(frozen=True)
class Staff:
    """Where a rehearsal's worker works: the engine, the register and the outbox, and the office's clock."""

    client: Client
    register: Register
    outbox: Path
    clock: OfficeClock


T = TypeVar("T")

Work = Callable[[Staff], AbstractAsyncContextManager[object]]


async def patiently(ask: Callable[[], Awaitable[T]]) -> T:
    """Ask the skipping server again when it drops the line or does not answer, as happens under load.

    Only for what may be asked twice. Raises the RPCError after five times.
    """
    for _ in range(TRIES):
        try:
            return await ask()
        except RPCError as error:
            if error.status not in CUT + GIVEN_UP:
                raise
            await asyncio.sleep(POLL)
    return await ask()


class Stuck(Exception):
    """The rehearsal has not come to rest: the worker is gone, or a task cannot go on."""


class Stage:
    """The running rehearsal of one plan."""

    def __init__(self, env: WorkflowEnvironment, staff: Staff, plan: Plan, tasks: int) -> None:
        self.env = env
        self.staff = staff
        self.register = staff.register
        self.clock = staff.clock
        self.plan = plan
        self._tasks = tasks

    async def now(self) -> datetime:
        """What the office's clock shows (UTC)."""
        return self.clock.office(await patiently(self.env.get_current_time))

    async def assign(self) -> None:
        """Start the directive, as `assign` does, and wait until every task is recorded."""
        order = DirectiveOrder(directive=self.plan.directive.id, digest=self.plan.digest, clock=self.clock)
        await self.staff.client.start_workflow(
            DirectiveWorkflow.run, order, id=f"directive:{self.plan.directive.id}", task_queue=TASK_QUEUE
        )
        await self.rest()

    async def skip_to(self, at: datetime) -> None:
        """Let time pass until `at` (office, UTC), and wait for what that brings.

        Raises Stuck where the clock has run further than that: what was seen then is not what would happen.
        """
        loop = asyncio.get_running_loop()
        before, begun = await self.now(), loop.time()
        await patiently(lambda: self._skip(self.clock.engine(at)))
        await self.rest()
        after = await self.now()
        if after > max(at, before) + timedelta(seconds=loop.time() - begun + 1):
            raise Stuck(f"the clock was to stand at {at} and shows {after}")

    async def _skip(self, at: datetime) -> None:
        """Skip what is left until the engine's instant `at`: tried again, it does not go further.

        A skip whose answer is lost goes on in the server; a second beside it would let the clock run on while steps of
        workflows are under way. A step that has run into its time limit by that leaves the clock locked once too
        often, for good (SDK for Java, issues 1138 and 2246): what holds it for so long is let go of.
        """
        ahead = at - await patiently(self.env.get_current_time)
        if ahead <= timedelta():
            return
        server, request = self.env.client.service_client.test_service, SleepRequest()
        request.duration.FromTimedelta(ahead)
        try:
            await server.unlock_time_skipping_with_sleep(request, timeout=STANDS_STILL)
        except RPCError as error:
            if error.status in GIVEN_UP:
                await server.unlock_time_skipping(UnlockTimeSkippingRequest())
            if error.status not in CUT + GIVEN_UP or not await self._comes_to(at):
                raise

    async def _comes_to(self, at: datetime) -> bool:
        """Whether the engine's clock gets to `at` by itself soon."""
        loop = asyncio.get_running_loop()
        until = loop.time() + STANDS_STILL.total_seconds()
        while await patiently(self.env.get_current_time) < at:
            if loop.time() > until:
                return False
            await asyncio.sleep(POLL)
        return True

    async def next_instant(self) -> datetime | None:
        """The next instant at which anything happens by itself; None when all is closed and everything sent."""
        mark = await next_mark_of(self.register, self.plan.directive.id)
        wakes = await delivery_wakes_at(self.register)
        return min((at for at in (mark, wakes) if at), default=None)

    async def rest(self) -> None:
        """Wait until everything that is due now is recorded and the outbox has been looked at."""
        loop = asyncio.get_running_loop()
        until = loop.time() + NO_NEWS.total_seconds()
        while not await self._at_rest():
            if loop.time() > until:
                raise Stuck(f"nothing has come to rest at {await self.now()}")
            await asyncio.sleep(POLL)

    async def _at_rest(self) -> bool:
        now = await self.now()
        if await recorded_tasks_of(self.register, self.plan.directive.id) < self._tasks:
            return False
        mark = await next_mark_of(self.register, self.plan.directive.id)
        if mark is not None and mark <= now:
            return False
        wakes = await delivery_wakes_at(self.register)
        if wakes is not None:
            return wakes > now
        return await outbox_due(self.register) is None


@asynccontextmanager
async def open_stage(
    plan: Plan, directory: Directory, *, as_of: datetime, folder: Path, work: Work, address: str = ""
) -> AsyncIterator[Stage]:
    """A stage in `folder` whose clock shows `as_of` (UTC). Everything on it ends with it.

    `address` is an empty register's, on either database; by default it is a file in the folder.
    """
    register = Register.open(address or f"sqlite+aiosqlite:///{folder / 'register.db'}")
    try:
        await register.migrate()
        await save_directory(register, directory)
        await save_plan(register, plan, directory.version)
        async with await skipping_server() as env:
            clock = OfficeClock.starting(as_of, await env.get_current_time())
            staff = Staff(env.client, register, folder / "outbox", clock)
            async with work(staff):
                await env.client.start_workflow(
                    DeliveryWorkflow.run,
                    clock,
                    id="delivery",
                    task_queue=TASK_QUEUE,
                    id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                )
                yield Stage(env, staff, plan, plan.number_of_orders(directory))
    finally:
        await register.close()
