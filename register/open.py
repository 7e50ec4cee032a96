"""The register as an open database: one writer at a time on SQLite, plain transactions on PostgreSQL."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, nullcontext
from typing import Any

from sqlalchemy import Connection, event, exc, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from register.memory import Memory

WRITES = "register_writes"
BUSY_MS = 30_000


class RegisterDown(Exception):
    """The register cannot be reached, is locked for too long, or has not been set up; nothing was written."""


class Register:
    """The long-term record. Make it with `Register.open`, call `migrate` once, and `close` it at the end."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._writing = asyncio.Lock()
        self.memory = Memory()

    @classmethod
    def open(cls, url: str) -> "Register":
        """The register at `sqlite+aiosqlite:///path` or `postgresql+psycopg://…`; nothing is touched yet.

        Raises ValueError for another kind of URL.
        """
        drivername = make_url(url).drivername
        if drivername == "sqlite+aiosqlite":
            engine = create_async_engine(url)
            _prepare_sqlite(engine)
        elif drivername == "postgresql+psycopg":
            engine = create_async_engine(url, pool_pre_ping=True)
        else:
            raise ValueError(f"not a register: {drivername} (sqlite+aiosqlite or postgresql+psycopg)")
        return cls(engine)

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    async def migrate(self) -> None:
        """Bring the tables to this release's form; safe when two processes do it at once. Raises RegisterDown."""
        from register.migrate import migrate

        await migrate(self)

    async def close(self) -> None:
        """Let go of all connections."""
        await self._engine.dispose()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """One transaction that writes; it is committed at the end, or rolled back by an exception."""
        turn: AbstractAsyncContextManager[Any] = self._writing if self.dialect == "sqlite" else nullcontext()
        async with turn:
            with _reachable():
                async with self._engine.connect() as connection:
                    await connection.execution_options(**{WRITES: True})
                    async with connection.begin():
                        yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """One transaction that only reads."""
        with _reachable():
            async with self._engine.connect() as connection, connection.begin():
                yield connection


async def lock(connection: AsyncConnection, name: str) -> None:
    """Wait until no other transaction holds `name`; SQLite has one writer at a time anyway."""
    if connection.dialect.name == "postgresql":
        await connection.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name}
        )


@contextmanager
def _reachable() -> Iterator[None]:
    """Tell what means "not reachable now" by one type."""
    try:
        yield
    except exc.IntegrityError:
        raise
    except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError) as error:
        raise RegisterDown(str(error.__cause__ or error)) from error
    except exc.DBAPIError as error:
        if not (error.connection_invalidated or isinstance(error.orig, sqlite3.DatabaseError)):
            raise
        raise RegisterDown(str(error.orig)) from error
    except sqlite3.Error as error:
        raise RegisterDown(str(error)) from error


def _prepare_sqlite(engine: AsyncEngine) -> None:
    """Durable and patient, with transactions begun by us: the driver's own would begin too late."""

    @event.listens_for(engine.sync_engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
