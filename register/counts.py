"""How many tasks show each light: by unit and by directive, counted by the database in one look."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import CTE, ColumnElement, Connection, Label, case, func, literal, select, union_all

from directive.light import LightKind
from register.choosing import conditions
from register.lights import light_kind, runs_overdue, undecided
from register.models import TaskFilter
from register.tables import tasks

Lights = Counter[LightKind]


class Counts(NamedTuple):
    """The lights of the tasks chosen: for each unit and each directive that has any, and together.

    `late` is how many of them run overdue, `undecided` how many have had their last notice.
    """

    units: dict[str, Lights]
    directives: dict[str, Lights]
    total: Lights
    late: int
    undecided: int


def counts(connection: Connection, chosen: TaskFilter, now: datetime) -> Counts:
    """The lights at `now` (UTC) of the tasks chosen."""
    flags = (case((runs_overdue(now), 1), else_=0), case((undecided(), 1), else_=0))
    each = select(
        tasks.c.unit, tasks.c.directive, light_kind(now).label("light"), *_named(flags, ("late", "undecided"))
    )
    shown = each.where(*conditions(chosen, now)).cte("shown")
    columns = (shown.c.light, func.count().label("count"), *_sums(shown))
    by_unit, by_directive = (
        select(literal(place).label("place"), key.label("key"), *columns).group_by(key, shown.c.light)
        for place, key in enumerate((shown.c.unit, shown.c.directive))
    )
    units: defaultdict[str, Lights] = defaultdict(Counter)
    letters: defaultdict[str, Lights] = defaultdict(Counter)
    total: Lights = Counter()
    late = listed = 0
    for place, key, light, count, overdue, waits in connection.execute(union_all(by_unit, by_directive)):
        kind = LightKind(light)
        if place:
            letters[key][kind] = count
        else:
            units[key][kind] = count
            total[kind] += count
            late, listed = late + overdue, listed + waits
    return Counts(dict(units), dict(letters), total, late, listed)


def _named(columns: Iterable[ColumnElement[int]], names: Iterable[str]) -> list[Label[int]]:
    return [column.label(name) for column, name in zip(columns, names, strict=True)]


def _sums(shown: CTE) -> list[Label[int]]:
    return _named((func.sum(shown.c.late), func.sum(shown.c.undecided)), ("overdue", "waits"))
