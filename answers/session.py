"""A session: begun, looked at, ended by its own person."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from answers import link_cookie
from answers.cookies import FORM, SESSION, drop, put, value_of
from answers.house import House, house_of
from answers.pages import page
from answers.reader import SignedIn, known
from register.audit import note
from register.sessions import end_session, end_sessions, hash_of, sessions_of

router = APIRouter()

LIVES = timedelta(hours=12)
"""One working day with its evening; the next morning begins with a new link."""


def begin(house: House, answer: Response, secret: str) -> None:
    """Give the browser its session; what it held for links and forms goes."""
    put(house, answer, SESSION, secret, int(LIVES.total_seconds()))
    link_cookie.forget(house, answer)
    drop(house, answer, FORM)


@router.post("/dang-xuat", include_in_schema=False)
async def sign_out(request: Request, everywhere: Annotated[str, Form()] = "") -> Response:
    """End this session, or all of the person's; a link is forgotten by this browser."""
    house = house_of(request)
    reader = await known(request)
    if reader and reader.link is None:
        if everywhere:
            await end_sessions(house.register, reader.person.id, house.wall())
        else:
            await end_session(house.register, value_of(house, request, SESSION), house.wall())
        did = "sign_out_everywhere" if everywhere else "sign_out"
        await note(house.register, at=house.now(), person=reader.person.id, way=reader.way, did=did)
    answer = RedirectResponse("/dang-nhap", status_code=303)
    drop(house, answer, SESSION)
    link_cookie.forget(house, answer)
    return answer


@router.get("/phien", include_in_schema=False)
async def mine(request: Request, reader: SignedIn) -> Response:
    """Where the reader is signed in."""
    house = house_of(request)
    rows = await sessions_of(house.register, reader.person.id, house.wall())
    this = hash_of(value_of(house, request, SESSION))
    return page(request, "sessions.html.j2", rows=rows, this=this)
