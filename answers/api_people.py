"""The API: who I am, and what waits for me."""

from fastapi import APIRouter, Request

from answers import rights
from answers.api_answers import refusals
from answers.api_guard import Caller
from answers.api_models import Inbox, InboxItem, Me
from answers.house import house_of
from desk import words
from desk.language import lang
from desk.matter import speaking_of
from register.models import InboxRow
from register.reading import inbox

router = APIRouter(tags=["me"])


@router.get("/me", operation_id="getMe", responses=refusals())
async def me(reader: Caller) -> Me:
    """Who is signed in, and what they are in the office."""
    return Me(
        person=reader.person.id,
        name=reader.person.name,
        language=lang(),
        way=reader.way,
        roles=sorted(reader.roles),
        units=sorted(reader.units),
        sees_all=rights.sees_all(reader),
    )


@router.get("/inbox", operation_id="getInbox", responses=refusals())
async def mine(request: Request, reader: Caller) -> Inbox:
    """The questions that the caller may answer now, also for somebody who is away."""
    house = house_of(request)
    rows = await inbox(house.register, reader.person.id, house.now())
    return Inbox(questions=[_item(row) for row in rows])


def _item(row: InboxRow) -> InboxItem:
    with speaking_of(row.task):
        said = f"{row.number}/{row.code}: {words.word(row.kind)}"
    return InboxItem(asked=row, said=said, until_said=words.until(row.until) if row.until else "")
