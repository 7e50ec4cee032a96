"""How tasks stood at an instant that has passed, from their last events until then."""

from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import CTE, ColumnElement, FromClause, Select, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directive.task import State
from register.rows import STANDING
from register.tables import events, tasks

CHUNK = 400


def open_at(moment: datetime, wanted: Select[Any]) -> Select[Any]:
    """Of a query over tasks those that had been assigned and were not closed at `moment` (UTC)."""
    return wanted.where(was_open(moment))


def was_open(moment: datetime) -> ColumnElement[bool]:
    """A task that had been assigned and was not closed at `moment` (UTC)."""
    still_open = or_(tasks.c.closed_at.is_(None), tasks.c.closed_at > moment)
    return and_(tasks.c.assigned_at <= moment, still_open)


def stood(chosen: list[ColumnElement[bool]], moment: datetime) -> CTE:
    """The same as `as_they_stood` within the database: the tasks chosen that were open at `moment` (UTC), as then.

    `moved`: another deadline was in force, and `soon_at` is not the one that belongs to it.
    """
    then = events.alias("then")
    last = select(events.c.seq).where(events.c.task == tasks.c.id, events.c.at <= moment)
    newest = last.order_by(events.c.seq.desc()).limit(1).correlate(tasks).scalar_subquery()
    later, told = tasks.c.last_at > moment, then.c.state.is_not(None)
    running = case((later, State.IN_PROGRESS.value), else_=tasks.c.state)
    columns: list[ColumnElement[Any]] = [
        *(tasks.c[name] for name in ("id", "unit", "directive", "code", "calendar", "soon_at")),
        case((told, then.c.state), else_=running).label("state"),
        *(_or(told, then, name) for name in ("due_at", "due_day", "due_clock")),
        *(_or(later, then, name) for name in ("handed_in", "stopped_since")),
        and_(told, then.c.due_day.is_distinct_from(tasks.c.due_day)).label("moved"),
    ]
    known = tasks.outerjoin(then, and_(later, then.c.seq == newest))
    return open_at(moment, select(*columns).select_from(known).where(*chosen)).cte("stood")


def _or(condition: ColumnElement[bool], then: FromClause, name: str) -> ColumnElement[Any]:
    return case((condition, then.c[name]), else_=tasks.c[name]).label(name)


async def as_they_stood(connection: AsyncConnection, rows: Sequence[Any], moment: datetime) -> list[Any]:
    """Rows of tasks that were open at `moment` (UTC), with state and deadline as they were then.

    What has not changed since is taken as it is. An event of before release 0.2 does not tell how the task stood:
    such a task is shown as running, with the deadline it has now.
    """
    later = [row.id for row in rows if row.last_at > moment]
    if not later:
        return list(rows)
    known: dict[str, Any] = {}
    for start in range(0, len(later), CHUNK):
        known |= await _standings(connection, later[start : start + CHUNK], moment)
    return [_then(row, known.get(row.id)) if row.last_at > moment else row for row in rows]


async def _standings(connection: AsyncConnection, ids: list[str], moment: datetime) -> dict[str, Any]:
    last = (
        select(events.c.task, func.max(events.c.seq).label("seq"))
        .where(events.c.task.in_(ids), events.c.at <= moment)
        .group_by(events.c.task)
        .subquery()
    )
    columns = (events.c.task, *(events.c[name] for name in STANDING))
    wanted = select(*columns).join(last, and_(events.c.task == last.c.task, events.c.seq == last.c.seq))
    return {row.task: row for row in await connection.execute(wanted)}


def _then(row: Any, known: Any) -> Any:
    values = {**row._mapping, "closed_at": None, "completed_at": None, "outcome": None}
    if known is not None and known.state is not None:
        return SimpleNamespace(**{**values, **{name: getattr(known, name) for name in STANDING}})
    running = {"state": State.IN_PROGRESS.value, "handed_in": None, "stopped_since": None}
    return SimpleNamespace(**{**values, **running})
