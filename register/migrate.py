"""Bringing a register's tables to this release's form, by Alembic and from within the program."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from register.calendars import shipped_calendar
from register.office import seed_calendar
from register.open import Register
from register.writer import lock

MIGRATIONS = Path(__file__).parent / "migrations"


async def migrate(register: Register) -> None:
    """Upgrade to head and put the shipped calendar in, all in one transaction that others wait for."""
    await register.writing(_migrate)


def _migrate(connection: Connection) -> None:
    lock(connection, "migrate")
    upgrade(connection)
    seed_calendar(connection, shipped_calendar())


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the migrations on an open transaction."""
    command.upgrade(_config(connection), revision)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


async def is_current(register: Register) -> bool:
    """Whether the tables have this release's form. Raises RegisterDown."""
    async with register.read() as connection:
        return await connection.run_sync(_is_current)


def _is_current(connection: Connection) -> bool:
    newest = ScriptDirectory.from_config(_config(connection)).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == newest
