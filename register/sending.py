"""The way of a decided message out of the house: sent, tried again later, or refused for good.

A message is decided once; here only what became of it changes. A channel that cannot recognise a repeat (a mail
server) gets a message after `begin`: whatever happens then before it is settled may have sent it, which is counted.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, case, func, literal, select, update

from register.open import Register
from register.outbox_models import Message, OutMessage
from register.outbox_tables import messages, notices
from register.tables import tasks
from register.upsert import insert_new

Kind = Literal["notice", "sign_in", "alert", "report"]
"""`alert` tells the monitoring office what could not be delivered, `report` leaders of a report that was sent.

Only a `notice` carries notices.
"""

DECIDED, SENT, FAILED, REFUSED, EXPIRED = "decided", "sent", "failed", "refused", "expired"
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
_SETTLED = (SENT, EXPIRED)


def pause(failures: int) -> timedelta:
    """How long to wait after so many failures in a row: a minute, doubling to an hour."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(failures - 1, 10)
    return min(doubled, LONGEST_PAUSE)


async def put_message(register: Register, message: OutMessage, kind: Kind) -> bool:
    """Store a message that carries no notices; False where one with its id is there. Raises RegisterDown.

    Delivery sends it at its next look: `desk.waking.wake_delivery` makes that now.
    """
    return await register.writing(lambda connection: put(connection, message, kind))


def put(connection: Connection, message: OutMessage, kind: Kind) -> bool:
    """The same within a transaction that writes down what the message tells of."""
    row = {**message.model_dump(exclude={"notices"}), "kind": kind}
    row |= {"status": DECIDED, "sent_at": None, "attempts": 0, "error": ""}
    stored = insert_new(connection, messages).values(row).returning(messages.c.id)
    return connection.scalar(stored) is not None


async def unsent(register: Register) -> list[Message]:
    """Messages that are still to be sent: who wants to sign in first, then the oldest. Raises RegisterDown."""
    return await _messages(register, (DECIDED, FAILED))


async def refused_messages(register: Register) -> list[Message]:
    """Messages that were refused for good, oldest first, without their text. Raises RegisterDown."""
    return await _messages(register, (REFUSED,), without_text=True)


async def _messages(
    register: Register, states: Sequence[str], *, without_text: bool = False
) -> list[Message]:
    wanted = messages.c.status.in_(states)
    order = (case((messages.c.kind == "sign_in", 0), else_=1), messages.c.decided_at, messages.c.id)
    left_out = ("text", "html") if without_text else ()
    columns = [one for one in messages.c if one.name not in left_out]
    columns_left_out = [literal("").label(name) for name in left_out]
    query = select(*columns, *columns_left_out).where(wanted).order_by(*order)
    async with register.read() as connection:
        rows = (await connection.execute(query)).mappings().all()
        carried = select(notices.c.message, notices.c.id).join(messages, messages.c.id == notices.c.message)
        held: dict[str, list[str]] = {}
        for message, notice in await connection.execute(carried.where(wanted).order_by(notices.c.id)):
            held.setdefault(message, []).append(notice)
    return [Message.model_validate({**row, "notices": tuple(held.get(row["id"], ()))}) for row in rows]


async def unreached(register: Register) -> frozenset[str]:
    """Who has a message in the house, other than one to sign in: to be sent, failed or refused. Raises RegisterDown."""
    kept = messages.c.status.in_((DECIDED, FAILED, REFUSED)) & (messages.c.kind != "sign_in")
    wanted = select(messages.c.person).where(kept).distinct()
    return await register.reading(lambda connection: frozenset(connection.scalars(wanted)))


async def directives_of(register: Register, message_ids: Sequence[str]) -> dict[str, set[str]]:
    """The directives that messages tell of, by message. Raises RegisterDown."""
    wanted = select(notices.c.message, tasks.c.directive).distinct().join(tasks, tasks.c.id == notices.c.task)
    found: dict[str, set[str]] = {}
    async with register.read() as connection:
        for message, directive in await connection.execute(wanted.where(notices.c.message.in_(message_ids))):
            found.setdefault(message, set()).add(directive)
    return found


async def last_alerts(register: Register) -> dict[str, datetime]:
    """When each person was last told what could not be delivered (UTC). Raises RegisterDown."""
    wanted = select(messages.c.person, func.max(messages.c.decided_at)).where(messages.c.kind == "alert")
    async with register.read() as connection:
        rows = await connection.execute(wanted.group_by(messages.c.person))
        return {row[0]: row[1] for row in rows}


async def begin(register: Register, message_id: str, at: datetime) -> None:
    """Note that a channel is about to take the message over for good, at `at` (UTC). Raises RegisterDown.

    Where that was noted before and never settled, this is a repeat.
    """
    again = case((messages.c.begun_at.is_(None), 0), else_=1)
    await _change(register, message_id, {"begun_at": at, "repeats": messages.c.repeats + again})


async def mark_sent(register: Register, message_id: str, at: datetime) -> None:
    """A channel has taken the message over at `at` (UTC); the first instant stays. Raises RegisterDown.

    Of a message to sign in the words are forgotten: they hold a link that opens the door.
    """
    changes = {"status": SENT, "sent_at": at, "attempts": messages.c.attempts + 1, "error": ""}
    await _change(register, message_id, {**changes, **_unbegun(), **_without_key()})


async def mark_failed(
    register: Register, message_id: str, error: str, retry_at: datetime | None, *, uncertain: bool = False
) -> None:
    """The channel has not taken the message, which may pass; it is tried again at `retry_at` (UTC), or once it can be.

    `uncertain` where it may have been taken all the same: the next attempt counts as a repeat. Raises RegisterDown.
    """
    changes = {"status": FAILED, "attempts": messages.c.attempts + 1, "error": error, "retry_at": retry_at}
    await _change(register, message_id, changes if uncertain else {**changes, "begun_at": None})


async def mark_refused(register: Register, message_id: str, error: str, at: datetime, to: str) -> None:
    """The message cannot reach the address `to`, whatever is tried: `at` (UTC). Raises RegisterDown."""
    changes = {"status": REFUSED, "attempts": messages.c.attempts + 1, "error": error}
    await _change(register, message_id, {**changes, **_unbegun(), "refused_at": at, "refused_to": to})


async def expire(register: Register, message_id: str) -> None:
    """Nobody waits for the message any more; it is not sent. Raises RegisterDown."""
    await _change(register, message_id, {"status": EXPIRED, **_unbegun(), **_without_key()})


async def try_again(register: Register, message_ids: Sequence[str]) -> int:
    """Let refused and failed messages be tried at delivery's next look; how many they are. Raises RegisterDown."""
    wanted = update(messages).where(messages.c.id.in_(message_ids), messages.c.status.in_((FAILED, REFUSED)))
    changes = {"status": DECIDED, "retry_at": None, "refused_at": None, "refused_to": ""}
    return await register.writing(lambda connection: connection.execute(wanted.values(changes)).rowcount)


def _unbegun() -> dict[str, Any]:
    return {"begun_at": None, "retry_at": None}


def _without_key() -> dict[str, Any]:
    return {
        name: case((messages.c.kind == "sign_in", ""), else_=messages.c[name]) for name in ("text", "html")
    }


async def _change(register: Register, message_id: str, changes: dict[str, Any]) -> None:
    unfinished = update(messages).where(messages.c.id == message_id, messages.c.status.not_in(_SETTLED))
    await register.writing(lambda connection: connection.execute(unfinished.values(changes)))
