"""What is around a workflow in its sandbox."""

from typing import cast

from temporalio.bridge.proto.workflow_activation import (
    RemoveFromCache,
    WorkflowActivation,
    WorkflowActivationJob,
)
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.worker import WorkflowInstance

from workflows.runner import Tidy


class Once:
    """A workflow in whose instance something is kept."""

    def __init__(self) -> None:
        self.kept = ["much"]
        self.deleting = True

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        return WorkflowActivationCompletion(run_id=self.kept[0])


def test_a_workflow_may_be_asked_twice_to_leave_the_cache() -> None:
    """The SDK asks again where the first answer took longer than two seconds."""
    inside = Once()
    tidy = Tidy(cast(WorkflowInstance, inside))
    leave = WorkflowActivation(jobs=[WorkflowActivationJob(remove_from_cache=RemoveFromCache())])
    assert tidy.activate(WorkflowActivation()).run_id == "much"
    assert tidy.activate(leave).run_id == "much"
    assert vars(inside) == {"deleting": True}
    assert tidy.activate(leave) == WorkflowActivationCompletion()
