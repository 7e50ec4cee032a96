"""Two readers that see one state of the register, so that statements which do not need each other run at once."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

TRIES = 5
"""How often SQLite's second reader is begun anew where somebody commits between the two."""


async def begin_as_one(first: AsyncConnection, second: AsyncConnection) -> bool:
    """Begin a transaction on each that reads the same state; False where it could not be had, and neither is begun.

    PostgreSQL hands the first one's snapshot to the second. SQLite has no such call, and is asked whether anybody has
    committed meanwhile: to whatever table, with or without an event.
    """
    if first.dialect.name == "postgresql":
        await _share(first, second)
        return True
    return await _meet(first, second)


async def _share(first: AsyncConnection, second: AsyncConnection) -> None:
    """https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-SNAPSHOT-SYNCHRONIZATION"""
    await first.begin()
    snapshot = await first.scalar(text("SELECT pg_export_snapshot()"))
    await second.begin()
    await second.execute(text(f"SET TRANSACTION SNAPSHOT '{snapshot}'"))  # takes no parameter


async def _meet(first: AsyncConnection, second: AsyncConnection) -> bool:
    """The second looks before the first begins and again once it has begun: where it sees no commit of others between,
    the first, which began between, sees what it sees. Neither connection writes.
    """
    before = await _version(second)
    for _ in range(TRIES):
        await _version(first)
        await second.rollback()
        now = await _version(second)
        if now == before:
            return True
        before = now
        await first.rollback()
    await second.rollback()
    return False


async def _version(connection: AsyncConnection) -> int:
    """Begin to read, and give a number that is another one after each commit by another connection.

    https://sqlite.org/pragma.html#pragma_data_version
    """
    await connection.begin()
    return int(await connection.scalar(text("PRAGMA data_version")) or 0)
