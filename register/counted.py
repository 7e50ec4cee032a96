"""The tasks behind a figure of a report: which ones were counted, how often, and how they stood."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directive.event import EventKind
from directive.light import LightKind, Outcome
from directive.message import Grade
from directive.value import Value
from register.boards import BOARD
from register.lists import board_of
from register.models import SummaryRow, TaskRow
from register.open import Register
from register.past import CHUNK, as_they_stood, open_at
from register.summary import INSTANT_BEFORE, Asked
from register.tables import directives, events, tasks


class Figure(StrEnum):
    """A figure of a report: a field of `SummaryRow`, or a grade of its nudges."""

    CARRIED = "carried"
    RECEIVED = "received"
    COMPLETED_ON_TIME = "completed_on_time"
    COMPLETED_LATE = "completed_late"
    WITHDRAWN = "withdrawn"
    RUNNING_IN_TIME = "running_in_time"
    DUE_SOON = "due_soon"
    RUNNING_OVERDUE = "running_overdue"
    NUDGED = Grade.URGE.value
    CRITICISED = Grade.CRITICISM.value
    REVIEWED = Grade.REVIEW.value
    EXTENSIONS = "extensions"

    def of(self, row: SummaryRow) -> int:
        """The figure itself."""
        grade = _GRADES.get(self)
        return row.nudges_by_grade.get(grade, 0) if grade else int(getattr(row, self.value))


_GRADES = {Figure(grade.value): grade for grade in Grade}
_NUDGE = events.c.kind == EventKind.NUDGED
_HAPPENED: dict[Figure, ColumnElement[bool]] = {
    Figure.COMPLETED_ON_TIME: events.c.outcome == Outcome.COMPLETED_ON_TIME.value,
    Figure.COMPLETED_LATE: events.c.outcome == Outcome.COMPLETED_LATE.value,
    Figure.WITHDRAWN: events.c.kind.in_([EventKind.WITHDRAWN, EventKind.NOT_OURS_AGREED]),
    Figure.NUDGED: and_(_NUDGE, or_(events.c.outcome.is_(None), events.c.outcome == Grade.URGE.value)),
    Figure.CRITICISED: and_(_NUDGE, events.c.outcome == Grade.CRITICISM.value),
    Figure.REVIEWED: and_(_NUDGE, events.c.outcome == Grade.REVIEW.value),
    Figure.EXTENSIONS: events.c.kind == EventKind.EXTENSION_GRANTED,
}


class Counted(Value):
    """A task that was counted, as it stood, and how many `times`: twice nudged is two nudges."""

    task: TaskRow
    times: int = 1


async def counted(register: Register, figure: Figure, asked: Asked) -> list[Counted]:
    """The tasks behind one figure, by directive, code and unit; their times add up to it. Raises RegisterDown."""
    async with register.read() as connection:
        times = await _times(connection, figure, asked)
        if times is None:
            found = (await connection.execute(asked.open_tasks(asked.moment))).all()
            rows = await _judged(register, connection, found, asked.moment)
            return [Counted(task=row) for row in rows if _is(row, figure)]
        every = await _lines(connection, list(times))
        rows = await _judged(register, connection, every, asked.moment)
    return [Counted(task=row, times=times[row.id]) for row in rows]


def _is(row: TaskRow, figure: Figure) -> bool:
    if figure is Figure.DUE_SOON:
        return row.light.kind is LightKind.DUE_SOON
    return row.outcome is not None and row.outcome.value == figure.value


async def _times(connection: AsyncConnection, figure: Figure, asked: Asked) -> dict[str, int] | None:
    """How often each task was counted; None for a figure of how tasks stand and not of what happened."""
    if figure in _HAPPENED:
        return await _grouped(connection, _events(asked).where(_HAPPENED[figure]))
    if figure is Figure.RECEIVED:
        given = (
            select(tasks.c.id, func.count()).where(*asked.within(tasks.c.assigned_at)).group_by(tasks.c.id)
        )
        times = await _grouped(connection, given)
        for task, count in (await _grouped(connection, _events(asked).where(events.c.renews))).items():
            times[task] = times.get(task, 0) + count
        return times
    if figure is Figure.CARRIED:
        if asked.period.begins is None:
            return {}
        before = select(tasks.c.id, func.count()).where(*asked.chosen()).group_by(tasks.c.id)
        return await _grouped(connection, open_at(asked.period.begins - INSTANT_BEFORE, before))
    return None


def _events(asked: Asked) -> Select[Any]:
    wanted = select(events.c.task, func.count()).join(tasks, tasks.c.id == events.c.task)
    return wanted.where(*asked.within(events.c.at)).group_by(events.c.task)


async def _grouped(connection: AsyncConnection, wanted: Select[Any]) -> dict[str, int]:
    return {row[0]: row[1] for row in await connection.execute(wanted)}


async def _lines(connection: AsyncConnection, ids: list[str]) -> list[Any]:
    lines: list[Any] = []
    for start in range(0, len(ids), CHUNK):
        wanted = select(*BOARD).join(directives, directives.c.id == tasks.c.directive)
        chosen = wanted.where(tasks.c.id.in_(ids[start : start + CHUNK]))
        lines += (await connection.execute(chosen)).all()
    return sorted(lines, key=lambda one: (one.directive, one.code, one.unit))


async def _judged(
    register: Register, connection: AsyncConnection, found: Any, moment: datetime
) -> list[TaskRow]:
    open_then = [row for row in found if row.closed_at is None or row.closed_at > moment]
    stood = {row.id: row for row in await as_they_stood(connection, open_then, moment)}
    rows = [stood.get(row.id, row) for row in found]
    lights = await connection.run_sync(board_of, register.memory, rows)
    return [lights.row(row, moment) for row in rows]
