"""Until when a question may be answered before its next step: the one place that doors, lists and notices ask."""

from datetime import date, datetime

from directive.calendar import WorkCalendar
from directive.due import end_of_day, local_day
from directive.policy import Policy
from directive.question import Question, QuestionKind
from directive.stopped import stopped_calendar
from directive.taking import NOT_ACKNOWLEDGED
from directive.task import Facts


def answer_by(
    question: Question,
    facts: Facts,
    policy: Policy,
    calendar: WorkCalendar,
    *,
    role: str = "",
    told: datetime | None = None,
) -> datetime | None:
    """The end of the question's last working day (UTC); None where it has no such time, as a suspension's review.

    A `role` that the question was escalated to has its time from the day on which it was asked, and whoever is
    asked again from the day on which they are `told`.
    """
    if question.kind is QuestionKind.ESCALATION:
        within = policy.escalation_answer_within
    elif question.kind in policy.questions:
        within = policy.questions[question.kind].answer_within
    else:
        return None
    counted = stopped_calendar(facts, calendar)
    first = _asked_on(question, facts, role)
    if told is not None:
        first = max(first, local_day(told))
    return end_of_day(counted.add_working_days(first, within), policy.day_ends_at)


def _asked_on(question: Question, facts: Facts, role: str) -> date:
    """The local day from which the time to answer counts."""
    first = local_day(question.asked_at)
    if role not in question.also:
        return first
    climb = question.climb
    if question.kind is QuestionKind.ESCALATION:
        climb = facts.ack if question.about == NOT_ACKNOWLEDGED else facts.climb
    return max(climb.day, first) if climb.day else first
