"""What is around a workflow in its sandbox."""

import gc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
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
from workflows.runner import Rules, Seeded, Tidy
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


async def test_what_tasks_have_in_common_is_held_once() -> None:
    """Of one letter and one unit they have the marks of the deadline, which were a tenth of a cached task."""

    def lives() -> list[DirectiveTaskWorkflow]:
        return [one for one in gc.get_objects() if type(one) is DirectiveTaskWorkflow]

    others = lives()
    before = {id(one) for one in others}
    async with an_office(max_cached_workflows=10) as office:
        for _ in range(3):
            await office.start()
        own = [one for one in lives() if id(one) not in before]
        outlooks = [one._outlook for one in own]
        assert len(outlooks) == 3
        marks = [mark for outlook in outlooks for mark in outlook.marks if mark.key.startswith("c1.")]
        assert len({id(mark) for mark in marks}) == len(marks) / 3
        assert len({id(outlook.window) for outlook in outlooks}) == 1
        assert not any(one._facts.model_fields_set for one in own)
        del others


def test_the_random_numbers_of_a_workflow_are_those_of_its_seed() -> None:
    """Whenever the first is drawn, and after the engine has given it another seed."""
    drawn, chance = Seeded(Random, 7), Random(7)
    assert [drawn.random(), drawn.getrandbits(128)] == [chance.random(), chance.getrandbits(128)]
    drawn.seed(8)
    assert drawn.random() == Random(8).random()
