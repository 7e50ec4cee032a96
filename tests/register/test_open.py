"""The file, its tables and the ways in which it can be out of reach."""

import asyncio
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import StatementError

from register.open import Register, RegisterDown
from register.outbox_tables import delivery
from register.tables import metadata
from register.upsert import insert_new
from tests.register.given import ROOT

MIGRATE = (
    "import asyncio,sys;from register.open import Register;asyncio.run(Register.open(sys.argv[1]).migrate())"
)


async def test_the_migrations_make_the_tables_that_the_program_knows(register: Register) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

    assert await register.writing(differences) == []


def test_two_processes_may_migrate_at_once(url: str) -> None:
    both = [subprocess.Popen([sys.executable, "-c", MIGRATE, url], cwd=ROOT) for _ in range(2)]
    assert [one.wait(60) for one in both] == [0, 0]


async def test_a_register_in_this_releases_form_is_ready_while_another_process_writes(
    on_sqlite: Register, tmp_path: Path
) -> None:
    writes = sqlite3.connect(tmp_path / "register.db", isolation_level=None)
    writes.execute("BEGIN IMMEDIATE")
    await asyncio.wait_for(on_sqlite.migrate(), 25)  # a writer would wait for thirty
    writes.close()


async def test_the_file_is_durable_and_checked(on_sqlite: Register) -> None:
    def pragmas(connection: Connection) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        return [connection.scalar(text(f"PRAGMA {name}")) for name in names]

    assert await on_sqlite.writing(pragmas) == ["wal", 2, 1, 30000]
    async with on_sqlite.write() as connection:
        assert await connection.run_sync(pragmas) == ["wal", 2, 1, 30000]


async def test_an_instant_without_a_zone_is_refused(register: Register) -> None:
    naive = datetime(2026, 6, 30)
    with pytest.raises(StatementError, match="without a time zone"):
        await register.writing(
            lambda one: one.execute(insert_new(one, delivery), {"id": 1, "next_at": naive})
        )


async def test_instants_are_kept_as_text_that_sorts_and_come_back_in_utc(
    on_sqlite: Register, tmp_path: Path
) -> None:
    instant = datetime(2026, 6, 30, 17, tzinfo=UTC)
    await on_sqlite.writing(lambda one: one.execute(insert_new(one, delivery), {"id": 1, "next_at": instant}))
    async with on_sqlite.read() as connection:
        assert await connection.scalar(select(delivery.c.next_at)) == instant
    with sqlite3.connect(tmp_path / "register.db") as raw:
        assert raw.execute("SELECT next_at FROM delivery").fetchone() == ("2026-06-30T17:00:00.000000Z",)
    raw.close()


async def test_a_transaction_that_fails_leaves_nothing(register: Register) -> None:
    async def fail() -> None:
        async with register.write() as connection:
            await connection.execute(delivery.insert(), {"id": 1, "next_at": None})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with register.read() as connection:
        assert (await connection.execute(select(delivery))).all() == []


async def test_writers_of_both_kinds_wait_for_each_other(register: Register) -> None:
    async def statement_by_statement(number: int) -> None:
        async with register.write() as connection:
            await connection.execute(delivery.insert(), {"id": number})

    async def at_once(number: int) -> None:
        await register.writing(lambda one: one.execute(delivery.insert(), {"id": number}))

    await asyncio.gather(
        *(statement_by_statement(number) for number in range(10)),
        *(at_once(number) for number in range(10, 20)),
    )
    async with register.read() as connection:
        assert len((await connection.execute(select(delivery))).all()) == 20


@pytest.mark.parametrize("kind", ["missing folder", "no database", "not set up"])
async def test_a_register_out_of_reach_says_so(kind: str, tmp_path: Path) -> None:
    path = tmp_path / ("nowhere/r.db" if kind == "missing folder" else "r.db")
    if kind == "no database":
        path.write_bytes(b"not a database" * 1000)
    register = Register.open(f"sqlite+aiosqlite:///{path}")
    with pytest.raises(RegisterDown):
        await register.writing(lambda one: one.execute(select(delivery)).all())
    with pytest.raises(RegisterDown):
        async with register.read() as connection:
            await connection.execute(select(delivery))
    await register.close()


async def test_a_postgresql_that_is_not_there_says_so() -> None:
    register = Register.open("postgresql+psycopg://nobody@127.0.0.1:1/none")
    with pytest.raises(RegisterDown):
        await register.migrate()
    await register.close()


def test_another_kind_of_address_is_refused() -> None:
    with pytest.raises(ValueError, match="not a register"):
        Register.open("mysql://localhost/x")
