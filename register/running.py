"""The tasks that ran at an instant: which of them were overdue or due soon, and a list of the overdue."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    ScalarSelect,
    and_,
    case,
    func,
    or_,
    select,
    text,
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
    memory: Memory, chosen: Chosen, moment: datetime, tallies: Tallies, *, told: bool, beside: bool
) -> list[Callable[[Connection], list[LateTask]]]:
    """What has to be read to tell the overdue among the running tasks from those in time, piece by piece, the longest
    first. Each counts into `tallies` and gives the late tasks that it finds. `beside` is of `stood`.
    """
    halves = stood(chosen, moment, beside=beside)
    look = partial(_late, memory=memory, moment=moment, told=told, tallies=tallies)
    return [
        partial(look, half=halves.since, since=True),
        partial(look, half=halves.as_now, since=False),
        *(partial(_due_soon, now=halves.as_now, moment=moment, by=by, tally=tallies[by]) for by in tallies),
    ]


def _late(
    connection: Connection,
    memory: Memory,
    half: FromClause,
    *,
    since: bool,
    moment: datetime,
    tallies: Tallies,
    told: bool,
) -> list[LateTask]:
    """Those of one half."""
    late, today = [], local_day(moment)
    days_of: list[tuple[Any, int]] = []
    for one in _standing(connection, memory, half, since=since, moment=moment, tallies=tallies, told=told):
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
    return late


def _standing(
    connection: Connection,
    memory: Memory,
    half: FromClause,
    *,
    since: bool,
    moment: datetime,
    tallies: Tallies,
    told: bool,
) -> Iterator[Any]:
    """Gives the running tasks of one half that are overdue; of those recorded anew `since` it counts the ones due soon,
    in the same look. The others are not read.

    One whose deadline was another then is judged by the core: its row says only from when the present one is due soon.
    """
    kind, late = light_kind(moment, half.c), func.coalesce(exceeds(moment, half.c), False)
    columns = [*(half.c[name] for name in _TOLD), kind.label("kind"), late.label("late")]
    columns.append(case((half.c.moved, half.c.due_at)).label("due_at"))  # only the core asks for it
    also = _also(half.c.id, moment) if told else []
    shown = select(*columns, *(case((late, column)).label(name) for name, column in also))
    unsure = and_(half.c.moved, kind == LightKind.IN_TIME.value)
    # Most lie far ahead, which two comparisons tell; only the others are judged.
    near = or_(half.c.due_at < moment, half.c.soon_at <= moment, half.c.moved)
    wanted = shown.where(near, or_(late, kind.in_(_GRAVE if since else _LATE), unsure))
    moved = []
    soon: Counter[tuple[str, str]] = Counter()
    row: Any
    for row in connection.execute(wanted).all():  # at once: one by one costs as much again
        if row.late or row.kind == LightKind.OVERDUE:
            yield row
        if row.moved and row.kind in _BY_POLICY:
            moved.append(row)
        elif since and row.kind == LightKind.DUE_SOON:
            soon[row.unit, row.directive] += 1
    board = board_of(connection, memory, moved)
    soon.update(
        (row.unit, row.directive) for row in moved if board.light(row, moment).kind is LightKind.DUE_SOON
    )
    for (unit, directive), many in soon.items():
        for by, tally in tallies.items():
            tally.add(unit if by == "unit" else directive, "due_soon", many)


def _due_soon(
    connection: Connection, now: FromClause, moment: datetime, by: By, tally: Tally
) -> list[LateTask]:
    """Count those due soon of whom nothing was recorded since: thousands, and no row of them is read."""
    where = (now.c.soon_at <= moment, light_kind(moment, now.c) == LightKind.DUE_SOON.value)
    wanted = select(now.c[by], func.count()).where(*where).group_by(now.c[by])
    for key, many in connection.execute(wanted).all():
        tally.add(key, "due_soon", many)
    return []


def _also(task: ColumnElement[str], moment: datetime) -> list[tuple[str, ColumnElement[Any]]]:
    """What a list of overdue tasks tells besides: the work, and how many nudges and extensions until then."""
    own = tasks.alias("own")
    work = select(own.c.work).where(own.c.id == task).scalar_subquery()
    return list(zip(_ALSO, (work, *(_often(task, kind, moment) for kind in _OFTEN)), strict=True))


def _often(task: ColumnElement[str], kind: EventKind, moment: datetime) -> ScalarSelect[int]:
    counted = select(func.count()).select_from(events).where(text(COUNTED), events.c.task == task)
    return counted.where(events.c.kind == kind.value, events.c.at <= moment).scalar_subquery()
