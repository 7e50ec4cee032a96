"""What the engine says of the story's tasks in the end: the same facts as the register, and no task that is stuck."""

from collections.abc import Iterator

from temporalio.api.enums.v1 import EventType, WorkflowTaskFailedCause
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHistory
from temporalio.service import RPCError

from directive.wire import DELIVERY
from register.open import Register
from register.reading import facts_of
from tests.survive.story import Story
from workflows.task import DirectiveTaskWorkflow

_HARMLESS = frozenset(
    {
        WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND,  # a message came while it was closing
        WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND,
        WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_RESET_STICKY_TASK_QUEUE,
    }
)


async def differences(client: Client, register: Register, story: Story) -> list[str]:
    """Where engine and register differ now; what is still on its way is gone at the next look."""
    ids = [order.task.id for order in story.orders]
    held = await facts_of(register, ids)
    found: list[str] = []
    for task in ids:
        handle = client.get_workflow_handle_for(DirectiveTaskWorkflow.run, task)
        try:
            status = (await handle.describe()).status
            if held[task].closed:
                if status is not WorkflowExecutionStatus.COMPLETED:
                    found.append(f"{task}: closed in the register, and {status} in the engine")
            elif status is not WorkflowExecutionStatus.RUNNING:
                found.append(f"{task}: open in the register, and {status} in the engine")
            elif (await handle.query(DirectiveTaskWorkflow.view)).facts != held[task]:
                found.append(f"{task}: the engine has other facts than the register")
        except (RPCError, KeyError) as error:
            found.append(f"{task}: {error!r}")
    return found


async def ailments(client: Client, story: Story) -> list[str]:
    """Workflow tasks that have failed, of every task, of the letter and of the delivery: there may be none."""
    ids = [order.task.id for order in story.orders]
    found: list[str] = []
    for workflow in (*ids, f"directive:{story.plan.directive.id}", DELIVERY):
        found += _failed(workflow, await client.get_workflow_handle(workflow).fetch_history())
    return found


def _failed(workflow: str, history: WorkflowHistory) -> Iterator[str]:
    for event in history.events:
        if event.event_type != EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED:
            continue
        failed = event.workflow_task_failed_event_attributes
        if failed.cause not in _HARMLESS:
            yield f"{workflow}: a workflow task failed: {failed.failure.message or failed.cause}"
