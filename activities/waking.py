"""Who has to be woken by a record: the outbox, and the directive whose last task has closed."""

import asyncio
from typing import NamedTuple

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from directive.event import Event, EventKind
from directive.record import Transition
from directive.task import Facts
from directive.wire import DELIVERY, LAST_TASK_CLOSED, PARENT_MOVED, WAKE, WEBHOOKS, directive_workflow
from notices.waking import wakes_at
from register.family import open_children
from register.hook_outbox import has_to_be_called
from register.office import load_calendar
from register.open import Register
from register.plans import load_plan
from register.reading import any_open
from register.rounds import Look, look

AT_ONCE = 50
COUNTS_FOR = 5.0
"""Seconds after which a call of delivery is made again, though it has not begun a round since the last one."""
ANYWAY = 360.0
"""Seconds after which who looks is called all the same: longer than the engine lets a round take, which may have died
and left word that it looks."""
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


class _Call(NamedTuple):
    """A call of delivery by one who had seen so many rounds; it counts `until` then by the loop's clock."""

    rounds: str
    until: float
    sending: "asyncio.Task[None]"

    @property
    def failed(self) -> bool:
        """Whether the engine has not taken it."""
        return self.sending.done() and (self.sending.cancelled() or self.sending.exception() is not None)


class _Looking:
    """Looks at delivery once for all who ask before the look begins: what they wrote is committed by then."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._one_at_a_time = asyncio.Lock()
        self._next: asyncio.Task[Look] | None = None

    async def seen(self) -> Look:
        """How delivery stands now, or somewhat later. Raises RegisterDown."""
        if self._next is None:
            self._next = asyncio.create_task(self._look())
        return await asyncio.shield(self._next)

    async def _look(self) -> Look:
        async with self._one_at_a_time:
            self._next = None
            return await look(self._register)


class Waking:
    """Sends the four signals of the house, each only where nobody would look in time by themselves."""

    def __init__(self, register: Register, client: Client) -> None:
        self._register = register
        self._client = client
        self._looking = _Looking(register)
        self._called: _Call | None = None
        self._anyway: dict[str, float] = {}

    async def after(self, transition: Transition) -> None:
        """Wake whom the transition concerns."""
        told = any(_is_told(event) for event in transition.events)
        closed = transition.facts.closed and transition.facts.task.kind == "task"
        if told:
            await self._wake_delivery(transition, await self._looking.seen())
        if closed and not await any_open(self._register, transition.facts.task.directive):
            await self._signal(directive_workflow(transition.facts.task.directive), LAST_TASK_CLOSED)
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

    async def _wake_delivery(self, transition: Transition, seen: Look) -> None:
        facts = transition.facts
        plan = await load_plan(self._register, facts.task.directive)
        calendar = await load_calendar(self._register, facts.calendar)
        told = [event for event in transition.events if _is_told(event)]
        needed = min(wakes_at(event, plan.policy.delivery, calendar, plan.urgency) for event in told)
        if not seen.delivery_comes_by(needed) or (seen.looking and self._is_time(DELIVERY)):
            await self._call_delivery(seen.rounds)

    def _is_time(self, workflow_id: str) -> bool:
        """Whether so long has passed since it was asked first, or called, that it is called anyway."""
        now = asyncio.get_running_loop().time()
        if now < self._anyway.setdefault(workflow_id, now + ANYWAY):
            return False
        self._anyway[workflow_id] = now + ANYWAY
        return True

    async def _call_delivery(self, rounds: str) -> None:
        """Call it once for all who have seen the same round, and wait until the engine has the call.

        A call makes delivery begin one more round after it. Who saw the count of its caller has written before that
        round began, and is found by it; who comes later sees another count, and calls anew. A call that failed counts
        for nobody, and none for ever: an engine may have been put back to an older state.
        """
        now = asyncio.get_running_loop().time()
        last = self._called
        if last is None or last.rounds != rounds or last.failed or last.until < now:
            last = _Call(rounds, now + COUNTS_FOR, asyncio.create_task(self._signal(DELIVERY, WAKE)))
            self._called = last
        await asyncio.shield(last.sending)

    async def _wake_webhooks(self, transition: Transition) -> None:
        if await has_to_be_called(self._register, transition.at) or self._is_time(WEBHOOKS):
            await self._signal(WEBHOOKS, WAKE)

    async def _signal(self, workflow_id: str, signal: str) -> None:
        """A workflow that is not there needs no waking: delivery is started by the worker, and looks first."""
        try:
            await self._client.get_workflow_handle(workflow_id).signal(signal)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise


def _is_told(event: Event) -> bool:
    return bool(event.to or event.to_people or event.told_only)
