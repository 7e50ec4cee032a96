"""What a person types for a webhook: its name, its address, the kinds of events."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from rapidfuzz import process

from desk.exit import Stop, bad_input
from desk.loopback import is_loopback
from directive.event import EventKind

NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
LONGEST = 2_000
PRINTABLE = re.compile(r"[!-~]+")


def name(typed: str) -> str:
    """The name, which is part of a variable's. Raises Stop."""
    if NAME.fullmatch(typed):
        return typed
    raise bad_input(
        f"tên webhook «{typed}» không dùng được",
        f"«{typed}» cannot be a webhook's name",
        "dùng chữ thường không dấu, chữ số và gạch nối, như van-ban",
        "use lower-case letters, digits and hyphens, such as van-ban",
        kind="bad_webhook_name",
    )


def address(typed: str) -> str:
    """Where to post: https, or http on this machine; no password and no fragment in it. Raises Stop."""
    try:
        parts = urlsplit(typed)
        right = parts.hostname and parts.port != 0 and PRINTABLE.fullmatch(typed) and len(typed) <= LONGEST
    except ValueError:
        raise _bad_address(typed) from None
    if not right or parts.scheme not in ("https", "http") or parts.fragment or "@" in parts.netloc:
        raise _bad_address(typed)
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise bad_input(
            f"«{typed}» không mã hóa: chỉ nhận https",
            f"«{typed}» is not encrypted: only https is taken",
            "dùng https://… (http chỉ dùng được với 127.0.0.1, localhost)",
            "use https://… (http only for 127.0.0.1, localhost)",
            kind="webhook_not_https",
        )
    return typed


def _bad_address(typed: str) -> Stop:
    return bad_input(
        f"«{typed[:100]}» không phải địa chỉ gửi được",
        f"«{typed[:100]}» is not an address to post to",
        "viết như https://van-ban.example.vn/dondoc, không có mật khẩu và không có #",
        "write it as https://van-ban.example.vn/dondoc, without a password and without #",
        kind="bad_webhook_url",
    )


def kinds(typed: Sequence[str]) -> tuple[EventKind, ...]:
    """The kinds, with commas or given several times; none for all. Raises Stop."""
    asked = [word.strip() for part in typed for word in part.split(",") if word.strip()]
    known = [kind.value for kind in EventKind]
    for word in asked:
        if word not in known:
            near = ", ".join(found for found, _, _ in process.extract(word, known, limit=3, score_cutoff=55))
            raise bad_input(
                f"không có loại sự kiện «{word}»",
                f"there is no kind of event «{word}»",
                f"ý bạn là {near}?" if near else "các loại: " + ", ".join(known),
                f"did you mean {near}?" if near else "the kinds: " + ", ".join(known),
                kind="unknown_kind",
            )
    return tuple(kind for kind in EventKind if kind.value in asked)
