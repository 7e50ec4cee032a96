"""Care of the installation: `doctor`, and the messages that did not get through."""

from typing import Annotated

import typer

from desk.app import Desk
from desk.language import text


def declare(app: Desk) -> None:
    """Add the commands of this group."""
    app.does(
        "doctor",
        "Khám hệ thống: điều gì chưa ổn và cách xử lý.",
        "What is wrong with this installation, and how to mend it.",
    )(doctor)
    outbox = Desk(text("Thư đi: thư chưa đến được người nhận.", "Messages that did not get through."))
    outbox.does(
        "list",
        "Thư gửi lỗi, bị từ chối, hoặc có thể đến hai lần.",
        "Messages that failed, were refused, or may have come twice.",
    )(show)
    outbox.does("retry", "Gửi lại một thư, hoặc tất cả.", "Send one of them again, or all.")(retry)
    app.add_typer(outbox, name="outbox")


def doctor(
    ctx: typer.Context,
    repair: Annotated[
        bool,
        typer.Option(
            "--repair",
            help=text(
                "Đối chiếu sổ theo dõi với máy chủ và sửa chỗ khác nhau, sau khi khôi phục.",
                "Compare register and engine and settle the differences, after a restoration.",
            ),
        ),
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help=text("Cùng --repair: chỉ xem.", "With --repair: only look.")),
    ] = False,
    yes: Annotated[
        bool,
        typer.Option("--yes", help=text("Cùng --repair: không hỏi lại.", "With --repair: do not ask.")),
    ] = False,
) -> None:
    """Examine the installation, or repair it."""
    if repair:
        from desk.repair.command import repair as settle

        settle(ctx.obj["leaves"](), dry_run=dry_run, yes=yes)
        return
    if dry_run or yes:
        raise typer.BadParameter(
            text("--dry-run và --yes chỉ dùng cùng --repair", "--dry-run and --yes go with --repair")
        )
    from desk.doctor import doctor as examine

    examine()


def show() -> None:
    """List the messages."""
    from desk import outbox

    outbox.show()


def retry(
    message: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help=text(
                "Mã thư (hoặc phần đầu) ghi ở `outbox list`; all: tất cả.",
                "The message's id, or its beginning; all: every one.",
            ),
        ),
    ],
) -> None:
    """Send again."""
    from desk import outbox

    outbox.retry(message)
