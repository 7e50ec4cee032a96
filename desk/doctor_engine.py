"""Of `doctor`: the engine, the workers that ask it for work, and the delivery."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desk.doctor_clock import engine_clock
from desk.doctor_stuck import stuck_findings
from desk.doctor_workers import worker_findings
from desk.exit import Stop
from desk.finding import Finding, stopped, well, wrong
from directive.wire import DELIVERY, WEBHOOKS

if TYPE_CHECKING:
    from temporalio.client import Client

ALWAYS = {
    DELIVERY: ("Quy trình gửi thông báo", "The delivery workflow"),
    WEBHOOKS: ("Quy trình gửi sự kiện cho hệ thống khác", "The workflow of the webhooks"),
}
"""What every worker starts."""


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
        runs = [await _runs(client, name, *said) for name, said in ALWAYS.items()]
        return [*found, *runs, *await stuck_findings(client, owed)]
    except RPCError as error:
        return [stopped("engine", lost(error))]


async def _runs(client: "Client", name: str, vi: str, en: str) -> Finding:
    from temporalio.client import WorkflowExecutionStatus
    from temporalio.service import RPCError, RPCStatusCode

    try:
        status = (await client.get_workflow_handle(name).describe()).status
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        status = None
    if status is WorkflowExecutionStatus.RUNNING:
        return well(f"{name}_workflow", f"{vi} đang chạy", f"{en} runs")
    return wrong(
        f"{name}_workflow",
        f"{vi} không chạy",
        f"{en} does not run",
        "khởi động lại worker: nó tự chạy quy trình này",
        "start the worker again: it starts the workflow",
    )
