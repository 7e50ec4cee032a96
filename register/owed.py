"""Marks that have come due and are not settled: what the engine owes the register."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from register.open import Register
from register.tables import marks, tasks


class Owed(NamedTuple):
    """How many marks are owed, since when, and the tasks they belong to, longest owed first."""

    number: int
    since: datetime | None
    tasks: tuple[str, ...]


async def owed_marks(register: Register, before: datetime, most: int = 200) -> Owed:
    """The marks planned for `before` (the office's instant, UTC) or earlier; at most `most` tasks are named.

    Raises RegisterDown.
    """
    due = marks.c.at <= before
    whose = select(marks.c.task).where(due).group_by(marks.c.task).order_by(func.min(marks.c.at)).limit(most)
    async with register.read() as connection:
        number, since = (
            await connection.execute(select(func.count(), func.min(marks.c.at)).where(due))
        ).one()
        named = (await connection.execute(whose)).scalars().all() if number else ()
    return Owed(number, since, tuple(named))


class Asked(NamedTuple):
    """The roles that a mark is for, and the officer to whom its task was reassigned, if any."""

    roles: tuple[str, ...]
    unit: str
    officer: str


async def asked_by_owed(register: Register, now: datetime) -> list[Asked]:
    """Whom the marks planned for `now` (the office's instant, UTC) or earlier are for. Raises RegisterDown."""
    wanted = (
        select(marks.c.roles, tasks.c.unit, tasks.c.officer)
        .join(tasks, tasks.c.id == marks.c.task)
        .where(marks.c.at <= now)
        .distinct()
    )
    rows = await register.reading(lambda connection: connection.execute(wanted).all())
    return [Asked(tuple(roles.split()), unit, officer) for roles, unit, officer in rows]
