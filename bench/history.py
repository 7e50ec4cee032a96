"""A register of a million events: years of closed tasks, copied by the database from some that really lived.

A fortnight's closed tasks are made one by one (`bench/office.py`); every earlier fortnight is a copy of it by one
`INSERT … SELECT` a table, with other numbers of letters and all its days a fortnight earlier. What only a person reads
of one event (`body`, `facts`) keeps its own days: no board, summary or report looks into it, and its length counts.
"""

from functools import partial
from random import Random
from typing import Any

from sqlalchemy import Column, Connection, Date, String, Text, text

from bench.lived import COPIED, forget, patterns
from bench.office import Office, make_letters, province
from register.instants import Instant
from register.open import Register
from register.plans import save_directory
from register.tables import directives, searched

A_YEAR = 26  # fortnights
BASE = "0"  # the series of the letters that are copied: 12-CV0/ĐU; the copies are 12-CV1/ĐU, 12-CV2/ĐU …
TABLES = (directives, *COPIED, searched)


async def make_register(register: Register, open_tasks: int, events: int, seed: int = 1) -> Office:
    """Fill an empty register with so many open tasks, a quarter as many closed ones, and closed ones of the years
    before, until there are so many `events`.
    """
    await save_directory(register, province())
    lived, chance = await patterns(register), Random(seed)
    now = await make_letters(register, lived, chance, lambda made: made.open >= open_tasks)
    past = Office(0, 0, 0, 0)
    if events > now.events:
        a_fortnight = max((events - now.events) // (4 * A_YEAR), 200)
        past = await make_letters(
            register, lived, chance, lambda made: made.events >= a_fortnight, closed=1, series=BASE
        )
        copies = max(-(-(events - now.events - past.events) // past.events), 0)
        await register.writing(partial(_copy, copies))
        past = Office(*(number * (copies + 1) for number in past))
    await register.writing(partial(forget, [one.id for one in lived]))
    if register.dialect == "postgresql":
        await _as_autovacuum_would(register)
    return Office(*(one + other for one, other in zip(now, past, strict=True)))


def _copy(copies: int, connection: Connection) -> None:
    """The base's rows first, in tables of this connection only, so that no copy looks through all that is there."""
    dialect = connection.dialect.name
    for table in TABLES:
        key = "id" if table is directives else "directive" if "directive" in table.c else "task"
        ours = f"replace({key}, '-cv{BASE}-', '') <> {key}"
        connection.execute(
            text(f"CREATE TEMPORARY TABLE base_{table.name} AS SELECT * FROM {table} WHERE {ours}")  # noqa: S608 - our own names
        )
    for number in range(1, copies + 1):
        for table in TABLES:
            columns = [
                column for column in table.c if column.name != "seq"
            ]  # the database counts events itself
            names = ", ".join(f'"{column.name}"' for column in columns)
            values = ", ".join(_earlier(column, number, dialect) for column in columns)
            connection.execute(text(f"INSERT INTO {table} ({names}) SELECT {values} FROM base_{table.name}"))  # noqa: S608


def _earlier(column: Column[Any], number: int, dialect: str) -> str:
    """A column of the base as it is in a copy so many fortnights earlier."""
    held, days, sqlite = f'"{column.name}"', 14 * number, dialect == "sqlite"
    if isinstance(column.type, Instant):
        earlier = f"date(substr({held}, 1, 10), '-{days} days') || substr({held}, 11)"
        return earlier if sqlite else f"{held} - interval '{days} days'"
    if isinstance(column.type, Date):
        return f"date({held}, '-{days} days')" if sqlite else f"{held} - {days}"
    if isinstance(column.type, String | Text):
        return f"replace(replace({held}, '-cv{BASE}', '-cv{number}'), '-CV{BASE}', '-CV{number}')"
    return held


async def _as_autovacuum_would(register: Register) -> None:
    """PostgreSQL counts rows and notes what all can see some time after a change; here at once."""
    async with register.read() as connection:
        engine = connection.engine
    async with engine.connect() as connection:  # VACUUM stands in no transaction
        at_once = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await at_once.execute(text("VACUUM ANALYZE"))
