"""How a program is known: by the token of a session, in the header instead of the cookie."""

from fastapi import Request

_SCHEME = "bearer"


def bearer(request: Request) -> str | None:
    """The token in `Authorization: Bearer …`; None without that header, which is when a cookie may speak."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == _SCHEME else None
