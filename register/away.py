"""The absences that people entered themselves, as the directory in force takes them up."""

from datetime import timedelta

from sqlalchemy import Connection, ScalarSelect, select

from directive.directory import Absence, Directory
from directive.due import local_day
from register.memory import Memory
from register.page_tables import absences
from register.tables import in_force
from register.upsert import insert_or_replace

KIND = "absences"
"""In `in_force` it counts the changes: who holds a directory by an older count reads it again, in every process."""

STAMP: ScalarSelect[str] = select(in_force.c.version).where(in_force.c.kind == KIND).scalar_subquery()


def changed(connection: Connection) -> None:
    """Count one more change, in the transaction that makes it; its lock keeps two from counting the same."""
    held = connection.scalar(select(in_force.c.version).where(in_force.c.kind == KIND))
    row = {"kind": KIND, "version": str(int(held or 0) + 1)}
    connection.execute(insert_or_replace(connection, in_force).values(row))


def with_absences(connection: Connection, memory: Memory, written: Directory, stamp: str) -> Directory:
    """The directory as it was written, with the absences entered until the change that `stamp` counts.

    They come first: what people say of their own days goes before what the file said. Never save the result as a
    directory: its version names what was written.
    """
    if not stamp:
        return written
    key = f"{written.version}\n{stamp}"
    held = memory.merged.get(key)
    if held is not None:
        return held
    fields = {name: getattr(written, name) for name in Directory.model_fields}
    entered = entered_absences(connection)
    return memory.merged.put(key, Directory(**{**fields, "absences": (*entered, *written.absences)}))


def entered_absences(connection: Connection) -> tuple[Absence, ...]:
    """What counts of the absences that were entered: one that was withdrawn, until the day before that."""
    rows = connection.execute(select(absences).order_by(absences.c.entered_at, absences.c.id)).all()
    found = []
    for row in rows:
        last = row.last
        if row.withdrawn_at is not None:
            last = min(last, local_day(row.withdrawn_at) - timedelta(days=1))
        if row.first <= last:
            found.append(
                Absence(
                    person=row.person, start=row.first, end=last, delegate=row.delegate, reason=row.reason
                )
            )
    return tuple(found)
