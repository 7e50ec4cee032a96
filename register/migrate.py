"""Bringing a register's tables to this release's form, by Alembic and from within the program."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, select, text

from register.calendars import shipped_calendar
from register.office import seed_calendar
from register.open import Register, RegisterDown
from register.tables import calendars
from register.writer import lock

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"


async def migrate(register: Register) -> None:
    """Upgrade to head and put the shipped calendar in, all in one transaction that others wait for.

    Where both are there, which is nearly always, nothing is written and Alembic is not imported: that costs more than
    a short command. Raises RegisterDown.
    """
    if not await _is_ready(register):
        await register.writing(_migrate)


async def _is_ready(register: Register) -> bool:
    try:
        return await register.reading(_has_all)
    except RegisterDown:  # told by the attempt to write, if it is so
        return False


def _has_all(connection: Connection) -> bool:
    if not inspect(connection).has_table("alembic_version"):
        return False
    if connection.scalar(text("SELECT version_num FROM alembic_version")) != newest():
        return False
    there = select(calendars.c.version).where(calendars.c.version == shipped_calendar().version)
    return connection.scalar(there) is not None


@cache
def newest() -> str:
    """This release's form."""
    return max(known_revisions())


def _migrate(connection: Connection) -> None:
    lock(connection, "migrate")
    if _has_all(connection):  # a worker and a page start together: one of them has done it meanwhile
        return
    upgrade(connection)
    seed_calendar(connection, shipped_calendar())


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the migrations on an open transaction."""
    from alembic import command

    command.upgrade(_config(connection), revision)


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


async def is_current(register: Register) -> bool:
    """Whether the tables have this release's form. Raises RegisterDown."""
    async with register.read() as connection:
        return await connection.run_sync(_is_current)


def _is_current(connection: Connection) -> bool:
    from alembic.runtime.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision() == newest()


async def revision_of(register: Register) -> str:
    """The form that the tables have; empty where there are none. Raises RegisterDown."""
    from alembic.runtime.migration import MigrationContext

    async with register.read() as connection:
        found = await connection.run_sync(lambda it: MigrationContext.configure(it).get_current_revision())
    return found or ""


def known_revisions() -> set[str]:
    """Every form that this release can bring to its own: the numbers that the files of its migrations begin with."""
    return {file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py")}
