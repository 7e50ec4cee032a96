"""Each request speaks its reader's language: the address's `lang`, else the browser's choice, else the office's."""

from http.cookies import SimpleCookie
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from answers.cookies import LANG
from answers.house import House
from desk.language import LANGS, Lang, speaking
from desk.settings import settings

_KEPT = 365 * 86_400


class Speech:
    """Speaks a language around each request, and lets the browser keep one that was chosen."""

    def __init__(self, app: ASGIApp, house: House) -> None:
        self._app = app
        self._name = f"__Host-{LANG}" if house.https else LANG
        self._secure = "; Secure" if house.https else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        chosen = _one_of(parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0])

        async def keeping(message: Message) -> None:
            if chosen and message["type"] == "http.response.start":
                cookie = (
                    f"{self._name}={chosen}; Path=/; Max-Age={_KEPT}; HttpOnly; SameSite=Lax{self._secure}"
                )
                message["headers"] = [*message["headers"], (b"set-cookie", cookie.encode())]
            await send(message)

        with speaking(chosen or self._kept(scope) or settings().lang):
            await self._app(scope, receive, keeping)

    def _kept(self, scope: Scope) -> Lang | None:
        sent = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
        try:
            found = SimpleCookie(sent.decode("latin-1")).get(self._name)
        except Exception:  # noqa: BLE001 - whatever a browser sends as a cookie, the page still speaks
            return None
        return _one_of(found.value if found else "")


def _one_of(asked: str) -> Lang | None:
    return next((one for one in LANGS if one == asked), None)
