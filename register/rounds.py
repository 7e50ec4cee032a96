"""Delivery's rounds: when it has to be called by who writes a notice, and that one call is enough for many.

Delivery sleeps until an instant. While it looks nobody need call it, since it sees at its end what has been written
meanwhile (`notices/round.py`). Its rounds are counted: who has called it since the last one began need not again.
"""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, select, update

from register.open import Register
from register.outbox_tables import delivery
from register.tables import in_force
from register.upsert import insert_new, insert_or_replace
from register.writer import lock

ROUNDS, HOOK_ROUNDS = "rounds", "hook_rounds"
"""In `in_force` they count the rounds that delivery and the webhooks have begun, in whatever process."""

LOOKING = datetime(1970, 1, 1, tzinfo=UTC)
"""It is not asleep."""
_UNTIL = select(delivery.c.next_at).where(delivery.c.id == 1).scalar_subquery()


class Look(NamedTuple):
    """What a record has to know of delivery once it is written.

    Delivery sleeps `until` then (UTC; `LOOKING` while it looks, None when nothing waits) and has begun so many rounds.
    """

    until: datetime | None
    rounds: str

    @property
    def looking(self) -> bool:
        """Whether a round goes on, as far as is known."""
        return self.until == LOOKING

    def delivery_comes_by(self, instant: datetime) -> bool:
        """Whether delivery looks by `instant` (UTC) without being called."""
        return self.until is not None and self.until <= instant


async def begin_round(register: Register) -> str:
    """Delivery looks: nobody need call it before it says how long it sleeps. The round's count. Raises RegisterDown."""

    def begin(connection: Connection) -> str:
        count = count_on(connection, ROUNDS)
        if not connection.execute(
            update(delivery).where(delivery.c.id == 1).values(next_at=LOOKING)
        ).rowcount:
            connection.execute(insert_new(connection, delivery).values(id=1, next_at=LOOKING))
        return count

    return await register.writing(begin)


def count_on(connection: Connection, kind: str) -> str:
    """One more round has begun: its count."""
    lock(connection, kind)
    count = str(int(_counted(connection, kind) or 0) + 1)
    connection.execute(insert_or_replace(connection, in_force).values({"kind": kind, "version": count}))
    return count


def is_the_last(connection: Connection, kind: str, count: str) -> bool:
    """Whether no other round has begun since; one that the engine has given up on must not say when it sleeps."""
    lock(connection, kind)
    return _counted(connection, kind) == count


def _counted(connection: Connection, kind: str) -> str | None:
    found: str | None = connection.scalar(_count_of(kind))
    return found


def _count_of(kind: str) -> Select[Any]:
    return select(in_force.c.version).where(in_force.c.kind == kind)


_LOOK = select(_UNTIL.label("until"), _count_of(ROUNDS).scalar_subquery().label("rounds"))


async def look(register: Register) -> Look:
    """How delivery stands now. Raises RegisterDown."""
    row = await register.reading(lambda connection: connection.execute(_LOOK).one())
    return Look(row.until, row.rounds or "")
