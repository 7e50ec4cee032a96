"""Webhooks: where the events of tasks go to in other systems."""

from typing import Annotated

import typer

from desk.app import Desk
from desk.language import text

Name = Annotated[
    str,
    typer.Argument(metavar="NAME", help=text("Tên của webhook: van-ban.", "The webhook's name: van-ban.")),
]


def declare(app: Desk) -> None:
    """Add the commands of this group."""
    webhook = Desk(
        text(
            "Webhook: gửi sự kiện sang hệ thống khác, như quản lý văn bản.",
            "Webhooks: events for other systems, such as one that manages documents.",
        )
    )
    webhook.does("add", "Gửi sự kiện tới một địa chỉ từ bây giờ.", "Send events to an address from now on.")(
        add
    )
    webhook.does(
        "list", "Các webhook: đang chờ, đã gửi, không gửi được.", "The webhooks: waiting, sent, given up."
    )(show)
    webhook.does(
        "test", "Nhờ worker gửi thử một sự kiện và xem trả lời.", "Let the worker post an event to try it."
    )(test)
    webhook.does(
        "retry",
        "Gửi lại những gì chưa gửi được, ngay bây giờ.",
        "Send what was given up, and at once what waits.",
    )(retry)
    webhook.does("remove", "Không gửi tới đó nữa.", "Send nothing more to it.")(remove)
    app.add_typer(webhook, name="webhook")


def add(
    name: Name,
    url: Annotated[str, typer.Argument(metavar="URL", help=text("Địa chỉ https.", "The address, by https."))],
    kinds: Annotated[
        list[str] | None,
        typer.Option(
            "--kinds",
            metavar="KIND,…",
            help=text(
                "Chỉ những loại sự kiện này: assigned,approved,escalated; mặc định tất cả.",
                "Only these kinds of events: assigned,approved,escalated; by default all.",
            ),
        ),
    ] = None,
) -> None:
    """Add a webhook."""
    from desk import webhooks

    webhooks.add(name, url, kinds or [])


def show() -> None:
    """List the webhooks."""
    from desk import webhooks

    webhooks.show()


def test(name: Name) -> None:
    """Try a webhook."""
    from desk import webhook_engine

    webhook_engine.test(name)


def retry(name: Name) -> None:
    """Send anew."""
    from desk import webhook_engine

    webhook_engine.retry(name)


def remove(name: Name) -> None:
    """Remove a webhook."""
    from desk import webhooks

    webhooks.remove(name)
