"""The outlook: what a calendar and a policy say about facts. Workflows keep it, so that history holds it."""

from collections.abc import Container
from dataclasses import replace
from datetime import datetime, timedelta

from dateutil.rrule import rrulestr

from directive.calendar import WorkCalendar
from directive.due import Due, end_of_day, local_day
from directive.every_day import counted_days
from directive.mark import Mark, Marks
from directive.marks import marks
from directive.policy import Policy
from directive.regex import regex
from directive.remaining import Remaining, remaining
from directive.silence import INSTEAD
from directive.stopped import effective_due
from directive.task import Facts, Recurrence
from directive.thrift import held_once, lean
from directive.value import Value
from directive.window import Window as Window

WINDOW_DAYS = 400  # half a working year, the most a policy may count, from an outlook that is months old
WINDOW_BACK = 30  # a nudge's gap is counted from the last nudge
_LATE_IN_MONTH = regex(r"(?P<before>FREQ=MONTHLY;(?:INTERVAL=1;)?)BYMONTHDAY=(?P<day>29|30|31)")


class Outlook(Value):
    """What lies ahead of facts with this `revision`: the deadline in force, the marks, the working days.

    `basis` names what `due` was computed from: facts that have moved on may still have that deadline.
    `parent_due` is the deadline in force of the task's parent, where it has an open one with a deadline; the
    register tells it, and the task asks anew when its parent's moves. `remaining` is what was left at that instant.
    """

    revision: int
    due: Due | None
    marks: Marks
    window: Window
    next_due: Due | None = None
    basis: str = ""
    parent_due: Due | None = None
    remaining: Remaining | None = None

    def thrifty(self) -> "Outlook":
        """The same, of parts that are held once: tasks of one letter and one unit have most of them in common."""
        once: dict[str, object] = {
            name: held_once(part) for name, part in vars(self).items() if isinstance(part, Due | Window)
        }
        once["marks"] = tuple(held_once(mark) for mark in self.marks)
        return lean(self.model_copy(update=once))

    def without(self, settled: Container[str]) -> tuple[Mark, ...]:
        """The marks that are left once those with these keys are settled, if nothing else has changed."""
        return tuple(mark for mark in self.marks if mark.key not in settled)


def look_ahead(
    facts: Facts, policy: Policy, calendar: WorkCalendar, at: datetime, parent_due: Due | None = None
) -> Outlook:
    """The outlook on `facts` from `at` (UTC), which places the window and what remains; no mark depends on it."""
    calendar = counted_days(policy, calendar)
    start = local_day(at) - timedelta(days=WINDOW_BACK)
    return Outlook(
        revision=facts.revision,
        due=effective_due(facts, calendar),
        marks=tuple(_bounded(mark, facts, parent_due) for mark in marks(facts, policy, calendar)),
        window=Window(start=start, bits=calendar.bits(start, WINDOW_BACK + WINDOW_DAYS)),
        next_due=_next_due(facts, policy),
        basis=due_basis(facts),
        parent_due=parent_due,
        remaining=remaining(facts, calendar, at),
    )


def _bounded(mark: Mark, facts: Facts, parent_due: Due | None) -> Mark:
    """Silence sets no child's deadline after its parent's either: where it would grant, it refuses."""
    if parent_due is None or mark.choice not in INSTEAD:
        return mark
    asked_for = next((one.due for one in facts.questions if one.id == mark.question), None)
    if asked_for is None or asked_for.instant <= parent_due.instant:
        return mark
    return replace(mark, choice=INSTEAD[mark.choice])


def due_basis(facts: Facts) -> str:
    """What the deadline in force depends on: the one decided, the suspensions that have ended, the calendar."""
    ended = sum(span.until is not None for span in facts.spans)
    return f"c{facts.cycle}.{ended}.{facts.calendar}"


def unseen(facts: Facts, at: datetime) -> Outlook:
    """The outlook of a task whose first record is still under way: no marks yet, every day counts."""
    return Outlook(revision=-1, due=facts.due, marks=(), window=Window(start=local_day(at), bits=""))


def _next_due(facts: Facts, policy: Policy) -> Due | None:
    if facts.recurrence is None or facts.original_due is None:
        return None
    return occurrence_after(facts.recurrence, facts.original_due, policy)


def occurrence_after(recurrence: Recurrence, due: Due, policy: Policy) -> Due | None:
    """The deadline of the period after the one that ends with `due`; None after the last."""
    start = datetime.combine(recurrence.start, datetime.min.time())
    rule = rrulestr(_every_month(recurrence.rrule), dtstart=start)
    found = rule.after(datetime.combine(due.day, datetime.max.time()))
    if found is None or (recurrence.until and found.date() > recurrence.until):
        return None
    day = found.date()
    moved = due.instant + timedelta(days=(day - due.day).days)
    return due.model_copy(
        update={"day": day, "instant": moved if due.clock_time else end_of_day(day, policy.day_ends_at)}
    )


def _every_month(rrule: str) -> str:
    """A rule for the 29th or 30th of each month, so that it holds in February too: the last day there."""
    late = _LATE_IN_MONTH.fullmatch(rrule)
    if late is None:
        return rrule
    days = ",".join(str(day) for day in range(28, int(late["day"]) + 1))
    return f"{late['before']}BYMONTHDAY={days};BYSETPOS=-1"
