"""Who is signed in to the page, and what was done there."""

from typing import Annotated

import typer

from desk.app import Desk
from desk.language import text

Person = Annotated[
    str, typer.Argument(metavar="PERSON", help=text("Mã người trong danh bạ.", "A person's id."))
]


def declare(app: Desk) -> None:
    """Add the commands of this group."""
    session = Desk(text("Phiên đăng nhập trang web của một người.", "A person's sessions at the page."))
    session.does("list", "Các phiên đang mở.", "The open ones.")(show)
    session.does("end", "Kết thúc mọi phiên ngay lập tức.", "End all of them at once.")(end)
    app.add_typer(session, name="session")
    app.does(
        "audit",
        "Nhật ký truy cập: ai đã làm gì, qua đâu, kết quả thế nào.",
        "The audit: who did what, by which way, and what came of it.",
    )(audit)


def show(person: Person) -> None:
    """Show the sessions."""
    from desk import sessions

    sessions.show(person)


def end(person: Person) -> None:
    """End the sessions."""
    from desk import sessions

    sessions.end(person)


def audit(
    person: Annotated[
        str, typer.Option("--person", metavar="PERSON", help=text("Chỉ người này.", "Only of this person."))
    ] = "",
    limit: Annotated[
        int,
        typer.Option(
            "--limit",
            metavar="N",
            min=1,
            max=10_000,
            help=text("Số dòng mới nhất.", "How many, newest first."),
        ),
    ] = 50,
) -> None:
    """Show the audit."""
    from desk import sessions

    sessions.audit(person, limit)
