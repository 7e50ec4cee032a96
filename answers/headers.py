"""What every answer tells the browser: nothing but our own files, no framing, no guessing, no trace in other places."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from answers.house import House

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_YEAR = "max-age=31536000"


class Headers:
    """Adds the headers to every answer. Static files may be kept for ever: their address holds their hash."""

    def __init__(self, app: ASGIApp, house: House) -> None:
        self._app = app
        self._headers = {**_ALWAYS, **({"Strict-Transport-Security": _YEAR} if house.https else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def adding(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                static = scope["path"].startswith("/static/") and message["status"] == 200
                fresh = f"public, {_YEAR}, immutable" if static and scope["query_string"] else "no-store"
                headers.setdefault("Cache-Control", fresh)
            await send(message)

        await self._app(scope, receive, adding)
