"""The SDK's sandbox, without its way in and out for each payload, and without what an evicted task leaves behind."""

from typing import Any

from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.converter import SerializationContext, StorageDriverStoreContext
from temporalio.worker import UnsandboxedWorkflowRunner, WorkflowInstance, WorkflowInstanceDetails
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner
from temporalio.workflow import Info


class Sandbox(SandboxedWorkflowRunner):
    """Runs workflows in the SDK's sandbox; their payloads are converted outside of it, without a context."""

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """One workflow in its sandbox."""
        return _Sandboxed(super().create_instance(det))


class Inside(UnsandboxedWorkflowRunner):
    """What the sandbox runs a workflow with, inside of it (its `runner_class`)."""

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """One workflow that leaves nothing behind."""
        return Tidy(super().create_instance(det))


class _Around(WorkflowInstance):
    """One workflow, as what is around it shows it."""

    def __init__(self, inside: WorkflowInstance) -> None:
        self._inside = inside

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        return self._inside.activate(act)

    def get_serialization_context(self, command_info: Any) -> SerializationContext | None:
        return self._inside.get_serialization_context(command_info)

    def get_external_store_context(self, command_info: Any) -> StorageDriverStoreContext:
        return self._inside.get_external_store_context(command_info)

    def get_info(self) -> Info:
        return self._inside.get_info()

    def get_thread_id(self) -> int | None:
        return self._inside.get_thread_id()


class _Sandboxed(_Around):
    """Names no context of a payload.

    The SDK asks inside the sandbox for the context of each payload of each command. Only a codec or a converter that
    is made for contexts would use one, and the plugin has neither.
    """

    def get_serialization_context(self, command_info: object) -> SerializationContext | None:
        return None

    def get_external_store_context(self, command_info: object) -> StorageDriverStoreContext:
        return StorageDriverStoreContext(target=None)


class Tidy(_Around):
    """Lets go of everything once the workflow has left the worker's cache.

    It is a loop of its own, and its tasks and handlers hold it. Python would find such a ring only when a quarter of
    all that it has kept for long is of that kind: of 5,000 cached tasks the memory of 1,250 more.
    """

    _gone = False

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        if self._gone:  # asked once more, where the first answer came too late
            return WorkflowActivationCompletion()
        done = super().activate(act)
        if any(job.HasField("remove_from_cache") for job in act.jobs):
            self._gone = True
            _let_go(self._inside)
        return done


def _let_go(inside: WorkflowInstance) -> None:
    """Drop all that it holds but plain values: its futures still ask it, as they go, whether it is being taken down."""
    held = vars(inside)
    for name in [name for name, one in held.items() if not isinstance(one, int | str | None)]:
        del held[name]
