"""Being away: entered by the person, their head or an administrator, in force at once for everything that is open."""

import uuid
from datetime import date, datetime
from typing import NamedTuple

from desk import person, words
from desk.exit import Code, Stop, bad_input
from desk.office import directory_in_use
from desk.wording.absences import REFUSALS
from directive.away import AwayReason, AwayRefused, left_alone, may_enter
from directive.directory import Absence, Directory
from directive.due import local_day
from register.absences import (
    AbsenceRow,
    absence_named,
    absences_from,
    enter_absence,
    withdraw_absence,
)
from register.open import Register


class Wish(NamedTuple):
    """Who will be away when (local days, both included), and who stands in. The same `id` again counts once."""

    person: str
    first: date
    last: date
    delegate: str
    reason: str = ""
    id: str = ""


class Hand(NamedTuple):
    """Who enters or withdraws it: a person of the directory, or an administrator, who may for everybody."""

    person: str
    administers: bool = False


class Entered(NamedTuple):
    """An absence that is in force, and the absences of others for whom nobody stands in on its days."""

    row: AbsenceRow
    left_alone: tuple[Absence, ...]


async def enter(register: Register, wish: Wish, by: Hand, at: datetime) -> Entered:
    """Write an absence down at an instant (UTC). Raises Stop where a rule refuses it, RegisterDown."""
    directory = await directory_in_use(register)
    who = person.known(directory, wish.person)
    delegate = person.known(directory, wish.delegate) if wish.delegate else ""
    names = person.namer(directory)
    if not (by.administers or may_enter(directory, by.person, who, local_day(at))):
        raise _refused(AwayRefused(AwayReason.NOT_THEIRS), names)
    row = AbsenceRow(
        id=wish.id or str(uuid.uuid4()),
        person=who,
        first=wish.first,
        last=wish.last,
        delegate=delegate,
        reason=wish.reason.strip(),
        entered_by=by.person,
        entered_at=at,
    )
    try:
        kept = await enter_absence(register, row)
    except AwayRefused as error:
        raise _refused(error, names) from error
    if kept.person != who:
        raise _same_id()
    away = Absence(person=kept.person, start=kept.first, end=kept.last, delegate=kept.delegate)
    return Entered(kept, left_alone(directory, away))


async def withdraw(register: Register, name: str, by: Hand, at: datetime) -> AbsenceRow:
    """End an absence from the local day of `at` (UTC) on. Raises Stop, RegisterDown."""
    directory = await directory_in_use(register)
    found = await absence_named(register, name)
    if found is None:
        raise unknown(name)
    names = person.namer(directory)
    if not (by.administers or may_enter(directory, by.person, found.person, local_day(at))):
        raise _refused(AwayRefused(AwayReason.NOT_THEIRS), names)
    try:
        return await withdraw_absence(register, name, at)
    except AwayRefused as error:
        raise _refused(error, names) from error


async def concerning(register: Register, directory: Directory, by: Hand, today: date) -> list[AbsenceRow]:
    """The absences that end on a local day or later and that somebody may look after, or in which they stand in."""
    every = await absences_from(register, today)
    if by.administers:
        return every
    return [
        one
        for one in every
        if one.delegate == by.person or may_enter(directory, by.person, one.person, today)
    ]


def stands_until(row: AbsenceRow) -> date | None:
    """The last day on which it counts; None where it was withdrawn before it began."""
    if row.withdrawn_at is None:
        return row.last
    last = date.fromordinal(min(row.last.toordinal(), local_day(row.withdrawn_at).toordinal() - 1))
    return last if row.first <= last else None


def unknown(name: str) -> Stop:
    """There is no such absence."""
    return bad_input(
        f"không có lần vắng mặt «{name}»",
        f"there is no absence «{name}»",
        "xem `absence list`",
        "see `absence list`",
        kind="unknown_absence",
    )


def _refused(error: AwayRefused, names: words.Names) -> Stop:
    detail = {key: _worded(key, value, names) for key, value in error.detail.items()}
    vi, en, remedy_vi, remedy_en = (one.format(**detail) for one in REFUSALS[error.reason])
    more: dict[str, object] = dict(error.detail)
    return Stop(Code.REFUSED, vi, en, remedy_vi, remedy_en, kind=error.reason.value, detail=more)


def _worded(key: str, value: str, names: words.Names) -> str:
    return words.day(value) if key in ("first", "last", "today") else names(value)


def _same_id() -> Stop:
    return Stop(
        Code.REFUSED,
        "mã này đã dùng cho lần vắng mặt của người khác",
        "this id was used for somebody else's absence",
        "dùng một mã khác",
        "use another id",
        kind="id_taken",
    )
