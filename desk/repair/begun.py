"""Workflows begun from the register: tasks with all that it holds of them, directives, and the outbox's long lives."""

from typing import TYPE_CHECKING

from temporalio.common import (
    SearchAttributeKey,
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from desk.saying import now
from desk.settings import settings
from directive.outlook import look_ahead
from directive.record import Carried, DirectiveOrder, TaskStart
from directive.task import Order
from directive.wire import (
    APPROVAL_WORKFLOW,
    DELIVERY,
    DIRECTIVE_NUMBER,
    TASK_QUEUE,
    TASK_WORKFLOW,
    UNIT,
    WAKE,
    WEBHOOKS,
    directive_workflow,
)
from register.family import parent_due
from register.held import Held
from register.office import NotRecorded
from register.open import Register
from register.plans import load_calendar, load_plan, orders_of
from workflows.directive import DirectiveWorkflow

if TYPE_CHECKING:
    from temporalio.client import Client

DELIVERY_WORKFLOW, WEBHOOK_WORKFLOW = "DeliveryWorkflow", "WebhookWorkflow"
MOST_RECEIPTS = 500
"""As many as a task takes along by itself (`workflows/life.py`)."""


class Beginning:
    """Begins what the register holds and the engine does not; each id in one run at a time."""

    def __init__(self, client: "Client", register: Register) -> None:
        self._client, self._register = client, register
        self._orders: dict[str, dict[str, Order]] = {}

    async def task(self, held: Held, *, anew: bool) -> None:
        """Begin a task as the register has it. With `anew` a run that is behind ends; else there must be none.

        One that is closed in the register ends by itself as soon as a worker takes it up. Raises NotRecorded where
        the plan does not name the task, RPCError.
        """
        facts = held.facts
        order = await self._order(facts.task.directive, facts.task.id)
        calendar = await load_calendar(self._register, facts.calendar)
        bound = await parent_due(self._register, facts)
        carried = Carried(
            facts=facts,
            outlook=look_ahead(facts, order.policy, calendar, now(), bound),
            receipts=held.receipts[-MOST_RECEIPTS:],
        )
        try:
            await self._client.start_workflow(
                APPROVAL_WORKFLOW if facts.task.kind == "approval" else TASK_WORKFLOW,
                TaskStart(order=order, carried=carried),
                id=facts.task.id,
                task_queue=TASK_QUEUE,
                search_attributes=_attributes(order),
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE
                if anew
                else WorkflowIDReusePolicy.REJECT_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.TERMINATE_EXISTING
                if anew
                else WorkflowIDConflictPolicy.FAIL,
            )
        except WorkflowAlreadyStartedError:
            return  # by an earlier repair that was cut short

    async def directive(self, directive: str) -> None:
        """Begin a directive's workflow: it starts what is recorded nowhere, and waits for the last task."""
        plan = await load_plan(self._register, directive)
        await self._client.start_workflow(
            DirectiveWorkflow.run,
            DirectiveOrder(directive=directive, digest=plan.digest, clock=settings().clock),
            id=directive_workflow(directive),
            task_queue=TASK_QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )

    async def long_life(self, name: str) -> None:
        """Begin the outbox's workflow, or that of the webhooks."""
        lives = {DELIVERY: DELIVERY_WORKFLOW, WEBHOOKS: WEBHOOK_WORKFLOW}
        await self._client.start_workflow(
            lives[name],
            settings().clock,
            id=name,
            task_queue=TASK_QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )

    async def wake(self, name: str) -> None:
        """Let one of them look now: until when it sleeps is not what the other side has noted. Raises RPCError."""
        try:
            await self._client.get_workflow_handle(name).signal(WAKE)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise

    async def _order(self, directive: str, task: str) -> Order:
        if directive not in self._orders:
            made = await orders_of(self._register, directive, settings().clock)
            self._orders[directive] = {order.task.id: order for order in made}
        try:
            return self._orders[directive][task]
        except KeyError as error:
            raise NotRecorded("task", task) from error


def _attributes(order: Order) -> TypedSearchAttributes:
    """As `activities/starting.py` sets them."""
    named = ((DIRECTIVE_NUMBER, order.number), (UNIT, order.task.unit))
    return TypedSearchAttributes(
        [SearchAttributePair(SearchAttributeKey.for_keyword(name), value) for name, value in named]
    )
