"""Where a task stands, as Markdown: what the Temporal UI shows a person."""

from directive.due import OFFICE_ZONE
from directive.outlook import Outlook
from directive.remaining import stands_since
from directive.task import Facts, Order

AHEAD = 3


def _remaining(facts: Facts, outlook: Outlook) -> list[str]:
    """The days or minutes left when the task was last recorded; while its clock stands they stay as they are."""
    left = outlook.remaining
    if left is None:
        return []
    many = f"{left.days} ngày làm việc (working days)"
    if left.minutes is not None:
        many = f"{left.minutes} phút làm việc (working minutes)"
    stands = "; đồng hồ đứng từ (stands since)" if stands_since(facts) else "; lúc (at)"
    return [f"- còn lại (left): **{many}**{stands} {left.at.astimezone(OFFICE_ZONE):%H:%M %d/%m/%Y}"]


def _matter(facts: Facts) -> str:
    """What is dealt with."""
    return "văn bản trình (for approval)" if facts.task.kind == "approval" else "nhiệm vụ"


def details(facts: Facts, outlook: Outlook, order: Order) -> str:
    """State, deadline, open questions and the next marks. Times are local; roles only, no names."""
    due = f"{outlook.due.day:%d/%m/%Y}" if outlook.due else "chưa có hạn"
    lines = [
        f"**{order.number}**, {_matter(facts)} {facts.task.code}, `{facts.task.unit}`",
        "",
        f"- trạng thái (state): **{facts.state}**; thời hạn (due): **{due}**",
    ]
    lines += _remaining(facts, outlook)
    lines += [f"- đang hỏi (asks) `{one.kind}`: {', '.join(one.asked)}" for one in facts.questions]
    for mark in outlook.marks[:AHEAD]:
        local = mark.at.astimezone(OFFICE_ZONE)
        lines.append(f"- {local:%d/%m/%Y %H:%M}: {mark.kind} → {', '.join(mark.to)}")
    return "\n".join(lines)
