"""The days and hours as one task counts them, and the instants of a ladder's rungs."""

from collections.abc import Iterator
from datetime import date, datetime, time

from directive.calendar import WorkCalendar
from directive.due import OFFICE_ZONE, Due, local_day, utc
from directive.every_day import counted_days
from directive.policy import Ladder, Policy, StepUnit
from directive.question import Climb
from directive.stopped import effective_due, inside_span, running_hours, stopped_calendar
from directive.task import Facts

FIRST_MARK_OF_A_DAY, LAST_MARK_OF_A_DAY = time(8), time(17)
Step = tuple[int, StepUnit]


class TaskDays:
    """The working days as this task counts them: without those on which its clock stood (`whole` has them)."""

    def __init__(self, facts: Facts, policy: Policy, calendar: WorkCalendar) -> None:
        self.facts = facts
        self.policy = policy
        self.whole = counted_days(policy, calendar)
        self.calendar = stopped_calendar(facts, self.whole)
        self.due = effective_due(facts, self.whole)
        resumed = [span.until for span in facts.spans if span.until]
        self.since = max([facts.cycle_since, *resumed])

    def add(self, day: date, count: int) -> date:
        return self.calendar.add_working_days(day, count)

    def at(self, day: date, clock: time | None = None) -> datetime:
        """The instant of a mark on `day`; on the next working day where the clock stood at that instant."""
        instant = self.own(day, clock)
        return self.at(self.add(day, 1), clock) if inside_span(self.facts, instant) else instant

    def own(self, day: date, clock: time | None = None) -> datetime:
        """The instant of a mark on `day`, whether or not the clock stood then."""
        return utc(datetime.combine(day, clock or self.policy.marks_at, OFFICE_ZONE))

    def hours(self, since: datetime, count: int) -> datetime:
        """So many clock hours after `since`, while the task's clock runs; to the minute, as people are told.

        Where only working days count, what falls outside 08:00–17:00 of one comes at 08:00 of the next.
        """
        at = running_hours(self.facts, since.replace(second=0, microsecond=0), count)
        local = at.astimezone(OFFICE_ZONE)
        day = self.calendar.roll_forward(local.date())
        if self.policy.days == "all" or (day == local.date() and _attended(local.time())):
            return at
        late = day == local.date() and local.time() > LAST_MARK_OF_A_DAY
        return self.at(self.add(day, 1) if late else day, FIRST_MARK_OF_A_DAY)

    def hours_before(self, due: Due, count: int) -> datetime:
        """So many clock hours before the deadline; outside the hours when people are there, the evening before."""
        at = running_hours(self.facts, due.instant, -count)
        local = at.astimezone(OFFICE_ZONE)
        day = self.calendar.roll_back(local.date())
        if self.policy.days == "all" or (day == local.date() and _attended(local.time())):
            return at
        early = day == local.date() and local.time() < FIRST_MARK_OF_A_DAY
        return self.at(self.add(day, -1) if early else day, LAST_MARK_OF_A_DAY)

    def first_after(self, since: datetime, clock: time | None = None) -> date:
        """The first working day whose mark comes after `since`."""
        day = self.calendar.roll_forward(local_day(since))
        return day if self.at(day, clock) > since else self.add(day, 1)

    def first(self, ladder: Ladder, since: datetime, day: date) -> date | datetime:
        """Where a ladder begins: days after `day`, or hours after the instant `since`."""
        level = ladder.levels[0]
        return (
            self.add(day, level.after) if level.unit is not StepUnit.HOUR else self.hours(since, level.after)
        )

    def point(self, when: date | datetime, clock: time | None = None) -> tuple[date, datetime]:
        """An instant with its day, or the instant of a day's mark, with the day on which people really hear it."""
        at = when if isinstance(when, datetime) else self.at(when, clock)
        return local_day(at), at

    def step(self, day: date, at: datetime, by: Step, clock: time | None = None) -> tuple[date, datetime]:
        """The next rung after one on `day` at `at`."""
        count, unit = by
        return self.point(self.hours(at, count) if unit is StepUnit.HOUR else self.add(day, count), clock)

    def rungs(
        self,
        ladder: Ladder,
        climb: Climb,
        first: date | datetime,
        clock: time | None = None,
        resumes: date | datetime | None = None,
    ) -> Iterator[tuple[int, datetime]]:
        """The rungs still to be climbed: levels, repeats, the final notice and one place on the weekly list.

        Nothing climbed yet, they begin at `first`; a ladder that has rested goes on at `resumes`.
        """
        begins = resumes or climb.at_once or (first if climb.day is None else None)
        day, at = self.point(begins, clock) if begins else self._last(climb, clock)
        for number in range(climb.taken + 1, max(ladder.last, climb.taken) + 2):
            if number > climb.taken + 1 or not begins:
                day, at = self.step(day, at, gap(ladder, number), clock)
            yield number, at

    def _last(self, climb: Climb, clock: time | None) -> tuple[date, datetime]:
        """The last rung that was taken; older facts know only its day."""
        assert climb.day is not None
        return climb.day, climb.at or self.at(climb.day, clock)


def gap(ladder: Ladder, number: int) -> Step:
    """The working days or hours between rung `number` and the one before it."""
    if number > ladder.last:
        return ladder.list_every, StepUnit.WORKING_DAY
    if number > len(ladder.levels):
        return ladder.repeat_every, ladder.repeat_unit
    level, before = ladder.levels[number - 1], ladder.levels[number - 2].after if number > 1 else 0
    return level.after - before, level.unit


def marks_clock(due: Due) -> time | None:
    """The clock time of the marks of a deadline that has one, within the hours when people are there."""
    if not due.clock_time:
        return None
    return max(FIRST_MARK_OF_A_DAY, min(due.instant.astimezone(OFFICE_ZONE).time(), LAST_MARK_OF_A_DAY))


def _attended(clock: time) -> bool:
    """Whether people are there at that time of a working day."""
    return FIRST_MARK_OF_A_DAY <= clock <= LAST_MARK_OF_A_DAY
