"""Who is away and who stands in."""

from typing import Annotated

import typer

from desk import options as o
from desk.app import Desk
from desk.language import text

Person = Annotated[str, typer.Argument(metavar="PERSON", help=text("Người vắng mặt.", "Who is away."))]
First = Annotated[
    str, typer.Option("--from", metavar="DATE", help=text("Ngày đầu, như 20/07/2026.", "The first day."))
]
Last = Annotated[
    str,
    typer.Option(
        "--to", metavar="DATE", help=text("Ngày cuối, tính cả ngày này.", "The last day, included.")
    ),
]
Delegate = Annotated[
    str, typer.Option("--delegate", metavar="PERSON", help=text("Người nhận thay.", "Who stands in."))
]
By = Annotated[
    str,
    typer.Option(
        "--as",
        metavar="PERSON",
        help=text("Người ghi; bỏ trống: quản trị viên.", "Who says so; without it: the administrator."),
    ),
]


def declare(app: Desk) -> None:
    """Add the commands of this group."""
    absence = Desk(text("Vắng mặt và người nhận thay.", "Who is away and who stands in."))
    absence.does("add", "Ghi một lần vắng mặt; có hiệu lực ngay.", "Enter an absence; it counts at once.")(
        add
    )
    absence.does("list", "Những lần vắng mặt còn hiệu lực hoặc sắp tới.", "Absences now and ahead.")(listed)
    absence.does("withdraw", "Rút một lần vắng mặt, từ hôm nay.", "End an absence from today on.")(withdraw)
    app.add_typer(absence, name="absence")


def add(
    person: Person, first: First, last: Last, delegate: Delegate, by: By = "", reason: o.Reason = ""
) -> None:
    """Enter an absence."""
    from desk import absence_commands

    absence_commands.add(person, first, last, delegate, by, reason)


def listed() -> None:
    """List absences."""
    from desk import absence_commands

    absence_commands.listed()


def withdraw(
    name: Annotated[
        str, typer.Argument(metavar="ID", help=text("Mã trong `absence list`.", "The id in `absence list`."))
    ],
    by: By = "",
) -> None:
    """End an absence."""
    from desk import absence_commands

    absence_commands.withdraw(name, by)
