"""The shapes a workflow's history can take, each acted out once. Their histories are kept under `tests/histories/`.

`python -m tests.workflows.shapes NAME…` records them anew: a step of the ceremony in `docs/developers.md`.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from temporalio.client import WorkflowHandle, WorkflowHistory

from directive.due import Due, end_of_day
from directive.hook import Ping, Pinged
from directive.question import Choice
from directive.record import DirectiveOrder
from directive.wire import TASK_QUEUE
from tests.workflows.office import (
    APPROVER,
    HEAD,
    HISTORIES,
    LEADERSHIP,
    MONITOR,
    OFFICER,
    Office,
    an_office,
    local,
)
from workflows.delivery import DeliveryWorkflow
from workflows.directive import DirectiveWorkflow
from workflows.webhook import WebhookWorkflow

Handle = WorkflowHandle[Any, Any]


async def happy(office: Office) -> Handle:
    """Acknowledged, reported in time, approved."""
    task = await office.start()
    await office.act(task, "acknowledge", OFFICER)
    await office.until(local("20/6"))
    await office.act(task, "report", OFFICER, text="Đã hoàn thành")
    await office.act(task, "answer", APPROVER, choice=Choice.APPROVE)
    await task.result()
    return task


async def silent(office: Office) -> Handle:
    """Nobody ever acts: every reminder, every level, the final notice, the weekly list; then withdrawn."""
    task = await office.start()
    await office.until(local("11/9"))
    await office.act(task, "withdraw", LEADERSHIP, reason="Không còn cần thiết")
    await task.result()
    return task


async def answered(office: Office) -> Handle:
    """A commitment that lapses, an extension with a counter-offer, a return, then approved late."""
    task = await office.start()
    await office.until(local("1/7", "09:00"))
    await office.act(task, "answer", HEAD, choice=Choice.COMMIT, day=date(2026, 7, 3))
    await office.until(local("6/7", "09:00"))
    await office.act(task, "request_extension", OFFICER, day=date(2026, 7, 20), reason="Chờ số liệu")
    await office.act(task, "answer", APPROVER, choice=Choice.COUNTER, day=date(2026, 7, 15))
    await office.act(task, "answer", HEAD, choice=Choice.ACCEPT)
    await office.until(local("16/7", "09:00"))
    await office.act(task, "report", OFFICER, text="Báo cáo lần 1")
    await office.act(task, "answer", APPROVER, choice=Choice.RETURN, reason="Thiếu minh chứng")
    await office.act(task, "report", OFFICER, text="Báo cáo lần 2")
    await office.act(task, "answer", APPROVER, choice=Choice.APPROVE)
    await task.result()
    return task


async def suspended(office: Office) -> Handle:
    """Suspended over its deadline, reviewed, resumed, amended, nudged, reassigned, an obstacle; withdrawn."""
    task = await office.start()
    await office.act(task, "acknowledge", OFFICER)
    await office.act(task, "suspend", LEADERSHIP, reason="Chờ sắp xếp bộ máy")
    await office.until(local("1/7"))
    await office.act(task, "resume", LEADERSHIP)
    await office.act(task, "amend_deadline", LEADERSHIP, day=date(2026, 8, 14), reason="Điều chỉnh kế hoạch")
    await office.act(task, "nudge", LEADERSHIP)
    await office.act(task, "reassign", HEAD, person="so-khcn.cv2")
    await office.act(task, "raise_obstacle", OFFICER, reason="Thiếu kinh phí")
    await office.act(task, "answer", APPROVER, choice=Choice.RESOLVE, reason="Đã bố trí")
    await office.act(task, "refuse", HEAD, reason="Việc của đơn vị khác")
    await office.act(task, "answer", APPROVER, choice=Choice.AGREE)
    await task.result()
    return task


async def recurring(office: Office) -> Handle:
    """Two months of a monthly report."""
    due = Due(day=date(2026, 6, 25), instant=end_of_day(date(2026, 6, 25)))
    task = await office.start(due, rrule="FREQ=MONTHLY;BYMONTHDAY=25")
    for month in (6, 7):
        await office.until(local(f"24/{month}"))
        await office.act(task, "report", OFFICER, text="Báo cáo tháng")
        await office.act(task, "answer", APPROVER, choice=Choice.APPROVE)
    await office.act(task, "withdraw", LEADERSHIP, reason="Hết hiệu lực")
    await task.result()
    return task


async def undated(office: Office) -> Handle:
    """No deadline: reviews, progress, a report."""
    task = await office.start(due=None)
    await office.until(local("26/6", "09:00"))
    await office.act(task, "progress", OFFICER, text="Đang làm")
    await office.act(task, "report", OFFICER, text="Xong")
    await office.act(task, "answer", APPROVER, choice=Choice.APPROVE)
    await task.result()
    return task


async def signalled(office: Office) -> Handle:
    """Answers by signal, one of them by a stranger; a register that fails once; a level nobody can answer."""
    office.ledger.strangers = {"stranger"}
    office.ledger.vacant = {HEAD}
    task = await office.start()
    await office.until(local("3/7", "09:00"))
    office.ledger.vacant = set()
    said: dict[str, Any] = {"choice": Choice.COMMIT, "day": date(2026, 7, 6)}
    await task.signal("answer_question", await office.message("answer", HEAD, actor="stranger", **said))
    await task.signal("answer_question", await office.message("answer", HEAD, **said))
    await office.until(local("3/7", "10:00"))
    await office.act(task, "withdraw", LEADERSHIP, reason="Không còn cần thiết")
    await task.result()
    return task


async def directive(office: Office) -> Handle:
    """A directive of two batches whose last task closes on the second day."""
    order = DirectiveOrder(directive="du-tinh.1-cv-2026", digest="d", clock=office.clock)
    handle = await office.env.client.start_workflow(
        DirectiveWorkflow.run, order, id="directive:du-tinh.1-cv-2026", task_queue=TASK_QUEUE
    )
    await office.pass_unseen(local("2/6"))
    await handle.signal(DirectiveWorkflow.last_task_closed)
    await handle.result()
    return handle


async def approval(office: Office) -> Handle:
    """Three stages: the first silent until it is pressed, the second returns, the third approves the revision."""
    task = await office.ask()
    await office.until(local("3/6", "09:00"))
    await office.act(task, "answer", MONITOR, choice=Choice.APPROVE)
    for role in ("head:so-tc", "head:so-nv"):
        await office.act(task, "answer", role, choice=Choice.RETURN, reason="Thiếu nguồn kinh phí")
    await office.until(local("9/6", "09:00"))
    await office.act(task, "report", OFFICER, text="Đã bổ sung nguồn kinh phí")
    await office.act(task, "answer", MONITOR, choice=Choice.ASK_MORE, reason="Kèm bảng tổng hợp")
    await office.act(task, "progress", OFFICER, text="Đã kèm")
    for role in (MONITOR, "head:so-tc", "head:so-tp", LEADERSHIP):
        await office.act(task, "answer", role, choice=Choice.APPROVE)
    await task.result()
    return task


async def delivery(office: Office) -> Handle:
    """Three rounds of delivery: at the start, at its own instant, woken by a record."""
    handle = await office.env.client.start_workflow(
        DeliveryWorkflow.run, office.clock, id="delivery", task_queue=TASK_QUEUE
    )
    await office.pass_unseen(local("2/6"))
    await handle.signal(DeliveryWorkflow.wake)
    await office.pass_unseen(local("2/6", "09:00"))
    return handle


async def webhook(office: Office) -> Handle:
    """Four rounds of the webhooks: at the start, at its own instant, woken by a record, after one was tried."""
    handle = await office.env.client.start_workflow(
        WebhookWorkflow.run, office.clock, id="webhooks", task_queue=TASK_QUEUE
    )
    await office.pass_unseen(local("2/6"))
    await handle.signal(WebhookWorkflow.wake)
    await office.pass_unseen(local("2/6", "09:00"))
    await handle.execute_update("ping", Ping(hook="van-ban"), result_type=Pinged)
    await office.pass_unseen(local("2/6", "10:00"))
    return handle


SHAPES: dict[str, Callable[[Office], Awaitable[Handle]]] = {
    one.__name__: one
    for one in (
        happy,
        silent,
        answered,
        suspended,
        recurring,
        undated,
        signalled,
        directive,
        delivery,
        webhook,
        approval,
    )
}


async def act_out(name: str) -> WorkflowHistory:
    """The history of a shape, acted out now."""
    async with an_office() as office:
        handle = await SHAPES[name](office)
        return await handle.fetch_history()


def commands(history: WorkflowHistory) -> list[str]:
    """What a workflow asked of the engine, in order: its fingerprint. Instants and payloads are left out."""
    found: list[str] = []
    for event in history.events:
        match event.WhichOneof("attributes"):
            case "activity_task_scheduled_event_attributes":
                found.append(f"activity {event.activity_task_scheduled_event_attributes.activity_type.name}")
            case "marker_recorded_event_attributes":
                found.append(f"marker {event.marker_recorded_event_attributes.marker_name}")
            case "timer_started_event_attributes":
                found.append("timer")
            case "timer_canceled_event_attributes":
                found.append("timer canceled")
            case "workflow_execution_update_accepted_event_attributes":
                found.append("update accepted")
            case "workflow_execution_completed_event_attributes":
                found.append("completed")
            case "workflow_execution_continued_as_new_event_attributes":
                found.append("continued as new")
            case _:
                continue
    return found


def record(names: list[str]) -> None:
    """Act shapes out and keep their histories."""
    for name in names or SHAPES:
        history = asyncio.run(act_out(name))
        file = HISTORIES / f"{name}.json"
        file.write_text(json.dumps(json.loads(history.to_json()), indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    record(sys.argv[1:])
