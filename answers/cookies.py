"""The page's cookies: for this host only and out of scripts' reach."""

from fastapi import Request, Response

from answers.house import House

SESSION, LINK, FORM, LANG, OIDC = "dondoc-session", "dondoc-link", "dondoc-form", "dondoc-lang", "dondoc-oidc"


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
