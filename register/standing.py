"""What the register holds of some tasks before their transitions, read for all of them at once."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, or_, select

from directive.event import Event
from directive.mark import Mark, read_mark
from directive.record import Transition, belongs
from directive.task import Facts, State
from register.away import STAMP
from register.hook_outbox import ANY_HOOK
from register.rows import scopes
from register.tables import directories, events, in_force, tasks
from register.telling import NOBODY


class InForce(NamedTuple):
    """What holds for every task: the directory's version, the stamp of the absences, whether any webhook is in use."""

    directory: str
    absences: str
    hooked: bool


class Standing(NamedTuple):
    """One task before its transition: its revision and its newest event, None where it is not recorded yet.

    `rows` are the events that the transition would repeat, and those of the marks that it may not know of.
    """

    revision: int | None
    newest: int | None
    rows: Sequence[Any]

    @property
    def ids(self) -> set[str]:
        """The ids of these events."""
        return {row.id for row in self.rows}

    def forgotten(self, facts: Facts) -> tuple[Mark, ...]:
        """Marks taken in the register that the facts do not know of: the engine forgot them."""
        taken = (read_mark(row.mark) for row in self.rows if row.mark)
        return tuple(mark for mark in taken if belongs(facts, mark) and not _has_passed(facts, mark))

    def gives_way_to(self, transition: Transition, fresh: tuple[Event, ...]) -> bool:
        """Whether the transition is the newest of its task.

        It is when it brings an event, or repeats the one recorded last. The revision alone would not tell: an
        engine that forgot several marks goes on from a lower one.
        """
        if self.revision is None or fresh:
            return True
        if not transition.events:
            return transition.facts.revision >= self.revision
        own = {event.id for event in transition.events}
        return any(row.seq == self.newest and row.id.removesuffix(NOBODY) in own for row in self.rows)

    def vacant(self, transition: Transition, nobody: list[Event], known: tuple[Mark, ...]) -> tuple[str, ...]:
        """The events and known marks nobody could be asked, by what is stored where they were written earlier."""
        skipped = self.ids | {event.id for event in nobody}
        causes = (*(event.id for event in transition.events), *(mark.key for mark in known))
        return tuple(cause for cause in causes if cause + NOBODY in skipped)


def _has_passed(facts: Facts, mark: Mark) -> bool:
    """Whether the facts have this rung behind them, though a new deadline has cleared what they had settled."""
    if mark.question:
        question = next(one for one in facts.questions if one.id == mark.question)
        return mark.number <= question.climb.taken or not mark.key.startswith(f"{question.turn}.")
    if mark.series == "acknowledge":
        return facts.state is not State.ASSIGNED or mark.number <= facts.ack.taken
    return False


_IN_FORCE = select(
    select(in_force.c.version).where(in_force.c.kind == directories.name).scalar_subquery(),
    STAMP,
    ANY_HOOK,
)
_NEWEST = select(func.max(events.c.seq)).where(events.c.task == tasks.c.id).scalar_subquery()
_TASKS = select(tasks.c.id, tasks.c.revision, _NEWEST.label("newest")).where(
    tasks.c.id.in_(bindparam("tasks", expanding=True))
)
_HELD = (
    select(events.c.seq, events.c.task, events.c.id, events.c.mark)
    .where(
        events.c.task.in_(bindparam("tasks", expanding=True)),
        or_(
            events.c.id.in_(bindparam("ids", expanding=True)),
            events.c.scope.in_(bindparam("scopes", expanding=True)),
        ),
    )
    .order_by(events.c.seq)
)


def now_in_force(connection: Connection) -> InForce:
    """What holds for every task now."""
    version, absences, hooked = connection.execute(_IN_FORCE).one()
    return InForce(version or "in force", absences or "", bool(hooked))


def standings(connection: Connection, transitions: Sequence[Transition]) -> list[Standing]:
    """How the tasks of some transitions stand before them; no two of the same task."""
    names = [one.facts.task.id for one in transitions]
    found = {row.id: row for row in connection.execute(_TASKS, {"tasks": names})}
    held = _held(connection, [one for one in transitions if one.facts.task.id in found])
    return [
        Standing(found[name].revision, found[name].newest, held[name])
        if name in found
        else Standing(None, None, ())
        for name in names
    ]


def _held(connection: Connection, recorded: Sequence[Transition]) -> dict[str, list[Any]]:
    """The events that any of them asks for, oldest first, by task: more of one than it asks for changes nothing."""
    held: dict[str, list[Any]] = {one.facts.task.id: [] for one in recorded}
    if not held:
        return held
    own = {name for one in recorded for event in one.events for name in (event.id, event.id + NOBODY)}
    some = {scope for one in recorded for scope in scopes(one.facts)}
    asked = {"tasks": sorted(held), "ids": sorted(own), "scopes": sorted(some)}
    for row in connection.execute(_HELD, asked):
        held[row.task].append(row)
    return held
