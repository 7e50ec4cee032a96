"""What did not get through, for doctor and for people: what is tried again, was refused, or may have gone twice."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from directive.value import Value
from register.open import Register
from register.outbox_tables import messages
from register.sending import FAILED, REFUSED


class Trouble(Value):
    """A message that failed (and is tried again at `retry_at`), was refused for good, or may have gone out twice."""

    id: str
    person: str
    kind: str
    subject: str
    decided_at: datetime
    status: str
    sent_at: datetime | None
    attempts: int
    error: str
    retry_at: datetime | None
    refused_to: str
    repeats: int


_COLUMNS = [messages.c[name] for name in Trouble.model_fields]


async def troubles(register: Register, most: int | None = None) -> list[Trouble]:
    """The messages, refused ones first, then failed ones, each kind newest first. Raises RegisterDown."""
    wanted = or_(messages.c.status.in_((FAILED, REFUSED)), messages.c.repeats > 0)
    order = (messages.c.status != REFUSED, messages.c.status != FAILED, messages.c.decided_at.desc())
    async with register.read() as connection:
        rows = await connection.execute(select(*_COLUMNS).where(wanted).order_by(*order).limit(most))
        return [Trouble.model_validate(dict(row)) for row in rows.mappings()]


async def counts(register: Register) -> dict[str, int]:
    """How many messages `failed`, were `refused`, and how often one may have gone out again (`repeated`).

    Raises RegisterDown.
    """
    async with register.read() as connection:
        by_status = select(messages.c.status, func.count()).where(messages.c.status.in_((FAILED, REFUSED)))
        rows = await connection.execute(by_status.group_by(messages.c.status))
        found = {row[0]: row[1] for row in rows}
        repeated = await connection.scalar(select(func.coalesce(func.sum(messages.c.repeats), 0)))
    return {FAILED: found.get(FAILED, 0), REFUSED: found.get(REFUSED, 0), "repeated": int(repeated or 0)}


async def named(register: Register, beginning: str) -> Sequence[str]:
    """The ids of the failed and refused messages whose id begins so; all for an empty one. Raises RegisterDown."""
    wanted = select(messages.c.id).where(
        messages.c.status.in_((FAILED, REFUSED)), messages.c.id.startswith(beginning, autoescape=True)
    )
    async with register.read() as connection:
        return (await connection.execute(wanted.order_by(messages.c.id))).scalars().all()
