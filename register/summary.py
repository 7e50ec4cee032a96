"""The numbers leaders ask for, by unit or by directive, in a period; counted by the database."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    CTE,
    Column,
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    text,
    union_all,
)

from directive.codes import APPROVAL
from directive.due import end_of_day, local_day
from directive.light import LightKind, days_late
from directive.task import State
from directive.value import Value
from register.boards import BOARD, is_approval
from register.lights import exceeds, light_kind
from register.lists import board_of
from register.memory import Memory
from register.models import SummaryRow
from register.open import Register
from register.past import open_at, stood, was_open
from register.tables import COUNTED, directives, events, tasks
from register.tally import Tallies, Tally

By = Literal["unit", "directive"]
_KEYS = (tasks.c.unit, tasks.c.directive)
_BY_POLICY = (LightKind.IN_TIME, LightKind.DUE_SOON)  # which of the two is said by `soon_at`
_TOLD = ("id", "unit", "directive", "code", "calendar", "state", "due_day", "due_clock", "handed_in", "moved")
INSTANT_BEFORE = timedelta(microseconds=1)


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


class Asked(NamedTuple):
    """Which tasks are counted, in which span of time, as known at which instant (UTC); `units` None is all."""

    period: Period
    moment: datetime
    directive: str = ""
    units: tuple[str, ...] | None = None

    def chosen(self, columns: Any = tasks.c) -> list[ColumnElement[bool]]:
        """The conditions on tasks; `columns` are theirs, or those of events that say whose they are."""
        where = [~is_approval() if columns is tasks.c else ~columns.directive.startswith(APPROVAL)]
        if self.directive:
            where.append(columns.directive == self.directive)
        if self.units is not None:
            where.append(columns.unit.in_(self.units))
        return where

    def span(self, column: Column[Any]) -> list[ColumnElement[bool]]:
        """That an instant lies in the period."""
        until = column <= self.moment
        return [until] if self.period.begins is None else [until, column >= self.period.begins]

    def within(self, column: Column[Any]) -> list[ColumnElement[bool]]:
        """The conditions on tasks, and that an instant lies in the period."""
        return [*self.chosen(), *self.span(column)]

    def open_tasks(self, moment: datetime) -> Select[Any]:
        """The tasks that were open at an instant, as lines of a board."""
        wanted = select(*BOARD).join(directives, directives.c.id == tasks.c.directive)
        wanted = wanted.order_by(tasks.c.directive, tasks.c.code, tasks.c.unit)
        return open_at(moment, wanted.where(*self.chosen()))


class LateTask(NamedTuple):
    """An open task beyond its deadline, as its official outcome counts; `days` are those of a red light."""

    id: str
    directive: str
    code: str
    unit: str
    state: State
    due_day: date | None
    days: int


class Figures(NamedTuple):
    """The same tasks counted by unit and by directive, and those of them that are overdue, as they stood."""

    by_unit: tuple[SummaryRow, ...]
    by_directive: tuple[SummaryRow, ...]
    overdue: tuple[LateTask, ...]


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
    tallies = Tallies(Tally(), Tally())
    async with register.read() as connection:
        await connection.run_sync(_received, asked, tallies)
        await connection.run_sync(_happened, asked, tallies)
        overdue = await connection.run_sync(_running, register.memory, asked, tallies)
    return Figures(tallies.unit.summed(), tallies.directive.summed(), tuple(overdue))


def _received(connection: Connection, asked: Asked, tallies: Tallies) -> None:
    """What was assigned in the period, and what was open when it began, in one look."""
    given = _times(and_(*asked.span(tasks.c.assigned_at)))
    carried = _times(was_open(asked.period.begins - INSTANT_BEFORE)) if asked.period.begins else literal(0)
    each = select(*_KEYS, given.label("given"), carried.label("carried")).where(*asked.chosen())
    each = each.group_by(*_KEYS).having(or_(given > 0, carried > 0))
    for place, key, received, open_before in _by_both(connection, each.cte("each"), (), ("given", "carried")):
        for field, count in (("received", received), ("carried", open_before)):
            if count:
                tallies[place].add(key, field, int(count))


def _times(happened: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((happened, 1), else_=0))


def _happened(connection: Connection, asked: Asked, tallies: Tallies) -> None:
    """Events say whose they are; those of older releases ask their task."""
    what = (events.c.kind, events.c.outcome, events.c.renews, events.c.grade)
    own = (events.c.unit, events.c.directive)
    newer = select(*own, *what, func.count().label("many"))
    newer = newer.where(events.c.unit.is_not(None), *asked.chosen(events.c)).group_by(*own, *what)
    older = select(*_KEYS, *what, func.count().label("many")).join(tasks, tasks.c.id == events.c.task)
    older = older.where(events.c.unit.is_(None), *asked.chosen()).group_by(*_KEYS, *what)
    for wanted in (newer, older):
        each = wanted.where(text(COUNTED), *asked.span(events.c.at)).cte("each")
        for place, *counted in _by_both(connection, each, [column.name for column in what], ("many",)):
            tallies[place].happened(*counted)


def _by_both(connection: Connection, each: CTE, same: Sequence[str], summed: Sequence[str]) -> Sequence[Any]:
    """Rows by unit and directive, added up by unit (first column 0) and by directive (1)."""
    columns = [each.c[name] for name in same]
    sums = [func.sum(each.c[name]) for name in summed]
    arms = (
        select(literal(place), key, *columns, *sums).group_by(key, *columns)
        for place, key in enumerate((each.c.unit, each.c.directive))
    )
    return connection.execute(union_all(*arms)).all()


def _running(connection: Connection, memory: Memory, asked: Asked, tallies: Tallies) -> list[LateTask]:
    """Count the running tasks; those overdue, by directive, code and unit."""
    late, today = [], local_day(asked.moment)
    for one in _standing(connection, asked, tallies, memory):
        days = 0
        if one.kind == LightKind.OVERDUE:
            reported = one.state == State.REPORTED and one.handed_in
            days = days_late(
                one.due_day, local_day(reported) if reported else today, clock_time=bool(one.due_clock)
            )
            tallies.unit.overdue(one.unit, days)
            tallies.directive.overdue(one.directive, days)
        if one.late:
            late.append(
                LateTask(one.id, one.directive, one.code, one.unit, State(one.state), one.due_day, days)
            )
    return sorted(late, key=lambda task: (task.directive, task.code, task.unit))


def _standing(connection: Connection, asked: Asked, tallies: Tallies, memory: Memory) -> Iterator[Any]:
    """Count the running tasks by what the database knows of their light; gives those that are overdue.

    One whose deadline was another then is judged by the core: its row says only from when the present one is due soon.
    """
    then = stood(asked.chosen(), asked.moment)
    kind, late = light_kind(asked.moment, then.c), func.coalesce(exceeds(asked.moment, then.c), False)
    lit = select(then, kind.label("kind"), late.label("late")).cte("lit")
    unsure = and_(lit.c.moved, lit.c.kind.in_(_BY_POLICY))
    told = [lit.c[name] for name in _TOLD]
    due_at = case((unsure, lit.c.due_at)).label("due_at")  # only the core asks for it
    alone = select(literal(2).label("place"), literal("").label("key"), lit.c.kind, lit.c.late)
    alone = alone.add_columns(literal(1).label("many"), due_at, *told)
    nothing = [null()] * (len(told) + 1)
    counted = (
        select(literal(place), key, lit.c.kind, lit.c.late, func.count(), *nothing)
        .where(not_(unsure))
        .group_by(key, lit.c.kind, lit.c.late)
        for place, key in enumerate((lit.c.unit, lit.c.directive))
    )
    alone = alone.where(or_(unsure, lit.c.late, lit.c.kind == LightKind.OVERDUE.value))
    moved = []
    for row in connection.execute(union_all(alone, *counted)).all():
        if row.place < len(tallies):
            tallies[row.place].stands(row.key, row.kind, row.many, late=row.late)
        elif row.kind in _BY_POLICY and row.moved:
            moved.append(row)
        else:
            yield row
    board = board_of(connection, memory, moved)
    for row in moved:
        for tally, key in zip(tallies, (row.unit, row.directive), strict=True):
            tally.stands(key, board.light(row, asked.moment).kind, 1, late=row.late)
        if row.late:
            yield row
