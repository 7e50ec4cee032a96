"""The outbox: notices that wait, the messages that carry them, and when delivery wakes next.

What becomes of a decided message is in `register/sending.py`, most of which can be had from here as well.

Everything here may be repeated: a message is stored once by its id, a notice leaves the waiting state once.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from directive.directory import Seat
from register.lists import facts_of
from register.open import Register
from register.outbox_models import Notice, OutMessage
from register.outbox_tables import delivery, messages, notices
from register.rounds import LOOKING, ROUNDS, is_the_last
from register.sending import mark_failed, mark_sent, put_message, unsent
from register.upsert import insert_new
from register.waiting import WAITING

__all__ = [
    "AlreadyDecided",
    "decide_message",
    "delivery_wakes_at",
    "facts_of",
    "hand_over",
    "held",
    "hold",
    "mark_failed",
    "mark_sent",
    "note_next",
    "outbox_due",
    "put_message",
    "unsent",
]

DECIDED, MUTED, LAPSED = "decided", "muted", "lapsed"
HANDED_OVER = "handed_over"


class AlreadyDecided(Exception):
    """Another message has taken some of these notices meanwhile; nothing was stored. Gather again."""


async def decide_message(
    register: Register,
    message: OutMessage | None,
    muted: Mapping[str, str] | None = None,
    lapsed: Mapping[str, str] | None = None,
) -> bool:
    """Store a message with its notices, and let others go unsent with a reason (by notice id), in one transaction.

    False where the message was already stored: nothing changes then. `message` is None where nothing is left to
    say. Raises AlreadyDecided, RegisterDown.
    """
    return await register.writing(lambda connection: _decide(connection, message, muted or {}, lapsed or {}))


def _decide(
    connection: Connection, message: OutMessage | None, muted: Mapping[str, str], lapsed: Mapping[str, str]
) -> bool:
    if message is not None and not _store(connection, message):
        return False
    _settle(connection, muted, MUTED)
    _settle(connection, lapsed, LAPSED)
    return True


def _store(connection: Connection, message: OutMessage) -> bool:
    row = message.model_dump(exclude={"notices"})
    row |= {"status": DECIDED, "sent_at": None, "attempts": 0, "error": ""}
    if connection.scalar(insert_new(connection, messages).values(row).returning(messages.c.id)) is None:
        return False
    taken = update(notices).where(notices.c.id.in_(message.notices), notices.c.status == WAITING)
    done = connection.execute(taken.values(status=DECIDED, message=message.id))
    if done.rowcount != len(set(message.notices)):
        raise AlreadyDecided(message.id)
    return True


def _settle(connection: Connection, reasons: Mapping[str, str], status: str) -> None:
    if not reasons:
        return
    one = update(notices).where(notices.c.id == bindparam("notice"), notices.c.status == WAITING)
    rows = [{"notice": notice, "why": reason} for notice, reason in reasons.items()]
    connection.execute(one.values(status=status, reason=bindparam("why")), rows)


async def hand_over(register: Register, moved: Sequence[tuple[Notice, Sequence[Seat]]]) -> None:
    """Let notices that still wait go to other people, in one transaction; the old ones name the new.

    Who waits for a copy of the same event is asked by it instead. Raises RegisterDown.
    """
    await register.writing(lambda connection: _hand_over(connection, moved))


def _hand_over(connection: Connection, moved: Sequence[tuple[Notice, Sequence[Seat]]]) -> None:
    for notice, seats in moved:
        row = dict(connection.execute(select(notices).where(notices.c.id == notice.id)).mappings().one())
        if row["status"] != WAITING:
            continue
        for seat in seats:
            _hand_to(connection, row, seat)
        _settle(connection, {notice.id: " ".join(seat.person for seat in seats)}, HANDED_OVER)


def _hand_to(connection: Connection, row: dict[str, Any], seat: Seat) -> None:
    """A notice for the seat's person: one of their own, or their waiting copy becomes it."""
    told = {"person": seat.person, "on_behalf_of": seat.on_behalf_of}
    key = f"{row['task']}/{row['event']}/{seat.person}"
    if connection.scalar(select(notices.c.status).where(notices.c.id == key)) is None:
        connection.execute(insert_new(connection, notices).values({**row, **told, "id": key}))
    elif not row["copied"]:  # who gets a copy already is now asked
        asked = {"role": row["role"], "copied": False, **told}
        waits = update(notices).where(notices.c.id == key, notices.c.status == WAITING)
        if not connection.execute(waits.values(asked)).rowcount:
            again = {**row, **told, "id": f"{key}/{row['role']}"}
            connection.execute(insert_new(connection, notices).values(again))


async def outbox_due(register: Register) -> datetime | None:
    """The earliest instant (UTC) at which a notice that still waits was written. Raises RegisterDown."""
    wanted = select(func.min(notices.c.written)).where(notices.c.status == WAITING)
    async with register.read() as connection:
        found: datetime | None = await connection.scalar(wanted)
    return found


async def note_next(register: Register, next_at: datetime | None, of_round: str = "") -> None:
    """Delivery sleeps until `next_at` (UTC), or until it is called. Raises RegisterDown.

    What a round says holds only as long as no other has begun: the engine may have given up on it meanwhile.
    """

    def note(connection: Connection) -> None:
        if not of_round or is_the_last(connection, ROUNDS, of_round):
            _note(connection, {"next_at": next_at})

    await register.writing(note)


def _note(connection: Connection, changes: dict[str, Any]) -> None:
    if not connection.execute(update(delivery).where(delivery.c.id == 1).values(changes)).rowcount:
        connection.execute(insert_new(connection, delivery).values(id=1, **changes))


async def hold(register: Register, until: datetime | None, failures: int) -> None:
    """The channel takes nothing: leave it alone until then (UTC); None where it takes again. Raises RegisterDown."""
    held = {"held_until": until, "failures": failures}
    await register.writing(lambda connection: _note(connection, held))


async def held(register: Register) -> tuple[datetime | None, int]:
    """Until when the channel is left alone (UTC), and in how many rounds it took nothing. Raises RegisterDown."""
    async with register.read() as connection:
        found = select(delivery.c.held_until, delivery.c.failures).where(delivery.c.id == 1)
        row = (await connection.execute(found)).first()
    return (row.held_until, row.failures) if row else (None, 0)


async def delivery_wakes_at(register: Register) -> datetime | None:
    """The instant (UTC) that delivery sleeps until; None while it looks, or when nothing waits. Raises RegisterDown."""
    async with register.read() as connection:
        next_at: datetime | None = await connection.scalar(
            select(delivery.c.next_at).where(delivery.c.id == 1)
        )
    return None if next_at == LOOKING else next_at
