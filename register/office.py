"""Office data in the register: calendars and directories. A version has one content for ever."""

import hashlib
from enum import StrEnum

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directive.calendar import WorkCalendar
from directive.directory import Directory
from directive.value import Value
from register.memory import Memory
from register.open import Register, lock
from register.tables import calendars, directories, in_force
from register.upsert import insert_new, insert_or_replace


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
    async with register.write() as connection:
        saved = await _keep(connection, calendars, calendar.version, calendar)
        await _put_in_force(connection, calendars, calendar.version)
        return saved


async def seed_calendar(connection: AsyncConnection, calendar: WorkCalendar) -> None:
    """Keep the shipped calendar; it is in force only where the office has none: a change is a decision."""
    await _keep(connection, calendars, calendar.version, calendar)
    first = {"kind": calendars.name, "version": calendar.version}
    await connection.execute(insert_new(connection, in_force).values(first))


async def load_calendar(register: Register, version: str) -> WorkCalendar:
    """The calendar of a version. Raises NotRecorded, RegisterDown."""
    async with register.read() as connection:
        return await calendar_of(connection, register.memory, version)


async def current_calendar(register: Register) -> WorkCalendar:
    """The calendar in force. Raises NotRecorded, RegisterDown."""
    async with register.read() as connection:
        return await calendar_of(connection, register.memory, await _version_in_force(connection, calendars))


async def save_directory(register: Register, directory: Directory) -> Saved:
    """Keep a directory and put it in force from now on. Raises VersionDiffers, RegisterDown."""
    async with register.write() as connection:
        saved = await _keep(connection, directories, directory.version, directory)
        await _put_in_force(connection, directories, directory.version)
        return saved


async def load_directory(register: Register, version: str) -> Directory:
    """The directory of a version. Raises NotRecorded, RegisterDown."""
    async with register.read() as connection:
        return await directory_of(connection, register.memory, version)


async def current_directory(register: Register) -> Directory:
    """The directory in force, by which roles are people. Raises NotRecorded, RegisterDown."""
    async with register.read() as connection:
        return await directory_in_force(connection, register.memory)


async def directory_in_force(connection: AsyncConnection, memory: Memory) -> Directory:
    """The directory in force, within a transaction."""
    return await directory_of(connection, memory, await _version_in_force(connection, directories))


async def calendar_of(connection: AsyncConnection, memory: Memory, version: str) -> WorkCalendar:
    """The calendar of a version, within a transaction."""
    held = memory.calendars.get(version)
    if held is not None:
        return held
    body = await _body(connection, calendars, version)
    return memory.calendars.put(version, WorkCalendar.model_validate_json(body))


async def directory_of(connection: AsyncConnection, memory: Memory, version: str) -> Directory:
    """The directory of a version, within a transaction."""
    held = memory.directories.get(version)
    if held is not None:
        return held
    body = await _body(connection, directories, version)
    return memory.directories.put(version, Directory.model_validate_json(body))


async def _body(connection: AsyncConnection, table: Table, version: str) -> str:
    found = await connection.scalar(select(table.c.body).where(table.c.version == version))
    if found is None:
        raise NotRecorded(table.name, version)
    return str(found)


async def _version_in_force(connection: AsyncConnection, table: Table) -> str:
    found = await connection.scalar(select(in_force.c.version).where(in_force.c.kind == table.name))
    if found is None:
        raise NotRecorded(table.name, "in force")
    return str(found)


async def _keep(connection: AsyncConnection, table: Table, version: str, value: Value) -> Saved:
    await lock(connection, f"{table.name}:{version}")
    body = value.model_dump_json()
    digest = hashlib.sha256(body.encode()).hexdigest()
    there = await connection.scalar(select(table.c.digest).where(table.c.version == version))
    if there is None:
        row = {"version": version, "digest": digest, "body": body}
        await connection.execute(insert_new(connection, table).values(row))
        return Saved.NEW
    if there != digest:
        raise VersionDiffers(table.name, version)
    return Saved.SAME


async def _put_in_force(connection: AsyncConnection, table: Table, version: str) -> None:
    row = {"kind": table.name, "version": version}
    await connection.execute(insert_or_replace(connection, in_force).values(row))
