"""Until when people were told before a restoration: the last round of delivery that the engine remembers."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from temporalio.client import WorkflowHistory

from directive.clock import OfficeClock
from directive.wire import DELIVERY

if TYPE_CHECKING:
    from temporalio.client import Client

DELIVER = "deliver"


async def told_until(client: "Client", clock: OfficeClock, before: datetime | None) -> datetime | None:
    """The office's instant (UTC) of the last round of delivery that ended, `before` a true instant where one is given.

    None where the engine remembers none. Raises RPCError.
    """
    runs = [run async for run in client.list_workflows(f"WorkflowId = '{DELIVERY}'")]
    for run in sorted(runs, key=lambda one: one.start_time, reverse=True):
        history = await client.get_workflow_handle(DELIVERY, run_id=run.run_id).fetch_history()
        rounds = [at for at, ended in _rounds(history) if before is None or ended <= before]
        if rounds:
            return clock.office(max(rounds))
    return None


def _rounds(history: WorkflowHistory) -> list[tuple[datetime, datetime]]:
    """When each round that ended was asked for, and when it ended."""
    asked = {
        event.event_id: event.event_time.ToDatetime(tzinfo=UTC)
        for event in history.events
        if event.activity_task_scheduled_event_attributes.activity_type.name == DELIVER
    }
    return [
        (
            asked[event.activity_task_completed_event_attributes.scheduled_event_id],
            event.event_time.ToDatetime(tzinfo=UTC),
        )
        for event in history.events
        if event.activity_task_completed_event_attributes.scheduled_event_id in asked
    ]
