"""Assignments taken back within their first hour: the decision, kept for ever, and who hears of it."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, Select, func, select, update

from directive.directory import Seat
from directive.event import Event
from directive.unassigning import Unassignment, in_time
from register.open import Register
from register.outbox import DECIDED, LAPSED
from register.outbox_tables import notices
from register.tables import events, tasks, unassigned
from register.telling import Told
from register.upsert import insert_new
from register.waiting import WAITING
from register.writer import lock


async def unassign(register: Register, decision: Unassignment) -> Unassignment:
    """Keep the decision, and give the one that stands: the first stays. Raises Refused after the hour, RegisterDown."""
    return await register.writing(lambda connection: _unassign(connection, decision))


def _unassign(connection: Connection, decision: Unassignment) -> Unassignment:
    lock(connection, decision.directive)
    if held := _held(connection, decision.directive):
        return held
    first = connection.scalar(_first(decision.directive))
    if first is not None:
        in_time(decision.at, first)
    row = {"directive": decision.directive, "at": decision.at, "body": decision.model_dump_json()}
    connection.execute(insert_new(connection, unassigned), row)
    return decision


def _first(directive: str) -> Select[datetime | None]:
    return select(func.min(tasks.c.assigned_at)).where(tasks.c.directive == directive)


async def assigned_since(register: Register, directive: str) -> datetime | None:
    """When the first task of a directive was given (UTC); None where none is recorded. Raises RegisterDown."""
    async with register.read() as connection:
        found: datetime | None = await connection.scalar(_first(directive))
    return found


async def unassignment_of(register: Register, directive: str) -> Unassignment | None:
    """The decision to take a directive's assignment back, if there is one. Raises RegisterDown."""
    async with register.read() as connection:
        return await connection.run_sync(_held, directive)


def _held(connection: Connection, directive: str) -> Unassignment | None:
    body = connection.scalar(select(unassigned.c.body).where(unassigned.c.directive == directive))
    return Unassignment.model_validate_json(body) if body else None


async def people_told(register: Register, directive: str) -> set[str]:
    """The people whom a message has told of a directive's tasks. Raises RegisterDown."""
    wanted = select(notices.c.person).join(tasks, tasks.c.id == notices.c.task).distinct()
    async with register.read() as connection:
        found = wanted.where(tasks.c.directive == directive, notices.c.status == DECIDED)
        return set(await connection.scalars(found))


def tell_the_told(connection: Connection, task: str, event: Event) -> list[Told]:
    """Let go of what still waits, and name who was told of the task: by a message, or because they acted on it.

    In this order: what has lapsed can be carried by no message any more, so that nobody is told in between.
    """
    waiting = update(notices).where(notices.c.task == task, notices.c.status == WAITING)
    connection.execute(waiting.values(status=LAPSED, reason="unassigned"))
    told = {
        one.seat.person: one for one in (*_acted(connection, task, event), *_read(connection, task, event))
    }
    return [one for person, one in told.items() if person != event.actor]


def _read(connection: Connection, task: str, event: Event) -> Iterator[Told]:
    wanted = select(notices).where(notices.c.task == task, notices.c.status == DECIDED)
    for row in connection.execute(wanted.order_by(notices.c.written.desc(), notices.c.id.desc())):
        seat = Seat(person=row.person, on_behalf_of=row.on_behalf_of)
        yield Told(event=event, seat=seat, role=row.role, copied=row.copied)


def _acted(connection: Connection, task: str, event: Event) -> Iterator[Told]:
    bodies = connection.scalars(select(events.c.body).where(events.c.task == task).order_by(events.c.seq))
    for one in (Event.model_validate_json(body) for body in bodies):
        if one.actor:
            seat = Seat(person=one.actor, on_behalf_of=one.on_behalf_of)
            yield Told(event=event, seat=seat, role=one.role, copied=False)
