"""What the assigning side decides: another deadline, another officer, suspension, withdrawal, nudges, the calendar."""

from typing import Annotated

import typer

from desk import options as o
from desk.app import Desk
from desk.language import text
from desk.target import Target, on_tasks


def declare(app: Desk) -> None:
    """Add the commands of this group."""
    does = app.does
    does("amend-deadline", "Sửa thời hạn.", "Set another deadline.")(amend_deadline)
    does(
        "reassign", "Giao lại cho đầu mối khác trong đơn vị.", "Give the task to another officer of the unit."
    )(reassign)
    does("suspend", "Tạm dừng, đồng hồ thời hạn dừng.", "Stop the clock.")(suspend)
    does("resume", "Tiếp tục sau khi tạm dừng.", "Let the clock run again.")(resume)
    does("withdraw", "Thu hồi nhiệm vụ.", "The task no longer has to be done.")(withdraw)
    does(
        "nudge",
        "Đôn đốc, phê bình, yêu cầu kiểm điểm; có đánh số.",
        "A numbered reminder, criticism or review.",
    )(nudge)
    does(
        "replan", "Chuyển nhiệm vụ sang bản lịch làm việc khác.", "Move the task to another calendar version."
    )(replan)


@on_tasks
def amend_deadline(
    target: Target,
    person: o.As,
    day: o.Day = None,
    time: o.Time = None,
    reason: o.Reason = "",
    role: o.Role = "",
    message_id: o.MessageId = "",
) -> None:
    """Set another deadline."""
    from desk import act, typed

    on = typed.optional_day(day)
    due = typed.clock_due(on, time)
    act.do("amend_deadline", target, person, role=role, message_id=message_id, day=on, due=due, reason=reason)


@on_tasks
def reassign(
    target: Target,
    person: o.As,
    to: o.Person = "",
    reason: o.Reason = "",
    role: o.Role = "",
    message_id: o.MessageId = "",
) -> None:
    """Another officer takes over."""
    from desk import act

    act.do("reassign", target, person, role=role, message_id=message_id, person=to, reason=reason)


@on_tasks
def suspend(
    target: Target,
    person: o.As,
    day: o.Day = None,
    reason: o.Reason = "",
    role: o.Role = "",
    message_id: o.MessageId = "",
) -> None:
    """Stop the clock, until a day or the policy's review."""
    from desk import act, typed

    until = typed.optional_day(day)
    act.do("suspend", target, person, role=role, message_id=message_id, day=until, reason=reason)


@on_tasks
def resume(
    target: Target,
    person: o.As,
    day: o.Day = None,
    time: o.Time = None,
    reason: o.Reason = "",
    role: o.Role = "",
    message_id: o.MessageId = "",
) -> None:
    """The clock runs again, perhaps to a new deadline."""
    from desk import act, typed

    on = typed.optional_day(day)
    due = typed.clock_due(on, time)
    act.do("resume", target, person, role=role, message_id=message_id, day=on, due=due, reason=reason)


@on_tasks
def withdraw(
    target: Target, person: o.As, reason: o.Reason = "", role: o.Role = "", message_id: o.MessageId = ""
) -> None:
    """Withdraw the task."""
    from desk import act

    act.do("withdraw", target, person, role=role, message_id=message_id, reason=reason)


@on_tasks
def nudge(
    target: Target,
    person: o.As,
    words: o.Words = "",
    document: o.DocumentOption = None,
    grade: o.GradeOption = "don-doc",
    role: o.Role = "",
    message_id: o.MessageId = "",
) -> None:
    """Nudge, or record a decision to criticise or to call for a review."""
    from desk import act, typed

    told, meant = typed.document(document), typed.grade(grade)
    act.do("nudge", target, person, role=role, message_id=message_id, text=words, document=told, grade=meant)


@on_tasks
def replan(
    target: Target,
    person: o.As,
    calendar: Annotated[
        str,
        typer.Option(
            "--calendar",
            metavar="VERSION",
            help=text("Bản lịch (xem `calendar show`).", "See `calendar show`."),
        ),
    ],
    reason: o.Reason = "",
    role: o.Role = "",
    message_id: o.MessageId = "",
) -> None:
    """Move the task to another version of the calendar."""
    from desk import act

    act.do("replan", target, person, role=role, message_id=message_id, calendar=calendar, reason=reason)
