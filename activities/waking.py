"""Who has to be woken by a record: the outbox, and the directive whose last task has closed."""

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from directive.record import Transition
from directive.wire import DELIVERY, LAST_TASK_CLOSED, WAKE, directive_workflow
from notices.waking import due_at
from register.office import load_calendar
from register.open import Register
from register.outbox import delivery_is_asleep_past
from register.plans import load_plan
from register.reading import open_tasks_of


class Waking:
    """Sends the two signals of the house, each only where nobody would look in time by themselves."""

    def __init__(self, register: Register, client: Client) -> None:
        self._register = register
        self._client = client

    async def after(self, transition: Transition) -> None:
        """Wake whom the transition concerns."""
        if any(event.to or event.to_people for event in transition.events):
            await self._wake_delivery(transition)
        if transition.facts.closed:
            await self._wake_directive(transition.facts.task.directive)

    async def _wake_delivery(self, transition: Transition) -> None:
        facts = transition.facts
        plan = await load_plan(self._register, facts.task.directive)
        calendar = await load_calendar(self._register, facts.calendar)
        told = [event for event in transition.events if event.to or event.to_people]
        needed = min(due_at(event, plan.policy.delivery, calendar, plan.urgency) for event in told)
        if await delivery_is_asleep_past(self._register, needed):
            await self._signal(DELIVERY, WAKE)

    async def _wake_directive(self, directive: str) -> None:
        if await open_tasks_of(self._register, directive) == 0:
            await self._signal(directive_workflow(directive), LAST_TASK_CLOSED)

    async def _signal(self, workflow_id: str, signal: str) -> None:
        """A workflow that is not there needs no waking: delivery is started by the worker, and looks first."""
        try:
            await self._client.get_workflow_handle(workflow_id).signal(signal)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
