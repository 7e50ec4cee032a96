"""The numbers leaders ask for, by unit or by directive, in a period; counted by the database."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    case,
    func,
    literal,
    or_,
    select,
    text,
)

from directive.codes import APPROVAL
from directive.due import end_of_day
from directive.value import Value
from register.boards import BOARD, is_approval
from register.models import SummaryRow
from register.open import Register
from register.past import open_at
from register.running import By, LateTask, Tallies, running
from register.tables import COUNTED, COUNTED_OF_TASKS, directives, events, tasks
from register.tally import Tally

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
        # Most is of before, and said first.
        return [until] if self.period.begins is None else [column >= self.period.begins, until]

    def within(self, column: Column[Any]) -> list[ColumnElement[bool]]:
        """The conditions on tasks, and that an instant lies in the period."""
        return [*self.chosen(), *self.span(column)]

    def open_tasks(self, moment: datetime) -> Select[Any]:
        """The tasks that were open at an instant, as lines of a board."""
        wanted = select(*BOARD).join(directives, directives.c.id == tasks.c.directive)
        wanted = wanted.order_by(tasks.c.directive, tasks.c.code, tasks.c.unit)
        return open_at(moment, wanted.where(*self.chosen()))


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


async def figures(
    register: Register, asked: Asked, by: Sequence[By] = ("unit", "directive"), *, told: bool = False
) -> Figures:
    """The figures of a period, by unit and by directive or `by` one of them alone; the overdue tasks are `told` of.

    Received, completed, withdrawn, nudged and extended count what happened in the period. Running are the tasks
    open at the instant asked about, judged by how they stood then. Raises RegisterDown.
    """
    tallies: Tallies = {one: Tally() for one in by}
    beside = register.dialect == "postgresql"
    counts = (_received, _happened)
    found = await register.reading_at_once(
        *running(register.memory, asked.chosen(), asked.moment, tallies, told=told, beside=beside),
        *(partial(count, asked=asked, by=one, tally=tallies[one]) for one in by for count in counts),
    )
    late = sorted(chain(*found), key=lambda task: (task.directive, task.code, task.unit))
    by_unit, by_directive = (tallies[one].summed() if one in tallies else () for one in ("unit", "directive"))
    return Figures(by_unit, by_directive, tuple(late))


def _received(connection: Connection, asked: Asked, by: By, tally: Tally) -> list[LateTask]:
    """What was assigned in the period, what was open when it began, and what was open when it ended: by one key, in its
    index.

    No task ends before it is assigned: whatever was assigned in the period was open, or is, since it began.
    """
    begins, closed = asked.period.begins, tasks.c.closed_at
    still = or_(closed.is_(None), closed > asked.moment)
    sums = [
        func.count(),
        _times(still),
        literal(0) if begins is None else _times(tasks.c.assigned_at < begins),
    ]
    where = [*asked.whose(tasks.c), tasks.c.assigned_at <= asked.moment]
    if begins is not None:
        where.insert(0, or_(closed.is_(None), closed > begins - INSTANT_BEFORE))
    wanted = select(tasks.c[by], *sums).where(*where).group_by(tasks.c[by])
    if by == "unit":  # a directive's key tells by itself, a hundred thousand times cheaper
        wanted = wanted.where(_no_approval())
    for key, many, runs, carried in connection.execute(wanted).all():
        if key.startswith(APPROVAL):
            continue
        counts = {"received": many - carried, "carried": carried, "running_in_time": runs}
        for field, count in counts.items():
            if count:
                tally.add(key, field, int(count))
    return []


def _times(happened: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((happened, 1), else_=0))


def _no_approval() -> ColumnElement[bool]:
    """The tasks without stand-alone approvals, by a column that the indexes have: those are their own directive."""
    ours: ColumnElement[bool] = func.substr(tasks.c.directive, 1, len(APPROVAL)) != APPROVAL
    return ours


def _happened(connection: Connection, asked: Asked, by: By, tally: Tally) -> list[LateTask]:
    """Events say whose they are, in an index for each key; those of older releases ask their task."""
    what = (events.c.kind, events.c.outcome, events.c.renews, events.c.grade)
    span = asked.span(events.c.at)
    newer = select(events.c[by], *what, func.count()).group_by(events.c[by], *what)
    newer = newer.where(text(COUNTED_OF_TASKS), *span, *asked.whose(events.c))
    older = select(tasks.c[by], *what, func.count()).join(tasks, tasks.c.id == events.c.task)
    older = older.where(text(COUNTED), events.c.unit.is_(None), *asked.chosen(), *span)
    for wanted in (newer, older.group_by(tasks.c[by], *what)):
        for counted in connection.execute(wanted).all():
            tally.happened(*counted)
    return []
