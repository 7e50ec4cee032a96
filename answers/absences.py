"""Being away: entered and withdrawn on the page by whoever it concerns, for as many days as it lasts."""

from datetime import date
from http import HTTPStatus
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from answers.away import enter, hand, withdraw
from answers.errors import status_of
from answers.filled import Filled, empty, filled
from answers.house import house_of
from answers.pages import page
from answers.reader import Reader, SignedIn
from answers.refusals import wrong_words
from desk import absences, typed
from desk.absences import Wish
from desk.exit import Stop
from desk.language import text
from desk.person import namer
from directive.away import left_alone, may_enter, units_of
from directive.directory import Absence, Directory
from directive.due import local_day
from register.absences import AbsenceRow

router = APIRouter()

PLACE = "/vang-mat"
_FIELDS = {
    "dates_reversed": "last",
    "begins_in_the_past": "first",
    "absence_too_long": "last",
    "bad_date": "first",
    "absence_overlap": "first",
    "no_delegate": "delegate",
    "delegate_self": "delegate",
    "delegate_without_role": "delegate",
    "delegate_away": "delegate",
    "unknown_person": "delegate",
}


@router.get(PLACE, include_in_schema=False)
async def show(request: Request, reader: SignedIn, da: str = "") -> Response:
    """The absences that concern the reader, and the form for another one. Raises Stop, RegisterDown."""
    return await _shown(request, reader, empty(), done=da)


@router.post(PLACE, include_in_schema=False)
async def add(request: Request, reader: SignedIn) -> Response:
    """Enter an absence; the same form again counts once. Raises Stop, RegisterDown."""
    given = await filled(request)
    try:
        wish = Wish(
            given.text("person") or reader.person.id,
            typed.day(given.text("first")),
            typed.day(given.text("last") or given.text("first")),
            given.text("delegate"),
            given.text("reason")[:1_000],
            given.message_id,
        )
        entered = await enter(request, reader, wish)
    except Stop as stop:
        return await _shown(request, reader, given, stop=stop)
    return RedirectResponse(f"{PLACE}?da={quote(entered.row.id)}", HTTPStatus.SEE_OTHER)


@router.post(f"{PLACE}/{{absence}}/rut", include_in_schema=False)
async def end(request: Request, reader: SignedIn, absence: str) -> Response:
    """End an absence from today on. Raises Stop, RegisterDown."""
    try:
        row = await withdraw(request, reader, absence)
    except Stop as stop:
        return await _shown(request, reader, empty(), stop=stop)
    return RedirectResponse(f"{PLACE}?da={quote(row.id)}", HTTPStatus.SEE_OTHER)


async def _shown(
    request: Request, reader: Reader, given: Filled, *, done: str = "", stop: Stop | None = None
) -> Response:
    house = house_of(request)
    today = local_day(house.now())
    rows = await absences.concerning(house.register, reader.directory, hand(reader), today)
    told = next((row for row in rows if row.id == done), None)
    return page(
        request,
        "absences.html.j2",
        status=status_of(stop) if stop else HTTPStatus.OK,
        rows=rows,
        told=told,
        alone=_alone(reader.directory, told) if told and not told.withdrawn_at else (),
        given=given,
        people=_whom(reader, today),
        delegates=_delegates(reader),
        names=namer(reader.directory),
        today=today,
        stands_until=absences.stands_until,
        wrong=wrong_words(stop) if stop else "",
        at_fault=_FIELDS.get(stop.kind, "") if stop else "",
    )


def _alone(directory: Directory, row: AbsenceRow) -> tuple[Absence, ...]:
    away = Absence(person=row.person, start=row.first, end=row.last, delegate=row.delegate)
    return left_alone(directory, away)


def _whom(reader: Reader, on: date) -> list[tuple[str, str]]:
    """The people whose absence the reader may enter, themselves first; one choice where there is no other."""
    directory = reader.directory
    everyone = hand(reader).administers
    others = [
        (one.id, one.name)
        for one in directory.people
        if one.id != reader.person.id and (everyone or may_enter(directory, reader.person.id, one.id, on))
    ]
    return [(reader.person.id, f"{reader.person.name} ({text('tôi', 'me')})"), *others]


def _delegates(reader: Reader) -> list[tuple[str, str]]:
    """Who may stand in: people of the reader's own units first, then whoever holds a role in the office."""
    directory = reader.directory
    own = {unit.code for unit in units_of(directory, reader.person.id)}
    listed = []
    for one in directory.people:
        units = units_of(directory, one.id)
        if units:
            near = not own.isdisjoint(unit.code for unit in units)
            listed.append((not near, f"{one.name} – {units[0].name}", one.id))
    return [
        ("", text("Chọn người nhận thay", "Choose who stands in")),
        *((code, said) for _, said, code in sorted(listed)),
    ]
