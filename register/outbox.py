"""The outbox: notices that wait, the messages that carry them, and when delivery wakes next.

What becomes of a decided message is in `register/sending.py`, most of which can be had from here as well.

Everything here may be repeated: a message is stored once by its id, a notice leaves the waiting state once.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, func, select, update

from directive.directory import Seat
from directive.event import Event
from register.lists import facts_of
from register.models import Notice, OutMessage
from register.open import Register
from register.rounds import LOOKING, ROUNDS, is_the_last
from register.sending import mark_failed, mark_sent, put_message, unsent
from register.tables import delivery, directives, events, messages, notices, tasks
from register.upsert import insert_new

__all__ = [
    "AlreadyDecided",
    "Awaited",
    "awaited",
    "decide_message",
    "delivery_wakes_at",
    "facts_of",
    "hand_over",
    "held",
    "hold",
    "mark_failed",
    "mark_sent",
    "note_next",
    "notices_of",
    "outbox_due",
    "put_message",
    "unsent",
    "waiting_besides",
    "waiting_ids",
    "waiting_notices",
]

WAITING, DECIDED, MUTED, LAPSED = "waiting", "decided", "muted", "lapsed"
HANDED_OVER = "handed_over"
_MANY = 500
"""So many ids in one statement."""


class AlreadyDecided(Exception):
    """Another message has taken some of these notices meanwhile; nothing was stored. Gather again."""


async def waiting_notices(register: Register) -> list[Notice]:
    """The notices that no message carries yet, oldest first. Raises RegisterDown."""
    return await _notices(register, _NOTICE.where(notices.c.status == WAITING))


async def waiting_ids(register: Register) -> frozenset[str]:
    """The ids of the notices that no message carries yet. Raises RegisterDown."""
    wanted = select(notices.c.id).where(notices.c.status == WAITING)
    return await register.reading(lambda connection: frozenset(connection.scalars(wanted)))


async def waiting_besides(register: Register, seen: frozenset[str]) -> list[Notice]:
    """The notices that wait and are none of those that were `seen`, oldest first. Raises RegisterDown."""
    fresh = sorted(await waiting_ids(register) - seen)
    found = []
    for start in range(0, len(fresh), _MANY):
        found += await _notices(register, _NOTICE.where(notices.c.id.in_(fresh[start : start + _MANY])))
    return found


class Awaited(NamedTuple):
    """A person for whom a notice waits, and what it tells, of a directive with this urgency."""

    person: str
    directive: str
    urgency: str
    event: Event


async def awaited(register: Register) -> list[Awaited]:
    """Who waits for what, of all notices that no message carries yet. Raises RegisterDown."""
    columns = (notices.c.person, tasks.c.directive, directives.c.urgency, events.c.body)
    wanted = select(*columns).select_from(_CARRIED).where(notices.c.status == WAITING)
    rows = await register.reading(lambda connection: connection.execute(wanted).all())

    def read() -> list[Awaited]:
        told = _Told()
        return [Awaited(person, directive, urgency, told[body]) for person, directive, urgency, body in rows]

    return await asyncio.to_thread(read)


async def notices_of(register: Register, task: str) -> list[Notice]:
    """All notices of a task, whatever became of them, oldest first. Raises RegisterDown."""
    return await _notices(register, _NOTICE.where(notices.c.task == task))


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


_CARRIED = (
    notices.join(events, (events.c.task == notices.c.task) & (events.c.id == notices.c.event))
    .join(tasks, tasks.c.id == notices.c.task)
    .join(directives, directives.c.id == tasks.c.directive)
)
_NOTICE = select(
    notices.c.id,
    notices.c.task,
    notices.c.person,
    notices.c.role,
    notices.c.on_behalf_of,
    notices.c.copied,
    notices.c.urgent,
    notices.c.written,
    notices.c.status,
    notices.c.reason,
    func.coalesce(notices.c.message, "").label("message"),
    events.c.cycle,
    tasks.c.directive,
    tasks.c.code,
    tasks.c.unit,
    tasks.c.work,
    tasks.c.due_day,
    directives.c.number,
    directives.c.urgency,
    directives.c.issuer,
    events.c.body,
).select_from(_CARRIED)
_FIELDS = [column.name for column in _NOTICE.selected_columns][:-1]
"""Those that a notice has as its row has them."""
_EVENT = ("kind", "level", "planned", "at", "question")


async def _notices(register: Register, wanted: Select[Any]) -> list[Notice]:
    async with register.read() as connection:
        rows = (
            await connection.execute(wanted.order_by(notices.c.written, events.c.seq, notices.c.id))
        ).all()
    return await asyncio.to_thread(_read, rows)  # after a storm they are thousands


def _read(rows: Sequence[Any]) -> list[Notice]:
    """The notices; an event that several people hear of is read once."""
    told = _Told()
    return [_notice(row, told[row[-1]]) for row in rows]


class _Told(dict[str, Event]):
    """Events by how they are written down."""

    def __missing__(self, body: str) -> Event:
        return self.setdefault(body, Event.model_validate_json(body))


def _notice(row: Any, event: Event) -> Notice:
    own = dict(zip(_FIELDS, row, strict=False))  # without the event's text, the last of the row
    return Notice(**own, event_id=event.id, event=event, **{name: getattr(event, name) for name in _EVENT})
