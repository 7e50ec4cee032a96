"""Lists of tasks with their lights, one task in full, and what happened to it and lies ahead of it.

Where a function takes `now`, it is the instant (UTC) that lights are derived for. All raise RegisterDown.
"""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directive.event import Event
from directive.task import Facts
from register.boards import BOARD, Board
from register.choosing import conditions
from register.memory import Memory
from register.models import MarkRow, TaskCard, TaskFilter, TaskRow
from register.office import NotRecorded, calendar_of
from register.open import Register
from register.plans import plan_of
from register.tables import directives
from register.tables import events as event_table
from register.tables import marks as mark_table
from register.tables import tasks as task_table

CHUNK = 500


async def tasks(
    register: Register, chosen: TaskFilter, now: datetime, limit: int | None = None
) -> list[TaskRow]:
    """The tasks of a board, by directive, code and unit; closed ones too unless the filter excludes them."""
    wanted = select(*BOARD).join(directives, directives.c.id == task_table.c.directive)
    wanted = wanted.where(*conditions(chosen, now)).limit(limit)
    wanted = wanted.order_by(task_table.c.directive, task_table.c.code, task_table.c.unit)
    async with register.read() as connection:
        return await board(connection, register.memory, wanted, now)


async def board(
    connection: AsyncConnection, memory: Memory, wanted: Select[Any], now: datetime
) -> list[TaskRow]:
    """The rows of a query over `BOARD`, with their lights."""
    rows = (await connection.execute(wanted)).all()
    lights = await connection.run_sync(board_of, memory, rows)
    return [lights.row(row, now) for row in rows]


def board_of(connection: Connection, memory: Memory, rows: Sequence[Any]) -> Board:
    """What lights are derived by: the calendars and policies of the rows."""
    calendars = {name: calendar_of(connection, memory, name) for name in {row.calendar for row in rows}}
    plans = {name: plan_of(connection, memory, name) for name in {row.directive for row in rows}}
    return Board(calendars, {name: plan.policy for name, plan in plans.items()})


async def task(register: Register, task_id: str, now: datetime | None = None) -> TaskCard:
    """One task in full; without `now` its light is that of its last event's instant. Raises NotRecorded."""
    wanted = select(*BOARD, task_table.c.facts).join(directives, directives.c.id == task_table.c.directive)
    async with register.read() as connection:
        found = (await connection.execute(wanted.where(task_table.c.id == task_id))).one_or_none()
        if found is None:
            raise NotRecorded("task", task_id)
        lights = await connection.run_sync(board_of, register.memory, [found])
    return TaskCard(row=lights.row(found, now or found.last_at), facts=Facts.model_validate_json(found.facts))


async def events(register: Register, task_id: str) -> list[Event]:
    """Everything that happened to a task, in the order in which it was recorded."""
    wanted = select(event_table.c.body).where(event_table.c.task == task_id).order_by(event_table.c.seq)
    async with register.read() as connection:
        return [Event.model_validate_json(body) for body in await connection.scalars(wanted)]


async def marks_of(register: Register, task_id: str) -> list[MarkRow]:
    """What lies ahead of a task if nobody acts, in the order of its instants."""
    wanted = (
        select(mark_table).where(mark_table.c.task == task_id).order_by(mark_table.c.at, mark_table.c.key)
    )
    async with register.read() as connection:
        rows = (await connection.execute(wanted)).mappings().all()
    return [MarkRow.model_validate({**row, "roles": tuple(row["roles"].split())}) for row in rows]


async def marks_of_each(register: Register, task_ids: Iterable[str]) -> dict[str, list[MarkRow]]:
    """What lies ahead of several tasks, in the order of its instants; tasks without marks are left out."""
    wanted = list(dict.fromkeys(task_ids))
    found: dict[str, list[MarkRow]] = {}
    async with register.read() as connection:
        for start in range(0, len(wanted), CHUNK):
            chunk = select(mark_table).where(mark_table.c.task.in_(wanted[start : start + CHUNK]))
            rows = await connection.execute(chunk.order_by(mark_table.c.at, mark_table.c.key))
            for row in rows.mappings():
                made = MarkRow.model_validate({**row, "roles": tuple(row["roles"].split())})
                found.setdefault(made.task, []).append(made)
    return found


async def next_mark_of(register: Register, directive: str) -> datetime | None:
    """The earliest instant (UTC) at which something happens by itself to an open task of a directive."""
    mine = select(task_table.c.id).where(task_table.c.directive == directive)
    wanted = select(func.min(mark_table.c.at)).where(mark_table.c.task.in_(mine))
    async with register.read() as connection:
        found: datetime | None = await connection.scalar(wanted)
    return found


async def facts_of(register: Register, task_ids: Iterable[str]) -> dict[str, Facts]:
    """The facts of tasks by their ids; unknown ids are left out."""
    wanted = list(dict.fromkeys(task_ids))
    found: dict[str, Facts] = {}
    async with register.read() as connection:
        for start in range(0, len(wanted), CHUNK):
            chunk = task_table.c.id.in_(wanted[start : start + CHUNK])
            rows = await connection.execute(select(task_table.c.id, task_table.c.facts).where(chunk))
            found |= await asyncio.to_thread(_facts, rows.all())  # after a storm they are thousands
    return found


def _facts(rows: Iterable[Any]) -> dict[str, Facts]:
    return {row.id: Facts.model_validate_json(row.facts) for row in rows}


async def open_tasks_of(register: Register, directive: str) -> int:
    """How many recorded tasks of a directive are still open."""
    return await _count(register, directive, task_table.c.closed_at.is_(None))


async def any_open(register: Register, directive: str) -> bool:
    """Whether a directive still has an open task. Raises RegisterDown."""
    wanted = select(task_table.c.id).where(
        task_table.c.directive == directive, task_table.c.closed_at.is_(None)
    )
    found = await register.reading(lambda connection: connection.execute(wanted.limit(1)).first())
    return found is not None


async def recorded_tasks_of(register: Register, directive: str) -> int:
    """How many tasks of a directive are recorded, open or closed."""
    return await _count(register, directive)


async def _count(register: Register, directive: str, *where: ColumnElement[bool]) -> int:
    wanted = select(func.count()).select_from(task_table).where(task_table.c.directive == directive, *where)
    async with register.read() as connection:
        return int(await connection.scalar(wanted) or 0)
