"""What a task's history tells of the engine: whether a timer is still to come, what was taken in."""

from collections.abc import Sequence
from datetime import UTC, datetime

from temporalio.api.history.v1 import HistoryEvent


def timers_due(past: Sequence[HistoryEvent]) -> bool:
    """Whether a timer's instant has passed without it."""
    started = {one.event_id: one for one in past if one.HasField("timer_started_event_attributes")}
    for one in past:
        started.pop(one.timer_fired_event_attributes.started_event_id, None)
        started.pop(one.timer_canceled_event_attributes.started_event_id, None)
    return any(_fires_at(one) <= datetime.now(UTC) for one in started.values())


def _fires_at(started: HistoryEvent) -> datetime:
    lasts = started.timer_started_event_attributes.start_to_fire_timeout.ToTimedelta()
    return started.event_time.ToDatetime(UTC) + lasts


def taken_in(past: Sequence[HistoryEvent]) -> set[str]:
    """The messages that a task has taken in."""
    return {
        one.workflow_execution_update_accepted_event_attributes.accepted_request.meta.update_id
        for one in past
        if one.HasField("workflow_execution_update_accepted_event_attributes")
    }
