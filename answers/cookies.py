"""The page's cookies: a session's random token, or a signed link, each for this host only and out of scripts' reach."""

from datetime import UTC, datetime

from fastapi import Request, Response
from itsdangerous import BadData, URLSafeSerializer
from pydantic import ValidationError

from answers.house import House
from notices.link import Link

SESSION, LINK, FORM, LANG = "dondoc-session", "dondoc-link", "dondoc-form", "dondoc-lang"
_SALT = "dondoc.link-cookie.1"


def name_of(house: House, cookie: str) -> str:
    """The cookie's name: over HTTPS with the prefix that makes browsers refuse it from other hosts and plain HTTP."""
    return f"__Host-{cookie}" if house.https else cookie


def value_of(house: House, request: Request, cookie: str) -> str:
    """What the browser sent; empty where nothing."""
    return request.cookies.get(name_of(house, cookie), "")


def put(house: House, response: Response, cookie: str, value: str, seconds: int | None) -> None:
    """Give the browser a cookie for so many seconds, or until it is closed."""
    response.set_cookie(
        name_of(house, cookie),
        value,
        max_age=seconds,
        path="/",
        secure=house.https,
        httponly=True,
        samesite="lax",
    )


def drop(house: House, response: Response, cookie: str) -> None:
    """Let the browser forget a cookie."""
    response.delete_cookie(
        name_of(house, cookie), path="/", secure=house.https, httponly=True, samesite="lax"
    )


def sealed(house: House, link: Link) -> str:
    """A link as the value of a cookie: it cannot be made from a mail's token, nor the other way round."""
    told = [link.person, link.task, link.question, int(link.ends_at.timestamp())]
    return str(URLSafeSerializer(house.secret, salt=_SALT).dumps(told))


def link_of(house: House, request: Request) -> Link | None:
    """The link by which the browser came, while it lasts; None where there is none, or not one of ours."""
    value = value_of(house, request, LINK)
    if not value:
        return None
    try:
        person, task, question, ends = URLSafeSerializer(house.secret, salt=_SALT).loads(value)
        ends_at = datetime.fromtimestamp(ends, UTC)
        link = Link(person=person, task=task, question=question, ends_at=ends_at)
    except (BadData, ValidationError, ValueError, TypeError, OverflowError, OSError):
        return None
    return link if link.ends_at > house.now() else None
