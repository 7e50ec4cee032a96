"""Who has to be woken by a record: the outbox, and the directive whose last task has closed."""

import asyncio

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from directive.event import Event, EventKind
from directive.record import Transition
from directive.task import Facts
from directive.wire import DELIVERY, LAST_TASK_CLOSED, PARENT_MOVED, WAKE, WEBHOOKS, directive_workflow
from notices.waking import due_at
from register.family import open_children
from register.hook_outbox import has_to_be_called
from register.office import load_calendar
from register.open import Register
from register.outbox import delivery_is_asleep_past
from register.plans import load_plan
from register.reading import open_tasks_of

AT_ONCE = 50
_MOVES = frozenset(
    {
        EventKind.EXTENSION_GRANTED,
        EventKind.DEADLINE_AMENDED,
        EventKind.REPLANNED,
        EventKind.RESUMED,
        EventKind.RETURNED,
        EventKind.QUESTION_LAPSED,
        EventKind.APPROVED,
        EventKind.WITHDRAWN,
        EventKind.NOT_OURS_AGREED,
    }
)
"""After these a task may have another deadline, or bound its children's no more since it is closed."""


class Waking:
    """Sends the four signals of the house, each only where nobody would look in time by themselves."""

    def __init__(self, register: Register, client: Client) -> None:
        self._register = register
        self._client = client

    async def after(self, transition: Transition) -> None:
        """Wake whom the transition concerns."""
        if any(_is_told(event) for event in transition.events):
            await self._wake_delivery(transition)
        if transition.facts.closed and transition.facts.task.kind == "task":
            await self._wake_directive(transition.facts.task.directive)
        if any(event.kind in _MOVES for event in transition.events):
            await self._tell_children(transition.facts)
        if self._register.memory.hooked and transition.events:
            await self._wake_webhooks(transition)

    async def _tell_children(self, parent: Facts) -> None:
        """A child's deadline is bounded by its parent's: it asks the register anew."""
        children = await open_children(self._register, parent)
        for start in range(0, len(children), AT_ONCE):
            some = children[start : start + AT_ONCE]
            await asyncio.gather(*(self._signal(child, PARENT_MOVED) for child in some))

    async def _wake_delivery(self, transition: Transition) -> None:
        facts = transition.facts
        plan = await load_plan(self._register, facts.task.directive)
        calendar = await load_calendar(self._register, facts.calendar)
        told = [event for event in transition.events if _is_told(event)]
        needed = min(due_at(event, plan.policy.delivery, calendar, plan.urgency) for event in told)
        if await delivery_is_asleep_past(self._register, needed):
            await self._signal(DELIVERY, WAKE)

    async def _wake_webhooks(self, transition: Transition) -> None:
        if await has_to_be_called(self._register, transition.at):
            await self._signal(WEBHOOKS, WAKE)

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


def _is_told(event: Event) -> bool:
    return bool(event.to or event.to_people or event.told_only)
