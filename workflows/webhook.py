"""The long life of what goes to other systems: posts what is due, then sleeps until more is, or a record wakes it."""

from temporalio import workflow

from directive.clock import OfficeClock
from directive.hook import Ping, Pinged
from directive.record import Round
from workflows import calls
from workflows.alarm import Alarm


@workflow.defn
class WebhookWorkflow:
    """One for the whole office, beside that of the mail: a system that is slow or down never holds up a mail."""

    @workflow.init
    def __init__(self, clock: OfficeClock) -> None:
        self._clock = clock
        self._alarm = Alarm(clock)
        self._woken = False

    @workflow.run
    async def run(self, clock: OfficeClock) -> None:
        """Post, wait, begin anew when the history has grown."""
        while True:
            self._woken = False
            posted = await calls.post_events(Round(at=clock.office(workflow.now()), clock=clock))
            self._alarm.set(posted.next_at)
            if workflow.info().is_continue_as_new_suggested():
                self._alarm.cancel()
                await workflow.wait_condition(workflow.all_handlers_finished)
                workflow.continue_as_new(clock)
            await workflow.wait_condition(lambda: self._woken or self._alarm.rang)

    @workflow.signal
    def wake(self) -> None:
        """Sent by a record that has written something for a webhook while nobody looked."""
        self._woken = True

    @workflow.update
    async def ping(self, ping: Ping) -> Pinged:
        """Try one webhook now; where it answers, what waits for it goes out at once."""
        pinged = await calls.ping(ping)
        self._woken = self._woken or pinged.taken
        return pinged
