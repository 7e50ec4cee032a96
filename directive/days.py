"""The days as one task counts them, and the days of a ladder's rungs."""

from collections.abc import Iterator
from datetime import date, datetime, time

from directive.calendar import WorkCalendar
from directive.due import OFFICE_ZONE, Due, local_day, utc
from directive.policy import Ladder, Policy
from directive.question import Climb
from directive.stopped import effective_due, inside_span, stopped_calendar
from directive.task import Facts

FIRST_MARK_OF_A_DAY, LAST_MARK_OF_A_DAY = time(8), time(17)


class TaskDays:
    """The working days as this task counts them: without those on which its clock stood (`whole` has them)."""

    def __init__(self, facts: Facts, policy: Policy, calendar: WorkCalendar) -> None:
        self.facts = facts
        self.policy = policy
        self.whole = calendar
        self.calendar = stopped_calendar(facts, calendar)
        self.due = effective_due(facts, calendar)
        resumed = [span.until for span in facts.spans if span.until]
        self.since = max([facts.cycle_since, *resumed])

    def add(self, day: date, count: int) -> date:
        return self.calendar.add_working_days(day, count)

    def at(self, day: date, clock: time | None = None) -> datetime:
        """The instant of a mark on `day`; on the next working day where the clock stood at that instant."""
        instant = utc(datetime.combine(day, clock or self.policy.marks_at, OFFICE_ZONE))
        return self.at(self.add(day, 1), clock) if inside_span(self.facts, instant) else instant

    def first_after(self, since: datetime, clock: time | None = None) -> date:
        """The first working day whose mark comes after `since`."""
        day = self.calendar.roll_forward(local_day(since))
        return day if self.at(day, clock) > since else self.add(day, 1)

    def rungs(self, ladder: Ladder, climb: Climb, first: date) -> Iterator[tuple[int, datetime | date]]:
        """The rungs still to be climbed: levels, repeats, the final notice and one place on the weekly list."""
        day = climb.day
        for number in range(climb.taken + 1, max(ladder.last, climb.taken) + 2):
            if number == climb.taken + 1 and climb.at_once:
                yield number, climb.at_once
                day = local_day(climb.at_once)
                continue
            day = first if day is None else self.add(day, gap(ladder, number))
            yield number, day


def gap(ladder: Ladder, number: int) -> int:
    """The working days between rung `number` and the one before it."""
    if number > ladder.last:
        return ladder.list_every
    if number > len(ladder.levels):
        return ladder.repeat_every
    before = ladder.levels[number - 2].after if number > 1 else 0
    return ladder.levels[number - 1].after - before


def marks_clock(due: Due) -> time | None:
    """The clock time of the marks of a deadline that has one, within the hours when people are there."""
    if not due.clock_time:
        return None
    return max(FIRST_MARK_OF_A_DAY, min(due.instant.astimezone(OFFICE_ZONE).time(), LAST_MARK_OF_A_DAY))
