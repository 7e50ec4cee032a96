"""A mailed link: opened by a GET that changes nothing, so that scanners, previews and prefetching change nothing.

The link's right goes into a signed cookie and the browser is sent to the clean address: the token does not stay in
the address, the history or a referrer. What is refused here is logged, not audited: a GET never writes.
"""

from urllib.parse import quote

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from answers import link_cookie
from answers.house import house_of
from answers.pages import page
from answers.reader import known
from answers.said import bad_link, foreign_link
from desk.office import directory_in_use
from desk.person import namer
from notices.link import Link

router = APIRouter()
log = structlog.get_logger()


@router.get("/l/{token}", include_in_schema=False)
async def open_link(request: Request, token: str) -> Response:
    """Open one question, or a task, to the person a mail was written to. Raises Stop."""
    house = house_of(request)
    link = house.links.read(token)
    if link is None:
        log.warning("link_refused", reason="tampered")
        raise bad_link()
    if link.ends_at <= house.now():
        log.warning("link_refused", reason="expired")
        return page(request, "link_ended.html.j2", status=410, next=address_of(link))
    reader = await known(request)
    if reader and reader.link is None:
        if reader.person.id != link.person:
            log.warning("link_refused", reason="other_person")
            names = namer(reader.directory)
            raise foreign_link(names(link.person), reader.person.name)
        return RedirectResponse(address_of(link), status_code=303)
    if link.person not in (await directory_in_use(house.register)).person_by_id:
        log.warning("link_refused", reason="unknown_person")
        raise bad_link()
    answer = RedirectResponse(address_of(link), status_code=303)
    link_cookie.keep(house, request, answer, link)
    return answer


def address_of(link: Link) -> str:
    """The clean address of what a link opens."""
    task = quote(link.task, safe=":")
    if link.question:
        return f"/cau-hoi/{task}/{quote(link.question, safe=':')}"
    return f"/nhiem-vu/{task}"
