"""What a directive's workflow calls: its tasks started in batches, its standing looked up."""

import asyncio
from collections import Counter
from collections.abc import Sequence

from temporalio import activity
from temporalio.client import Client
from temporalio.common import (
    SearchAttributeKey,
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import WorkflowAlreadyStartedError

from activities.alive import signs_of_life
from directive.due import local_day
from directive.record import Batch, Glance, Standing, Started, TaskStart
from directive.task import Order
from directive.wire import DIRECTIVE_NUMBER, TASK_QUEUE, TASK_WORKFLOW, UNIT
from register.office import current_calendar
from register.open import Register
from register.plans import number_of_orders, orders_of
from register.reading import TaskFilter, facts_of, open_tasks_of, recorded_tasks_of, tasks
from register.unassigned import unassignment_of

AT_ONCE = 20
"""Starts in flight; and after so many it is asked whether the assignment still stands."""
RECORDS_A_RUN = 16
"""About 150 events: replayed within some tens of milliseconds where a worker has forgotten the task."""


class Starting:
    """Starts tasks by the client: no children, so that the tasks outlive any fault of the directive's run."""

    def __init__(self, register: Register, client: Client) -> None:
        self._register = register
        self._client = client

    @activity.defn
    async def start_tasks(self, batch: Batch) -> Started:
        """Start the tasks from the cursor on. One that was started or recorded before is left alone.

        None is started once the assignment was taken back, not even the rest of a batch.
        """
        total = await number_of_orders(self._register, batch.directive)
        stopped = Started(cursor=batch.cursor, total=total, stopped=True)
        if await unassignment_of(self._register, batch.directive):
            return stopped
        wanted = await orders_of(self._register, batch.directive, batch.clock, batch.cursor, batch.size)
        recorded = await facts_of(self._register, [order.task.id for order in wanted])
        left = [order for order in wanted if order.task.id not in recorded]
        async with signs_of_life():
            if not await self._start_each(batch.directive, left):
                return stopped
        return Started(cursor=min(batch.cursor + batch.size, total), total=total)

    @activity.defn
    async def look_at_directive(self, glance: Glance) -> Standing:
        """Count the open tasks, those not recorded yet among them, and name the next working day's morning."""
        planned = await number_of_orders(self._register, glance.directive)
        recorded = await recorded_tasks_of(self._register, glance.directive)
        still_open = await open_tasks_of(self._register, glance.directive)
        calendar = await current_calendar(self._register)
        tomorrow = calendar.add_working_days(local_day(glance.at), 1)
        taken_back = await unassignment_of(self._register, glance.directive) is not None
        to_come = 0 if taken_back else planned - recorded
        again = calendar.start_of_work(tomorrow)
        standing = Standing(open=still_open + to_come, total=planned, again=again, unassigned=taken_back)
        return standing if standing.open else await self._summed_up(glance, standing)

    async def _summed_up(self, glance: Glance, standing: Standing) -> Standing:
        rows = await tasks(self._register, TaskFilter(directive=glance.directive), glance.at)
        counted = Counter(str(row.outcome or row.state) for row in rows)
        return standing.model_copy(update={"outcomes": dict(counted)})

    async def _start_each(self, directive: str, orders: Sequence[Order]) -> bool:
        """Start tasks, so many at once without a pause; False where the assignment was taken back meanwhile."""
        turns, begun = asyncio.Semaphore(AT_ONCE), []
        for place, order in enumerate(orders):
            if place % AT_ONCE == 0 and await unassignment_of(self._register, directive):
                break
            await turns.acquire()
            begun.append(asyncio.create_task(self._start(order)))
            begun[-1].add_done_callback(lambda _: turns.release())
        await asyncio.gather(*begun)
        return len(begun) == len(orders)

    async def _start(self, order: Order) -> None:
        try:
            await self._client.start_workflow(
                TASK_WORKFLOW,
                TaskStart(order=order, records=RECORDS_A_RUN),
                id=order.task.id,
                task_queue=TASK_QUEUE,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                search_attributes=_attributes(order),
                request_eager_start=True,  # its first step comes with the answer, without a way through the queue
            )
        except WorkflowAlreadyStartedError:
            activity.logger.debug("task_started_before")


def _attributes(order: Order) -> TypedSearchAttributes:
    """What an administrator filters by in the Temporal UI: the letter's number as signed, the unit's code."""
    number, unit = SearchAttributeKey.for_keyword(DIRECTIVE_NUMBER), SearchAttributeKey.for_keyword(UNIT)
    return TypedSearchAttributes(
        [SearchAttributePair(number, order.number), SearchAttributePair(unit, order.task.unit)]
    )
