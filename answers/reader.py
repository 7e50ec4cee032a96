"""Who reads the page: somebody signed in, or somebody who came by a mailed link for one question."""

from enum import StrEnum
from typing import Annotated, Literal, NamedTuple

from fastapi import Depends, Request

from answers.bearer import bearer
from answers.cookies import LANG, SESSION, value_of
from answers.house import House, house_of
from answers.link_cookie import link_for
from answers.standing import PageRole, roles_of
from desk.language import LANGS, Lang, use
from desk.office import directory_in_use
from directive.directory import Directory, Person
from directive.due import local_day
from notices.link import Link
from register.offices import offices
from register.sessions import session_of

__all__ = ["Either", "PageRole", "Reader", "SignedIn", "Unsigned", "Way", "either", "known", "signed_in"]


class Way(StrEnum):
    """How somebody came."""

    MAIL = "mail"
    OIDC = "oidc"
    LINK = "link"


class Reader(NamedTuple):
    """Who reads, how they came, and what they are on the page. `link` is None for whoever is signed in."""

    person: Person
    way: Literal["mail", "oidc", "link"]
    link: Link | None
    roles: frozenset[PageRole]
    directory: Directory
    lang: Lang
    units: frozenset[str] = frozenset()
    issuers: frozenset[str] = frozenset()


class Unsigned(Exception):
    """Nobody is signed in; pages lead to the sign-in, programs are told 401."""


async def known(request: Request) -> Reader | None:
    """Who reads: the session's person, else the link's; None where neither is there. Raises Stop, RegisterDown."""
    if not hasattr(request.state, "reader"):
        request.state.reader = await _read(request)
        if request.state.reader:
            use(request.state.reader.lang)
    found: Reader | None = request.state.reader
    return found


async def signed_in(request: Request) -> Reader:
    """Somebody signed in. Raises Unsigned, Stop, RegisterDown."""
    found = await known(request)
    if found is None or found.link is not None:
        raise Unsigned
    return found


async def either(request: Request) -> Reader:
    """Somebody signed in, or come by a link. Raises Unsigned, Stop, RegisterDown."""
    found = await known(request)
    if found is None:
        raise Unsigned
    return found


SignedIn = Annotated[Reader, Depends(signed_in)]
Either = Annotated[Reader, Depends(either)]


async def _read(request: Request) -> Reader | None:
    house = house_of(request)
    given = bearer(request)
    token = value_of(house, request, SESSION) if given is None else given
    session = await session_of(house.register, token, house.wall()) if token else None
    link = None if session or given is not None else link_for(house, request)
    if session is None and link is None:
        return None
    directory = await directory_in_use(house.register)
    person = directory.person_by_id.get(session.person if session else link.person if link else "")
    if person is None:  # no longer of the office
        return None
    lang = chosen_lang(house, request) or person.language
    if link:
        return Reader(person, "link", link, frozenset(), directory, lang)
    assert session
    works = await offices(house.register)
    stands = roles_of(directory, person.id, local_day(house.now()), works)
    way: Literal["mail", "oidc"] = "oidc" if session.way == "oidc" else "mail"
    return Reader(person, way, None, stands.roles, directory, lang, stands.units, stands.issuers)


def chosen_lang(house: House, request: Request) -> Lang | None:
    """The language chosen in the address or kept by the browser; None where none was."""
    asked = request.query_params.get("lang", "") or value_of(house, request, LANG)
    return next((one for one in LANGS if one == asked), None)
