"""Signing in by a mailed link, without a password: asked for by a form, opened by a GET, used once by a POST."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from starlette.background import BackgroundTask

from answers import pace, sign_in_mail
from answers.cookies import FORM, SESSION, put, value_of
from answers.house import House, house_of
from answers.pages import page
from answers.reader import known
from answers.said import bad_sign_in
from answers.session import LIVES, begin
from desk.office import directory_in_use
from desk.person import namer
from directive.directory import Directory, Person
from register.audit import note
from register.sessions import Session, hash_of, sign_in_open, use_sign_in

router = APIRouter()


@router.get("/dang-nhap", include_in_schema=False)
async def form(request: Request, next: str = "/") -> Response:  # noqa: A002 - the name in the address
    """The form that asks who it is."""
    reader = await known(request)
    if reader and reader.link is None:
        return RedirectResponse(own(next), status_code=303)
    return form_page(request, "sign_in.html.j2", next=own(next), oidc=house_of(request).oidc is not None)


@router.post("/dang-nhap", include_in_schema=False)
async def ask(
    request: Request,
    who: Annotated[str, Form(max_length=200)],
    next: Annotated[str, Form(max_length=1000)] = "/",  # noqa: A002 - the name in the form
) -> Response:
    """Send a link to whoever this is; the answer is the same, as soon, where it is nobody. Raises TooOften."""
    house = house_of(request)
    typed = who.strip().casefold()
    house.pace.tried(pace.SIGN_IN_ADDRESS, pace.address_of(request))
    house.pace.tried(pace.SIGN_IN_PERSON, typed)
    directory = await directory_in_use(house.register)  # so that a register that is down is told at once
    found = find(directory, typed)
    answer = page(request, "sign_in_sent.html.j2", next=own(next))
    address = pace.address_of(request)
    answer.background = BackgroundTask(_send, house, directory, found, own(next), address)
    return answer


async def _send(house: House, directory: Directory, found: Person | None, then: str, address: str) -> None:
    """After the answer: how long this takes tells nobody whether the person exists."""
    result = "unknown_person" if found is None else "done" if found.email else "no_address"
    if found and found.email:
        await sign_in_mail.send(house, directory, found, then)
    await note(
        house.register,
        at=house.now(),
        person=found.id if found else "",
        way="mail",
        did="ask_sign_in",
        result=result,
        detail={"address": address},
    )


@router.get("/dang-nhap/{token}", include_in_schema=False)
async def show(request: Request, token: str, next: str = "/") -> Response:  # noqa: A002 - the name in the address
    """What the mail's link opens: a button. Scanners that follow it use nothing up. Raises Stop."""
    house = house_of(request)
    person = await sign_in_open(house.register, token, house.wall())
    if not person:
        return page(request, "sign_in_ended.html.j2", status=410)
    name = namer(await directory_in_use(house.register))(person)
    return form_page(request, "sign_in_button.html.j2", name=name, next=own(next), action=request.url.path)


@router.post("/dang-nhap/{token}", include_in_schema=False)
async def enter(
    request: Request,
    token: str,
    next: Annotated[str, Form(max_length=1000)] = "/",  # noqa: A002 - the name in the form
) -> Response:
    """Use the link, once, for a session. Raises Stop, TooOften."""
    house = house_of(request)
    address = pace.address_of(request)
    house.pace.tried(pace.TOKENS_ADDRESS, address)
    secret, now = house.token(), house.wall()
    session = Session(hash_of(secret), "", "mail", now, now + LIVES, None)
    person = await use_sign_in(house.register, token, session)
    await note(
        house.register,
        at=house.now(),
        person=person,
        way="mail",
        did="sign_in",
        result="done" if person else "bad_sign_in",
        detail={"address": address},
    )
    if not person:
        raise bad_sign_in()
    answer = RedirectResponse(own(next), status_code=303)
    begin(house, answer, secret)
    return answer


def find(directory: Directory, typed: str) -> Person | None:
    """The person of an id or of an e-mail; nobody where two people share the address."""
    by_id = next((one for one in directory.people if one.id.casefold() == typed), None)
    by_mail = [one for one in directory.people if one.email and one.email.casefold() == typed]
    return by_id or (by_mail[0] if len(by_mail) == 1 else None)


def own(address: str) -> str:
    """An address of this page to go on to: never one of another site."""
    safe = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if safe and "\\" not in address else "/"


def form_page(request: Request, template: str, **values: Any) -> Response:
    """A page with a form for somebody who is not known yet: it is bound to a cookie of its own."""
    house = house_of(request)
    fresh = "" if value_of(house, request, FORM) else house.token()
    request.state.form_cookie = fresh
    answer = page(request, template, **values)
    if fresh and not value_of(house, request, SESSION):
        put(house, answer, FORM, fresh, None)
    return answer
