"""One directive: starts its tasks, waits until the last is closed, and sums up."""

from datetime import datetime

from temporalio import workflow

from directive.record import Batch, DirectiveEnd, DirectiveOrder, Glance, Standing
from workflows import calls
from workflows.alarm import Alarm

BATCH = 300
"""The last of a batch is waited for before the next: an argument, which no replay compares."""


@workflow.defn
class DirectiveWorkflow:
    """The tasks are no children: they are started by the client in batches, and outlive any fault of this run."""

    @workflow.init
    def __init__(self, order: DirectiveOrder) -> None:
        self._order = order
        self._alarm = Alarm(order.clock)
        self._started = order.cursor
        self._woken = False

    @workflow.run
    async def run(self, order: DirectiveOrder) -> DirectiveEnd:
        """Start all tasks, then wait: for the record that closes the last one, with a look every working day.

        Where the assignment was taken back meanwhile, what is not started stays so, and the rest is withdrawn.
        """
        await self._start_all()
        while True:
            self._woken = False
            standing = await self._look()
            if standing.unassigned:
                await self._take_all_back()
                standing = await self._look()
            if standing.open == 0:
                self._alarm.cancel()
                return DirectiveEnd(
                    directive=order.directive,
                    tasks=standing.total,
                    at=self._now(),
                    outcomes=standing.outcomes,
                )
            workflow.set_current_details(f"{standing.open} / {standing.total} nhiệm vụ chưa xong (open)")
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(order.model_copy(update={"cursor": self._started}))
            self._alarm.set(standing.again)
            await workflow.wait_condition(lambda: self._woken or self._alarm.rang)

    @workflow.signal
    def last_task_closed(self) -> None:
        """Look now: sent by the record that closes the last open task, and by who takes the assignment back."""
        self._woken = True

    @workflow.query
    def started(self) -> int:
        """How many tasks are started."""
        return self._started

    async def _start_all(self) -> None:
        while True:
            reached = await calls.start_tasks(self._batch(self._started))
            self._started = reached.cursor
            if reached.stopped or reached.cursor >= reached.total:
                return

    async def _take_all_back(self) -> None:
        """Withdraw whatever was started: nothing starts any more. A task that is closed stays as it is."""
        cursor = 0
        while True:
            reached = await calls.take_back(self._batch(cursor))
            if reached.cursor >= reached.total:
                return
            cursor = reached.cursor

    async def _look(self) -> Standing:
        return await calls.look_at_directive(Glance(directive=self._order.directive, at=self._now()))

    def _batch(self, cursor: int) -> Batch:
        order = self._order
        return Batch(directive=order.directive, cursor=cursor, size=BATCH, clock=order.clock)

    def _now(self) -> datetime:
        return self._order.clock.office(workflow.now())
