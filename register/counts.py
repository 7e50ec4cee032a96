"""How many tasks show each light: by unit and by directive, counted by the database in one look."""

from collections import Counter, defaultdict
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, literal, select, union_all

from directive.light import LightKind
from register.choosing import conditions
from register.lights import light_kind
from register.models import TaskFilter
from register.tables import tasks

Lights = Counter[LightKind]


class Counts(NamedTuple):
    """The lights of the tasks chosen: for each unit and each directive that has any, and together."""

    units: dict[str, Lights]
    directives: dict[str, Lights]
    total: Lights


def counts(connection: Connection, chosen: TaskFilter, now: datetime) -> Counts:
    """The lights at `now` (UTC) of the tasks chosen."""
    each = select(tasks.c.unit, tasks.c.directive, light_kind(now).label("light"))
    shown = each.where(*conditions(chosen, now)).cte("shown")
    by_unit, by_directive = (
        select(
            literal(place).label("place"), key.label("key"), shown.c.light, func.count().label("count")
        ).group_by(key, shown.c.light)
        for place, key in enumerate((shown.c.unit, shown.c.directive))
    )
    units: defaultdict[str, Lights] = defaultdict(Counter)
    letters: defaultdict[str, Lights] = defaultdict(Counter)
    total: Lights = Counter()
    for place, key, light, count in connection.execute(union_all(by_unit, by_directive)):
        kind = LightKind(light)
        if place:
            letters[key][kind] = count
        else:
            units[key][kind] = count
            total[kind] += count
    return Counts(dict(units), dict(letters), total)
