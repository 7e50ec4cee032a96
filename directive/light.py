"""Light and official outcome: derived from the facts and the time, never stored."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from directive.calendar import ONE_DAY, WorkCalendar
from directive.due import Due, end_of_day, local_day
from directive.every_day import EveryDay, counted_days
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
    """A light; `days` is how many calendar days overdue, or how many working days are left when due soon.

    Under a policy that counts `every_day`, `hours` are left or overdue where it is less than a day.
    """

    kind: LightKind
    days: int = 0
    hours: int = 0
    every_day: bool = False


def light(facts: Facts, policy: Policy, calendar: WorkCalendar, now: datetime) -> Light:
    """The task's light at `now` (UTC). A report that is waiting for a decision stops the unit's clock."""
    if facts.closed:
        return Light(kind=LightKind.DONE)
    if facts.state is State.SUSPENDED:
        return Light(kind=LightKind.STOPPED)
    until = facts.report.at if facts.state is State.REPORTED and facts.report else now
    counted = counted_days(policy, calendar)
    return light_of(effective_due(facts, counted), policy.due_soon, counted, until)


def light_of(due: Due | None, due_soon: int, calendar: WorkCalendar, now: datetime) -> Light:
    """The light of an open task with this deadline in force; `calendar` as the policy counts by it."""
    if due is None:
        return Light(kind=LightKind.NO_DEADLINE)
    today, every_day = local_day(now), isinstance(calendar, EveryDay)
    away = abs(due.instant - now)
    # Begun hours count, so that nothing is "0 hours" away.
    hours = max(-(-away // timedelta(hours=1)), 1) if every_day and away < timedelta(days=1) else 0
    if now > due.instant:
        return Light(
            kind=LightKind.OVERDUE,
            days=days_late(due.day, today, clock_time=due.clock_time),
            hours=hours,
            every_day=every_day,
        )
    left = max(calendar.working_days_between(today, due.day), 0)
    kind = LightKind.DUE_SOON if left <= due_soon else LightKind.IN_TIME
    return Light(kind=kind, days=left, hours=hours, every_day=every_day)


def days_late(day: date, today: date, *, clock_time: bool) -> int:
    """How many calendar days a deadline that has passed is over on a local day; without a clock time at least one."""
    return max((today - day).days, 0 if clock_time else 1)


def soon_at(due: Due, due_soon: int, calendar: WorkCalendar) -> datetime:
    """The instant (UTC) from which `light_of` calls a deadline due soon: the beginning of the first local day with no
    more than `due_soon` counted days left.
    """
    first = calendar.add_working_days(due.day + ONE_DAY, -(due_soon + 1))
    return end_of_day(first - ONE_DAY)


def outcome(facts: Facts, calendar: WorkCalendar, now: datetime) -> Outcome | None:
    """The official outcome at `now`; None for a task withdrawn, and for a stand-alone approval.

    `calendar` is the one the policy counts by (`counted_days`).

    A task is on time when the report that was finally accepted was handed in by the deadline in force, or by
    the redo date of a return if that is later: the approver's delay is the approver's own. A task without a
    deadline runs, and ends, in time.
    """
    if facts.state is State.WITHDRAWN or facts.task.kind == "approval":
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
