"""Of `doctor`: workflows whose tasks fail again and again, and work that waits for another try."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from desk import words
from desk.finding import Finding, well, wrong
from directive.wire import DELIVERY, WEBHOOKS

if TYPE_CHECKING:
    from temporalio.api.workflow.v1 import PendingActivityInfo
    from temporalio.client import Client

SHOWN = 5
LOOKED_AT = 200
"""How many running workflows are looked into: the engine has no list of what waits for another try."""
AT_ONCE = 20
FAILING = "ExecutionStatus = 'Running' AND TemporalReportedProblems IS NOT NULL"
RUNNING = "ExecutionStatus = 'Running'"


async def stuck_findings(client: "Client", owed: Sequence[str] = ()) -> list[Finding]:
    """Workflows that cannot go on, and steps that are tried again.

    `owed` are tasks whose marks are overdue by the register: those are looked into first. Raises RPCError.
    """
    return [await _failing(client), await _retrying(client, owed)]


async def _failing(client: "Client") -> Finding:
    found = await _listed(client, FAILING, LOOKED_AT)
    if not found:
        return well("failing", "Không có quy trình nào bị lỗi lặp lại", "No workflow fails again and again")
    named, more = _few(found)
    return wrong(
        "failing",
        f"{len(found)} quy trình lỗi đi lỗi lại, không tiến được: {named}{more}",
        f"{len(found)} workflows fail again and again and cannot go on: {named}{more}",
        "đây là lỗi của phần mềm: xem giao diện Temporal của từng quy trình, gửi lỗi cho người phát triển; "
        "nhiệm vụ chờ và không mất gì, bản sửa chạy thì tự đi tiếp",
        "this is a fault of the program: read the error in Temporal's page and send it to the developers; "
        "the task waits, loses nothing and goes on by itself with the mended release",
        workflows=found[:LOOKED_AT],
    )


class _Waits(NamedTuple):
    """A step of a workflow that failed and is tried again."""

    workflow: str
    activity: str
    attempt: int
    next_at: str
    why: str


async def _retrying(client: "Client", owed: Sequence[str]) -> Finding:
    running = await _listed(client, RUNNING, LOOKED_AT)
    looked = list(dict.fromkeys((DELIVERY, WEBHOOKS, *owed[:LOOKED_AT], *running)))[:LOOKED_AT]
    waits: list[_Waits] = []
    for start in range(0, len(looked), AT_ONCE):
        for found in await asyncio.gather(
            *(_pending(client, one) for one in looked[start : start + AT_ONCE])
        ):
            waits += found
    if not waits:
        return well(
            "retrying",
            "Không có việc nào đang chờ thử lại",
            "Nothing waits for another try",
            looked=len(looked),
        )
    named, more = _few(sorted({one.workflow for one in waits}))
    worst = max(waits, key=lambda one: one.attempt)
    why = f": {worst.why}" if worst.why else ""
    again = f", lần tới lúc {worst.next_at}" if worst.next_at else ""
    return wrong(
        "retrying",
        f"{len(waits)} việc chưa ghi được, đang tự thử lại (đã tới lần {worst.attempt}{again}){why}; ở {named}{more}",
        f"{len(waits)} steps are not done and are tried again (attempt {worst.attempt}){why}; at {named}{more}",
        "không cần làm lại: sửa nguyên nhân (sổ theo dõi, ổ đĩa, mạng: xem ở trên), việc tự ghi trong 5 phút",
        "do nothing again: mend the cause (register, disk, network: see above); it is recorded within 5 minutes",
        waiting=[one._asdict() for one in waits[:LOOKED_AT]],
        looked=len(looked),
    )


async def _listed(client: "Client", query: str, most: int) -> list[str]:
    """The ids of workflows, newest first. The raw call: the client's own list fails on one that is paused."""
    from temporalio.api.workflowservice.v1 import ListWorkflowExecutionsRequest

    asked = ListWorkflowExecutionsRequest(namespace=client.namespace, query=query, page_size=most)
    found = (await client.workflow_service.list_workflow_executions(asked)).executions
    return [one.execution.workflow_id for one in found]


async def _pending(client: "Client", workflow: str) -> list[_Waits]:
    from temporalio.api.common.v1 import WorkflowExecution
    from temporalio.api.workflowservice.v1 import DescribeWorkflowExecutionRequest
    from temporalio.service import RPCError, RPCStatusCode

    execution = WorkflowExecution(workflow_id=workflow)
    asked = DescribeWorkflowExecutionRequest(namespace=client.namespace, execution=execution)
    try:
        found = await client.workflow_service.describe_workflow_execution(asked)
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return []
        raise
    return [_waits(workflow, one) for one in found.pending_activities if one.attempt > 1]


def _waits(workflow: str, one: "PendingActivityInfo") -> _Waits:
    from datetime import UTC

    at = one.next_attempt_schedule_time
    next_at = words.moment(at.ToDatetime(tzinfo=UTC)) if at.seconds else ""
    return _Waits(workflow, one.activity_type.name, one.attempt, next_at, one.last_failure.message)


def _few(found: Iterable[str]) -> tuple[str, str]:
    every = list(found)
    return ", ".join(every[:SHOWN]), " …" if len(every) > SHOWN else ""
