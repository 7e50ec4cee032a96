"""What the board needs of tasks recorded before it: from when on each is due soon, and what a search looks through."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from directive.calendar import WorkCalendar
from directive.codes import folded
from directive.due import Due
from directive.every_day import every_day
from directive.light import soon_at
from register.instants import Instant

_CALENDARS = sa.table("calendars", sa.column("version"), sa.column("body"))
_DIRECTIVES = sa.table("directives", *map(sa.column, ("id", "number", "slug", "body")))
_SEARCHED = sa.table("searched", *map(sa.column, ("task", "unit", "words")))
_TASKS = sa.table(
    "tasks",
    *map(sa.column, ("id", "directive", "calendar", "code", "unit", "work")),
    sa.column("due_at", Instant()),
    sa.column("due_day", sa.Date()),
    sa.column("soon_at", Instant()),
)


def fill_board(connection: Connection) -> None:
    """Fill the new column and the new table; a register without tasks is left alone."""
    soon = [{"task": task, "at": at} for task, at in _soon(connection)]
    if soon:
        one = sa.update(_TASKS).where(_TASKS.c.id == sa.bindparam("task"))
        connection.execute(one.values(soon_at=sa.bindparam("at", type_=Instant())), soon)
    words = [{"task": row.id, "unit": row.unit, "words": _words(row)} for row in connection.execute(_NAMED)]
    if words:
        connection.execute(sa.insert(_SEARCHED), words)


_NAMED = sa.select(
    _TASKS.c.id, _TASKS.c.code, _TASKS.c.unit, _TASKS.c.work, _DIRECTIVES.c.number, _DIRECTIVES.c.slug
).join(_DIRECTIVES, _DIRECTIVES.c.id == _TASKS.c.directive)


def _words(row: Any) -> str:
    return folded(" ".join((row.number, row.slug, row.code, row.unit, row.work)))


def _soon(connection: Connection) -> Iterator[tuple[str, Any]]:
    calendars = {
        row.version: WorkCalendar.model_validate_json(row.body)
        for row in connection.execute(sa.select(_CALENDARS))
    }
    bodies = connection.execute(sa.select(_DIRECTIVES.c.id, _DIRECTIVES.c.body))
    policies = {row.id: json.loads(row.body)["policy"] for row in bodies}
    wanted = sa.select(
        _TASKS.c.id, _TASKS.c.directive, _TASKS.c.calendar, _TASKS.c.due_at, _TASKS.c.due_day
    ).where(_TASKS.c.due_at.is_not(None))
    for row in connection.execute(wanted).all():
        policy, calendar = policies[row.directive], calendars[row.calendar]
        counted = every_day(calendar) if policy.get("days") == "all" else calendar
        due = Due(day=row.due_day, instant=row.due_at)
        yield row.id, soon_at(due, policy["due_soon"], counted)
