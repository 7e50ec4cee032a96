"""What transitions write, gathered by table: sixty rows of a statement cost little more than one."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete

from directive.event import Event
from directive.outlook import Outlook
from directive.record import Transition
from directive.task import Facts
from register.outbox_tables import notices
from register.rows import asked_rows, event_row, mark_rows
from register.tables import asked, events, marks, searched, tasks
from register.telling import NOBODY
from register.upsert import insert_new, insert_or_replace

_CLEAR = {table: delete(table).where(table.c.task == bindparam("of")) for table in (marks, asked)}
_NEW = (searched, events, marks, asked, notices)


class Sheet:
    """Rows of some tasks, each of them at most once; nothing is in the register before `write`."""

    def __init__(self) -> None:
        self._tasks: list[dict[str, Any]] = []
        self._new: dict[str, list[dict[str, Any]]] = {table.name: [] for table in _NEW}

    def task(self, facts: Facts, outlook: Outlook, row: dict[str, Any]) -> None:
        """A task's row, with the marks that lie ahead and the roles that are asked; they replace what is there."""
        self._tasks.append(row)
        self._new[marks.name] += mark_rows(facts, outlook)
        self._new[asked.name] += asked_rows(facts)

    def searched(self, row: dict[str, Any]) -> None:
        """The words that a new task is found by."""
        self._new[searched.name].append(row)

    def events(self, transition: Transition, written: Sequence[Event], standing: dict[str, Any]) -> None:
        """The lines of a transition that are not there yet; `standing` is the task's row after it."""
        taken = {mark.key: mark for mark in transition.taken}
        self._new[events.name] += [
            event_row(event, transition.facts, taken.get(event.id.removesuffix(NOBODY)), standing)
            for event in written
        ]

    def notices(self, rows: Iterable[dict[str, Any]]) -> None:
        """What waits for delivery."""
        self._new[notices.name] += rows

    def write(self, connection: Connection) -> None:
        """All of it, in the order in which rows refer to each other."""
        if self._tasks:
            connection.execute(insert_or_replace(connection, tasks), self._tasks)
            of = [{"of": row["id"]} for row in self._tasks]
            for clear in _CLEAR.values():
                connection.execute(clear, of)
        for table in _NEW:
            if rows := self._new[table.name]:
                connection.execute(insert_new(connection, table), rows)
