"""The outbox's long life: sends what is due, then sleeps until the next notice is, or a record wakes it."""

from temporalio import workflow

from directive.clock import OfficeClock
from directive.record import Round
from workflows import calls
from workflows.alarm import Alarm


@workflow.defn
class DeliveryWorkflow:
    """One for the whole office; it keeps nothing itself, so that a restart loses nothing."""

    @workflow.init
    def __init__(self, clock: OfficeClock) -> None:
        self._clock = clock
        self._alarm = Alarm(clock)
        self._woken = False

    @workflow.run
    async def run(self, clock: OfficeClock) -> None:
        """Deliver, wait, begin anew when the history has grown."""
        while True:
            self._woken = False
            delivered = await calls.deliver(Round(at=clock.office(workflow.now()), clock=clock))
            self._alarm.set(delivered.next_at)
            if workflow.info().is_continue_as_new_suggested():
                self._alarm.cancel()
                workflow.continue_as_new(clock)
            await workflow.wait_condition(lambda: self._woken or self._alarm.rang)

    @workflow.signal
    def wake(self) -> None:
        """Sent by a record whose notices are due before the instant that delivery sleeps until."""
        self._woken = True
