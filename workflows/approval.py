"""A document, or any other matter, that waits for the stages of its route and belongs to no task."""

from temporalio import workflow

from directive.approval import submitted
from directive.event import Event
from directive.record import TaskEnd, TaskStart
from directive.task import Facts
from workflows.life import Life


@workflow.defn
class ApprovalWorkflow(Life):
    """Submitted, pressed for, returned and submitted again, until it is approved, refused or taken back."""

    @workflow.init
    def __init__(self, start: TaskStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: TaskStart) -> TaskEnd:
        """From the submission until the last stage has decided."""
        return await self.live()

    def begin(self, start: TaskStart) -> tuple[Facts, Event]:
        """Put before the first stage now."""
        return submitted(start.order, start.submission, self._now())
