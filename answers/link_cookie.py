"""What a browser keeps of the mailed links that were opened in it: one signed cookie, nothing in the register.

Several questions may be open in several tabs, so the cookie holds the last few links of one person; its `id` stays the
same while they are added, and the forms of all tabs are bound to it.
"""

from datetime import UTC, datetime

from fastapi import Request, Response
from itsdangerous import BadData, URLSafeSerializer
from pydantic import ValidationError

from answers.cookies import LINK, drop, put, value_of
from answers.house import House
from directive.value import Value
from notices.link import Link

_SALT = "dondoc.link-cookie.1"
MOST = 12


class Opened(Value):
    """The links of one person that this browser has opened, the newest last."""

    id: str
    person: str
    links: tuple[Link, ...]


def opened(house: House, request: Request) -> Opened | None:
    """What the browser has opened and has not ended; None where there is nothing, or nothing of ours."""
    value = value_of(house, request, LINK)
    if not value:
        return None
    try:
        known_by, person, rows = _signer(house).loads(value)
        links = tuple(_link(person, *row) for row in rows)
        held = Opened(id=known_by, person=person, links=links)
    except (BadData, ValidationError, ValueError, TypeError, OverflowError, OSError):
        return None
    alive = tuple(link for link in held.links if link.ends_at > house.now())
    return held.model_copy(update={"links": alive}) if alive else None


def keep(house: House, request: Request, response: Response, link: Link) -> None:
    """Let the browser keep one more link; those of another person are forgotten."""
    held = opened(house, request)
    before = held.links if held and held.person == link.person else ()
    links = (*(one for one in before if _same(one) != _same(link)), link)[-MOST:]
    known_by = held.id if held and before else house.token()
    rows = [[one.task, one.question, int(one.ends_at.timestamp())] for one in links]
    put(house, response, LINK, str(_signer(house).dumps([known_by, link.person, rows])), None)


def forget(house: House, response: Response) -> None:
    """Let the browser forget them all."""
    drop(house, response, LINK)


def link_for(house: House, request: Request) -> Link | None:
    """The link that opens the page asked for: its question's, else its task's; where it names no task, the newest."""
    held = opened(house, request)
    if held is None:
        return None
    task, question = request.path_params.get("task", ""), request.path_params.get("question", "")
    if not task:
        return held.links[-1]
    of_task = [one for one in held.links if one.task == task]
    return next((one for one in of_task if one.question == question), of_task[-1] if of_task else None)


def _same(link: Link) -> tuple[str, str]:
    return link.task, link.question


def _link(person: str, task: str, question: str, ends: int) -> Link:
    return Link(person=person, task=task, question=question, ends_at=datetime.fromtimestamp(ends, UTC))


def _signer(house: House) -> URLSafeSerializer:
    return URLSafeSerializer(house.secret, salt=_SALT)
