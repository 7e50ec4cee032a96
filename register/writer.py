"""How SQLite is written to: in one thread, by transactions that begin as writers; and locks for PostgreSQL."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text

from register.line import Item, Line, Work

WRITES = "register_writes"
BUSY_MS = 30_000

T = TypeVar("T")


class Writer:
    """The one thread that writes to a SQLite file, and one that looks: a statement is a call there, and no message."""

    def __init__(self, url: str, busy_ms: int = BUSY_MS) -> None:
        self._engine = create_engine(make_url(url).set(drivername="sqlite"), hide_parameters=True)
        self._line = Line(self._transaction)
        self._looking = ThreadPoolExecutor(1, "register-look")
        prepare_sqlite(self._engine, busy_ms)

    async def do(self, work: Work[Item, T], item: Item) -> T:
        """Wait in line, then do `work` in a transaction shared with others who ask for the same (`Line`)."""
        return await self._line.do(work, item)

    async def look(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in a transaction that only reads, beside the line."""
        return await asyncio.get_running_loop().run_in_executor(self._looking, self._look, work)

    def _transaction(self, work: Work[Any, Any], items: Sequence[Any]) -> Sequence[Any]:
        with self._engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
            return work(connection, items)

    def _look(self, work: Callable[[Connection], T]) -> T:
        with self._engine.connect() as connection, connection.begin():
            return work(connection)

    def close(self) -> None:
        """Finish what stands in line."""
        self._line.close()
        self._looking.shutdown()
        self._engine.dispose()


def lock(connection: Connection, name: str) -> None:
    """Wait until no other transaction holds `name`; SQLite has one writer at a time anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name})


def prepare_sqlite(engine: Engine, busy_ms: int = BUSY_MS) -> None:
    """Durable and patient, with transactions begun by us: the driver's own would begin too late."""

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {busy_ms}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
