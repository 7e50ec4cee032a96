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
from register.models import SummaryRow
from register.open import Register
from register.past import as_they_stood, open_at
from register.tables import directives, events, tasks

By = Literal["unit", "directive"]
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
        return open_at(moment, wanted.where(*self.chosen()))


async def summary(
    register: Register,
    by: By,
    period: Period,
    now: datetime,
    directive: str = "",
    units: tuple[str, ...] | None = None,
) -> list[SummaryRow]:
    """One row for each unit or directive with something to count, by key.

    Received, completed, withdrawn, nudged and extended count what happened in the period. Running are the tasks
    open at its last instant, judged by how they stood then; at `now` (UTC) while it lasts. Raises RegisterDown.
    """
    asked, tally = Asked(period, period.judged_at(now), directive, units), _Tally()
    async with register.read() as connection:
        await _received(connection, by, asked, tally)
        await _happened(connection, by, asked, tally)
        await _running(register, connection, by, asked, tally)
    return [SummaryRow(key=key, **tally.rows[key]) for key in sorted(tally.rows)]


async def _received(connection: AsyncConnection, by: By, asked: Asked, tally: _Tally) -> None:
    key = tasks.c[by]
    given = select(key, func.count()).where(*asked.within(tasks.c.assigned_at))
    for one, count in await connection.execute(given.group_by(key)):
        tally.add(one, "received", count)
    if asked.period.begins is None:
        return
    before = select(key, func.count()).where(*asked.chosen())
    before = open_at(asked.period.begins - INSTANT_BEFORE, before)
    for one, count in await connection.execute(before.group_by(key)):
        tally.add(one, "carried", count)


async def _happened(connection: AsyncConnection, by: By, asked: Asked, tally: _Tally) -> None:
    columns = (tasks.c[by], events.c.kind, events.c.outcome, events.c.renews, events.c.grade)
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
    register: Register, connection: AsyncConnection, by: By, asked: Asked, tally: _Tally
) -> None:
    moment = asked.moment
    rows = await as_they_stood(connection, (await connection.execute(asked.open_tasks(moment))).all(), moment)
    lights = await connection.run_sync(board_of, register.memory, rows)
    for row in rows:
        key, light = getattr(row, by), lights.light(row, moment)
        tally.add(key, (outcome(row, moment) or Outcome.RUNNING_IN_TIME).value)
        if light.kind is LightKind.DUE_SOON:
            tally.add(key, "due_soon")
        if light.kind is LightKind.OVERDUE:
            tally.overdue(key, light.days)
