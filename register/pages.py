"""A page of a board: some of the tasks chosen, in an order that leaves nothing to chance."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, case, func, select

from directive.light import LightKind
from register.boards import BOARD
from register.lights import light_kind, waits_for_report
from register.lists import board_of
from register.memory import Memory
from register.models import TaskRow
from register.tables import directives, tasks

A_PAGE = 50


class Sort(StrEnum):
    """What the tasks of a page are sorted by; equal ones always by directive, code and unit."""

    DUE = "due"  # what is due first comes first, what has no deadline last
    LATE = "late"  # of overdue tasks those that still run first, the longest overdue of them first
    LIGHT = "light"  # the gravest light first
    UNIT = "unit"
    DIRECTIVE = "directive"
    CHANGED = "changed"  # what changed last comes first


class Place(NamedTuple):
    """Which page is wanted: `number` counts from 1; beyond the last one it is the last."""

    number: int = 1
    sort: Sort = Sort.DUE
    size: int = A_PAGE


class Page(NamedTuple):
    """The tasks of a page; `total` is how many there are on all pages."""

    rows: list[TaskRow]
    number: int
    total: int
    size: int = A_PAGE

    @property
    def last(self) -> int:
        """The number of the last page."""
        return _last(self.total, self.size)

    @property
    def first_row(self) -> int:
        """The place of the page's first task among all, from 1; 0 where there is none."""
        return (self.number - 1) * self.size + 1 if self.total else 0


class Ids(NamedTuple):
    """The ids of a page's tasks, in its order."""

    ids: Sequence[str]
    number: int
    total: int


_GRAVE = (
    LightKind.OVERDUE,
    LightKind.DUE_SOON,
    LightKind.IN_TIME,
    LightKind.NO_DEADLINE,
    LightKind.STOPPED,
    LightKind.DONE,
)
_TIES = (tasks.c.directive, tasks.c.code, tasks.c.unit)


def page_of(
    connection: Connection, memory: Memory, where: list[ColumnElement[bool]], now: datetime, place: Place
) -> Page:
    """The page of the tasks that fulfil some conditions. Lights are those at `now` (UTC)."""
    chosen = ids_of(connection, where, now, place)
    found = lines(connection, chosen.ids)
    lights = board_of(connection, memory, found)
    return Page([lights.row(one, now) for one in found], chosen.number, chosen.total, place.size)


def how_many(connection: Connection, where: list[ColumnElement[bool]]) -> int:
    """How many tasks fulfil some conditions."""
    return int(connection.scalar(select(func.count()).select_from(tasks).where(*where)) or 0)


def ids_of(
    connection: Connection,
    where: list[ColumnElement[bool]],
    now: datetime,
    place: Place,
    total: int | None = None,
) -> Ids:
    """The ids first, from an index: only the rows of the page are then read whole. `total` where it is known."""
    total = how_many(connection, where) if total is None else total
    number = min(max(place.number, 1), _last(total, place.size))
    ids = select(tasks.c.id).where(*where).order_by(*_order(place.sort, now), *_TIES)
    ids = ids.limit(place.size).offset((number - 1) * place.size)
    return Ids(connection.scalars(ids).all(), number, total)


def lines(connection: Connection, ids: Sequence[str], *more: Any) -> list[Any]:
    """The rows of some tasks as boards read them, with `more` columns, in the order of the ids."""
    wanted = select(*BOARD, *more).join(directives, directives.c.id == tasks.c.directive)
    found = {row.id: row for row in connection.execute(wanted.where(tasks.c.id.in_(ids)))}
    return [found[one] for one in ids]


def _last(total: int, size: int) -> int:
    return max(-(-total // size), 1)


def _order(sort: Sort, now: datetime) -> list[Any]:
    by_due = [tasks.c.due_at.is_(None), tasks.c.due_at]
    match sort:
        case Sort.DUE:
            return by_due
        case Sort.LATE:
            return [case((waits_for_report(), 0), else_=1), *by_due]
        case Sort.LIGHT:
            grave = {kind.value: place for place, kind in enumerate(_GRAVE)}
            return [case(grave, value=light_kind(now)), *by_due]
        case Sort.UNIT:
            return [tasks.c.unit, *by_due]
        case Sort.DIRECTIVE:
            return []
        case Sort.CHANGED:
            return [tasks.c.last_at.desc()]
