"""What happens next: the only place that decides which reminder, escalation or review comes when.

`marks` knows no "now". A mark that has come due stays in the list until it is settled. The list assumes that
nobody acts: it is what a preview shows, what a rehearsal steps through and what the engine does.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from directive.calendar import WorkCalendar
from directive.days import TaskDays, gap, marks_clock
from directive.due import OFFICE_ZONE, Due, end_of_day, local_day, utc
from directive.event import EventKind
from directive.every_day import counted_days
from directive.mark import Mark, merge
from directive.policy import Level, OffsetUnit, Policy, Reminder, StepUnit
from directive.question import QuestionKind
from directive.roles import Part
from directive.silence import silence
from directive.stopped import moved
from directive.task import WORKING, Facts, State


def marks(facts: Facts, policy: Policy, calendar: WorkCalendar) -> tuple[Mark, ...]:
    """Every mark that the facts still call for if nobody acts, in the order of its instants."""
    if facts.closed:
        return ()
    if facts.state is State.SUSPENDED:
        planned = list(_suspension(facts, policy, calendar))
    else:
        days = TaskDays(facts, policy, calendar)
        planned = [*_toward_deadline(days), *_reviews(days), *_questions(days)]
    return tuple(merge([mark for mark in planned if mark.key not in facts.settled]))


def _toward_deadline(days: TaskDays) -> Iterator[Mark]:
    if days.facts.state not in WORKING:
        return
    climb = list(_climb(days, days.due)) if days.due else []
    before = climb[0].at if climb and not days.facts.climb.taken else None
    if not days.facts.climb.taken:
        yield from (mark for mark in _acknowledgement(days) if before is None or mark.at < before)
    if days.due:
        yield from _reminders(days, days.due)
    yield from climb


def _acknowledgement(days: TaskDays) -> Iterator[Mark]:
    facts = days.facts
    if facts.state is not State.ASSIGNED or facts.resting:
        return
    steps = days.policy.acknowledge
    day = facts.ack.day or local_day(facts.ack_since)
    at = facts.ack.at or (days.at(day) if facts.ack.day else facts.ack_since)
    for number, level in enumerate(steps, start=1):
        if number <= facts.ack.taken:
            continue
        if number == facts.ack.taken + 1 and facts.ack.at_once:
            day, at = days.point(facts.ack.at_once)
        else:
            before = steps[number - 2].after if number > 1 else 0
            day, at = days.step(day, at, (level.after - before, level.unit))
        escalates = set(level.ask) != {Part.OFFICER}
        yield Mark(
            key=f"a{facts.ack_since:%Y%m%d%H%M%S}.ack.{number}",
            kind=EventKind.ACKNOWLEDGEMENT_ESCALATED if escalates else EventKind.ACKNOWLEDGEMENT_REMINDED,
            series="acknowledge",
            at=at,
            to=facts.task.roles(level.ask),
            copy_to=facts.task.roles(level.copy_to),
            number=number,
            level=int(escalates),
        )


def _reminders(days: TaskDays, due: Due) -> Iterator[Mark]:
    facts = days.facts
    for reminder in days.policy.reminders:
        at = _reminder_at(days, due, reminder)
        if at and days.since < at < due.instant:
            yield Mark(
                key=f"c{facts.cycle}.remind.{reminder.at.code}",
                kind=EventKind.REMINDED,
                series="deadline",
                at=at,
                to=facts.task.roles(reminder.to),
                copy_to=facts.task.roles(reminder.copy_to),
                number=reminder.at.count,
                offset=reminder.at.code,
            )


def _reminder_at(days: TaskDays, due: Due, reminder: Reminder) -> datetime | None:
    """An instant on a day off goes to the working day before; the day itself is reminded in the morning.

    None for a day that was over when the deadline was set, though the clock stood on it then.
    """
    if reminder.at.unit is OffsetUnit.HOUR:
        return days.hours_before(due, -reminder.at.count)
    if reminder.at.unit is OffsetUnit.DAY:
        day = days.calendar.roll_back(due.day + timedelta(days=reminder.at.count))
    else:
        day = days.calendar.roll_back(days.add(due.day, reminder.at.count))
    clock = None if reminder.at.count == 0 else marks_clock(due)
    return days.at(day, clock) if days.own(day, clock) > days.since else None


def _climb(days: TaskDays, due: Due) -> Iterator[Mark]:
    facts, ladder, clock = days.facts, days.policy.overdue, marks_clock(due)
    if facts.resting:
        return
    climb, resumes = facts.climb, _resumes(days)
    first = days.first(ladder, due.instant, due.day)
    if days.point(first, clock)[1] <= days.since:
        late = isinstance(first, datetime)
        first = days.first(ladder, days.since, due.day) if late else days.first_after(days.since, clock)
    if resumes and not climb.taken:
        first, resumes = max(first, resumes, key=lambda when: days.point(when, clock)), None
    # Lapsed or decided: the next level is asked then, whatever the ladder's own gap.
    for number, at in days.rungs(ladder, climb, first, clock, resumes):
        yield _rung(days, number, at)


def _resumes(days: TaskDays) -> date | datetime | None:
    """When a paused ladder goes on if nothing is handed in: the next working day; None where it does not rest.

    A ladder in hours does not wait for the next day once a request is decided.
    """
    pause = days.facts.pause
    if pause is None:
        return None
    count, unit = gap(days.policy.overdue, days.facts.climb.taken + 1)
    if pause.at and unit is StepUnit.HOUR:
        return days.hours(pause.at, count)
    end = days.add(pause.since, pause.working_days)
    if pause.until:
        since = [span for span in days.facts.spans if span.until and local_day(span.until) >= pause.since]
        end = moved(Due(day=pause.until, instant=end_of_day(pause.until)), since, days.whole).day
    return days.add(end, 1)


def _rung(days: TaskDays, number: int, at: datetime) -> Mark:
    facts, ladder = days.facts, days.policy.overdue
    levels, cycle = len(ladder.levels), f"c{facts.cycle}"
    top: Level = ladder.levels[min(number, levels) - 1]
    to, copy_to = facts.task.roles(top.ask), facts.task.roles(top.copy_to)
    every = 0
    if number <= levels:
        kind, key = EventKind.ESCALATED, f"{cycle}.level.{number}"
    elif number < ladder.last:
        kind, key = EventKind.ESCALATED_AGAIN, f"{cycle}.again.{number - levels}"
    elif number == ladder.last:
        kind, key = EventKind.FINAL_NOTICE, f"{cycle}.final"
    else:
        kind, key, every = EventKind.LISTED, f"{cycle}.listed.{number - ladder.last}", ladder.list_every
        to, copy_to = (facts.task.role(Part.MONITOR),), ()
    return Mark(
        key=key,
        kind=kind,
        series="deadline",
        at=at,
        to=to,
        copy_to=copy_to,
        number=number,
        level=min(number, levels),
        every=every,
    )


def _reviews(days: TaskDays) -> Iterator[Mark]:
    """A task without a deadline is looked at in a rhythm, counted from the last sign of life.

    A document that was returned without a deadline is asked for after its redo date, then in the same rhythm.
    """
    facts = days.facts
    if days.due or facts.state not in WORKING or facts.resting:
        return
    if facts.redo and not facts.review.taken:
        day = days.add(facts.redo.day, 1)
    else:
        day = days.add(facts.review.day or local_day(facts.cycle_since), days.policy.review_every)
    yield Mark(
        key=f"c{facts.cycle}.review.{facts.review.taken + 1}",
        kind=EventKind.REVIEW_ASKED,
        series="review",
        at=days.at(day),
        to=facts.task.roles((Part.OFFICER,)),
        copy_to=facts.task.roles((Part.MONITOR,)),
        number=facts.review.taken + 1,
        every=days.policy.review_every,
    )


def _questions(days: TaskDays) -> Iterator[Mark]:
    for question in days.facts.questions:
        if question.kind not in (QuestionKind.ESCALATION, QuestionKind.SUSPENSION):
            yield from silence(days, question)


def _suspension(facts: Facts, policy: Policy, calendar: WorkCalendar) -> Iterator[Mark]:
    """The one mark that may lie inside a span: its decider is asked to renew or resume, until they decide."""
    calendar = counted_days(policy, calendar)
    index, span = len(facts.spans), facts.spans[-1]
    if span.asked.day:
        day = calendar.add_working_days(span.asked.day, policy.overdue.list_every)
    else:
        default = calendar.add_working_days(local_day(span.since), policy.suspension_review)
        day = calendar.roll_forward(span.ends or default)
        if utc(datetime.combine(day, policy.marks_at, OFFICE_ZONE)) <= span.since:
            day = calendar.add_working_days(day, 1)
    yield Mark(
        key=f"c{facts.cycle}.span.{index}.{span.asked.taken + 1}",
        kind=EventKind.SUSPENSION_REVIEWED,
        series="suspension",
        at=utc(datetime.combine(day, policy.marks_at, OFFICE_ZONE)),
        to=facts.task.roles((Part.ASSIGNER,)),
        copy_to=facts.task.roles((Part.MONITOR,)),
        number=span.asked.taken + 1,
        every=policy.overdue.list_every,
    )
