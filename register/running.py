"""The tasks that ran at an instant: which of them were overdue or due soon, and a list of the overdue."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    ScalarSelect,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    text,
    union_all,
)

from directive.due import local_day
from directive.event import EventKind
from directive.light import LightKind, days_late
from directive.task import State
from register.lights import exceeds, light_kind
from register.lists import board_of
from register.memory import Memory
from register.past import stood
from register.tables import COUNTED, events, tasks
from register.tally import Tally

By = Literal["unit", "directive"]
Tallies = dict[By, Tally]
Chosen = list[ColumnElement[bool]]
_BY_POLICY = (LightKind.IN_TIME, LightKind.DUE_SOON)  # which of the two is said by `soon_at`
_LATE = (LightKind.OVERDUE.value,)
_GRAVE = (LightKind.DUE_SOON.value, *_LATE)
_OWN = ("id", "unit", "directive", "code", "calendar", "state", "handed_in")
_TOLD = (*_OWN, "due_day", "due_clock", "moved")
_ALSO = ("work", "nudges", "extensions")
_OFTEN = (EventKind.NUDGED, EventKind.EXTENSION_GRANTED)


class LateTask(NamedTuple):
    """An open task beyond its deadline, as its official outcome counts; `days` are those of a red light.

    The last three are there for a list of them (`told`): how many nudges and extensions there were until then.
    """

    id: str
    directive: str
    code: str
    unit: str
    state: State
    due_day: date | None
    days: int
    work: str = ""
    nudges: int = 0
    extensions: int = 0


def running(
    connection: Connection, memory: Memory, chosen: Chosen, moment: datetime, tallies: Tallies, *, told: bool
) -> list[LateTask]:
    """Tell the overdue among the running tasks from those in time; they by directive, code and unit."""
    late, today = [], local_day(moment)
    days_of: list[tuple[Any, int]] = []
    for one in _standing(connection, memory, chosen, moment, tallies, told=told):
        days = 0
        if one.kind == LightKind.OVERDUE:
            reported = one.state == State.REPORTED and one.handed_in
            until = local_day(reported) if reported else today
            days = days_late(one.due_day, until, clock_time=bool(one.due_clock))
            days_of.append((one, days))
        if one.late:
            row = (one.id, one.directive, one.code, one.unit, State(one.state), one.due_day, days)
            late.append(LateTask(*row, *one[-len(_ALSO) :]) if told else LateTask(*row))
    for by, tally in tallies.items():
        overdue = defaultdict[str, list[int]](list)
        for one, days in days_of:
            overdue[getattr(one, by)].append(days)
        for key, each in overdue.items():
            tally.overdue(key, each)
        for key, many in Counter(getattr(one, by) for one in late).items():
            tally.runs_late(key, many)
    return sorted(late, key=lambda task: (task.directive, task.code, task.unit))


def _standing(
    connection: Connection, memory: Memory, chosen: Chosen, moment: datetime, tallies: Tallies, *, told: bool
) -> Iterator[Any]:
    """Gives the running tasks that are overdue and counts those due soon, in one look; the others are not read.

    One whose deadline was another then is judged by the core: its row says only from when the present one is due soon.
    """
    halves = stood(chosen, moment)
    _due_soon(connection, halves.as_now, moment, tallies)
    arms = []
    for one in halves:
        read = _LATE if one is halves.as_now else _GRAVE
        kind, late = light_kind(moment, one.c), func.coalesce(exceeds(moment, one.c), False)
        columns = [*(one.c[name] for name in _TOLD), kind.label("kind"), late.label("late")]
        columns.append(case((one.c.moved, one.c.due_at)).label("due_at"))  # only the core asks for it
        columns.append(literal(one is halves.since).label("since"))
        also = _also(one.c.id, moment) if told else []
        shown = select(*columns, *(case((late, column)).label(name) for name, column in also))
        unsure = and_(one.c.moved, kind == LightKind.IN_TIME.value)
        # Most lie far ahead, which two comparisons tell; only the others are judged.
        near = or_(one.c.due_at < moment, one.c.soon_at <= moment, one.c.moved)
        arms.append(shown.where(near, or_(late, kind.in_(read), unsure)))
    moved = []
    soon: Counter[tuple[str, str]] = Counter()
    row: Any
    for row in connection.execute(union_all(*arms)).all():  # at once: one by one costs as much again
        kind = row.kind
        if row.late or kind == LightKind.OVERDUE:
            yield row
        if row.moved and kind in _BY_POLICY:
            moved.append(row)
        elif kind == LightKind.DUE_SOON and row.since:
            soon[row.unit, row.directive] += 1
    board = board_of(connection, memory, moved)
    soon.update(
        (row.unit, row.directive) for row in moved if board.light(row, moment).kind is LightKind.DUE_SOON
    )
    for (unit, directive), many in soon.items():
        for by, tally in tallies.items():
            tally.add(unit if by == "unit" else directive, "due_soon", many)


def _due_soon(connection: Connection, now: FromClause, moment: datetime, tallies: Tallies) -> None:
    """Count those due soon of whom nothing was recorded since: thousands, and no row of them is read."""
    where = (now.c.soon_at <= moment, light_kind(moment, now.c) == LightKind.DUE_SOON.value)
    for by, tally in tallies.items():
        wanted = select(now.c[by], func.count()).where(*where).group_by(now.c[by])
        for key, many in connection.execute(wanted).all():
            tally.add(key, "due_soon", many)


def _also(task: ColumnElement[str], moment: datetime) -> list[tuple[str, ColumnElement[Any]]]:
    """What a list of overdue tasks tells besides: the work, and how many nudges and extensions until then."""
    own = tasks.alias("own")
    work = select(own.c.work).where(own.c.id == task).scalar_subquery()
    return list(zip(_ALSO, (work, *(_often(task, kind, moment) for kind in _OFTEN)), strict=True))


def _often(task: ColumnElement[str], kind: EventKind, moment: datetime) -> ScalarSelect[int]:
    counted = select(func.count()).select_from(events).where(text(COUNTED), events.c.task == task)
    return counted.where(events.c.kind == kind.value, events.c.at <= moment).scalar_subquery()
