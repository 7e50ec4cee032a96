"""A form counts only when this page showed it to this browser: a token bound to session or link, and the origin.

The token is made from the cookie by which the browser is known and the office's secret: nothing is kept, and another
site, which sees neither, cannot make it. Forms send it as `csrf`, programs as the header `X-CSRF-Token`.
"""

import hashlib
import hmac
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import FormData

from answers.cookies import FORM, SESSION, value_of
from answers.house import House, house_of
from answers.link_cookie import opened
from desk.exit import Code, Stop

FIELD, HEADER = "csrf", "X-CSRF-Token"
READING = frozenset({"GET", "HEAD", "OPTIONS"})


def token(request: Request) -> str:
    """The token of the forms shown to this browser; empty where it is not known by any cookie."""
    house = house_of(request)
    known_by = _known_by(house, request)
    return token_for(house, known_by) if known_by else ""


def _known_by(house: House, request: Request) -> str:
    session = value_of(house, request, SESSION)
    held = None if session else opened(house, request)
    if session or held:
        return session or (held.id if held else "")
    return value_of(house, request, FORM) or str(getattr(request.state, "form_cookie", ""))


def token_for(house: House, known_by: str) -> str:
    """The token bound to a cookie's value."""
    key = hashlib.sha256(f"dondoc.csrf.1/{house.secret}".encode()).digest()
    return hmac.new(key, known_by.encode(), hashlib.sha256).hexdigest()


async def checked(request: Request) -> None:
    """The dependency of everything that writes by a cookie's right. Raises Stop (403)."""
    if request.method in READING:
        return
    if not same_origin(request):
        raise _foreign()
    given = request.headers.get(HEADER, "") or _field(await request.form())
    wanted = token(request)
    if not wanted or not hmac.compare_digest(given.encode(), wanted.encode()):
        raise _foreign()


def _field(form: FormData) -> str:
    value = form.get(FIELD, "")
    return value if isinstance(value, str) else ""


def same_origin(request: Request) -> bool:
    """Whether the browser says that the request comes from a page of ours; one that says nothing is not refused.

    Our pages send no referrer, so browsers call a form's origin "null" (Fetch, "serialize a request origin"): then
    their word that the site is the same counts; older ones (Safari before 16.4) do not give it, and the token decides.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    origin = request.headers.get("origin")
    if origin is None or origin == "null":
        return True
    ours = {request.headers.get("host", ""), urlsplit(house_of(request).page_url).netloc}
    return urlsplit(origin).netloc in ours - {""}


def _foreign() -> Stop:
    return Stop(
        Code.REFUSED,
        "biểu mẫu này không còn hiệu lực hoặc không do trang này gửi đi; chưa có gì thay đổi",
        "this form is out of date or was not sent by this page; nothing has changed",
        "mở lại trang rồi thử lại",
        "open the page again and try once more",
        kind="bad_form",
    )
