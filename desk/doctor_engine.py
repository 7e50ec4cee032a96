"""Of `doctor`: the engine, the workers that ask it for work, and the delivery."""

from typing import TYPE_CHECKING

from desk.exit import Stop
from desk.finding import Finding, stopped, well, wrong
from directive.wire import DELIVERY, TASK_QUEUE

if TYPE_CHECKING:
    from temporalio.client import Client


async def engine_findings() -> list[Finding]:
    """Whether the engine answers, somebody works, and delivery runs."""
    from temporalio.service import RPCError

    from desk.engine import connect, lost

    try:
        client = await connect()
    except Stop as stop:
        return [stopped("engine", stop)]
    answers = well("engine", "Máy chủ Temporal trả lời", "The engine answers")
    try:
        return [answers, await _worker(client), await _delivery(client)]
    except RPCError as error:
        return [stopped("engine", lost(error))]


async def _worker(client: "Client") -> Finding:
    from temporalio.api.taskqueue.v1 import TaskQueue
    from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest

    asked = DescribeTaskQueueRequest(namespace=client.namespace, task_queue=TaskQueue(name=TASK_QUEUE))
    pollers = (await client.workflow_service.describe_task_queue(asked)).pollers
    if pollers:
        count = len({one.identity for one in pollers})
        return well("worker", f"{count} worker đang làm việc", f"{count} workers at work", count=count)
    return wrong(
        "worker",
        "Không có worker nào đang làm việc: mốc đến hạn không được ghi, thư không đi",
        "No worker is at work: nothing is recorded and nothing is sent",
        "khởi động worker (`make up` tự chạy), xem worker.log trong thư mục dữ liệu",
        "start the worker (`make up` does), see worker.log in the data folder",
    )


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
