"""The evidence that is kept, by the SHA-256 of its content, and which tasks use it. The content lies in files."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select

from directive.value import Value
from register.open import Register
from register.page_tables import file_uses, files
from register.upsert import insert_new


class KeptFile(Value):
    """One content: its hash, its size in bytes, its media type, and who brought it first (`at` is UTC)."""

    hash: str
    size: int
    type: str
    at: datetime
    person: str


class FileUse(Value):
    """That a person brought a content to a task, under a name of theirs (`at` is UTC)."""

    task: str
    hash: str
    person: str
    name: str
    at: datetime


async def note_file(register: Register, kept: KeptFile, use: FileUse) -> None:
    """Write down a content and its use; what is there already stays as it is. Raises RegisterDown."""

    def write(connection: Connection) -> None:
        connection.execute(insert_new(connection, files), kept.model_dump())
        connection.execute(insert_new(connection, file_uses), use.model_dump())

    await register.writing(write)


async def file_of(register: Register, digest: str) -> KeptFile | None:
    """The content with this hash, where one is kept. Raises RegisterDown."""
    async with register.read() as connection:
        row = (await connection.execute(select(files).where(files.c.hash == digest))).mappings().one_or_none()
    return KeptFile.model_validate(dict(row)) if row else None


async def uses_of_file(register: Register, digest: str) -> list[FileUse]:
    """The tasks that a content was brought to, the first use first. Raises RegisterDown."""
    wanted = select(file_uses).where(file_uses.c.hash == digest).order_by(file_uses.c.at, file_uses.c.task)
    async with register.read() as connection:
        rows = (await connection.execute(wanted)).mappings().all()
    return [FileUse.model_validate(dict(row)) for row in rows]


async def kept_for(register: Register, task: str, digests: Iterable[str]) -> set[str]:
    """Of these hashes those that were brought to this task. Raises RegisterDown."""
    wanted = select(file_uses.c.hash).where(file_uses.c.task == task, file_uses.c.hash.in_(list(digests)))
    async with register.read() as connection:
        return {str(one) for one in await connection.scalars(wanted)}


async def every_file(register: Register) -> list[KeptFile]:
    """All contents, by hash. Raises RegisterDown."""
    async with register.read() as connection:
        rows = (await connection.execute(select(files).order_by(files.c.hash))).mappings().all()
    return [KeptFile.model_validate(dict(row)) for row in rows]
