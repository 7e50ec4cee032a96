"""Light and official outcome: derived from the facts and the time, never stored."""

from datetime import datetime
from enum import StrEnum

from directive.calendar import WorkCalendar
from directive.due import Due, local_day
from directive.policy import Policy
from directive.stopped import effective_due
from directive.task import Facts, State
from directive.value import Value


class LightKind(StrEnum):
    """The second axis beside the state."""

    NO_DEADLINE = "no_deadline"
    IN_TIME = "in_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    STOPPED = "stopped"
    DONE = "done"


class Outcome(StrEnum):
    """The four official outcomes (QĐ 42/2014/QĐ-TTg as amended by QĐ 23/2018/QĐ-TTg)."""

    COMPLETED_ON_TIME = "completed_on_time"
    COMPLETED_LATE = "completed_late"
    RUNNING_IN_TIME = "running_in_time"
    RUNNING_OVERDUE = "running_overdue"


class Light(Value):
    """A light; `days` is how many calendar days overdue, or how many working days are left when due soon."""

    kind: LightKind
    days: int = 0


def light(facts: Facts, policy: Policy, calendar: WorkCalendar, now: datetime) -> Light:
    """The task's light at `now` (UTC). A report that is waiting for a decision stops the unit's clock."""
    if facts.closed:
        return Light(kind=LightKind.DONE)
    if facts.state is State.SUSPENDED:
        return Light(kind=LightKind.STOPPED)
    until = facts.report.at if facts.state is State.REPORTED and facts.report else now
    return light_of(effective_due(facts, calendar), policy.due_soon, calendar, until)


def light_of(due: Due | None, due_soon: int, calendar: WorkCalendar, now: datetime) -> Light:
    """The light of an open task with this deadline in force."""
    if due is None:
        return Light(kind=LightKind.NO_DEADLINE)
    today = local_day(now)
    if now > due.instant:
        return Light(kind=LightKind.OVERDUE, days=max((today - due.day).days, 1 if not due.clock_time else 0))
    left = max(calendar.working_days_between(today, due.day), 0)
    return Light(kind=LightKind.DUE_SOON if left <= due_soon else LightKind.IN_TIME, days=left)


def outcome(facts: Facts, calendar: WorkCalendar, now: datetime) -> Outcome | None:
    """The official outcome at `now`; None for a withdrawn task.

    A task is on time when the report that was finally accepted was handed in by the deadline in force, or by
    the redo date of a return if that is later: the approver's delay is the approver's own. A task without a
    deadline runs, and ends, in time.
    """
    if facts.state is State.WITHDRAWN:
        return None
    due = effective_due(facts, calendar)
    if facts.state is State.COMPLETED:
        handed_in = facts.report.at if facts.report else facts.last_at
        on_time = due is None or handed_in <= due.instant
        return Outcome.COMPLETED_ON_TIME if on_time else Outcome.COMPLETED_LATE
    until = facts.spans[-1].since if facts.state is State.SUSPENDED else now
    if State.REPORTED in (facts.state, facts.resumes_to) and facts.report:
        until = facts.report.at
    overdue = due is not None and until > due.instant
    return Outcome.RUNNING_OVERDUE if overdue else Outcome.RUNNING_IN_TIME
