"""One screen that says where things stand: everything it shows, read in one transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, select

from directive.codes import APPROVAL
from register.choosing import conditions
from register.counts import Counts, counts
from register.late import Late, late_page
from register.lights import runs_overdue, undecided
from register.models import TaskFilter
from register.open import Register
from register.pages import Page, Place, how_many
from register.tables import directives, tasks


class View(StrEnum):
    """Which of the tasks chosen are listed."""

    LATE = "late"  # running overdue
    UNDECIDED = "undecided"  # the last notice has gone out and nobody has decided
    TASKS = "tasks"  # all of them


class DirectiveName(NamedTuple):
    """A directive as people call it."""

    id: str
    number: str
    subject: str


class BoardShown(NamedTuple):
    """The board: lights of all tasks chosen whatever their light, how many each view lists, and a page of one."""

    counts: Counts
    totals: dict[View, int]
    page: Page
    listed: list[Late]
    names: dict[str, DirectiveName]


class BoardAsked(NamedTuple):
    """What is asked of a board."""

    chosen: TaskFilter
    view: View
    place: Place


async def board(register: Register, asked: BoardAsked, now: datetime) -> BoardShown:
    """The board at `now` (UTC). Raises RegisterDown."""
    async with register.read() as connection:
        return await connection.run_sync(_board, register, asked, now)


def _board(connection: Connection, register: Register, asked: BoardAsked, now: datetime) -> BoardShown:
    whatever_light = asked.chosen.model_copy(update={"lights": (), "open_only": not asked.chosen.states})
    counted = counts(connection, whatever_light, now)
    totals = _totals(connection, asked.chosen, counted, now)
    where = where_of(asked.chosen, asked.view, now)
    found = late_page(connection, register.memory, where, now, asked.place, totals[asked.view])
    names = _names(connection, counted.directives)
    return BoardShown(counted, totals, found.page, found.tasks, names)


async def listed(
    register: Register, asked: BoardAsked, now: datetime, most: int, pieces: int = 1000
) -> list[Late]:
    """The first `most` tasks of a view, for a file. Raises RegisterDown."""
    found: list[Late] = []
    where = where_of(asked.chosen, asked.view, now)
    async with register.read() as connection:
        while len(found) < most:
            place = Place(len(found) // pieces + 1, asked.place.sort, pieces)
            piece = await connection.run_sync(late_page, register.memory, where, now, place)
            found += piece.tasks
            if len(found) >= piece.page.total:
                break
    return found[:most]


def where_of(chosen: TaskFilter, view: View, now: datetime) -> list[ColumnElement[bool]]:
    """The conditions of a view."""
    where = conditions(chosen, now)
    match view:
        case View.LATE:
            return [*where, runs_overdue(now)]
        case View.UNDECIDED:
            return [*where, undecided()]
        case View.TASKS:
            return where


async def open_directives(register: Register, units: Sequence[str] | None) -> list[DirectiveName]:
    """The directives with open tasks (of some units), the newest first. Raises RegisterDown."""
    still = select(tasks.c.id).where(tasks.c.directive == directives.c.id, tasks.c.closed_at.is_(None))
    if units is not None:
        still = still.where(tasks.c.unit.in_(units))
    wanted = select(directives.c.id, directives.c.number, directives.c.subject).where(still.exists())
    wanted = wanted.where(~directives.c.id.startswith(APPROVAL))
    async with register.read() as connection:
        rows = await connection.execute(wanted.order_by(directives.c.issued.desc(), directives.c.number))
    return [DirectiveName(*row) for row in rows]


def _names(connection: Connection, ids: Iterable[str]) -> dict[str, DirectiveName]:
    columns = (directives.c.id, directives.c.number, directives.c.subject)
    wanted = select(*columns).where(directives.c.id.in_(list(ids)))
    return {row.id: DirectiveName(*row) for row in connection.execute(wanted)}


def _totals(connection: Connection, chosen: TaskFilter, counted: Counts, now: datetime) -> dict[View, int]:
    """How many tasks each view lists; a light that is chosen is in no count yet."""
    if chosen.lights:
        return {view: how_many(connection, where_of(chosen, view, now)) for view in View}
    total = counted.total.total()
    return {View.LATE: counted.late, View.UNDECIDED: counted.undecided, View.TASKS: total}
