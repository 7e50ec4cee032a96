"""A mark of how the register stands for a board: as long as it is the same, a board shows the same."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from directive.due import local_day
from register.open import Register
from register.rounds import ROUNDS
from register.tables import events, in_force, tasks

_RECENT = 1000
_A_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


async def mark_of(register: Register, now: datetime) -> str:
    """What a board depends on at `now` (UTC), read in a moment: compare it, and keep it no longer than a process.

    It changes with every recorded event, with the directory in force, and when time changes a light or its days.
    Raises RegisterDown.
    """
    async with register.read() as connection:
        return await connection.run_sync(lambda it: repr((*_recorded(it), *_lights(it, now))))


def _recorded(connection: Connection) -> tuple[object, ...]:
    """The newest event, how many came shortly before it, and the versions in force.

    The count tells of an event that got its number before the newest one and was committed after it (PostgreSQL).
    """
    newest = connection.scalar(select(func.max(events.c.seq))) or 0
    recent = select(func.count()).select_from(events).where(events.c.seq > newest - _RECENT)
    kinds = select(in_force.c.kind, in_force.c.version).where(in_force.c.kind != ROUNDS)
    versions = connection.execute(kinds.order_by(in_force.c.kind))
    return newest, connection.scalar(recent), [tuple(one) for one in versions]


def _lights(connection: Connection, now: datetime) -> tuple[object, ...]:
    """The local day, on which days are counted and tasks become due soon; the last deadline that has passed; and the
    begun hours to and from the deadlines around, which lights of a policy in hours show.
    """
    still = tasks.c.closed_at.is_(None)
    passed = connection.scalar(select(func.max(tasks.c.due_at)).where(still, tasks.c.due_at < now))
    near = select(tasks.c.due_at).distinct().where(still, tasks.c.due_at.between(now - _A_DAY, now + _A_DAY))
    hours = sorted((at <= now, abs(at - now) // -_HOUR) for at in connection.scalars(near))
    return local_day(now), passed, hours
