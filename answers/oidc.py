"""Signing in by the office's own OpenID Connect provider: authorization code with PKCE and nonce, by verified e-mail.

A GET never writes here either: what the provider says is kept in a signed cookie for five minutes, and the session
begins with the press of a button.
"""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from itsdangerous import BadData, URLSafeTimedSerializer

from answers import pace
from answers.cookies import OIDC, drop, put, value_of
from answers.house import House, house_of
from answers.oidc_settings import ProviderRefused
from answers.said import bad_provider, not_found
from answers.session import LIVES, begin
from answers.sign_in import form_page, own
from desk.office import directory_in_use
from directive.directory import Person
from register.audit import note
from register.sessions import Session, add_session, hash_of

if TYPE_CHECKING:
    from answers.oidc_provider import Provider

router = APIRouter()

BACK = "dang-nhap/oidc/xong"
WAITS = 300
"""Seconds for which a sign-in that was begun at the provider may be finished."""


@router.get("/dang-nhap/oidc", include_in_schema=False)
async def leave(request: Request, next: str = "/") -> Response:  # noqa: A002 - the name in the address
    """Send the browser to the provider. Raises Stop."""
    house = house_of(request)
    provider = _provider(house)
    try:
        address, kept = await provider.begin(house.token)
    except ProviderRefused as error:
        raise bad_provider(str(error)) from error
    answer = RedirectResponse(address, status_code=HTTPStatus.SEE_OTHER)
    put(house, answer, OIDC, _sealed(house, {**kept, "next": own(next)}), WAITS)
    return answer


@router.get("/dang-nhap/oidc/xong", include_in_schema=False)
async def back(request: Request, code: str = "", state: str = "", error: str = "") -> Response:
    """The provider has sent the browser back: who it says this is, and a button. Raises Stop."""
    house = house_of(request)
    kept = _unsealed(house, request)
    if error or not kept.get("state") or kept["state"] != state:
        raise bad_provider(error[:40] or "state")
    try:
        email = await _provider(house).finish(code, kept)
    except ProviderRefused as refused:
        raise bad_provider(str(refused)) from refused
    person = await _known(house, email)
    if person is None:
        raise bad_provider("unknown_email")
    values = {"name": person.name, "next": own(str(kept["next"])), "action": request.url.path}
    answer = form_page(request, "sign_in_button.html.j2", **values)
    put(house, answer, OIDC, _sealed(house, {"email": email}), WAITS)
    return answer


@router.post("/dang-nhap/oidc/xong", include_in_schema=False)
async def enter(request: Request) -> Response:
    """Begin the session of whom the provider named. Raises Stop, TooOften."""
    house = house_of(request)
    house.pace.tried(pace.TOKENS_ADDRESS, pace.address_of(request))
    person = await _known(house, str(_unsealed(house, request).get("email", "")))
    if person is None:
        raise bad_provider("expired")
    secret, now = house.token(), house.wall()
    await add_session(house.register, Session(hash_of(secret), person.id, "oidc", now, now + LIVES, None))
    address = {"address": pace.address_of(request)}
    await note(house.register, at=house.now(), person=person.id, way="oidc", did="sign_in", detail=address)
    given = (await request.form()).get("next", "/")
    answer = RedirectResponse(own(str(given)), status_code=HTTPStatus.SEE_OTHER)
    begin(house, answer, secret)
    drop(house, answer, OIDC)
    return answer


async def _known(house: House, email: str) -> Person | None:
    """The one person with this address; nobody where two share it."""
    directory = await directory_in_use(house.register)
    found = [one for one in directory.people if one.email and one.email.casefold() == email.casefold()]
    return found[0] if len(found) == 1 else None


def _provider(house: House) -> "Provider":
    """The office's provider. Its libraries are imported when it is first asked: few offices have one."""
    if house.oidc is None:
        raise not_found()
    from answers.oidc_provider import Provider

    return Provider(house.oidc, urljoin(house.page_url, BACK))


def _signer(house: House) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(house.secret, salt="dondoc.oidc.1")


def _sealed(house: House, kept: dict[str, Any]) -> str:
    return str(_signer(house).dumps(kept))


def _unsealed(house: House, request: Request) -> dict[str, Any]:
    try:
        kept = _signer(house).loads(value_of(house, request, OIDC), max_age=WAITS)
    except BadData:
        return {}
    return kept if isinstance(kept, dict) else {}
