"""Delivery's rounds, counted: who has called it since the last one began need not call it again.

Delivery sleeps until an instant. While it looks it counts as asleep, so that what is written between its look and its
end is not forgotten; without the count every record of a busy office would then call it, and each call is a message to
the engine.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, exists, select, update

from register.open import Register
from register.tables import delivery, in_force, tasks
from register.upsert import insert_new, insert_or_replace
from register.writer import lock

ROUNDS = "rounds"
"""In `in_force` it counts the rounds that delivery has begun, in whatever process."""

_COUNT = select(in_force.c.version).where(in_force.c.kind == ROUNDS).scalar_subquery()
_UNTIL = select(delivery.c.next_at).where(delivery.c.id == 1).scalar_subquery()


class Look(NamedTuple):
    """What a record has to know once it is written, to call whom it concerns.

    Delivery sleeps `until` then (UTC; None while it looks, or when nothing waits) and has begun so many rounds;
    `open` tells whether the directive still has an open task.
    """

    until: datetime | None
    rounds: str
    open: bool

    def delivery_comes_by(self, instant: datetime) -> bool:
        """Whether delivery looks by `instant` (UTC) without being called."""
        return self.until is not None and self.until <= instant


async def begin_round(register: Register) -> None:
    """Delivery looks: every record counts it as asleep from now on, and a call as a new one. Raises RegisterDown."""
    await register.writing(_begin)


def _begin(connection: Connection) -> None:
    lock(connection, ROUNDS)
    if not connection.execute(update(delivery).where(delivery.c.id == 1).values(next_at=None)).rowcount:
        connection.execute(insert_new(connection, delivery).values(id=1, next_at=None))
    count = int(connection.scalar(select(_COUNT)) or 0) + 1
    connection.execute(
        insert_or_replace(connection, in_force).values({"kind": ROUNDS, "version": str(count)})
    )


async def look(register: Register, directive: str) -> Look:
    """How delivery and a directive stand now, in one look. Raises RegisterDown."""
    still = exists(select(tasks.c.id).where(tasks.c.directive == directive, tasks.c.closed_at.is_(None)))
    wanted = select(_UNTIL.label("until"), _COUNT.label("rounds"), still.label("open"))
    row = await register.reading(lambda connection: connection.execute(wanted).one())
    return Look(row.until, row.rounds or "", bool(row.open))
