"""One plugin for client, worker, replayer and tests: data converter and sandbox rules that cannot drift."""

from temporalio.converter import DataConverter
from temporalio.plugin import SimplePlugin
from temporalio.worker import WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

from workflows.approval import ApprovalWorkflow
from workflows.brief import BriefFailures
from workflows.converter import Converter
from workflows.delivery import DeliveryWorkflow
from workflows.directive import DirectiveWorkflow
from workflows.runner import Sandbox
from workflows.task import DirectiveTaskWorkflow
from workflows.webhook import WebhookWorkflow

WORKFLOWS = (DirectiveTaskWorkflow, DirectiveWorkflow, DeliveryWorkflow, ApprovalWorkflow, WebhookWorkflow)

# Pure modules of ours and of others: re-importing them per workflow costs 80 ms and 1.6 MiB each (engine.md), and the
# file of a task, which only names its doors, still an eighth of all that a worker does for it (bench/README.md). The
# workflows of which an office has few are imported anew, so that the sandbox watches them.
PASSED_THROUGH = (
    "directive",
    "workflows.alarm",
    "workflows.approval",
    "workflows.calls",
    "workflows.doors",
    "workflows.life",
    "workflows.runner",
    "workflows.task",
    "dateutil",
    "six",
    "pydantic",
    "pydantic_core",
    "annotated_types",
)


def plugin() -> SimplePlugin:
    """The plugin that every connection and every worker takes."""
    return SimplePlugin(
        "dondoc",
        data_converter=DataConverter(
            payload_converter_class=Converter, failure_converter_class=BriefFailures
        ),
        workflow_runner=_passing_through,
        workflows=list(WORKFLOWS),
    )


def _passing_through(runner: WorkflowRunner | None) -> WorkflowRunner:
    if not isinstance(runner, SandboxedWorkflowRunner):
        raise TypeError("the workflow sandbox has to stay on")
    restrictions = runner.restrictions.with_passthrough_modules(*PASSED_THROUGH)
    return Sandbox(restrictions)
