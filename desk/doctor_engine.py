"""Of `doctor`: the engine, the workers that ask it for work, and the delivery."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desk.doctor_clock import engine_clock
from desk.doctor_stuck import stuck_findings
from desk.doctor_workers import worker_findings
from desk.exit import Stop
from desk.finding import Finding, stopped, well, wrong
from directive.wire import DELIVERY

if TYPE_CHECKING:
    from temporalio.client import Client


async def engine_findings(owed: Sequence[str] = ()) -> list[Finding]:
    """Whether the engine answers, its clock agrees, somebody works, nothing is stuck, and delivery runs.

    `owed` are tasks whose marks the register waits for.
    """
    from temporalio.service import RPCError

    from desk.engine import connect, lost

    try:
        client = await connect()
    except Stop as stop:
        return [stopped("engine", stop)]
    answers = well("engine", "Máy chủ Temporal trả lời", "The engine answers")
    try:
        found = [answers, *await engine_clock(client), *await worker_findings(client)]
        return [*found, await _delivery(client), *await stuck_findings(client, owed)]
    except RPCError as error:
        return [stopped("engine", lost(error))]


async def _delivery(client: "Client") -> Finding:
    from temporalio.client import WorkflowExecutionStatus
    from temporalio.service import RPCError, RPCStatusCode

    try:
        status = (await client.get_workflow_handle(DELIVERY).describe()).status
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        status = None
    if status is WorkflowExecutionStatus.RUNNING:
        return well("delivery_workflow", "Quy trình gửi thông báo đang chạy", "The delivery workflow runs")
    return wrong(
        "delivery_workflow",
        "Quy trình gửi thông báo không chạy",
        "The delivery workflow does not run",
        "khởi động lại worker: nó tự chạy quy trình này",
        "start the worker again: it starts the workflow",
    )
