"""What is read together is of one state of the register, whatever others commit meanwhile."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, event, func, insert, make_url, select, text

from register.open import Register
from register.tables import in_force

BEGINNINGS = ("PRAGMA data_version", "SELECT pg_export_snapshot")
MEANWHILE = "meanwhile-"

_numbers = count(1)


def _how_many(connection: Connection) -> int:
    """Rows of a table that changes without an event."""
    made = select(func.count()).select_from(in_force).where(in_force.c.kind.startswith(MEANWHILE))
    return connection.scalar(made) or 0


@contextmanager
def _commits(register: Register, address: str, after: tuple[str, ...], most: int) -> Iterator[list[str]]:
    """Another connection commits after each statement of the register's that begins like one of `after`."""
    url = make_url(address)
    other = create_engine(url.set(drivername=url.drivername.replace("+aiosqlite", "")))
    engine, made = register._engine.sync_engine, list[str]()

    def commit(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(after) and len(made) < most:
            made.append(f"{MEANWHILE}{next(_numbers)}")
            with other.begin() as writing:
                writing.execute(insert(in_force).values(kind=made[-1], version="1"))

    event.listen(engine, "after_cursor_execute", commit)
    try:
        yield made
    finally:
        event.remove(engine, "after_cursor_execute", commit)
        other.dispose()


# From the first commit at the first reader's beginning to one at every look that either of them takes.
@pytest.mark.parametrize("commits", [1, 2, 3, 100])
async def test_two_readers_see_one_state_though_others_commit_between_their_beginnings(
    register: Register, address: str, commits: int
) -> None:
    with _commits(register, address, BEGINNINGS, commits) as made:
        one, other = await register.reading_at_once(_how_many, _how_many)
    assert made
    assert one == other
    assert await register.reading_at_once(_how_many, _how_many) == [len(made), len(made)]


async def test_a_read_is_of_one_state_though_others_commit_between_its_statements(
    register: Register, address: str
) -> None:
    with _commits(register, address, ("SELECT count",), 1) as made:
        async with register.read() as connection:
            seen = [await connection.run_sync(_how_many) for _ in range(3)]
    assert seen == [0, 0, 0]
    assert await register.reading(_how_many) == len(made) == 1


async def test_both_readers_see_their_state_to_the_end(register: Register, address: str) -> None:
    def three_times(connection: Connection) -> list[int]:
        return [_how_many(connection) for _ in range(3)]

    with _commits(register, address, ("SELECT count",), 4) as made:
        assert await register.reading_at_once(three_times, three_times) == [[0, 0, 0], [0, 0, 0]]
    assert len(made) == 4


async def test_the_two_really_read_at_once(register: Register) -> None:
    backends = await register.reading_at_once(_who, _who)
    assert backends[0] != backends[1]


async def test_many_that_read_at_once_do_not_wait_for_each_other(register: Register) -> None:
    """There are fifteen connections; were each to take one and wait for a second, none would have two."""
    found = await asyncio.gather(*(register.reading_at_once(_how_many, _how_many) for _ in range(40)))
    assert found == [[0, 0]] * 40


async def test_one_that_fails_ends_both_and_their_connections_serve_again(register: Register) -> None:
    ended = list[int]()

    def fails(connection: Connection) -> None:
        _how_many(connection)
        raise ValueError("refused")

    def takes_longer(connection: Connection) -> None:
        ended.append(sum(_how_many(connection) for _ in range(10)))

    for _ in range(20):  # more often than there are connections
        with pytest.raises(ValueError, match="refused"):
            await register.reading_at_once(fails, takes_longer)
        with pytest.raises(ValueError, match="refused"):
            await register.reading_at_once(takes_longer, fails)
    assert ended == [0] * 40
    assert await register.reading_at_once(_how_many, _how_many) == [0, 0]


def _who(connection: Connection) -> object:
    """Which connection it is, by what each has of its own."""
    if connection.dialect.name == "postgresql":
        return connection.scalar(text("SELECT pg_backend_pid()"))
    _how_many(connection)  # it waits, so that the other one has its turn
    return id(connection.connection.dbapi_connection)


async def test_postgresql_compiles_no_statement(database: str) -> None:
    register = Register.open(database)
    async with register.read() as connection:
        assert await connection.scalar(text("SELECT source FROM pg_settings WHERE name = 'jit'")) == "session"
        assert await connection.scalar(text("SHOW jit")) == "off"
    await register.close()
