"""Delivery's rounds: when it has to be called by who writes a notice, and that one call is enough for many.

Delivery sleeps until an instant. While it looks nobody need call it, since it sees at its end what has been written
meanwhile (`notices/round.py`). Its rounds are counted: who has called it since the last one began need not again.
"""

from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, exists, select, update

from register.open import Register
from register.tables import delivery, in_force, tasks
from register.upsert import insert_new, insert_or_replace
from register.writer import lock

ROUNDS = "rounds"
"""In `in_force` it counts the rounds that delivery has begun, in whatever process."""

_COUNT = select(in_force.c.version).where(in_force.c.kind == ROUNDS).scalar_subquery()
LOOKING = datetime(1970, 1, 1, tzinfo=UTC)
"""It is not asleep."""
_UNTIL = select(delivery.c.next_at).where(delivery.c.id == 1).scalar_subquery()


class Look(NamedTuple):
    """What a record has to know once it is written, to call whom it concerns.

    Delivery sleeps `until` then (UTC; `LOOKING` while it looks, None when nothing waits) and has begun so many
    rounds; `open` tells whether the directive still has an open task.
    """

    until: datetime | None
    rounds: str
    open: bool

    def delivery_comes_by(self, instant: datetime) -> bool:
        """Whether delivery looks by `instant` (UTC) without being called."""
        return self.until is not None and self.until <= instant


async def begin_round(register: Register) -> None:
    """Delivery looks: nobody need call it before it says until when it sleeps. Raises RegisterDown."""
    await register.writing(_begin)


def _begin(connection: Connection) -> None:
    lock(connection, ROUNDS)
    if not connection.execute(update(delivery).where(delivery.c.id == 1).values(next_at=LOOKING)).rowcount:
        connection.execute(insert_new(connection, delivery).values(id=1, next_at=LOOKING))
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
