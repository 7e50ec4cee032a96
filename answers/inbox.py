"""A person's day: what waits for an answer, what is to be acknowledged or added, and the tasks that are their own."""

from datetime import datetime
from http import HTTPStatus
from typing import NamedTuple

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from answers.doing import do, opened
from answers.filled import new_id
from answers.house import house_of
from answers.pages import page
from answers.question import address as question_address
from answers.reader import SignedIn
from desk import words
from desk.asking import until_of_row
from desk.exit import Code, Stop
from desk.language import text
from desk.matter import speaking_of
from desk.person import namer
from desk.wording.asking import HEADS
from directive.codes import APPROVAL
from directive.directory import Directory
from directive.message import Act
from directive.opening import NOT_ACKNOWLEDGED
from directive.question import QuestionKind
from register.open import Register
from register.reading import Awaits, Duty, InboxRow, duties, inbox, marks_of_each

router = APIRouter()
A_PAGE = 50
MOST_AT_ONCE = 50
"""Tasks that one press acknowledges: each is an act of its own, recorded as such."""


class Waiting(NamedTuple):
    """A question in words."""

    head: str
    which: str
    work: str
    until: str
    late: bool
    as_whom: str
    href: str


class Mine(NamedTuple):
    """A task of one's own in words; `acknowledge` and `supply` are where one press leads."""

    duty: Duty
    which: str
    awaits: str
    as_whom: str
    href: str
    message_id: str


@router.post("/viec/tiep-nhan", include_in_schema=False)
async def acknowledge_all(request: Request, reader: SignedIn) -> Response:
    """Acknowledge the tasks that the inbox showed, one by one; each form row counts once. Raises Stop, RegisterDown."""
    form = await request.form()
    rows = zip(form.getlist("task"), form.getlist("message_id"), strict=False)
    done = 0
    for task, message_id in list(rows)[:MOST_AT_ONCE]:
        if isinstance(task, str) and isinstance(message_id, str):
            whole = await opened(request, reader, task)
            try:
                await do(request, reader, whole, Act.ACKNOWLEDGE, {}, message_id)
                done += 1
            except Stop as stop:
                if stop.code is Code.UNREACHABLE:
                    raise
    return RedirectResponse(f"/viec?nhan={done}", HTTPStatus.SEE_OTHER)


@router.get("/viec", include_in_schema=False)
async def show(request: Request, reader: SignedIn, trang: int = 1, nhan: int | None = None) -> Response:
    """The inbox. Raises Stop, RegisterDown."""
    house, now = house_of(request), house_of(request).now()
    names = namer(reader.directory)
    asked = await inbox(house.register, reader.person.id, now)
    mine = await duties(house.register, reader.person.id, now)
    now_asked = [_mine(one, names, reader.directory) for one in mine if one.asks]
    rest = [one for one in mine if not one.asks]
    at = max(1, min(trang, max(1, -(-len(rest) // A_PAGE))))
    first = (at - 1) * A_PAGE
    return page(
        request,
        "inbox.html.j2",
        waiting=await _in_order(house.register, asked, now, names),
        asked=now_asked,
        rest=[_mine(one, names, reader.directory) for one in rest[first : first + A_PAGE]],
        first=first + 1,
        last=min(first + A_PAGE, len(rest)),
        total=len(rest),
        before=f"/viec?trang={at - 1}" if at > 1 else "",
        after=f"/viec?trang={at + 1}" if first + A_PAGE < len(rest) else "",
        names=names,
        supplies=Awaits.MORE,
        together=[one for one in now_asked if one.duty.awaits is Awaits.ACKNOWLEDGEMENT][:MOST_AT_ONCE],
        acknowledged=nhan,
    )


async def _in_order(
    register: Register, asked: list[InboxRow], now: datetime, names: words.Names
) -> list[Waiting]:
    """The questions with the instant by which an answer is due, as each one's own page says it."""
    ahead = await marks_of_each(register, (one.task for one in asked))
    due = [(until_of_row(one, ahead.get(one.task, []), now), one) for one in asked]
    due.sort(key=lambda pair: (pair[0] is None, pair[0] or pair[1].asked_at, pair[1].task))
    return [_waiting(one, until, names, late=until is not None and until <= now) for until, one in due]


def _waiting(row: InboxRow, until: datetime | None, names: words.Names, *, late: bool) -> Waiting:
    with speaking_of(row.task):
        away = (
            text(f", thay {names(row.on_behalf_of)}", f", for {names(row.on_behalf_of)}")
            if row.on_behalf_of
            else ""
        )
        return Waiting(
            head=_head(row, names),
            which=_which(row.task, row.number, row.code),
            work=row.work,
            until=words.until(until) if until else "",
            late=late,
            as_whom=words.role(row.role, names) + away,
            href=question_address(row.task, row.question),
        )


def _head(row: InboxRow, names: words.Names) -> str:
    kind: str = row.kind
    if row.task.startswith(APPROVAL) and row.kind is QuestionKind.APPROVAL:
        kind = "document"
    if row.about == NOT_ACKNOWLEDGED:
        kind = NOT_ACKNOWLEDGED
    return text(*HEADS[kind]).format(unit=names(row.unit), day=words.day(row.due.day) if row.due else "—")


def _mine(one: Duty, names: words.Names, directory: Directory) -> Mine:
    row = one.row
    with speaking_of(row.id):
        away = (
            text(f", thay {names(one.on_behalf_of)}", f", for {names(one.on_behalf_of)}")
            if one.on_behalf_of
            else ""
        )
        return Mine(
            duty=one,
            which=_which(row.id, row.number, row.code),
            awaits=words.word(one.awaits),
            as_whom=words.role(one.role, names) + away,
            href=f"/nhiem-vu/{row.id}",
            message_id=new_id(),
        )


def _which(task: str, number: str, code: str) -> str:
    return number if task.startswith(APPROVAL) else f"{number}/{code}"
