"""Notices as they are read: those that wait for a message, and all of a task."""

import asyncio
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select

from directive.event import Event
from register.open import Register
from register.outbox_models import Notice
from register.outbox_tables import notices
from register.tables import directives, events, tasks

WAITING = "waiting"
_MANY = 500
"""So many ids in one statement."""


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
