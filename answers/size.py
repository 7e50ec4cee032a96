"""How much one request may bring: more is refused before it is read."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST = 256 * 1024
MOST_WITH_FILES = 26 * 1024 * 1024
"""A file of 25 MiB with its form around it."""
WITHOUT_FILES = ("/dang-nhap", "/dang-xuat")
"""Where anybody may send something: no files there."""


class TooLarge(HTTPException):
    """The request brings more than is taken. (As an HTTPException FastAPI lets it through while it reads a body.)"""

    def __init__(self) -> None:
        super().__init__(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


class Size:
    """Refuses what says that it is too large at once, and what proves to be so while it is read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request. Raises TooLarge."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        files = headers.get(b"content-type", b"").startswith(b"multipart/form-data")
        files = files and not scope["path"].startswith(WITHOUT_FILES)
        most = MOST_WITH_FILES if files else MOST
        told = headers.get(b"content-length", b"0")
        if told.isdigit() and int(told) > most:
            raise TooLarge
        taken = 0

        async def counting() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise TooLarge
            return message

        await self._app(scope, counting, send)
