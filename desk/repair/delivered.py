"""How far delivery had come before a restoration, by the last of its rounds that the engine remembers."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHistory
from temporalio.converter import DataConverter

from directive.clock import OfficeClock
from directive.record import Delivered
from directive.wire import DELIVERY
from register.kept_back import Reached

if TYPE_CHECKING:
    from temporalio.client import Client

DELIVER = "deliver"


async def reached(client: "Client", clock: OfficeClock, before: datetime | None) -> Reached | None:
    """What the last round that got through tells, of those that ended `before` a true instant where one is given.

    None where the engine remembers none. Raises RPCError.
    """
    runs = [run async for run in client.list_workflows(f"WorkflowId = '{DELIVERY}'")]
    for run in sorted(runs, key=lambda one: one.start_time, reverse=True):
        history = await client.get_workflow_handle(DELIVERY, run_id=run.run_id).fetch_history()
        async for round_ in rounds(history, client.data_converter, clock, before):
            return round_
    return None


async def rounds(
    history: WorkflowHistory, converter: DataConverter, clock: OfficeClock, before: datetime | None
) -> AsyncIterator[Reached]:
    """The rounds of one run that got through, the last one first.

    Each had sent what was due when its last attempt began, which may be hours after it was asked for.
    """
    known = {event.event_id: event for event in history.events}
    for event in reversed(history.events):
        done = event.activity_task_completed_event_attributes
        asked = known.get(done.scheduled_event_id)
        if asked is None or asked.activity_task_scheduled_event_attributes.activity_type.name != DELIVER:
            continue
        if before is not None and _at(event) > before:
            continue
        (said,) = await converter.decode(list(done.result.payloads), [Delivered])
        if said.through is not False:
            began = clock.office(_at(known[done.started_event_id]))
            yield Reached(began, frozenset(said.owed), sure=said.through is not None)


def _at(event: HistoryEvent) -> datetime:
    return event.event_time.ToDatetime(tzinfo=UTC)
