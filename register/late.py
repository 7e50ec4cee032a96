"""The tasks that somebody must deal with: the overdue ones with their days and cause, and those left undecided."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, select

from directive.cause import Why, why
from directive.event import EventKind
from directive.light import Light
from directive.task import Facts
from register.lists import board_of
from register.memory import Memory
from register.models import TaskRow
from register.pages import Page, Place, ids_of, lines
from register.tables import events, tasks
from register.telling import NOBODY

_NOTICES = (
    EventKind.ACKNOWLEDGEMENT_REMINDED,
    EventKind.ACKNOWLEDGEMENT_ESCALATED,
    EventKind.ESCALATED,
    EventKind.ESCALATED_AGAIN,
    EventKind.FINAL_NOTICE,
)


class Late(NamedTuple):
    """A task, how far it is from its deadline as its official outcome counts, and what it waits for."""

    row: TaskRow
    late: Light
    why: Why


class LatePage(NamedTuple):
    """A page of tasks with their causes, in its order."""

    page: Page
    tasks: list[Late]


def late_page(
    connection: Connection,
    memory: Memory,
    where: list[ColumnElement[bool]],
    now: datetime,
    place: Place,
    total: int | None = None,
) -> LatePage:
    """The page of the tasks that fulfil some conditions, with what each waits for at `now` (UTC).

    `total` is how many there are, where it is known.
    """
    chosen = ids_of(connection, where, now, place, total)
    found = lines(connection, chosen.ids, tasks.c.facts)
    board, nobody = board_of(connection, memory, found), _reached_nobody(connection, chosen.ids)
    late = []
    for one in found:
        facts = Facts.model_validate_json(one.facts)
        asked = nobody.get(one.id)
        asked = asked if asked and asked >= facts.cycle_since else None
        cause = why(facts, board.policies[one.directive], asked)
        late.append(Late(board.row(one, now), board.lateness(one, now), cause))
    return LatePage(Page([one.row for one in late], chosen.number, chosen.total, place.size), late)


def _reached_nobody(connection: Connection, ids: Sequence[str]) -> dict[str, datetime]:
    """When the last notice of a task's ladders went to a role that nobody held, where it did."""
    # Without a condition on the kind, which would tempt SQLite to an index that knows nothing of the task.
    wanted = select(events.c.task, events.c.id, events.c.kind, events.c.at).where(events.c.task.in_(ids))
    last: dict[str, tuple[str, datetime]] = {}
    skipped: set[tuple[str, str]] = set()
    for task, name, kind, at in connection.execute(wanted.order_by(events.c.seq)):
        if kind == EventKind.SKIPPED:
            skipped.add((task, name.removesuffix(NOBODY)))
        elif kind in _NOTICES:
            last[task] = (name, at)
    return {task: at for task, (name, at) in last.items() if (task, name) in skipped}
