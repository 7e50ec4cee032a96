"""The API: who is away and who stands in."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, ConfigDict, Field

from answers.api_acts import Key
from answers.api_answers import refusals
from answers.api_guard import Caller
from answers.api_models import AbsenceOut, Absences, Alone
from answers.api_said import LINE, Day, Person, Words
from answers.away import enter, hand, withdraw
from answers.house import house_of
from desk import absences
from desk.absences import Wish
from directive.due import local_day

router = APIRouter(tags=["absences"])

AbsenceId = Annotated[str, Path(min_length=1, max_length=100, pattern=LINE, description="The absence's id.")]


class AbsenceIn(BaseModel):
    """Who is away from which day to which, both included, and who stands in."""

    model_config = ConfigDict(extra="forbid")

    person: Person | None = Field(default=None, description="Who is away; the caller where it is left out.")
    first: Day = Field(examples=["2026-07-20"])
    last: Day = Field(examples=["2026-07-24"])
    delegate: Person = Field(examples=["so-khcn.pgd"])
    reason: Words = ""


@router.get("/absences", operation_id="listAbsences", responses=refusals())
async def listed(request: Request, reader: Caller) -> Absences:
    """The absences now and ahead that the caller looks after, or in which they stand in."""
    house = house_of(request)
    today = local_day(house.now())
    found = await absences.concerning(house.register, reader.directory, hand(reader), today)
    return Absences(absences=found)


@router.post("/absences", operation_id="addAbsence", status_code=201, responses=refusals(writes=True))
async def add(request: Request, reader: Caller, wish: AbsenceIn, idempotency_key: Key) -> AbsenceOut:
    """Enters an absence: it counts at once, also for what is open. By the person, their head or an administrator."""
    who = wish.person or reader.person.id
    asked = Wish(who, wish.first, wish.last, wish.delegate, wish.reason, idempotency_key)
    entered = await enter(request, reader, asked)
    alone = [Alone(person=one.person, first=one.start, last=one.end) for one in entered.left_alone]
    return AbsenceOut(absence=entered.row, left_alone=alone)


@router.delete(
    "/absences/{absence}",
    operation_id="withdrawAbsence",
    responses=refusals(HTTPStatus.NOT_FOUND, writes=True),
)
async def end(request: Request, reader: Caller, absence: AbsenceId) -> AbsenceOut:
    """Ends an absence from today on; what is past of it stays."""
    return AbsenceOut(absence=await withdraw(request, reader, absence))
