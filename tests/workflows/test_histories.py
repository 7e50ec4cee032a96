"""A new release does not break running work: recorded histories replay, and the commands are those recorded."""

import gc
import sys
import warnings
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner
from temporalio.workflow import SandboxImportNotificationPolicy

from tests.workflows.office import HISTORIES
from tests.workflows.shapes import SHAPES, act_out, commands
from workflows.plugin import WORKFLOWS, plugin
from workflows.task import DirectiveTaskWorkflow

CEREMONY = "a changed workflow needs the ceremony in docs/developers.md"


def recorded(name: str) -> WorkflowHistory:
    return WorkflowHistory.from_json(name, (HISTORIES / f"{name}.json").read_text(encoding="utf-8"))


def test_every_shape_has_a_recorded_history() -> None:
    assert {file.stem for file in HISTORIES.glob("*.json")} >= set(SHAPES)


@pytest.mark.parametrize("file", sorted(HISTORIES.glob("*.json")), ids=lambda file: file.stem)
async def test_a_recorded_history_replays(file: Path) -> None:
    replayer = Replayer(workflows=[], plugins=[plugin()])
    await replayer.replay_workflow(recorded(file.stem))


@pytest.mark.parametrize(
    "name", ["happy", "answered", "signalled", "directive", "delivery", "webhook", "approval"]
)
async def test_the_commands_of_a_shape_are_those_recorded(name: str) -> None:
    assert commands(await act_out(name)) == commands(recorded(name)), CEREMONY


def test_a_happy_task_costs_what_it_did() -> None:
    assert len(recorded("happy").events) <= 60


async def test_nothing_of_ours_is_imported_anew_for_a_workflow() -> None:
    """A forgotten module would cost 80 ms and 1.6 MiB per workflow; the sandbox refuses it here."""
    strict = plugin()
    runner = strict.workflow_runner
    assert callable(runner)
    sandboxed = runner(SandboxedWorkflowRunner())
    assert isinstance(sandboxed, WorkflowRunner)
    assert isinstance(sandboxed, SandboxedWorkflowRunner)
    restrictions = sandboxed.restrictions.with_import_notification_policy(
        SandboxImportNotificationPolicy.RAISE_ON_UNINTENTIONAL_PASSTHROUGH
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        replayer = Replayer(
            workflows=list(WORKFLOWS),
            workflow_runner=SandboxedWorkflowRunner(restrictions=restrictions),
            data_converter=strict.data_converter,  # type: ignore[arg-type]
        )
        await replayer.replay_workflow(recorded("happy"))
    assert "directive.task" in sys.modules


def tasks_in_memory() -> list[DirectiveTaskWorkflow]:
    return [one for one in gc.get_objects() if isinstance(one, DirectiveTaskWorkflow)]


async def test_a_task_that_has_left_the_cache_is_let_go_at_once() -> None:
    """Left to Python's look for cycles, a worker kept the memory of a quarter more tasks than its cache has."""
    gc.disable()
    try:
        before = tasks_in_memory()  # of other tests, whose servers died with tasks in a cache
        await Replayer(workflows=[], plugins=[plugin()]).replay_workflow(recorded("happy"))
        known = {id(one) for one in before}
        assert not [one for one in tasks_in_memory() if id(one) not in known]
    finally:
        gc.enable()
