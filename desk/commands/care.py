"""Care of the installation: backups, `doctor`, and the messages that did not get through."""

from pathlib import Path
from typing import Annotated

import typer

from desk.app import Desk
from desk.language import text


def declare(app: Desk) -> None:
    """Add the commands of this group."""
    app.does(
        "backup",
        "Sao lưu toàn bộ vào một thư mục có ngày giờ, khi dịch vụ vẫn chạy.",
        "Back everything up into a dated folder, while the service runs.",
    )(backup)
    app.does(
        "restore",
        "Khôi phục từ một bản sao lưu; sau đó chạy `doctor --repair`.",
        "Bring a backup back; then run `doctor --repair`.",
    )(restore)
    app.does(
        "doctor",
        "Kiểm tra hệ thống: điều gì chưa ổn và cách xử lý.",
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


def backup(
    place: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            help=text(
                "Thư mục chứa các bản sao lưu, ngoài thư mục dữ liệu.",
                "The folder of the backups, outside the data folder.",
            ),
        ),
    ],
    keep: Annotated[
        int | None,
        typer.Option(
            "--keep",
            metavar="N",
            min=1,
            show_default=False,
            help=text("Giữ N bản mới nhất, xóa bản cũ hơn.", "Keep the newest N, remove older ones."),
        ),
    ] = None,
) -> None:
    """Back up."""
    from desk.backup.command import backup as write

    write(place, keep)


def restore(
    place: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            help=text(
                "Một bản sao lưu dondoc-…, hoặc thư mục chứa chúng (lấy bản mới nhất).",
                "A backup dondoc-…, or the folder of them (the newest is taken).",
            ),
        ),
    ],
    only: Annotated[
        str | None,
        typer.Option(
            "--only",
            metavar="register|engine",
            show_default=False,
            help=text(
                "Chỉ sổ theo dõi (với minh chứng), hoặc chỉ máy chủ.",
                "Only the register (with its evidence), or only the engine.",
            ),
        ),
    ] = None,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace",
            help=text(
                "Cất bản đang có vào thư mục before-…, không xóa.",
                "Move what is there into a folder before-…, not away.",
            ),
        ),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=text("Chỉ kiểm tra.", "Only check."))] = False,
) -> None:
    """Restore."""
    from desk.backup.restore import restore as bring_back

    bring_back(place, only, replace=replace, dry_run=dry_run)


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
