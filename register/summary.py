"""The numbers leaders ask for, by unit or by directive, in a period."""

from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import Column, ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directive.due import end_of_day, utc
from directive.event import EventKind
from directive.light import LightKind, Outcome
from directive.message import Grade
from directive.value import Value
from register.boards import BOARD, is_approval, outcome
from register.lists import board_of
from register.models import SummaryRow
from register.open import Register
from register.tables import directives, events, tasks

By = Literal["unit", "directive"]
COUNTED = (
    EventKind.APPROVED,
    EventKind.NUDGED,
    EventKind.EXTENSION_GRANTED,
    EventKind.WITHDRAWN,
    EventKind.NOT_OURS_AGREED,
)


class Period(Value):
    """Local days, both included; None is open."""

    first: date | None = None
    last: date | None = None


class _Tally:
    """Rows being counted up."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {}

    def add(self, key: str, field: str, count: int = 1) -> None:
        row = self.rows.setdefault(key, {})
        row[field] = row.get(field, 0) + count

    def nudged(self, key: str, number: int, grade: str, count: int) -> None:
        self.add(key, "nudges", count)
        for field, place in (("nudges_by_number", number), ("nudges_by_grade", grade)):
            counts = self.rows[key].setdefault(field, {})
            counts[place] = counts.get(place, 0) + count

    def overdue(self, key: str, days: int) -> None:
        self.add(key, "overdue_days", days)
        self.rows[key]["longest_overdue"] = max(days, self.rows[key].get("longest_overdue", 0))


class _Asked(NamedTuple):
    """Which tasks are counted, under which key, in which span of time."""

    by: By
    period: Period
    directive: str

    @property
    def key(self) -> Column[Any]:
        return tasks.c[self.by]

    def within(self, column: Column[Any]) -> list[ColumnElement[bool]]:
        where: list[ColumnElement[bool]] = [~is_approval()]
        if self.directive:
            where.append(tasks.c.directive == self.directive)
        first, last = self.period.first, self.period.last
        if first is not None:
            where.append(column >= utc(_start(first)))
        if last is not None:
            where.append(column < end_of_day(last))
        return where


def _start(day: date) -> datetime:
    return end_of_day(date.fromordinal(day.toordinal() - 1))


async def summary(
    register: Register, by: By, period: Period, now: datetime, directive: str = ""
) -> list[SummaryRow]:
    """One row for each unit or directive with something to count, by key.

    Received, completed, withdrawn, nudged and extended count what happened in the period; running tasks are
    those assigned by its end that are open at `now` (UTC), judged at `now`. Raises RegisterDown.
    """
    asked, tally = _Asked(by, period, directive), _Tally()
    async with register.read() as connection:
        await _received(connection, asked, tally)
        await _happened(connection, asked, tally)
        await _running(register, connection, asked, tally, now)
    return [SummaryRow(key=key, **tally.rows[key]) for key in sorted(tally.rows)]


async def _received(connection: AsyncConnection, asked: _Asked, tally: _Tally) -> None:
    within = asked.within(tasks.c.assigned_at)
    wanted = select(asked.key, func.count()).where(*within).group_by(asked.key)
    for key, count in await connection.execute(wanted):
        tally.add(key, "received", count)


async def _happened(connection: AsyncConnection, asked: _Asked, tally: _Tally) -> None:
    columns = (asked.key, events.c.kind, events.c.outcome, events.c.renews, events.c.grade)
    wanted = select(*columns, func.count()).join(tasks, tasks.c.id == events.c.task)
    wanted = wanted.where(events.c.kind.in_(COUNTED), *asked.within(events.c.at)).group_by(*columns)
    for key, kind, ended, renews, grade, count in await connection.execute(wanted):
        match EventKind(kind):
            case EventKind.APPROVED:
                tally.add(key, ended, count)
                tally.add(key, "received", count if renews else 0)
            case EventKind.NUDGED:
                tally.nudged(key, grade, ended or Grade.URGE, count)
            case EventKind.EXTENSION_GRANTED:
                tally.add(key, "extensions", count)
            case _:
                tally.add(key, "withdrawn", count)


async def _running(
    register: Register, connection: AsyncConnection, asked: _Asked, tally: _Tally, now: datetime
) -> None:
    until = asked._replace(period=Period(last=asked.period.last))
    wanted = select(*BOARD).join(directives, directives.c.id == tasks.c.directive)
    wanted = wanted.where(tasks.c.closed_at.is_(None), *until.within(tasks.c.assigned_at))
    rows = (await connection.execute(wanted)).all()
    lights = await connection.run_sync(board_of, register.memory, rows)
    for row in rows:
        key, light = getattr(row, asked.by), lights.light(row, now)
        tally.add(key, (outcome(row, now) or Outcome.RUNNING_IN_TIME).value)
        if light.kind is LightKind.DUE_SOON:
            tally.add(key, "due_soon")
        if light.kind is LightKind.OVERDUE:
            tally.overdue(key, light.days)
