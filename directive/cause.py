"""Why a task is not done: what it waits for, and since when. One cause, the one that a decision would remove first."""

from datetime import date, datetime
from enum import StrEnum

from directive.event import EventKind
from directive.policy import Policy
from directive.question import Question, QuestionKind
from directive.roles import Part
from directive.task import WORKING, Facts, State
from directive.value import Value


class Cause(StrEnum):
    """What a task waits for."""

    SUSPENDED = "suspended"
    AWAITING_APPROVAL = "awaiting_approval"
    MORE_WANTED = "more_wanted"  # asked to supply more before a decision
    EXTENSION_ASKED = "extension_asked"
    COUNTER_OFFERED = "counter_offered"
    OBSTACLE = "obstacle"
    NOT_OURS = "not_ours"
    COMMITTED = "committed"  # the head has promised a date
    REASSIGNED = "reassigned"  # another officer has just taken it
    NOBODY_ASKED = "nobody_asked"  # the last one who was to be asked is not there
    UNDECIDED = "undecided"  # after the final notice nobody has decided
    RETURNED = "returned"  # the report was not accepted and no other has come
    NOT_ACKNOWLEDGED = "not_acknowledged"
    NO_REPORT = "no_report"


class Why(Value):
    """A cause with what there is to say of it.

    `since` is the instant (UTC) it began, `day` the local day asked for, offered, promised or set; `roles` are those
    whose answer is awaited, `round` counts the returns, `unheard` the askings that reached nobody.
    """

    cause: Cause
    since: datetime | None = None
    day: date | None = None
    roles: tuple[str, ...] = ()
    round: int = 0
    unheard: int = 0


_REQUESTS = {
    QuestionKind.APPROVAL: Cause.AWAITING_APPROVAL,
    QuestionKind.EXTENSION: Cause.EXTENSION_ASKED,
    QuestionKind.COUNTER: Cause.COUNTER_OFFERED,
    QuestionKind.OBSTACLE: Cause.OBSTACLE,
    QuestionKind.NOT_OURS: Cause.NOT_OURS,
}


def why(facts: Facts, policy: Policy, nobody_asked: datetime | None) -> Why:
    """What an open task waits for. `nobody_asked` is when its last notice reached nobody; None where it did."""
    if facts.state is State.SUSPENDED:
        asked = facts.open_question(QuestionKind.SUSPENSION)
        span = facts.spans[-1]
        roles = asked.asked if asked else ()
        return Why(cause=Cause.SUSPENDED, since=span.since, day=span.ends, roles=roles)
    request = next((one for one in facts.questions if one.kind in _REQUESTS), None)
    if request is not None:
        return _requested(facts, request)
    return _silent(facts, policy, nobody_asked)


def _requested(facts: Facts, question: Question) -> Why:
    """The unit has spoken, and somebody must decide; or more was asked of the unit."""
    day = question.due.day if question.due else None
    if question.wanting:
        return Why(
            cause=Cause.MORE_WANTED, since=question.since, day=day, roles=facts.task.roles((Part.OFFICER,))
        )
    cause = _REQUESTS[question.kind]
    return Why(cause=cause, since=question.asked_at, day=day, roles=question.asked, unheard=question.unheard)


def _silent(facts: Facts, policy: Policy, nobody_asked: datetime | None) -> Why:
    """Nothing has been said that waits for a decision."""
    pause, asked = facts.pause, facts.open_question(QuestionKind.ESCALATION)
    roles, since = (asked.asked[-1:], asked.since) if asked else ((), None)
    if pause and pause.cause == EventKind.COMMITTED:
        return Why(cause=Cause.COMMITTED, day=pause.until)
    if nobody_asked:
        return Why(cause=Cause.NOBODY_ASKED, since=nobody_asked, roles=roles)
    if facts.climb.taken >= policy.overdue.last:
        return Why(cause=Cause.UNDECIDED, since=since, roles=roles)
    if pause and pause.cause == EventKind.REASSIGNED:
        return Why(cause=Cause.REASSIGNED, day=pause.since)
    if facts.report and facts.state in WORKING:
        day = facts.redo.day if facts.redo else None
        return Why(cause=Cause.RETURNED, since=since, day=day, roles=roles, round=facts.rounds)
    cause = Cause.NOT_ACKNOWLEDGED if facts.state is State.ASSIGNED else Cause.NO_REPORT
    return Why(cause=cause, since=since, roles=roles)
