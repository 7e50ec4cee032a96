"""The tasks that are a person's own, as the unit's officer or head or for somebody away, and what they await."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, or_, select

from directive.directory import Seat
from directive.due import local_day
from directive.light import LightKind
from directive.roles import RoleKind, role
from directive.task import State
from register.boards import BOARD
from register.inbox import Desk
from register.lists import board_of
from register.models import Awaits, Duty, TaskRow
from register.office import directory_in_force
from register.open import Register
from register.tables import directives, tasks

_WANTING = '%"wanting":true%'
"""How facts are written while those asked wait for more of the unit."""


async def duties(register: Register, person: str, now: datetime) -> list[Duty]:
    """The open tasks of a person at `now` (UTC), what is asked of them first, then by deadline.

    Raises NotRecorded where there is no directory, RegisterDown.
    """
    async with register.read() as connection:
        directory = await connection.run_sync(directory_in_force, register.memory)
        desk = Desk(person, directory, local_day(now))
        found = (await connection.execute(_theirs(desk))).all()
        lights = await connection.run_sync(board_of, register.memory, found)
    held = [(one, _seat(one, desk)) for one in found]
    made = [_duty(one, lights.row(one, now), seat, desk) for one, seat in held if seat]
    return sorted(made, key=_urgency)


def _theirs(desk: Desk) -> Select[Any]:
    units = [unit.code for unit in desk.directory.units if _in_unit(desk, unit.code)]
    mine = or_(tasks.c.unit.in_(units), tasks.c.officer.in_(desk.officers()))
    columns = (*BOARD, tasks.c.facts.like(_WANTING).label("wanting"))
    joined = select(*columns).join(directives, directives.c.id == tasks.c.directive)
    return joined.where(mine, tasks.c.closed_at.is_(None))


def _in_unit(desk: Desk, unit: str) -> bool:
    return any(desk.seat(role(kind, unit), "") for kind in (RoleKind.OFFICER, RoleKind.HEAD))


def _seat(found: Row[Any], desk: Desk) -> tuple[str, Seat] | None:
    """The role in which the task is the person's: their own before one for somebody away, the officer's first."""
    held = []
    for kind in (RoleKind.OFFICER, RoleKind.HEAD):
        named = role(kind, found.unit)
        seat = desk.seat(named, found.officer if kind is RoleKind.OFFICER else "")
        held += [(named, seat)] if seat else []
    return min(held, key=lambda one: bool(one[1].on_behalf_of), default=None)


def _duty(found: Row[Any], row: TaskRow, held: tuple[str, Seat], desk: Desk) -> Duty:
    named, seat = held
    awaits = _awaits(found)
    officers = desk.directory.seats(role(RoleKind.OFFICER, row.unit), desk.on, row.officer)
    theirs = named.startswith(RoleKind.OFFICER) or not officers.seats
    asks = awaits is Awaits.MORE or (awaits is Awaits.ACKNOWLEDGEMENT and theirs)
    return Duty(row=row, role=named, on_behalf_of=seat.on_behalf_of, awaits=awaits, asks=asks)


def _awaits(found: Row[Any]) -> Awaits:
    if found.wanting:
        return Awaits.MORE
    match State(found.state):
        case State.ASSIGNED:
            return Awaits.ACKNOWLEDGEMENT
        case State.IN_PROGRESS:
            return Awaits.REPORT
        case State.REPORTED:
            return Awaits.DECISION
        case _:
            return Awaits.NOTHING


def _urgency(one: Duty) -> tuple[Any, ...]:
    row = one.row
    idle = one.awaits in (Awaits.DECISION, Awaits.NOTHING)
    late = row.light.kind is not LightKind.OVERDUE
    return (not one.asks, idle, late, row.due_at is None, row.due_at or row.assigned_at, row.code, row.unit)
