"""One directive task for one lead unit, from assignment to close."""

from temporalio import workflow

from directive.event import Event
from directive.message import Act
from directive.record import TaskEnd, TaskStart
from directive.taking import assignment
from directive.task import Facts, assigned
from workflows.doors import door
from workflows.life import Life


@workflow.defn
class DirectiveTaskWorkflow(Life):
    """Given to a unit, taken, reported, accepted; reminded and escalated by its deadline meanwhile."""

    @workflow.init
    def __init__(self, start: TaskStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: TaskStart) -> TaskEnd:
        """From the assignment until the task is closed."""
        return await self.live()

    def begin(self, start: TaskStart) -> tuple[Facts, Event]:
        """Assigned now."""
        facts = assigned(start.order, self._now())
        return facts, assignment(facts)

    acknowledge = door(Act.ACKNOWLEDGE, "The unit confirms that it has the task.")
    refuse = door(Act.REFUSE, "The unit says that the task is not its own.")
    request_extension = door(Act.REQUEST_EXTENSION, "The unit asks for a later deadline.")
    amend_deadline = door(Act.AMEND_DEADLINE, "The assigning level sets another deadline.")
    reassign = door(Act.REASSIGN, "Another officer of the lead unit takes over.")
    suspend = door(Act.SUSPEND, "The assigning level stops the clock.")
    resume = door(Act.RESUME, "The clock runs again.")
    nudge = door(Act.NUDGE, "An official reminder by the assigning side.")
    raise_obstacle = door(Act.RAISE_OBSTACLE, "The unit names an obstacle that needs a decision.")
    replan = door(Act.REPLAN, "The task moves to another version of the calendar.")
