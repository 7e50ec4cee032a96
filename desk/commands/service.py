"""`up`: the embedded service."""

from typing import Annotated

import typer

from desk.app import Desk
from desk.language import text


def declare(app: Desk) -> None:
    """Add the commands of this group."""
    app.does(
        "up",
        "Chạy dịch vụ tại chỗ: máy chủ Temporal trên tệp, worker; Ctrl-C để dừng gọn.",
        "The embedded service: Temporal on a file and the worker; Ctrl-C ends it cleanly.",
    )(up)


def up(
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            metavar="PORT",
            help=text("Cổng của máy chủ; mặc định 7233.", "The engine's port; default 7233."),
        ),
    ] = None,
    ui_port: Annotated[
        int | None,
        typer.Option("--ui-port", metavar="PORT", help=text("Cổng của giao diện.", "The UI's port.")),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help=text(
                "Chạy thử trên thư mục dữ liệu mới: đồng hồ bắt đầu từ ngày này.",
                "For trying out, on a new data folder: its clock starts on this day.",
            ),
        ),
    ] = None,
    speed: Annotated[
        int,
        typer.Option(
            "--speed",
            metavar="N",
            min=1,
            max=100_000,
            show_default=False,
            help=text("Cùng --as-of: một giây là N giây.", "With --as-of: a second is N seconds."),
        ),
    ] = 1,
) -> None:
    """Run the service."""
    from desk import typed
    from desk import up as service
    from desk.logs import begin

    begin()
    service.up(port, ui_port, typed.as_of(as_of), speed)
