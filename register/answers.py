"""What a door hears after the fact: the receipt of an act, and who decided what and when."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from directive.event import Event, EventKind
from directive.question import QuestionKind
from register.open import Register
from register.tables import asked, events

_DECIDE = {
    EventKind.APPROVED,
    EventKind.RETURNED,
    EventKind.REPORT_REFUSED,
    EventKind.EXTENSION_GRANTED,
    EventKind.EXTENSION_REFUSED,
    EventKind.COUNTER_OFFERED,
    EventKind.COUNTER_DECLINED,
    EventKind.OBSTACLE_RESOLVED,
    EventKind.OBSTACLE_REFUSED,
    EventKind.NOT_OURS_AGREED,
    EventKind.NOT_OURS_REFUSED,
    EventKind.SUSPENSION_RENEWED,
    EventKind.RESUMED,
}
_ANSWER_AN_ESCALATION = {
    EventKind.COMMITTED,
    EventKind.EXTENSION_REQUESTED,
    EventKind.REASSIGNED,
    EventKind.OBSTACLE_RAISED,
    EventKind.NOT_OURS_RAISED,
    EventKind.REPORTED,
}
_END = {
    EventKind.APPROVED,
    EventKind.WITHDRAWN,
    EventKind.NOT_OURS_AGREED,
    EventKind.DEADLINE_AMENDED,
    EventKind.RETURNED,
    EventKind.REPORT_REFUSED,
    EventKind.EXTENSION_GRANTED,
    EventKind.RESUMED,
    EventKind.REPORTED,
}


async def receipt(register: Register, task: str, message_id: str) -> Event | None:
    """The event that a message became, if it was recorded. Raises RegisterDown."""
    wanted = select(events.c.body).where(events.c.task == task, events.c.id == message_id)
    async with register.read() as connection:
        body = await connection.scalar(wanted)
    return Event.model_validate_json(body) if body else None


async def decision_of(register: Register, task: str, question: str) -> Event | None:
    """The event that ended a question: its decision, or else what made it moot (a withdrawal, a new deadline …).

    `actor`, `role`, `on_behalf_of`, `at` and `kind` say who decided what and when. None while it is open or
    where it was never asked. Raises RegisterDown.
    """
    deciding = _DECIDE
    if question.startswith(f"{QuestionKind.ESCALATION}."):
        deciding = _DECIDE | _ANSWER_AN_ESCALATION
    async with register.read() as connection:
        put = await _asked(connection, task, question)
        if put is None:
            return None
        decided = await _first_after(connection, task, -1, deciding, question)
        if decided or await _is_open(connection, task, question):
            return decided
        return await _first_after(connection, task, put, deciding | _END)


async def _asked(connection: AsyncConnection, task: str, question: str) -> int | None:
    """Where in the record the question was first put."""
    wanted = select(events.c.seq).where(events.c.task == task, events.c.question == question)
    found = await connection.scalar(wanted.order_by(events.c.seq).limit(1))
    return None if found is None else int(found)


async def _is_open(connection: AsyncConnection, task: str, question: str) -> bool:
    wanted = select(asked.c.role).where(asked.c.task == task, asked.c.question == question)
    return await connection.scalar(wanted.limit(1)) is not None


async def _first_after(
    connection: AsyncConnection, task: str, seq: int, kinds: set[EventKind], question: str = ""
) -> Event | None:
    wanted = select(events.c.body).where(
        events.c.task == task,
        events.c.seq > seq,
        events.c.kind.in_(sorted(kinds)),
        *([events.c.question == question] if question else []),
    )
    body = await connection.scalar(wanted.order_by(events.c.seq).limit(1))
    return Event.model_validate_json(body) if body else None
