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
) -> None:
    """Run the service."""
    from desk import up as service
    from desk.logs import begin

    begin()
    service.up(port, ui_port)
