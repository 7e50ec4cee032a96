"""Of `doctor`: whether this machine's clock agrees with the engine's and with the database's.

Acts carry the instant of the machine they are typed on; more than two minutes ahead of the engine they are refused
(`directive.moves.SKEW`), and far behind they count as done too early.
"""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from desk.finding import Finding, well, wrong
from directive.moves import SKEW
from register.open import Register

if TYPE_CHECKING:
    from temporalio.client import Client

NOTICEABLE = timedelta(seconds=30)
"""A clock that is kept by NTP differs by milliseconds; so much tells that it is not kept."""
QUEUE = "dondoc-clock"
"""Nobody puts work into it: asking it for some leaves the engine's instant of the question beside the asker's name."""
POLL = timedelta(seconds=60)
TRIES, PAUSE = 8, 0.1


async def engine_clock(client: "Client") -> list[Finding]:
    """How far the engine's clock is from ours; nothing where it does not tell. Raises RPCError."""
    asked_at = datetime.now(UTC)
    seen = await engine_instant(client)
    if seen is None:
        return []
    return [_compared("clock_engine", ("máy chủ Temporal", "the engine"), seen, asked_at)]


async def database_clock(register: Register) -> list[Finding]:
    """How far PostgreSQL's clock is from ours; a SQLite file has none. Raises RegisterDown."""
    if register.dialect != "postgresql":
        return []
    asked_at = datetime.now(UTC)
    seen = await register.writing(_instant)
    return [_compared("clock_database", ("PostgreSQL", "PostgreSQL"), seen, asked_at)]


async def engine_instant(client: "Client") -> datetime | None:
    """The engine's clock (UTC) at a moment between the call and the answer; None where it does not tell.

    The engine has no call that tells its time. It keeps when each worker last asked a queue for work, so we ask one
    that is nobody's, and look.
    """
    from temporalio.api.taskqueue.v1 import TaskQueue
    from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest, PollWorkflowTaskQueueRequest
    from temporalio.service import RPCError

    queue = TaskQueue(name=QUEUE)
    name = f"doctor-{datetime.now(UTC).timestamp()}"
    asking = PollWorkflowTaskQueueRequest(namespace=client.namespace, task_queue=queue, identity=name)
    looking = DescribeTaskQueueRequest(namespace=client.namespace, task_queue=queue)
    polls = []
    try:
        for _ in range(TRIES):  # a cluster divides a queue, and shows one part of it
            polls.append(
                asyncio.ensure_future(client.workflow_service.poll_workflow_task_queue(asking, timeout=POLL))
            )
            await asyncio.sleep(PAUSE)
            for one in (await client.workflow_service.describe_task_queue(looking)).pollers:
                if one.identity == name:
                    return one.last_access_time.ToDatetime(tzinfo=UTC)
        return None
    finally:
        for poll in polls:
            poll.cancel()
            with suppress(asyncio.CancelledError, RPCError):  # refused: then there is no answer
                await poll


def _instant(connection: Connection) -> datetime:
    seen: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    return seen.astimezone(UTC)


def _compared(about: str, whose: tuple[str, str], seen: datetime, asked_at: datetime) -> Finding:
    """Theirs was read between `asked_at` and now: what lies outside of these two is a difference."""
    answered_at = datetime.now(UTC)
    ahead = max(asked_at - seen, timedelta()) - max(seen - answered_at, timedelta())
    vi, en = whose
    seconds = round(ahead.total_seconds())
    if abs(ahead) <= NOTICEABLE:
        return well(about, f"Đồng hồ máy này khớp với {vi}", f"This clock agrees with {en}", seconds=seconds)
    way_vi, way_en = ("nhanh", "ahead of") if seconds > 0 else ("chậm", "behind")
    so_vi, so_en = "", ""
    if about == "clock_engine" and abs(ahead) > SKEW:
        so_vi = (
            "; việc gõ ở đây bị từ chối vì «ở tương lai»"
            if seconds > 0
            else "; báo cáo gõ ở đây bị ghi sớm hơn thực tế"
        )
        so_en = (
            "; acts typed here are refused as in the future"
            if seconds > 0
            else "; acts typed here count too early"
        )
    return wrong(
        about,
        f"Đồng hồ máy này {way_vi} {_long(abs(seconds))} so với {vi}{so_vi}",
        f"This machine's clock is {abs(seconds)} s {way_en} that of {en}{so_en}",
        "bật đồng bộ giờ (chrony, systemd-timesyncd) trên cả hai máy: `timedatectl set-ntp true`",
        "keep the clocks of both machines by NTP (chrony, systemd-timesyncd): `timedatectl set-ntp true`",
        seconds=seconds,
    )


def _long(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} phút {rest} giây" if minutes else f"{rest} giây"
