"""The numbers leaders ask for, by unit or by directive, in a period; counted by the database."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
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
from register.tables import COUNTED, COUNTED_OF_TASKS, directives, events, tasks
from register.tally import Tally

By = Literal["unit", "directive"]
Tallies = dict[By, Tally]
_BY_POLICY = (LightKind.IN_TIME, LightKind.DUE_SOON)  # which of the two is said by `soon_at`
_TOLD = ("id", "unit", "directive", "code", "calendar", "state", "due_day", "due_clock", "handed_in", "moved")
_NO_SUMS = [
    literal(nothing).label(name)
    for name, nothing in (("by", ""), ("key", ""), ("many", 0), ("overdue", 0), ("soon", 0))
]
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

    def chosen(self) -> list[ColumnElement[bool]]:
        """The conditions on tasks."""
        return [~is_approval(), *self.whose(tasks.c)]

    def whose(self, columns: Any) -> list[ColumnElement[bool]]:
        """Which directive's and units' they are, by the columns of tasks, or of events that say so."""
        where = [columns.directive == self.directive] if self.directive else []
        return where if self.units is None else [*where, columns.unit.in_(self.units)]

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
    found = await figures(register, Asked(period, period.judged_at(now), directive, units), (by,))
    return list(found.by_unit if by == "unit" else found.by_directive)


async def figures(register: Register, asked: Asked, by: Sequence[By] = ("unit", "directive")) -> Figures:
    """The figures of a period, by unit and by directive or `by` one of them alone.

    Received, completed, withdrawn, nudged and extended count what happened in the period. Running are the tasks
    open at the instant asked about, judged by how they stood then. Raises RegisterDown.
    """
    tallies: Tallies = {one: Tally() for one in by}
    async with register.read() as connection:
        await connection.run_sync(_received, asked, tallies)
        await connection.run_sync(_happened, asked, tallies)
        overdue = await connection.run_sync(_running, register.memory, asked, tallies)
    by_unit, by_directive = (tallies[one].summed() if one in tallies else () for one in ("unit", "directive"))
    return Figures(by_unit, by_directive, tuple(overdue))


def _received(connection: Connection, asked: Asked, tallies: Tallies) -> None:
    """What was assigned in the period, and what was open when it began, in one look."""
    given, begins = and_(*asked.span(tasks.c.assigned_at)), asked.period.begins
    if begins is None:
        each = _each(tallies, tasks.c, func.count().label("given"), literal(0).label("carried")).where(given)
    else:
        sums = (_times(given).label("given"), _times(not_(given)).label("carried"))
        each = _each(tallies, tasks.c, *sums).where(or_(given, was_open(begins - INSTANT_BEFORE)))
    totals = union_all(*_totals(tallies, [each.where(*asked.chosen())]))
    for by, key, received, carried in connection.execute(totals):
        for field, count in (("received", received), ("carried", carried)):
            if count:
                tallies[by].add(key, field, int(count))


def _times(happened: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((happened, 1), else_=0))


def _happened(connection: Connection, asked: Asked, tallies: Tallies) -> None:
    """Events say whose they are, in an index for each key; those of older releases ask their task."""
    what = (events.c.kind, events.c.outcome, events.c.renews, events.c.grade)
    span = asked.span(events.c.at)
    for by, tally in tallies.items():
        newer = select(events.c[by], *what, func.count()).group_by(events.c[by], *what)
        newer = newer.where(text(COUNTED_OF_TASKS), events.c.unit.is_not(None), *asked.whose(events.c), *span)
        older = select(tasks.c[by], *what, func.count()).join(tasks, tasks.c.id == events.c.task)
        older = older.where(text(COUNTED), events.c.unit.is_(None), *asked.chosen(), *span)
        for wanted in (newer, older.group_by(tasks.c[by], *what)):
            for counted in connection.execute(wanted):
                tally.happened(*counted)


def _each(tallies: Tallies, columns: Any, *sums: ColumnElement[Any]) -> Select[Any]:
    """Sums by all keys at once, from columns that say whose they are."""
    keys = [columns[by] for by in tallies]
    return select(*keys, *sums).group_by(*keys)


def _totals(tallies: Tallies, arms: Sequence[Select[Any]], more: int = 0) -> Iterator[Select[Any]]:
    """Sums by all keys, added up by each of them: which one, its value, the sums, and `more` columns of nothing."""
    each = union_all(*arms).cte("each")
    sums = [func.sum(column) for column in each.c if column.name not in tallies]
    for by in tallies:
        yield select(literal(by), each.c[by], *sums, *[null()] * more).group_by(each.c[by])


def _running(connection: Connection, memory: Memory, asked: Asked, tallies: Tallies) -> list[LateTask]:
    """Count the running tasks; those overdue, by directive, code and unit."""
    late, today = [], local_day(asked.moment)
    for one in _standing(connection, asked, tallies, memory):
        days = 0
        if one.kind == LightKind.OVERDUE:
            reported = one.state == State.REPORTED and one.handed_in
            until = local_day(reported) if reported else today
            days = days_late(one.due_day, until, clock_time=bool(one.due_clock))
            for by, tally in tallies.items():
                tally.overdue(getattr(one, by), days)
        if one.late:
            late.append(
                LateTask(one.id, one.directive, one.code, one.unit, State(one.state), one.due_day, days)
            )
    return sorted(late, key=lambda task: (task.directive, task.code, task.unit))


def _standing(connection: Connection, asked: Asked, tallies: Tallies, memory: Memory) -> Iterator[Any]:
    """Count the running tasks by what the database knows of their light, in one look; gives those that are overdue.

    One whose deadline was another then is judged by the core: its row says only from when the present one is due soon.
    """
    counted, alone = [], []
    for one in stood(asked.chosen(), asked.moment):
        kind, late = light_kind(asked.moment, one.c), func.coalesce(exceeds(asked.moment, one.c), False)
        unsure = and_(one.c.moved, kind.in_(_BY_POLICY))
        soon = and_(kind == LightKind.DUE_SOON.value, not_(one.c.moved))
        sums = (func.count().label("many"), _times(late).label("late"), _times(soon).label("soon"))
        counted.append(_each(tallies, one.c, *sums))
        due_at = case((unsure, one.c.due_at))  # only the core asks for it
        told = select(*_NO_SUMS, *(one.c[name] for name in _TOLD), due_at.label("due_at"))
        told = told.add_columns(kind.label("kind"), late.label("late"))
        alone.append(told.where(or_(unsure, late, kind == LightKind.OVERDUE.value)))
    totals = _totals(tallies, counted, more=len(_TOLD) + 3)
    moved = []
    row: Any
    for row in connection.execute(union_all(*alone, *totals)):
        if row.by:
            tallies[row.by].stands(row.key, int(row.many), int(row.overdue), int(row.soon))
            continue
        if row.moved and row.kind in _BY_POLICY:
            moved.append(row)
        if row.late or row.kind == LightKind.OVERDUE:
            yield row
    board = board_of(connection, memory, moved)
    for row in moved:
        if board.light(row, asked.moment).kind is LightKind.DUE_SOON:
            for by, tally in tallies.items():
                tally.add(getattr(row, by), "due_soon")
