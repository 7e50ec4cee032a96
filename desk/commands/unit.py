"""What a unit does with its task: acknowledge, refuse, progress, report, answer, ask for time, name an obstacle."""

from typing import Annotated

import typer

from desk import options as o
from desk.app import Desk
from desk.language import text
from desk.target import Target, on_tasks


def declare(app: Desk) -> None:
    """Add the commands of this group."""
    does = app.does
    does("acknowledge", "Xác nhận đã tiếp nhận nhiệm vụ.", "Confirm that the unit has the task.")(acknowledge)
    does("refuse", "Báo nhiệm vụ không thuộc đơn vị mình.", "Say that the task is not the unit's own.")(
        refuse
    )
    does("progress", "Báo tiến độ.", "Tell how far the work has come.")(progress)
    does("report", "Nộp báo cáo kết quả, có minh chứng.", "Hand in the report with its evidence.")(report)
    does("answer", "Trả lời một câu hỏi đang mở.", "Answer an open question.")(answer)
    does("request-extension", "Xin gia hạn.", "Ask for a later deadline.")(request_extension)
    does(
        "raise-obstacle", "Nêu vướng mắc cần cấp trên giải quyết.", "Name an obstacle that needs a decision."
    )(raise_obstacle)


@on_tasks
def acknowledge(target: Target, person: o.As, role: o.Role = "", message_id: o.MessageId = "") -> None:
    """Acknowledge."""
    from desk import act

    act.do("acknowledge", target, person, role=role, message_id=message_id)


@on_tasks
def refuse(
    target: Target, person: o.As, reason: o.Reason = "", role: o.Role = "", message_id: o.MessageId = ""
) -> None:
    """Not ours."""
    from desk import act

    act.do("refuse", target, person, role=role, message_id=message_id, reason=reason)


@on_tasks
def progress(
    target: Target, person: o.As, words: o.Words = "", role: o.Role = "", message_id: o.MessageId = ""
) -> None:
    """Tell progress."""
    from desk import act

    act.do("progress", target, person, role=role, message_id=message_id, text=words)


@on_tasks
def report(
    target: Target,
    person: o.As,
    words: o.Words = "",
    document: o.DocumentOption = None,
    evidence: o.EvidenceOption = None,
    role: o.Role = "",
    message_id: o.MessageId = "",
) -> None:
    """Hand in the report."""
    from desk import act, typed

    act.do(
        "report",
        target,
        person,
        role=role,
        message_id=message_id,
        text=words,
        document=typed.document(document),
        evidence=typed.evidence(evidence),
    )


@on_tasks
def answer(
    target: Target,
    person: o.As,
    choice: Annotated[
        str,
        typer.Option(
            "--choice", metavar="CHOICE", help=text("Câu trả lời (xem `show`).", "The answer (see `show`).")
        ),
    ],
    question: Annotated[
        str,
        typer.Option(
            "--question", metavar="ID", help=text("Câu hỏi, nếu có nhiều.", "Which question, if several.")
        ),
    ] = "",
    day: o.Day = None,
    reason: o.Reason = "",
    words: o.Words = "",
    to: o.Person = "",
    document: o.DocumentOption = None,
    evidence: o.EvidenceOption = None,
    role: o.Role = "",
    message_id: o.MessageId = "",
) -> None:
    """Answer a question."""
    from desk import act, typed

    act.do(
        "answer",
        target,
        person,
        role=role,
        message_id=message_id,
        choice=act.choice(choice),
        question=question,
        day=typed.optional_day(day),
        reason=reason,
        text=words,
        person=to,
        document=typed.document(document),
        evidence=typed.evidence(evidence),
    )


@on_tasks
def request_extension(
    target: Target,
    person: o.As,
    day: o.Day = None,
    reason: o.Reason = "",
    role: o.Role = "",
    message_id: o.MessageId = "",
) -> None:
    """Ask for a later deadline."""
    from desk import act, typed

    until = typed.optional_day(day)
    act.do("request_extension", target, person, role=role, message_id=message_id, day=until, reason=reason)


@on_tasks
def raise_obstacle(
    target: Target, person: o.As, reason: o.Reason = "", role: o.Role = "", message_id: o.MessageId = ""
) -> None:
    """Name an obstacle."""
    from desk import act

    act.do("raise_obstacle", target, person, role=role, message_id=message_id, reason=reason)
