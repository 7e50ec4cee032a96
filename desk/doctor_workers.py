"""Of `doctor`: who works, and whether all workers and this command are of one release."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from desk.doctor_clock import engine_instant
from desk.finding import Finding, well, wrong
from desk.release import release
from directive.wire import TASK_QUEUE

if TYPE_CHECKING:
    from temporalio.client import Client

STILL_THERE = timedelta(seconds=75)
"""A worker asks again after at most a minute; the engine lists one that has gone for five."""
UNKNOWN = "?"


class AtWork(NamedTuple):
    """A worker that has asked for work just now: its identity and its release, `?` where it does not say."""

    identity: str
    release: str


async def worker_findings(client: "Client") -> list[Finding]:
    """Whether anybody works, and of which releases they are. Raises RPCError."""
    workers = await at_work(client)
    if not workers:
        return [_nobody()]
    count = len(workers)
    working = well("worker", f"{count} worker đang làm việc", f"{count} workers at work", count=count)
    return [working, _releases(Counter(one.release for one in workers))]


async def at_work(client: "Client") -> list[AtWork]:
    """Whoever has asked for work within `STILL_THERE`. Raises RPCError.

    Measured by the engine's clock, else against each other, and not by ours, which may be wrong; the poll of a worker
    that has just ended is still counted.
    """
    from temporalio.api.taskqueue.v1 import TaskQueue
    from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest

    asked = DescribeTaskQueueRequest(namespace=client.namespace, task_queue=TaskQueue(name=TASK_QUEUE))
    pollers = (await client.workflow_service.describe_task_queue(asked)).pollers
    seen = [(one.last_access_time.ToDatetime(tzinfo=UTC), one) for one in pollers]
    newest = await engine_instant(client) or max((at for at, _ in seen), default=datetime.now(UTC))
    return sorted(
        {
            AtWork(one.identity, one.deployment_options.build_id or UNKNOWN)
            for at, one in seen
            if newest - at <= STILL_THERE
        }
    )


def _releases(found: Counter[str]) -> Finding:
    ours = release()
    named = ", ".join(f"{name} ({count})" for name, count in sorted(found.items()))
    detail = {"releases": dict(found), "ours": ours}
    if len(found) > 1:
        return wrong(
            "releases",
            f"Các worker đang chạy nhiều bản phần mềm: {named}",
            f"Workers of several releases are at work: {named}",
            "nếu đang nâng cấp lần lượt: chờ hai phút rồi xem lại; nếu không, khởi động lại các worker của bản cũ",
            "in a rolling restart: look again in two minutes; else restart the workers of the old release",
            **detail,
        )
    if ours not in found:
        return wrong(
            "releases",
            f"Worker chạy bản {named}, lệnh này là bản {ours}",
            f"The workers are of release {named}, this command is of {ours}",
            "khởi động lại worker và trang web bằng bản này, hoặc dùng lệnh của đúng bản đang chạy",
            "restart worker and page with this release, or use the command of the one that runs",
            **detail,
        )
    return well("releases", f"Tất cả cùng bản phần mềm {ours}", f"All are of the release {ours}", **detail)


def _nobody() -> Finding:
    return wrong(
        "worker",
        "Không có worker nào đang làm việc: mốc đến hạn không được ghi, thư không đi",
        "No worker is at work: nothing is recorded and nothing is sent",
        "khởi động worker (`make up` tự chạy), xem worker.log trong thư mục dữ liệu",
        "start the worker (`make up` does), see worker.log in the data folder",
    )
