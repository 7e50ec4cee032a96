"""Documents for approval that belong to no task: `ask`, `approvals`."""

from pathlib import Path
from typing import Annotated

import typer

from desk.app import Desk
from desk.language import text


def declare(app: Desk) -> None:
    """Add the commands of this group."""
    app.does(
        "ask",
        "Trình một văn bản để phê duyệt qua các bước; `ask new` in mẫu trống; chạy lại không trình hai lần.",
        "Submit a document for approval; `ask new` prints an empty form; safe to repeat.",
    )(ask)
    app.does("approvals", "Các văn bản đang trình duyệt.", "The documents that wait for approval.")(approvals)


def ask(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help=text("Tệp YAML, hoặc `new` để in mẫu trống.", "A YAML file, or `new` for an empty form."),
        ),
    ],
    directory: Annotated[
        Path | None,
        typer.Option(
            "--directory",
            metavar="FILE",
            help=text(
                "Danh bạ để xem thử (chỉ với --dry-run).", "The directory to look with (--dry-run only)."
            ),
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help=text("Chỉ cho biết sẽ hỏi ai, đến khi nào.", "Only say who would be asked, and until when."),
        ),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=text("Không hỏi lại.", "Do not ask."))] = False,
) -> None:
    """Submit a document."""
    from desk import ask as asking

    asking.ask(file, directory, dry_run=dry_run, yes=yes)


def approvals(
    unit: Annotated[
        str,
        typer.Option("--unit", metavar="UNIT", help=text("Chỉ của đơn vị trình này.", "Only of this unit.")),
    ] = "",
    everything: Annotated[
        bool, typer.Option("--all", help=text("Cả những văn bản đã xong.", "Closed ones too."))
    ] = False,
) -> None:
    """List approvals."""
    from desk import approvals as listing

    listing.approvals(unit, everything=everything)
