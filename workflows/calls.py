"""The activities as workflows call them: typed, each with its options and the reason for them."""

from datetime import timedelta
from typing import TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import FailureError

from directive.hook import Ping, Pinged
from directive.record import (
    Admission,
    Admitted,
    Batch,
    Delivered,
    Glance,
    Recorded,
    Round,
    Standing,
    Started,
    Transition,
)
from directive.value import Value

Answer = TypeVar("Answer", bound=Value)

ONCE = RetryPolicy(maximum_attempts=1)
# The server retries for as long as it takes: a register that is down for days adds no events and loses nothing.
PATIENT = RetryPolicy(
    initial_interval=timedelta(seconds=1), backoff_coefficient=2, maximum_interval=timedelta(minutes=5)
)
# A local activity holds the workflow task; longer than this an update would wait for nothing.
LOCAL_LIMIT = timedelta(seconds=2)
REMOTE_LIMIT = timedelta(seconds=30)
# A batch starts some hundred workflows, a delivery may write a few thousand messages.
LONG_LIMIT = timedelta(minutes=5)
# What may take long gives signs of life (activities/alive.py): a dead worker is noticed by its silence.
SILENT_LIMIT = timedelta(seconds=10)


class Stuck(Exception):
    """An activity that was never to fail has failed for good.

    No error of Temporal's own kind: it fails the workflow's task, which is tried again and seen
    (`TemporalReportedProblems`), and never the workflow. A task does not die of it.
    """


async def record(transition: Transition, *, remotely: bool) -> Recorded:
    """Record a transition: locally when history already holds its cause, else remotely.

    What an update caused is durable only when its workflow task completes, and a remote call is scheduled by
    just that. A local attempt that fails goes the remote way.
    """
    if remotely:
        return await _remote("record", transition, Recorded, silent=SILENT_LIMIT)
    return await _local_first("record", transition, Recorded)


async def admit(admission: Admission) -> Admitted:
    """Ask the register whether a signal's sender holds the role. A signal is in history: local, then remote."""
    return await _local_first("admit", admission, Admitted)


async def start_tasks(batch: Batch) -> Started:
    """Start one batch of a directive's tasks; starting one twice changes nothing."""
    return await _remote("start_tasks", batch, Started, LONG_LIMIT, SILENT_LIMIT)


async def take_back(batch: Batch) -> Started:
    """Withdraw one batch of a directive's tasks whose assignment was taken back; twice changes nothing."""
    return await _remote("take_back", batch, Started, LONG_LIMIT, SILENT_LIMIT)


async def look_at_directive(glance: Glance) -> Standing:
    """Count a directive's open tasks in the register."""
    return await _remote("look_at_directive", glance, Standing)


async def deliver(due: Round) -> Delivered:
    """Send what is due from the outbox."""
    return await _remote("deliver", due, Delivered, LONG_LIMIT, SILENT_LIMIT)


async def post_events(due: Round) -> Delivered:
    """Post what is due to other systems."""
    return await _remote("post_events", due, Delivered, LONG_LIMIT, SILENT_LIMIT)


async def ping(ping: Ping) -> Pinged:
    """Try one webhook, once: a person waits for the answer. Raises what it raises, which the person is told."""
    pinged: Pinged = await workflow.execute_activity(
        "ping", ping, result_type=Pinged, start_to_close_timeout=REMOTE_LIMIT, retry_policy=ONCE
    )
    return pinged


async def _local_first(activity: str, argument: Value, answer: type[Answer]) -> Answer:
    try:
        recorded: Answer = await workflow.execute_local_activity(
            activity, argument, result_type=answer, start_to_close_timeout=LOCAL_LIMIT, retry_policy=ONCE
        )
        return recorded
    except FailureError:
        # Not ActivityError: a local activity's own failure comes as it is, only its time-out comes wrapped.
        return await _remote(activity, argument, answer, silent=SILENT_LIMIT)


async def _remote(
    activity: str,
    argument: Value,
    answer: type[Answer],
    limit: timedelta = REMOTE_LIMIT,
    silent: timedelta | None = None,
) -> Answer:
    try:
        answered: Answer = await workflow.execute_activity(
            activity,
            argument,
            result_type=answer,
            start_to_close_timeout=limit,
            heartbeat_timeout=silent,
            retry_policy=PATIENT,
        )
    except FailureError as failure:
        raise Stuck(activity) from failure
    return answered
