"""The outlook: what a calendar and a policy say about facts. Workflows keep it, so that history holds it."""

from datetime import date, datetime, timedelta

from dateutil.rrule import rrulestr

from directive.calendar import WorkCalendar
from directive.due import Due, end_of_day, local_day
from directive.mark import Mark
from directive.marks import marks
from directive.policy import Policy
from directive.stopped import effective_due
from directive.task import Facts, Recurrence
from directive.value import Value

WINDOW_DAYS = 120
WINDOW_BACK = 30  # a nudge's gap is counted from the last nudge


class Window(Value):
    """The working days of the next months as text, so that a workflow can count without a calendar.

    `bits` has one character a calendar day from `start`: 1 for a working day.
    """

    start: date
    bits: str

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; beyond the window every day counts."""
        while count > 0:
            day += timedelta(days=1)
            place = (day - self.start).days
            count -= self.bits[place] == "1" if 0 <= place < len(self.bits) else 1
        return day


class Outlook(Value):
    """What lies ahead of facts with this `revision`: the deadline in force, the marks, the working days."""

    revision: int
    due: Due | None
    marks: tuple[Mark, ...]
    window: Window
    next_due: Due | None = None


def look_ahead(facts: Facts, policy: Policy, calendar: WorkCalendar, at: datetime) -> Outlook:
    """The outlook on `facts` from `at` (UTC); `at` only places the window, no mark depends on it."""
    start = local_day(at) - timedelta(days=WINDOW_BACK)
    days = (start + timedelta(days=ahead) for ahead in range(WINDOW_BACK + WINDOW_DAYS))
    return Outlook(
        revision=facts.revision,
        due=effective_due(facts, calendar),
        marks=marks(facts, policy, calendar),
        window=Window(start=start, bits="".join("01"[calendar.is_working_day(day)] for day in days)),
        next_due=_next_due(facts, policy),
    )


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
    found = rrulestr(recurrence.rrule, dtstart=start).after(datetime.combine(due.day, datetime.max.time()))
    if found is None or (recurrence.until and found.date() > recurrence.until):
        return None
    day = found.date()
    moved = due.instant + timedelta(days=(day - due.day).days)
    return due.model_copy(
        update={"day": day, "instant": moved if due.clock_time else end_of_day(day, policy.day_ends_at)}
    )
