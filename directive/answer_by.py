"""Until when a question may be answered before its next step: the one place that doors, lists and notices ask."""

from datetime import datetime

from directive.calendar import WorkCalendar
from directive.days import Step, TaskDays
from directive.due import end_of_day, local_day
from directive.opening import NOT_ACKNOWLEDGED
from directive.policy import Policy, StepUnit
from directive.question import Question, QuestionKind
from directive.task import Facts, State


def answer_by(
    question: Question,
    facts: Facts,
    policy: Policy,
    calendar: WorkCalendar,
    *,
    role: str = "",
    told: datetime | None = None,
) -> datetime | None:
    """The end of the question's last working day, or of its last hour (UTC); None where it has no such time, as a
    suspension's review.

    A `role` that the question was escalated to has its time from the day on which it was asked, and whoever is
    asked again from the day on which they are `told`.
    """
    within = _within(question, policy)
    if within is None:
        return None
    count, unit = within
    days = TaskDays(facts, policy, calendar)
    since = _asked_at(question, facts, role, days)
    since = max(since, told) if told else since
    if unit is StepUnit.HOUR and facts.state is State.SUSPENDED:
        return None  # the hour has not come while the clock stands
    if unit is StepUnit.HOUR:
        return days.hours(since, count)
    return end_of_day(days.add(local_day(since), count), policy.day_ends_at)


def _within(question: Question, policy: Policy) -> Step | None:
    """How long a question may wait."""
    if question.kind is QuestionKind.ESCALATION:
        return policy.escalation_answer_within, policy.escalation_answer_unit
    held = policy.questions.get(question.kind)
    return (held.answer_within, held.answer_unit) if held else None


def _asked_at(question: Question, facts: Facts, role: str, days: TaskDays) -> datetime:
    """The instant from which the time to answer counts."""
    if role not in question.also:
        return question.since
    climb = question.climb
    if question.kind is QuestionKind.ESCALATION:
        climb = facts.ack if question.about == NOT_ACKNOWLEDGED else facts.climb
    if climb.day is None:
        return question.since
    return max(climb.at or days.at(climb.day), question.since)
