"""Office data in the register: calendars and directories. A version has one content for ever."""

import hashlib
from enum import StrEnum

from sqlalchemy import Connection, Table, select

from directive.calendar import WorkCalendar
from directive.directory import Directory
from directive.value import Value
from register.away import STAMP, with_absences
from register.memory import Memory
from register.open import Register
from register.tables import calendars, directories, in_force
from register.upsert import insert_new, insert_or_replace
from register.writer import lock


class Saved(StrEnum):
    """What saving did."""

    NEW = "new"
    SAME = "same"


class NotRecorded(Exception):
    """The register does not have it. `kind` is calendar, directory, directive or task."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"{kind} {name!r} is not in the register")
        self.kind, self.name = kind, name


class VersionDiffers(Exception):
    """The version is already in the register with other content: a changed file needs a new version."""

    def __init__(self, kind: str, version: str) -> None:
        super().__init__(f"{kind} {version!r} is in the register with other content")
        self.kind, self.version = kind, version


async def save_calendar(register: Register, calendar: WorkCalendar) -> Saved:
    """Keep a calendar and put it in force for plans to come. Raises VersionDiffers, RegisterDown."""
    return await register.writing(
        lambda connection: _decide(connection, calendars, calendar.version, calendar)
    )


def seed_calendar(connection: Connection, calendar: WorkCalendar) -> None:
    """Keep the shipped calendar; it is in force only where the office has none: a change is a decision."""
    _keep(connection, calendars, calendar.version, calendar)
    first = {"kind": calendars.name, "version": calendar.version}
    connection.execute(insert_new(connection, in_force).values(first))


async def load_calendar(register: Register, version: str) -> WorkCalendar:
    """The calendar of a version. Raises NotRecorded, RegisterDown."""
    held = register.memory.calendars.get(version)
    if held is not None:
        return held
    return await register.reading(lambda it: calendar_of(it, register.memory, version))


async def current_calendar(register: Register) -> WorkCalendar:
    """The calendar in force. Raises NotRecorded, RegisterDown."""
    async with register.read() as connection:
        return await connection.run_sync(calendar_in_force, register.memory)


async def save_directory(register: Register, directory: Directory) -> Saved:
    """Keep a directory and put it in force from now on. Raises VersionDiffers, RegisterDown."""
    return await register.writing(
        lambda connection: _decide(connection, directories, directory.version, directory)
    )


async def load_directory(register: Register, version: str) -> Directory:
    """The directory of a version. Raises NotRecorded, RegisterDown."""
    async with register.read() as connection:
        return await connection.run_sync(directory_of, register.memory, version)


async def current_directory(register: Register) -> Directory:
    """The directory in force with the absences people entered, by which roles are people.

    Raises NotRecorded, RegisterDown.
    """
    async with register.read() as connection:
        return await connection.run_sync(directory_in_force, register.memory)


def calendar_in_force(connection: Connection, memory: Memory) -> WorkCalendar:
    """The calendar in force, within a transaction."""
    return calendar_of(connection, memory, _version_in_force(connection, calendars))


def directory_in_force(connection: Connection, memory: Memory) -> Directory:
    """The directory in force with the absences people entered, within a transaction."""
    written = directory_of(connection, memory, _version_in_force(connection, directories))
    return with_absences(connection, memory, written, connection.scalar(select(STAMP)) or "")


def calendar_of(connection: Connection, memory: Memory, version: str) -> WorkCalendar:
    """The calendar of a version, within a transaction."""
    held = memory.calendars.get(version)
    if held is not None:
        return held
    body = _body(connection, calendars, version)
    return memory.calendars.put(version, WorkCalendar.model_validate_json(body))


def directory_of(connection: Connection, memory: Memory, version: str) -> Directory:
    """The directory of a version, within a transaction."""
    held = memory.directories.get(version)
    if held is not None:
        return held
    body = _body(connection, directories, version)
    return memory.directories.put(version, Directory.model_validate_json(body))


def _body(connection: Connection, table: Table, version: str) -> str:
    found = connection.scalar(select(table.c.body).where(table.c.version == version))
    if found is None:
        raise NotRecorded(table.name, version)
    return str(found)


def _version_in_force(connection: Connection, table: Table) -> str:
    found = connection.scalar(select(in_force.c.version).where(in_force.c.kind == table.name))
    if found is None:
        raise NotRecorded(table.name, "in force")
    return str(found)


def _keep(connection: Connection, table: Table, version: str, value: Value) -> Saved:
    lock(connection, f"{table.name}:{version}")
    body = value.model_dump_json(exclude_defaults=True)
    digest = hashlib.sha256(body.encode()).hexdigest()
    there = connection.scalar(select(table.c.digest).where(table.c.version == version))
    if there is None:
        row = {"version": version, "digest": digest, "body": body}
        connection.execute(insert_new(connection, table).values(row))
        return Saved.NEW
    if there != digest:
        raise VersionDiffers(table.name, version)
    return Saved.SAME


def _decide(connection: Connection, table: Table, version: str, value: Value) -> Saved:
    saved = _keep(connection, table, version, value)
    _put_in_force(connection, table, version)
    return saved


def _put_in_force(connection: Connection, table: Table, version: str) -> None:
    row = {"kind": table.name, "version": version}
    connection.execute(insert_or_replace(connection, in_force).values(row))
