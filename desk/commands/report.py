"""`period-report` (`report` is the unit's act): the figures of a period for leaders, on the screen or in a file."""

from pathlib import Path
from typing import Annotated

import typer

from desk.app import Desk
from desk.exit import bad_input
from desk.language import text


def declare(app: Desk) -> None:
    """Add the command of this group."""
    app.does(
        "period-report",
        "Báo cáo một kỳ: số liệu, danh sách quá hạn; ghi ra .xlsx, .docx; chốt và gửi.",
        "The report of a period: figures, overdue list; as .xlsx or .docx; sent and frozen.",
    )(report)


def report(
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="unit|directive",
            help=text("Bảng trên màn hình theo gì; tệp có cả hai.", "The table shown; a file has both."),
        ),
    ] = "unit",
    period: Annotated[
        str,
        typer.Option(
            "--period",
            metavar="PERIOD",
            help=text("2026-06, 2026-Q2 hoặc 2026.", "2026-06, 2026-Q2 or 2026."),
        ),
    ] = "",
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help=text("Từ ngày.", "From this day."))
    ] = None,
    last: Annotated[
        str | None,
        typer.Option("--to", metavar="DATE", help=text("Đến hết ngày.", "To the end of this day.")),
    ] = None,
    directive: Annotated[
        str,
        typer.Option("--directive", metavar="NUMBER", help=text("Chỉ văn bản này.", "Only this directive.")),
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help=text("Ghi ra .xlsx hoặc .docx.", "Write a .xlsx or .docx.")
        ),
    ] = None,
    send: Annotated[
        bool,
        typer.Option(
            "--send",
            help=text(
                "Chốt và gửi: từ đó số liệu không đổi; cần --as.", "Send it: it never changes; needs --as."
            ),
        ),
    ] = False,
    who: Annotated[
        str,
        typer.Option("--as", metavar="PERSON", help=text("Người gửi báo cáo.", "Who sends the report.")),
    ] = "",
    replaces: Annotated[
        str,
        typer.Option(
            "--replaces", metavar="ID", help=text("Thay báo cáo đã gửi này.", "It replaces this sent report.")
        ),
    ] = "",
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help=text("Lý do thay.", "Why it is replaced."))
    ] = "",
    sent: Annotated[
        bool,
        typer.Option("--sent", help=text("Danh sách báo cáo đã gửi.", "List the reports that were sent.")),
    ] = False,
    number: Annotated[
        str,
        typer.Option("--id", metavar="ID", help=text("Báo cáo đã gửi này.", "This report, as it was sent.")),
    ] = "",
) -> None:
    """Report on a period."""
    from desk import report_commands as commands

    if by not in ("unit", "directive"):
        raise bad_input(
            f"--by không nhận «{by}»",
            f"--by cannot be «{by}»",
            "dùng unit hoặc directive",
            "use unit or directive",
        )
    if send and not who:
        raise bad_input(
            "--send cần --as", "--send needs --as", "thêm --as NGƯỜI", "add --as PERSON", kind="no_sender"
        )
    if sent:
        commands.list_sent()
    elif number:
        commands.show_sent(number, by, output)
    else:
        asked = commands.period(period, first, last)
        sending = commands.Sending(who, replaces, reason) if send else None
        commands.report(by, asked, directive, output, sending)
