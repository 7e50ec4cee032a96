"""Where this office's mail goes out and in whose name, from `DONDOC_SMTP_…` and `DONDOC_MAIL_FROM`."""

import os
from email.utils import parseaddr
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import unquote, urlsplit

from desk.exit import Stop, bad_input
from desk.loopback import is_loopback
from desk.settings import settings

USUAL_PORTS = {"smtp": 587, "smtps": 465}
NAME = "Đôn Đốc"


class MailServer(NamedTuple):
    """A mail server as the settings name it. TLS is left out only on this machine itself."""

    host: str
    port: int
    tls: Literal["at_once", "starttls", "none"]
    user: str
    password: str
    authorities: Path | None


class MailFrom(NamedTuple):
    """In whose name mail goes out."""

    name: str
    address: str


def mail_server() -> MailServer | None:
    """The server to hand mail to; None where messages go into a folder. Raises Stop for one that cannot be used.

    On loopback the mail never leaves the machine and is handed over as it is, unless `DONDOC_SMTP_CA` asks for TLS.
    """
    chosen = settings()
    if not chosen.smtp_url:
        return None
    try:
        parts = urlsplit(chosen.smtp_url)
        port = parts.port or USUAL_PORTS[parts.scheme]
    except (ValueError, KeyError) as error:
        raise _bad_url() from error
    if not parts.hostname or parts.password is not None or parts.path.strip("/") or parts.query:
        raise _bad_url()
    user, password = unquote(parts.username or ""), os.environ.get("DONDOC_SMTP_PASSWORD", "")
    if user and not password:
        raise _no_password()
    clear = is_loopback(parts.hostname) and chosen.smtp_ca is None
    tls: Literal["at_once", "starttls", "none"] = "none" if clear else "starttls"
    if parts.scheme == "smtps":
        tls = "at_once"
    return MailServer(parts.hostname, port, tls, user, password, chosen.smtp_ca)


def mail_from() -> MailFrom | None:
    """In whose name; None where that is not set, which is well for a folder only. Raises Stop."""
    chosen = settings()
    if not chosen.mail_from:
        if chosen.smtp_url:
            raise _no_sender()
        return None
    name, address = parseaddr(chosen.mail_from)
    user, _, domain = address.rpartition("@")
    if not (user and "." in domain and address.isascii()):
        raise _no_sender()
    return MailFrom(name or NAME, address)


def _bad_url() -> Stop:
    return bad_input(
        "DONDOC_SMTP_URL không phải địa chỉ của một máy chủ thư",
        "DONDOC_SMTP_URL is not the address of a mail server",
        "viết như smtp://user@mail.example.vn:587 hoặc smtps://user@mail.example.vn; mật khẩu ở DONDOC_SMTP_PASSWORD",
        "write it as smtp://user@mail.example.vn:587 or smtps://…; the password goes into DONDOC_SMTP_PASSWORD",
        kind="bad_smtp_url",
    )


def _no_password() -> Stop:
    return bad_input(
        "DONDOC_SMTP_URL có tên người dùng nhưng chưa có DONDOC_SMTP_PASSWORD",
        "DONDOC_SMTP_URL names a user, but there is no DONDOC_SMTP_PASSWORD",
        "đặt DONDOC_SMTP_PASSWORD cho worker",
        "set DONDOC_SMTP_PASSWORD for the worker",
        kind="no_smtp_password",
    )


def _no_sender() -> Stop:
    return bad_input(
        "DONDOC_MAIL_FROM chưa có hoặc không phải địa chỉ thư",
        "DONDOC_MAIL_FROM is missing or no mail address",
        "viết như: Đôn Đốc UBND tỉnh <dondoc@example.vn>",
        "write it as: Đôn Đốc <dondoc@example.vn>",
        kind="bad_mail_from",
    )
