"""The numbers leaders ask for, by unit or by directive, in a period."""

from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import Column, ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directive.due import end_of_day
from directive.event import EventKind
from directive.light import LightKind, Outcome
from directive.message import Grade
from directive.value import Value
from register.boards import BOARD, is_approval, outcome
from register.lists import board_of
from register.models import SummaryRow, TaskRow
from register.open import Register
from register.past import as_they_stood, open_at
from register.tables import directives, events, tasks

By = Literal["unit", "directive"]
_KEYS = (tasks.c.unit, tasks.c.directive)
INSTANT_BEFORE = timedelta(microseconds=1)
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

    @property
    def begins(self) -> datetime | None:
        """The instant (UTC) at which the first day begins."""
        return end_of_day(self.first - timedelta(days=1)) if self.first else None

    def judged_at(self, now: datetime) -> datetime:
        """The instant (UTC) its running tasks are judged at: the last one of the period, or `now` while it lasts."""
        return min(now, end_of_day(self.last) - INSTANT_BEFORE) if self.last else now


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


class Asked(NamedTuple):
    """Which tasks are counted, in which span of time, as known at which instant (UTC); `units` None is all."""

    period: Period
    moment: datetime
    directive: str = ""
    units: tuple[str, ...] | None = None

    def chosen(self) -> list[ColumnElement[bool]]:
        """The conditions on tasks."""
        where: list[ColumnElement[bool]] = [~is_approval()]
        if self.directive:
            where.append(tasks.c.directive == self.directive)
        if self.units is not None:
            where.append(tasks.c.unit.in_(self.units))
        return where

    def within(self, column: Column[Any]) -> list[ColumnElement[bool]]:
        """The conditions on tasks, and that an instant lies in the period."""
        where = [*self.chosen(), column <= self.moment]
        return where if self.period.begins is None else [*where, column >= self.period.begins]

    def open_tasks(self, moment: datetime) -> Select[Any]:
        """The tasks that were open at an instant, as lines of a board."""
        wanted = select(*BOARD).join(directives, directives.c.id == tasks.c.directive)
        wanted = wanted.order_by(tasks.c.directive, tasks.c.code, tasks.c.unit)
        return open_at(moment, wanted.where(*self.chosen()))


class Figures(NamedTuple):
    """The same tasks counted by unit and by directive, and those of them that are overdue, as they stood."""

    by_unit: tuple[SummaryRow, ...]
    by_directive: tuple[SummaryRow, ...]
    overdue: tuple[TaskRow, ...]


class _Tallies(NamedTuple):
    """Rows of both kinds, counted up together."""

    unit: _Tally
    directive: _Tally

    def of(self, row: Any) -> tuple[tuple[_Tally, str], tuple[_Tally, str]]:
        """Each tally with the key of a row that has a unit and a directive."""
        return (self.unit, row.unit), (self.directive, row.directive)


async def summary(
    register: Register,
    by: By,
    period: Period,
    now: datetime,
    directive: str = "",
    units: tuple[str, ...] | None = None,
) -> list[SummaryRow]:
    """One row for each unit or directive with something to count, by key; as `figures` counts. Raises RegisterDown."""
    found = await figures(register, Asked(period, period.judged_at(now), directive, units))
    return list(found.by_unit if by == "unit" else found.by_directive)


async def figures(register: Register, asked: Asked) -> Figures:
    """The figures of a period.

    Received, completed, withdrawn, nudged and extended count what happened in the period. Running are the tasks
    open at the instant asked about, judged by how they stood then. Raises RegisterDown.
    """
    tallies = _Tallies(_Tally(), _Tally())
    async with register.read() as connection:
        await _received(connection, asked, tallies)
        await _happened(connection, asked, tallies)
        overdue = await _running(register, connection, asked, tallies)
    by_unit, by_directive = (
        tuple(SummaryRow(key=key, **tally.rows[key]) for key in sorted(tally.rows)) for tally in tallies
    )
    return Figures(by_unit, by_directive, tuple(overdue))


async def _received(connection: AsyncConnection, asked: Asked, tallies: _Tallies) -> None:
    counted = select(*_KEYS, func.count().label("many")).group_by(*_KEYS)
    for row in await connection.execute(counted.where(*asked.within(tasks.c.assigned_at))):
        for tally, key in tallies.of(row):
            tally.add(key, "received", row.many)
    if asked.period.begins is None:
        return
    before = open_at(asked.period.begins - INSTANT_BEFORE, counted.where(*asked.chosen()))
    for row in await connection.execute(before):
        for tally, key in tallies.of(row):
            tally.add(key, "carried", row.many)


async def _happened(connection: AsyncConnection, asked: Asked, tallies: _Tallies) -> None:
    columns = (*_KEYS, events.c.kind, events.c.outcome, events.c.renews, events.c.grade)
    wanted = select(*columns, func.count().label("many")).join(tasks, tasks.c.id == events.c.task)
    wanted = wanted.where(events.c.kind.in_(COUNTED), *asked.within(events.c.at)).group_by(*columns)
    for row in await connection.execute(wanted):
        for tally, key in tallies.of(row):
            _add(tally, key, row)


def _add(tally: _Tally, key: str, row: Any) -> None:
    """Count so `many` events of one kind."""
    match EventKind(row.kind):
        case EventKind.APPROVED:
            tally.add(key, row.outcome, row.many)
            tally.add(key, "received", row.many if row.renews else 0)
        case EventKind.NUDGED:
            tally.nudged(key, row.grade, row.outcome or Grade.URGE, row.many)
        case EventKind.EXTENSION_GRANTED:
            tally.add(key, "extensions", row.many)
        case _:
            tally.add(key, "withdrawn", row.many)


async def _running(
    register: Register, connection: AsyncConnection, asked: Asked, tallies: _Tallies
) -> list[TaskRow]:
    """Count the running tasks; those overdue."""
    moment, overdue = asked.moment, []
    rows = await as_they_stood(connection, (await connection.execute(asked.open_tasks(moment))).all(), moment)
    lights = await connection.run_sync(board_of, register.memory, rows)
    for row in rows:
        light, stands = lights.light(row, moment), outcome(row, moment) or Outcome.RUNNING_IN_TIME
        for tally, key in tallies.of(row):
            tally.add(key, stands.value)
            if light.kind is LightKind.DUE_SOON:
                tally.add(key, "due_soon")
            if light.kind is LightKind.OVERDUE:
                tally.overdue(key, light.days)
        if stands is Outcome.RUNNING_OVERDUE:
            overdue.append(lights.row(row, moment))
    return overdue
