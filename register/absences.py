"""Absences that people enter themselves: judged and written in one transaction, withdrawn and listed."""

from datetime import date, datetime

from sqlalchemy import Connection, select, update

from directive.away import AwayReason, AwayRefused, judge
from directive.directory import Absence
from directive.due import local_day
from directive.value import Value, Written
from register.away import KIND, changed
from register.office import directory_in_force
from register.open import Register
from register.page_tables import absences
from register.upsert import insert_new
from register.writer import lock


class AbsenceRow(Value):
    """Somebody is away, local days, both included; `withdrawn_at` (UTC) ends it from that day on.

    `entered_by` is who said so: the person, their head, an administrator.
    """

    id: str
    person: str
    first: date
    last: date
    delegate: str
    reason: Written
    entered_by: str
    entered_at: datetime
    withdrawn_at: datetime | None = None


async def enter_absence(register: Register, wish: AbsenceRow) -> AbsenceRow:
    """Write an absence down; the same id again gives back what was written first.

    It is in force for every process as soon as this returns. Raises AwayRefused, NotRecorded, RegisterDown.
    """

    def write(connection: Connection) -> AbsenceRow:
        lock(connection, KIND)
        before = _row(connection, wish.id)
        if before is not None:
            return before
        asked = Absence(
            person=wish.person, start=wish.first, end=wish.last, delegate=wish.delegate, reason=wish.reason
        )
        judge(directory_in_force(connection, register.memory), asked, local_day(wish.entered_at))
        connection.execute(insert_new(connection, absences), wish.model_dump())
        changed(connection)
        return wish

    return await register.writing(write)


async def withdraw_absence(register: Register, name: str, at: datetime) -> AbsenceRow:
    """End an absence from the local day of `at` (UTC) on; what is past of it stays.

    Raises AwayRefused where nothing of it is left, KeyError where there is none, RegisterDown.
    """

    def write(connection: Connection) -> AbsenceRow:
        lock(connection, KIND)
        row = _row(connection, name)
        if row is None:
            raise KeyError(name)
        if row.withdrawn_at is not None or row.last < local_day(at):
            raise AwayRefused(AwayReason.ENDED)
        connection.execute(update(absences).where(absences.c.id == name).values(withdrawn_at=at))
        changed(connection)
        return row.model_copy(update={"withdrawn_at": at})

    return await register.writing(write)


async def absence_named(register: Register, name: str) -> AbsenceRow | None:
    """One absence; None where there is none. Raises RegisterDown."""
    async with register.read() as connection:
        return await connection.run_sync(_row, name)


async def absences_from(
    register: Register, day: date, people: tuple[str, ...] | None = None
) -> list[AbsenceRow]:
    """The absences of these people (None: of everybody) that end on a day or later, the earliest first.

    Raises RegisterDown.
    """
    wanted = select(absences).where(absences.c.last >= day)
    if people is not None:
        wanted = wanted.where(absences.c.person.in_(people))
    async with register.read() as connection:
        rows = await connection.execute(wanted.order_by(absences.c.first, absences.c.id))
        return [AbsenceRow.model_validate(dict(row)) for row in rows.mappings()]


def _row(connection: Connection, name: str) -> AbsenceRow | None:
    found = connection.execute(select(absences).where(absences.c.id == name)).mappings().one_or_none()
    return AbsenceRow.model_validate(dict(found)) if found else None
