"""The SDK's sandbox, without its way in and out for each payload: a sixth of a worker's time in Python."""

from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.converter import SerializationContext, StorageDriverStoreContext
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner
from temporalio.workflow import Info


class Sandbox(SandboxedWorkflowRunner):
    """Runs workflows in the SDK's sandbox; their payloads are converted outside of it, without a context."""

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """One workflow in its sandbox."""
        return _Sandboxed(super().create_instance(det))


class _Sandboxed(WorkflowInstance):
    """Activates in the sandbox, and names no context of a payload.

    The SDK asks inside the sandbox for the context of each payload of each command. Only a codec or a converter that
    is made for contexts would use one, and the plugin has neither.
    """

    def __init__(self, inside: WorkflowInstance) -> None:
        self._inside = inside

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        return self._inside.activate(act)

    def get_serialization_context(self, command_info: object) -> SerializationContext | None:
        return None

    def get_external_store_context(self, command_info: object) -> StorageDriverStoreContext:
        return StorageDriverStoreContext(target=None)

    def get_info(self) -> Info:
        return self._inside.get_info()

    def get_thread_id(self) -> int | None:
        return self._inside.get_thread_id()
