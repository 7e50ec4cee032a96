"""Looking: tasks, one task, what a person must answer, and the numbers that leaders ask for."""

from typing import Annotated

import typer

from desk import options as o
from desk.app import Desk
from desk.language import text

Directive = Annotated[
    str,
    typer.Option("--directive", metavar="NUMBER", help=text("Chỉ văn bản này.", "Only this directive.")),
]
Unit = Annotated[str, typer.Option("--unit", metavar="UNIT", help=text("Chỉ đơn vị này.", "Only this unit."))]


def declare(app: Desk) -> None:
    """Add the commands of this group."""
    does = app.does
    does(
        "tasks",
        "Danh sách nhiệm vụ với trạng thái, đèn, thời hạn.",
        "The tasks with state, light and deadline.",
    )(tasks)
    does(
        "show",
        "Một nhiệm vụ: tình hình, câu hỏi, quá trình, việc sắp tới.",
        "One task: facts, questions, history, ahead.",
    )(show)
    does(
        "explain",
        "Vì sao có những thông báo vừa qua, và việc gì sẽ đến.",
        "Why the last notices were sent, and what is next.",
    )(explain)
    does("inbox", "Những câu hỏi mà một người phải trả lời.", "The questions that a person must answer.")(
        inbox
    )
    does("summary", "Tổng hợp theo đơn vị hoặc theo văn bản.", "The numbers, by unit or by directive.")(
        summary
    )


def tasks(
    directive: Directive = "",
    unit: Unit = "",
    state: Annotated[
        str,
        typer.Option(
            "--state",
            metavar="STATE",
            help="assigned, in_progress, reported, completed, suspended, withdrawn.",
        ),
    ] = "",
    light: Annotated[
        str,
        typer.Option(
            "--light", metavar="LIGHT", help="no_deadline, in_time, due_soon, overdue, stopped, done."
        ),
    ] = "",
    where: o.Where = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", metavar="N", min=1, help=text("Chỉ N dòng đầu.", "Only the first N rows.")),
    ] = None,
) -> None:
    """List tasks."""
    from desk import look

    look.tasks(directive, unit, state, light, limit, tuple(where or ()))


def show(task: o.Task) -> None:
    """Show one task."""
    from desk.show import show as show_task

    show_task(task)


def explain(
    task: o.Task,
    last: Annotated[
        int,
        typer.Option(
            "--last", metavar="N", min=1, help=text("N lần báo gần nhất.", "The last N events told.")
        ),
    ] = 5,
) -> None:
    """Explain the notices of one task and what comes next."""
    from desk.explain import explain as explain_task

    explain_task(task, last)


def inbox(
    person: Annotated[
        str, typer.Argument(metavar="PERSON", help=text("Mã trong danh bạ.", "Id in the directory."))
    ],
) -> None:
    """What a person must answer."""
    from desk import look

    look.inbox(person)


def summary(
    by: Annotated[
        str, typer.Option("--by", metavar="unit|directive", help=text("Theo gì.", "By what."))
    ] = "unit",
    directive: Directive = "",
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help=text("Từ ngày.", "From this day."))
    ] = None,
    last: Annotated[
        str | None,
        typer.Option("--to", metavar="DATE", help=text("Đến hết ngày.", "To the end of this day.")),
    ] = None,
) -> None:
    """Sum up."""
    from desk import look

    look.summary(by, directive, first, last)
