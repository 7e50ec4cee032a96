"""Absences as both doors of the page handle them: entered, withdrawn, and written into the audit."""

from fastapi import Request

from answers import rights
from answers.house import house_of
from answers.reader import Reader
from desk import absences
from desk.absences import Entered, Hand, Wish
from desk.exit import Stop
from register.absences import AbsenceRow
from register.audit import note


def hand(reader: Reader) -> Hand:
    """The reader as one who enters absences."""
    return Hand(reader.person.id, rights.administers(reader))


async def enter(request: Request, reader: Reader, wish: Wish) -> Entered:
    """Enter an absence. Raises Stop, RegisterDown."""
    house = house_of(request)
    try:
        entered = await absences.enter(house.register, wish, hand(reader), house.now())
    except Stop as stop:
        await _note(request, reader, "absence_add", stop.kind, {"of": wish.person[:100]})
        raise
    await _note(request, reader, "absence_add", "done", _told(entered.row))
    return entered


async def withdraw(request: Request, reader: Reader, absence: str) -> AbsenceRow:
    """End an absence from today on. Raises Stop, RegisterDown."""
    house = house_of(request)
    try:
        row = await absences.withdraw(house.register, absence, hand(reader), house.now())
    except Stop as stop:
        await _note(request, reader, "absence_withdraw", stop.kind, {"absence": absence[:100]})
        raise
    await _note(request, reader, "absence_withdraw", "done", _told(row))
    return row


def _told(row: AbsenceRow) -> dict[str, str]:
    return {"absence": row.id, "of": row.person, "delegate": row.delegate}


async def _note(request: Request, reader: Reader, did: str, result: str, detail: dict[str, str]) -> None:
    house = house_of(request)
    await note(
        house.register,
        at=house.now(),
        person=reader.person.id,
        way=reader.way,
        did=did,
        result=result,
        detail=detail,
    )
