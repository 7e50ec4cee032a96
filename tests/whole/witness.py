"""A witness beside the real worker: sees every transition that is recorded, and what the register answered."""

from contextlib import AbstractAsyncContextManager
from typing import Any, NamedTuple

from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from desk.stage import Staff
from directive.policy import Policy
from directive.record import Recorded, Transition, fold
from directive.task import Facts
from notices.folder import EmlFolder
from worker import build


class Step(NamedTuple):
    """One transition as the register took it."""

    transition: Transition
    recorded: Recorded

    def facts(self, policy: Policy) -> Facts:
        """The facts that the register holds after it."""
        one, answer = self.transition, self.recorded
        return fold(one.facts, one, answer.vacant, answer.known, policy)


class Witness(Interceptor):
    """Keeps the steps of each task, in order; one that is recorded again is kept once."""

    def __init__(self) -> None:
        self.steps: dict[str, list[Step]] = {}

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002 - the SDK's name
        """Look at the activities' arguments and answers."""
        return _Looking(next, self)

    def keep(self, step: Step) -> None:
        """Keep a step, unless it was kept before."""
        kept = self.steps.setdefault(step.transition.facts.task.id, [])
        if step.transition.events not in [one.transition.events for one in kept]:
            kept.append(step)

    def work(self, staff: Staff) -> AbstractAsyncContextManager[object]:
        """The worker as `worker.py` builds it, with the witness beside it."""
        return build(staff.client, staff.register, EmlFolder(staff.outbox), interceptors=[self])


class _Looking(ActivityInboundInterceptor):
    def __init__(self, next_: ActivityInboundInterceptor, witness: Witness) -> None:
        super().__init__(next_)
        self._witness = witness

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002 - the SDK's name
        answer = await super().execute_activity(input)
        if isinstance(answer, Recorded):
            self._witness.keep(Step(input.args[0], answer))
        return answer
