"""`up`: the embedded service; `page`: the page alone, for an installation of several processes."""

from typing import Annotated

import typer

from desk.app import Desk
from desk.language import text


def declare(app: Desk) -> None:
    """Add the commands of this group."""
    app.does(
        "up",
        "Chạy dịch vụ tại chỗ: máy chủ Temporal trên tệp, worker, trang web; Ctrl-C để dừng gọn.",
        "The embedded service: Temporal on a file, the worker and the page; Ctrl-C ends it cleanly.",
    )(up)
    app.does(
        "page",
        "Chạy riêng trang web và API (khi worker và Temporal chạy ở nơi khác).",
        "The page and the API alone, where worker and Temporal run elsewhere.",
    )(page)


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
    page_port: Annotated[
        int | None,
        typer.Option(
            "--page-port",
            metavar="PORT",
            help=text("Cổng của trang web; mặc định 8080.", "The page's port; default 8080."),
        ),
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
    service.up(port, ui_port, page_port, typed.as_of(as_of), speed)


def page(
    ctx: typer.Context,
    host: Annotated[
        str,
        typer.Option(
            "--host",
            metavar="ADDRESS",
            help=text(
                "Địa chỉ để nghe; ngoài máy này thì phải đứng sau máy chủ HTTPS.",
                "The address to listen on; beyond this machine only behind an HTTPS server.",
            ),
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="PORT", min=1, max=65535, help=text("Cổng.", "The port."))
    ] = 8080,
) -> None:
    """Run the page."""
    from desk import serving

    serving.page(host, port, ctx.obj["page"])
