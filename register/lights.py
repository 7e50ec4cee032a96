"""Lights, the official outcome and "cần xử lý" in SQL, for counts and filters over many tasks.

They are those of `register.boards.Board.light` and `register.boards.outcome`, row by row; a test compares them.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal

from directive.event import EventKind
from directive.light import LightKind
from directive.task import CLOSED, State
from register.instants import Instant
from register.tables import tasks

_LISTED = (EventKind.LISTED.value, EventKind.QUESTION_LISTED.value)
_CLOSED = sorted(state.value for state in CLOSED)


def light_kind(now: datetime, columns: Any = tasks.c) -> ColumnElement[str]:
    """The kind of a task's light at `now` (UTC); `columns` are the tasks' own, or how they stood at another instant."""
    reported = func.coalesce(columns.handed_in, _instant(now), type_=Instant())
    until = case((columns.state == State.REPORTED.value, reported), else_=_instant(now))
    return case(
        (columns.state.in_(_CLOSED), LightKind.DONE.value),
        (columns.state == State.SUSPENDED.value, LightKind.STOPPED.value),
        (columns.due_at.is_(None), LightKind.NO_DEADLINE.value),
        (until > columns.due_at, LightKind.OVERDUE.value),
        (until >= columns.soon_at, LightKind.DUE_SOON.value),
        else_=LightKind.IN_TIME.value,
    )


def runs_overdue(now: datetime) -> ColumnElement[bool]:
    """An open task whose official outcome is "running overdue": a suspended one as it stood when it was stopped."""
    return and_(tasks.c.closed_at.is_(None), exceeds(now))


def exceeds(now: datetime, columns: Any = tasks.c) -> ColumnElement[bool]:
    """An open task is beyond its deadline as its official outcome counts; `columns` as for `light_kind`."""
    until: ColumnElement[datetime] = func.coalesce(
        columns.handed_in, columns.stopped_since, _instant(now), type_=Instant()
    )
    late: ColumnElement[bool] = until > columns.due_at
    return late


def undecided() -> ColumnElement[bool]:
    """Tasks after the last notice of a ladder ("cần xử lý"): next comes the weekly list, until a person decides."""
    return tasks.c.next_kind.in_(_LISTED)


def waits_for_report() -> ColumnElement[bool]:
    """An open task whose clock runs: nothing is handed in, and it is not suspended."""
    return and_(tasks.c.handed_in.is_(None), tasks.c.stopped_since.is_(None))


def _instant(now: datetime) -> ColumnElement[datetime]:
    return literal(now, Instant())
