"""The SDK's sandbox: one for all that is passed through, not entered for each payload, and left without a trace."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from temporalio.api.common.v1 import Payloads
from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.converter import SerializationContext, StorageDriverStoreContext
from temporalio.worker import UnsandboxedWorkflowRunner, WorkflowInstance, WorkflowInstanceDetails
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions
from temporalio.worker.workflow_sandbox._importer import Importer
from temporalio.worker.workflow_sandbox._restrictions import RestrictionContext
from temporalio.workflow import Info, unsafe


class Sandbox(SandboxedWorkflowRunner):
    """Runs workflows in the SDK's sandbox; their payloads are converted outside of it, without a context.

    A workflow whose file is imported anew has a sandbox of its own, as the SDK has it. One that is passed through
    brings nothing into a sandbox, so all such workflows of a worker share one: the same rules, made once.
    """

    def __init__(self, restrictions: SandboxRestrictions) -> None:
        super().__init__(restrictions=restrictions, runner_class=Inside)
        object.__setattr__(self, "_rules", Rules(restrictions))

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """One workflow in its sandbox."""
        rules: Rules = vars(self)["_rules"]
        if rules.takes(det.defn.cls):
            return _Within(rules, det)
        return _Sandboxed(super().create_instance(det))


class Rules:
    """The rules of the SDK's sandbox for workflows that bring nothing into it: what may be imported and called."""

    def __init__(self, restrictions: SandboxRestrictions) -> None:
        context = RestrictionContext()
        context.is_runtime = True  # nothing is imported in it before a workflow runs
        self._importer = Importer(restrictions, context)

    def takes(self, workflow: type) -> bool:
        """Whether the workflow's file is passed through."""
        return self._importer.module_configured_passthrough(workflow.__module__)

    @contextmanager
    def entered(self) -> Iterator[None]:
        """This thread under the rules, until it leaves."""
        unsafe._set_in_sandbox(True)
        try:
            with self._importer.applied():
                yield
        finally:
            unsafe._set_in_sandbox(False)


class Inside(UnsandboxedWorkflowRunner):
    """What the sandbox runs a workflow with, inside of it (its `runner_class`)."""

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """One workflow that leaves nothing behind."""
        last = Payloads.FromString(
            det.last_completion_result.SerializeToString()
        )  # else the whole start stays
        made = super().create_instance(replace(det, last_completion_result=last))
        _hold_little(vars(made), det)
        return Tidy(made)


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


class _Within(_Sandboxed):
    """One workflow in the shared sandbox."""

    def __init__(self, rules: Rules, det: WorkflowInstanceDetails) -> None:
        self._rules = rules
        with rules.entered():
            super().__init__(Inside().create_instance(det))

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        with self._rules.entered():
            return super().activate(act)


class Tidy(_Around):
    """Keeps nothing of a step that is done, and lets go of everything once the workflow has left the worker's cache.

    It is a loop of its own, and its tasks and handlers hold it. Python would find such a ring only when a quarter of
    all that it has kept for long is of that kind: of 5,000 cached tasks the memory of 1,250 more.
    """

    _gone = False

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        if self._gone:  # asked once more, where the first answer came too late
            return WorkflowActivationCompletion()
        done = super().activate(act)
        _forget_messages(vars(self._inside))
        if any(job.HasField("remove_from_cache") for job in act.jobs):
            self._gone = True
            _let_go(self._inside)
        return done


class Seeded:
    """The random numbers of a workflow, 3 KiB: made by `make` from the seed when one is drawn, mostly never."""

    def __init__(self, make: Callable[[int], Any], seed: int) -> None:
        self._make = make
        self.seed(seed)

    def seed(self, seed: int) -> None:
        """Begin anew from this seed."""
        self._seed = seed
        self._made: Any = None

    def __getattr__(self, name: str) -> Any:
        if self._made is None:
            self._made = self._make(self._seed)
        return getattr(self._made, name)


def _hold_little(held: dict[str, Any], det: WorkflowInstanceDetails) -> None:
    """No tables of handlers of its own, since none is added while it runs; no random numbers before one is drawn."""
    held["_signals"], held["_updates"] = det.defn.signals, det.defn.updates
    held["_random"] = Seeded(type(held["_random"]), det.randomness_seed)


def _forget_messages(held: dict[str, Any]) -> None:
    """Let go of what is read from the engine's message and of the answer to it, which the next step makes anew.

    A part of a message keeps the whole of it: 20 KiB of a waiting task.
    """
    held["_current_completion"] = held["_deployment_version_for_current_task"] = None
    held["_current_internal_flags"] = tuple(held["_current_internal_flags"])
    if begun := held["_workflow_input"]:
        begun.headers = dict(begun.headers)


def _let_go(inside: WorkflowInstance) -> None:
    """Drop all that it holds but plain values: its futures still ask it, as they go, whether it is being taken down."""
    held = vars(inside)
    for name in [name for name, one in held.items() if not isinstance(one, int | str | None)]:
        del held[name]
