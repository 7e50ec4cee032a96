"""Where a task stands, as Markdown: what the Temporal UI shows a person."""

from directive.due import OFFICE_ZONE
from directive.outlook import Outlook
from directive.task import Facts, Order

AHEAD = 3


def details(facts: Facts, outlook: Outlook, order: Order) -> str:
    """State, deadline, open questions and the next marks. Times are local; roles only, no names."""
    due = f"{outlook.due.day:%d/%m/%Y}" if outlook.due else "chưa có hạn"
    lines = [
        f"**{order.number}**, nhiệm vụ {facts.task.code}, `{facts.task.unit}`",
        "",
        f"- trạng thái (state): **{facts.state}**; thời hạn (due): **{due}**",
    ]
    lines += [f"- đang hỏi (asks) `{one.kind}`: {', '.join(one.asked)}" for one in facts.questions]
    for mark in outlook.marks[:AHEAD]:
        local = mark.at.astimezone(OFFICE_ZONE)
        lines.append(f"- {local:%d/%m/%Y %H:%M}: {mark.kind} → {', '.join(mark.to)}")
    return "\n".join(lines)
