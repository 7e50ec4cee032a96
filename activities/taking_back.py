"""What a directive's workflow calls when its assignment was taken back: the started tasks are withdrawn in batches."""

import asyncio
from datetime import timedelta

from temporalio import activity
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from activities.alive import signs_of_life
from directive.clock import OfficeClock
from directive.record import Batch, Receipt, Started
from directive.refusal import Reason
from directive.unassigning import Unassignment
from register.open import Register
from register.plans import number_of_orders, orders_of
from register.unassigned import unassignment_of

AT_ONCE = 20
PATIENCE = timedelta(seconds=60)
"""How long one task may take; the whole batch is tried again then, and what is withdrawn stays so."""


class TakingBack:
    """Withdraws tasks by the same update as a person does, so that a task judges and records it itself."""

    def __init__(self, register: Register, client: Client) -> None:
        self._register = register
        self._client = client

    @activity.defn
    async def take_back(self, batch: Batch) -> Started:
        """Withdraw the tasks from the cursor on; one that was never started, or is closed, is left alone."""
        decision = await unassignment_of(self._register, batch.directive)
        total = await number_of_orders(self._register, batch.directive)
        if decision:
            turns = asyncio.Semaphore(AT_ONCE)
            wanted = await orders_of(self._register, batch.directive, batch.clock, batch.cursor, batch.size)
            async with signs_of_life():
                await asyncio.gather(
                    *(self._withdraw(order.task.id, decision, batch.clock, turns) for order in wanted)
                )
        return Started(cursor=min(batch.cursor + batch.size, total), total=total)

    async def _withdraw(
        self, task: str, decision: Unassignment, clock: OfficeClock, turns: asyncio.Semaphore
    ) -> None:
        async with turns:
            at = clock.office(
                activity.info().started_time
            )  # of this attempt: an earlier one may be hours old
            message = decision.message(task, max(at, decision.at))
            try:
                handle = self._client.get_workflow_handle(task)
                await handle.execute_update(
                    message.act, message, id=message.id, result_type=Receipt, rpc_timeout=PATIENCE
                )
            except WorkflowUpdateFailedError as refused:
                if not (isinstance(refused.cause, ApplicationError) and refused.cause.type == Reason.CLOSED):
                    raise
            except RPCError as error:
                if error.status is not RPCStatusCode.NOT_FOUND:
                    raise
