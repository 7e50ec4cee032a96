"""What is around a workflow in its sandbox."""

import gc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

import pytest
from temporalio.bridge.proto.workflow_activation import (
    InitializeWorkflow,
    RemoveFromCache,
    WorkflowActivation,
    WorkflowActivationJob,
)
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.worker import WorkflowInstance
from temporalio.worker.workflow_sandbox import RestrictedWorkflowAccessError, SandboxRestrictions

from tests.workflows.office import an_office
from workflows.approval import ApprovalWorkflow
from workflows.delivery import DeliveryWorkflow
from workflows.plugin import PASSED_THROUGH
from workflows.runner import Rules, Tidy
from workflows.task import DirectiveTaskWorkflow


class Once:
    """A workflow in whose instance something is kept."""

    def __init__(self) -> None:
        self.kept = ["much"]
        self._current_internal_flags: tuple[int, ...] = ()
        self._workflow_input = None
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
    assert not hasattr(inside, "kept")
    assert inside.deleting
    assert tidy.activate(leave) == WorkflowActivationCompletion()


def test_the_sandbox_of_all_tasks_refuses_what_one_of_its_own_refuses(tmp_path: Path) -> None:
    """Tasks are passed through and share it; it holds for the thread that is in it, and for that alone."""
    rules = Rules(SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH))
    assert rules.takes(DirectiveTaskWorkflow)
    assert rules.takes(ApprovalWorkflow)
    assert not rules.takes(DeliveryWorkflow)
    file = tmp_path / "read"
    file.write_text("elsewhere")
    with ThreadPoolExecutor(1) as elsewhere, rules.entered():
        with pytest.raises(RestrictedWorkflowAccessError, match="open"):
            open(file)  # noqa: PTH123, SIM115  # what a workflow would call
        with pytest.raises(RestrictedWorkflowAccessError, match="socket"):
            __import__("socket").create_connection(("127.0.0.1", 1))
        assert elsewhere.submit(file.read_text).result() == "elsewhere"
    assert file.read_text() == "elsewhere"


async def test_a_task_that_waits_holds_none_of_the_engine_s_messages() -> None:
    """Each would keep all of the start or of the last step: 20 KiB of a waiting task, in a worker that caches 5,000."""

    def held() -> set[int]:
        kinds = (WorkflowActivation, InitializeWorkflow, WorkflowActivationCompletion)
        return {id(one) for one in gc.get_objects() if isinstance(one, kinds)}

    gc.collect()
    before = held()
    async with an_office(max_cached_workflows=10) as office:
        tasks = [await office.start() for _ in range(5)]
        gc.collect()
        assert len(held() - before) < len(tasks)  # the worker's own loop has those of the last step
