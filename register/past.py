"""How tasks stood at an instant that has passed, from their last events until then."""

from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    false,
    func,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from directive.task import State
from register.rows import STANDING
from register.tables import events, tasks

CHUNK = 400
_OWN = ("id", "unit", "directive", "code", "calendar", "soon_at")
_DUE = ("due_at", "due_day", "due_clock")


def open_at(moment: datetime, wanted: Select[Any]) -> Select[Any]:
    """Of a query over tasks those that had been assigned and were not closed at `moment` (UTC)."""
    return wanted.where(_was_open(moment))


def _was_open(moment: datetime) -> ColumnElement[bool]:
    """A task that had been assigned and was not closed at `moment` (UTC)."""
    still_open = or_(tasks.c.closed_at.is_(None), tasks.c.closed_at > moment)
    return and_(tasks.c.assigned_at <= moment, still_open)


class Stood(NamedTuple):
    """Tasks as they stood at an instant, in two halves of the same columns.

    What an index holds in order is counted without sorting, and only of those `since` recorded anew are the events
    looked into.
    """

    as_now: FromClause
    since: FromClause


def stood(chosen: list[ColumnElement[bool]], moment: datetime, *, beside: bool) -> Stood:
    """The same as `as_they_stood` within the database: the tasks chosen that were open at `moment` (UTC), as then.

    `moved`: another deadline was in force, and `soon_at` is not the one that belongs to it. `beside`: the database
    reads a task's last event beside the task (LATERAL, which SQLite has not), and looks for it once.
    """
    now = [tasks.c[name] for name in (*_OWN, *STANDING)]
    unchanged = select(*now, false().label("moved")).where(tasks.c.closed_at.is_(None), *chosen)
    unchanged = unchanged.where(tasks.c.assigned_at <= moment, tasks.c.last_at <= moment)
    return Stood(unchanged.subquery("as_now"), _changed(chosen, moment, beside=beside).cte("since"))


def _changed(chosen: list[ColumnElement[bool]], moment: datetime, *, beside: bool) -> Select[Any]:
    """Those with newer events, by the last one until then."""
    changed = select(*(tasks.c[name] for name in (*_OWN, *_DUE)))
    changed = changed.where(tasks.c.assigned_at <= moment, tasks.c.last_at > moment, *chosen)
    # Apart each half is read from the index of the boards; together, from the long rows.
    halves = (changed.where(half) for half in (tasks.c.closed_at.is_(None), tasks.c.closed_at > moment))
    # One after the other: PostgreSQL would else put the look-up into the join, and read all events there are.
    later = union_all(*halves).cte("changed").prefix_with("MATERIALIZED", dialect="postgresql")
    last = select(events).where(events.c.task == later.c.id, events.c.at <= moment)
    last = last.order_by(events.c.seq.desc()).limit(1).correlate(later)
    then: FromClause = last.lateral("then") if beside else events.alias("then")
    its = true() if beside else then.c.seq == last.with_only_columns(events.c.seq).scalar_subquery()
    told = then.c.state.is_not(None)
    columns: list[ColumnElement[Any]] = [
        *(later.c[name] for name in _OWN),
        func.coalesce(then.c.state, State.IN_PROGRESS.value).label("state"),
        *(case((told, then.c[name]), else_=later.c[name]).label(name) for name in _DUE),
        *(then.c[name] for name in ("handed_in", "stopped_since")),
        and_(told, then.c.due_day.is_distinct_from(later.c.due_day)).label("moved"),
    ]
    return select(*columns).select_from(later.outerjoin(then, its))


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
