"""The bare engine: the same life, written by hand as one would, with nothing of ours and with the same durability.

Started, it writes down that it was (locally: the start is in history); it waits with a timer; a report and an approval
are updates, each written down by a remote activity, since an update is durable only when its workflow task completes,
and heard as done when that is written. Every write is a commit of its own with its cause as its id.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

from bench.bare_model import Effect, Job, Said

QUEUE = "bare"
PATIENT = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=5))


@workflow.defn
class BareWorkflow:
    """Started, reported, approved."""

    @workflow.init
    def __init__(self, job: Job) -> None:
        self._job = job
        self._reported: Said | None = None
        self._approved: Said | None = None
        self._written: set[str] = set()

    @workflow.run
    async def run(self, job: Job) -> str:
        """The life, in the order in which it happens."""
        await self._locally(self._effect(f"{job.id}/started", "started", ""))
        await self._until(lambda: self._reported is not None, job.due)
        assert self._reported
        await self._write("reported", self._reported)
        await self._until(lambda: self._approved is not None, job.answer_due)
        assert self._approved
        await self._write("approved", self._approved)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return job.id

    @workflow.update
    async def report(self, said: Said) -> bool:
        """The report is in."""
        self._reported = said
        await workflow.wait_condition(lambda: said.id in self._written)
        return True

    @report.validator
    def _may_report(self, said: Said) -> None:
        if self._reported and self._reported.id != said.id:
            raise ValueError("reported before")

    @workflow.update
    async def approve(self, said: Said) -> bool:
        """It is accepted."""
        self._approved = said
        await workflow.wait_condition(lambda: said.id in self._written)
        return True

    @approve.validator
    def _may_approve(self, said: Said) -> None:
        if not self._reported:
            raise ValueError("nothing to approve")

    async def _until(self, true: Callable[[], bool], at: datetime) -> None:
        try:
            await workflow.wait_condition(true, timeout=at - workflow.now())
        except TimeoutError:
            await workflow.wait_condition(true)  # late; the bench never is

    async def _write(self, kind: str, said: Said) -> None:
        effect = self._effect(said.id, kind, said.by, said.text)
        if self._job.local:
            await self._locally(effect)
        else:
            await workflow.execute_activity(
                "write",
                effect,
                result_type=str,
                start_to_close_timeout=timedelta(seconds=30),
                retry_policy=PATIENT,
            )
        self._written.add(said.id)

    async def _locally(self, effect: Effect) -> None:
        await workflow.execute_local_activity(
            "write", effect, result_type=str, start_to_close_timeout=timedelta(seconds=2)
        )

    def _effect(self, name: str, kind: str, by: str, text: str = "") -> Effect:
        job = self._job
        return Effect(id=name, job=job.id, kind=kind, by=by, text=text, answers=job.answers)
