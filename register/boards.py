"""From a row of the tasks table to a line of a board: light and outcome derived for an instant."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement

from directive.calendar import WorkCalendar
from directive.codes import APPROVAL
from directive.due import Due
from directive.every_day import counted_days
from directive.light import Light, LightKind, Outcome, light_of
from directive.policy import Policy
from directive.task import CLOSED, State
from register.models import TaskRow
from register.tables import directives, tasks

BOARD = (*(column for column in tasks.c if column.name != "facts"), directives.c.number)
_SAME = (
    "id directive number code unit work state officer due_at due_day original_due_day period extensions rounds "
    "nudges assigned_at handed_in completed_at closed_at next_at next_kind last_at revision"
).split()


def is_approval() -> ColumnElement[bool]:
    """The rows of stand-alone approvals, which no board and no official number of tasks counts."""
    return tasks.c.id.startswith(APPROVAL)


class Board(NamedTuple):
    """The calendars by version and the policies by directive that the rows live under."""

    calendars: dict[str, WorkCalendar]
    policies: dict[str, Policy]

    def row(self, found: Any, now: datetime) -> TaskRow:
        """One line of the board at `now` (UTC)."""
        values = {name: getattr(found, name) for name in _SAME}
        return TaskRow.model_validate(
            {**values, "light": self.light(found, now), "outcome": outcome(found, now)}
        )

    def light(self, found: Any, now: datetime) -> Light:
        """The same light as `directive.light.light`, from columns instead of facts."""
        if found.state in CLOSED:
            return Light(kind=LightKind.DONE)
        if found.state == State.SUSPENDED:
            return Light(kind=LightKind.STOPPED)
        until = found.handed_in if found.state == State.REPORTED and found.handed_in else now
        policy = self.policies[found.directive]
        counted = counted_days(policy, self.calendars[found.calendar])
        return light_of(_due(found), policy.due_soon, counted, until)

    def lateness(self, found: Any, now: datetime) -> Light:
        """How far an open task is from its deadline by its official outcome: as it stood when it was handed in or
        stopped, else at `now` (UTC).
        """
        counted = counted_days(self.policies[found.directive], self.calendars[found.calendar])
        due_soon = self.policies[found.directive].due_soon
        return light_of(_due(found), due_soon, counted, _until(found, now))


def outcome(found: Any, now: datetime) -> Outcome | None:
    """The same outcome as `directive.light.outcome`, from columns instead of facts."""
    if found.id.startswith(APPROVAL):
        return None
    if found.state in CLOSED:
        return Outcome(found.outcome) if found.outcome else None
    overdue = found.due_at is not None and _until(found, now) > found.due_at
    return Outcome.RUNNING_OVERDUE if overdue else Outcome.RUNNING_IN_TIME


def _until(found: Any, now: datetime) -> datetime:
    """A report that waits for its decision counts as handed in when it was, also while the task is suspended."""
    until: datetime = found.handed_in or found.stopped_since or now
    return until


def _due(found: Any) -> Due | None:
    if found.due_at is None:
        return None
    return Due.model_construct(day=found.due_day, instant=found.due_at, clock_time=found.due_clock)
