"""The last net around the page: a request that slips is answered in words; HEAD is a GET without its body."""

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from answers import errors


class Net:
    """Answers what nobody else has answered, with the headers and in the language of every other answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        head = scope["method"] == "HEAD"
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            if head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        served = {**scope, "method": "GET"} if head else scope
        try:
            await self._app(served, receive, sending)
        except Exception as error:
            if begun:
                raise
            answer = await errors.slip(Request(scope, receive), error)
            await answer(scope, receive, sending)
