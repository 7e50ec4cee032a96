"""The register as an open database: one writer at a time on SQLite, plain transactions on PostgreSQL."""

import asyncio
import sqlite3
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, nullcontext
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, event, exc, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from register.line import Item, Work
from register.memory import Memory
from register.one_state import begin_as_one
from register.out_of_reach import Why, why
from register.writer import BUSY_MS, WRITES, Writer, prepare_sqlite

T = TypeVar("T")


class RegisterDown(Exception):
    """The register cannot be reached, is locked for too long, or has not been set up; nothing was written."""

    def __init__(self, said: str = "", why: Why = Why.OTHER) -> None:
        super().__init__(said)
        self.why = why


class Register:
    """The long-term record. Make it with `Register.open`, call `migrate` once, and `close` it at the end."""

    def __init__(self, engine: AsyncEngine, writer: Writer | None = None) -> None:
        self._engine = engine
        self._writer = writer
        self._writing = asyncio.Lock()
        self._at_once = asyncio.Lock()
        self.memory = Memory()

    @classmethod
    def open(cls, url: str, busy_ms: int = BUSY_MS) -> "Register":
        """The register at `sqlite+aiosqlite:///path` or `postgresql+psycopg://…`; nothing is touched yet.

        `busy_ms` is how long one waits for another process that writes to the same SQLite file. Raises ValueError
        for another kind of URL.
        """
        drivername = make_url(url).drivername
        if drivername == "sqlite+aiosqlite":
            engine = create_async_engine(url, hide_parameters=True)
            prepare_sqlite(engine.sync_engine, busy_ms)
            return cls(engine, Writer(url, busy_ms))
        if drivername != "postgresql+psycopg":
            raise ValueError(f"not a register: {drivername} (sqlite+aiosqlite or postgresql+psycopg)")
        engine = create_async_engine(url, pool_pre_ping=True, hide_parameters=True)
        _prepare_postgresql(engine.sync_engine)
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
        if self._writer:
            await asyncio.to_thread(self._writer.close)
        await self._engine.dispose()

    async def writing(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in one transaction that writes and give its result; an exception rolls it back.

        On SQLite all of it runs in the one thread that writes: a statement is then a call and not a message
        between threads, and writers wait in line instead of for a lock.
        """
        return await self.writing_together(lambda connection, _: [work(connection)], None)

    async def writing_together(self, work: Work[Item, T], item: Item) -> T:
        """The same with an item for which `work` gives a result; the same function takes others' items along.

        On SQLite those who stand in line for it share a transaction, and so its statements and its commit; each still
        fails by itself. It is then done anew where another failed, so all that it does has to be in the transaction.
        """
        if self._writer is None:
            async with self.write() as connection:
                (result,) = await connection.run_sync(work, [item])
                return result
        with _reachable():
            return await self._writer.do(work, item)

    async def reading(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in one transaction that only reads; on SQLite in the thread that looks."""
        if self._writer is None:
            async with self.read() as connection:
                return await connection.run_sync(work)
        with _reachable():
            return await self._writer.look(work)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """One transaction that writes, statement by statement; `writing` is faster where work can be a function."""
        turn: AbstractAsyncContextManager[Any] = self._writing if self.dialect == "sqlite" else nullcontext()
        async with turn:
            with _reachable():
                async with self._engine.connect() as connection:
                    await connection.execution_options(**{WRITES: True})
                    async with connection.begin():
                        yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """One transaction that only reads, and all of it the same state of the register."""
        with _reachable():
            async with self._reader() as connection, connection.begin():
                yield connection

    async def reading_at_once(self, *pieces: Callable[[Connection], T]) -> list[T]:
        """Do all pieces with two readers that see one state of the register; each takes the next one that is left.

        Where another call does so already, or so much is written that one state is not met, one reader does them all.
        So nobody holds a connection and waits for a second but one: no two wait for each other.
        """
        if not self._at_once.locked():
            async with self._at_once:
                with _reachable():
                    async with self._reader() as first, self._reader() as second:
                        if await begin_as_one(first, second):
                            return await _shared(pieces, first, second)
        async with self.read() as connection:
            return [await connection.run_sync(piece) for piece in pieces]

    @asynccontextmanager
    async def _reader(self) -> AsyncIterator[AsyncConnection]:
        async with self._engine.connect() as connection:
            if self._writer is None:  # as SQLite reads anyway: PostgreSQL would begin each statement anew
                await connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection


def _prepare_postgresql(engine: Engine) -> None:
    """No statement is compiled: that takes longer than any statement here. Said in the session, since a pooler between
    may know no such option of a connection.
    """

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute("SET jit = off")
        cursor.close()
        connection.commit()


async def _shared(pieces: Sequence[Callable[[Connection], T]], *readers: AsyncConnection) -> list[T]:
    """Their results in order, once every reader has ended: a connection in use is not given back. No piece is begun
    after one has failed.
    """
    left, done = deque(enumerate(pieces)), dict[int, T]()

    async def take(reader: AsyncConnection) -> None:
        try:
            while left:
                place, piece = left.popleft()
                done[place] = await reader.run_sync(piece)
        except BaseException:
            left.clear()
            raise

    for ended in await asyncio.gather(*map(take, readers), return_exceptions=True):
        if isinstance(ended, BaseException):
            raise ended
    return [done[place] for place in range(len(pieces))]


@contextmanager
def _reachable() -> Iterator[None]:
    """Tell what means "not reachable now" by one type."""
    try:
        yield
    except exc.IntegrityError:
        raise
    except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError) as error:
        raise RegisterDown(str(error.__cause__ or error), _why(error)) from error
    except (
        exc.DBAPIError
    ) as error:  # tables of another release, a disk that fails: on either database it cannot be used
        raise RegisterDown(str(error.orig), _why(error)) from error
    except sqlite3.Error as error:
        raise RegisterDown(str(error), why(error)) from error


def _why(error: Exception) -> Why:
    return why(getattr(error, "orig", None) or error.__cause__)
