"""What a register holds of a story: causes, notices, messages and facts, read once and then only compared."""

from typing import NamedTuple

from sqlalchemy import func, select

from directive.event import Event
from directive.mark import read_mark
from directive.task import Facts
from register.open import Register
from register.outbox_tables import messages, notices
from register.tables import events, tasks


class Line(NamedTuple):
    """One event as recorded; `absorbed` holds the keys of the weaker marks that it stands for."""

    event: Event
    absorbed: tuple[str, ...] = ()


class Told(NamedTuple):
    """One notice: one person hears of one cause."""

    task: str
    cause: str
    person: str
    copied: bool
    status: str = ""
    reason: str = ""
    message: str = ""


class Sent(NamedTuple):
    """One message; `repeats` is how often it may have gone out twice."""

    id: str
    person: str
    status: str
    repeats: int = 0


class Ledger(NamedTuple):
    """All of it; the lines of each task in the order of their recording."""

    lines: dict[str, tuple[Line, ...]]
    notices: tuple[Told, ...]
    messages: tuple[Sent, ...]
    facts: dict[str, Facts]


async def last_line(register: Register) -> int:
    """The number of the last event recorded; 0 where there is none."""
    async with register.read() as connection:
        return int(await connection.scalar(select(func.max(events.c.seq))) or 0)


async def lines_of(register: Register) -> dict[str, tuple[Line, ...]]:
    """The events of all tasks, in the order of their recording."""
    wanted = select(events.c.task, events.c.body, events.c.mark).order_by(events.c.seq)
    found: dict[str, list[Line]] = {}
    async with register.read() as connection:
        for row in await connection.execute(wanted):
            mark = read_mark(row.mark) if row.mark else None
            line = Line(Event.model_validate_json(row.body), mark.absorbed if mark else ())
            found.setdefault(row.task, []).append(line)
    return {task: tuple(lines) for task, lines in found.items()}


async def read_ledger(register: Register) -> Ledger:
    """Everything in a register, whatever directive it is of."""
    lines = await lines_of(register)
    async with register.read() as connection:
        told = (await connection.execute(select(notices).order_by(notices.c.id))).all()
        sent = (await connection.execute(select(messages).order_by(messages.c.id))).all()
        held = (await connection.execute(select(tasks.c.id, tasks.c.facts))).all()
    return Ledger(
        lines,
        tuple(
            Told(one.task, one.event, one.person, one.copied, one.status, one.reason, one.message or "")
            for one in told
        ),
        tuple(Sent(one.id, one.person, one.status, one.repeats) for one in sent),
        {one.id: Facts.model_validate_json(one.facts) for one in held},
    )
