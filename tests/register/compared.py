"""Lights counted by the database against those of every row, as `Board` derives them from the core."""

from collections import Counter
from datetime import datetime

from sqlalchemy import Connection, select

from directive.light import LightKind, Outcome
from register.boards import BOARD, outcome
from register.counts import counts
from register.lights import light_kind, runs_overdue
from register.lists import board_of
from register.models import TaskFilter
from register.open import Register
from register.tables import directives, tasks


def compare(connection: Connection, register: Register, now: datetime) -> None:
    """Every task of the register at `now`: its light, whether it runs overdue, and the counts of all."""
    wanted = select(*BOARD, light_kind(now).label("light"), runs_overdue(now).label("late"))
    rows = connection.execute(wanted.join(directives, directives.c.id == tasks.c.directive)).all()
    board = board_of(connection, register.memory, rows)
    expected: Counter[tuple[str, LightKind]] = Counter()
    for row in rows:
        light = board.light(row, now).kind
        assert row.light == light.value, (row.id, now)
        assert bool(row.late) is (outcome(row, now) is Outcome.RUNNING_OVERDUE), (row.id, now)
        expected[row.unit, light] += 1
    counted = counts(connection, TaskFilter(), now)
    assert expected == {(unit, kind): n for unit, held in counted.units.items() for kind, n in held.items()}
    assert sum((held for held in counted.directives.values()), Counter()) == counted.total
    assert counted.total.total() == len(rows)
