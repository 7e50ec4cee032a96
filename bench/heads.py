"""What the heads of a storm's units get: one message each, with all that their unit is late with."""

import asyncio
import time
from collections import Counter
from datetime import datetime

from sqlalchemy import select

from bench.server import Ground
from register.outbox_tables import messages, notices
from register.tables import events

PATIENCE = 420.0
"""Seconds: the policy gathers for five minutes at most."""


async def sent(house: Ground, at: datetime, communes: int) -> float:
    """Wait for the messages of the heads; seconds of the office from the storm's instant to the last one."""
    began = time.time()
    while time.time() - began < PATIENCE:
        async with house.register.read() as connection:
            wanted = select(messages.c.person, messages.c.sent_at).where(messages.c.decided_at >= at)
            rows = (await connection.execute(wanted)).all()
        heads = [row for row in rows if row.person.startswith("head-xa-") and row.sent_at]
        if len({row.person for row in heads}) >= communes:
            last: datetime = max(row.sent_at for row in heads)
            return (last - at).total_seconds()
        await asyncio.sleep(1)
    raise SystemExit("not every head has a message")


async def one_each(house: Ground, directive: str, at: datetime, communes: int, each: int) -> int:
    """How many heads got one message after the instant, with all their tasks. Raises SystemExit where one is lost."""
    asked = select(notices.c.person, notices.c.message).join(
        events, (events.c.task == notices.c.task) & (events.c.id == notices.c.event)
    )
    wanted = asked.where(events.c.kind == "escalated", notices.c.copied.is_(False))
    async with house.register.read() as connection:
        told = (await connection.execute(wanted.where(notices.c.task.contains(f":{directive}:")))).all()
        later = select(messages.c.person).where(messages.c.decided_at >= at)
        got = Counter(await connection.scalars(later))
    by_head = Counter(row.person for row in told)
    if len(by_head) != communes or set(by_head.values()) != {each}:
        raise SystemExit(f"not every task told: {len(by_head)} heads, {sum(by_head.values())} tasks")
    carried = Counter(person for person, _ in {(row.person, row.message) for row in told})
    return sum(carried[head] == got[head] == 1 for head in by_head)
