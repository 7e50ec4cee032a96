"""Taking marks: what the facts become when marks that have come due are taken together."""

from datetime import datetime, timedelta

from directive.due import local_day
from directive.event import Event, EventKind
from directive.lapse import lapse
from directive.mark import Mark, strength
from directive.opening import NOT_ACKNOWLEDGED, OVERDUE, open_question
from directive.policy import Policy
from directive.question import CHOICES, Choice, Climb, QuestionKind, Stage
from directive.roles import Part
from directive.task import WORKING, Facts, State

PUNCTUAL = timedelta(minutes=10)


def assignment(facts: Facts) -> Event:
    """The first event of a task: the officer is told, the head in copy, and asked to acknowledge."""
    return Event(
        id="assigned",
        kind=EventKind.ASSIGNED,
        at=facts.assigned_at,
        to=facts.task.roles((Part.OFFICER,)),
        copy_to=facts.task.roles((Part.HEAD,)),
    )


def take(
    facts: Facts, due: tuple[Mark, ...], at: datetime, policy: Policy
) -> tuple[Facts, tuple[Event, ...]]:
    """Take all marks that have come due by `at` in one transition.

    Of each series only the newest is taken: after an outage people hear once, in the newest form. The others
    leave a line that names what superseded them. Silence decides nothing as long as those asked have not been
    pressed: such a mark is left, and planned anew from the day on which they really were.
    """
    due = _patient(due)
    newest: dict[str, Mark] = {}
    for mark in due:
        held = newest.get(mark.series)
        if held is None or (mark.at, strength(mark)) >= (held.at, strength(held)):
            newest[mark.series] = mark
    events: list[Event] = []
    for mark in sorted(due, key=_decides):  # a decision last: it may end what the others are about
        winner = newest[mark.series]
        facts = _settle(facts, mark, at)
        if mark is winner and _decides(mark):
            facts, told = lapse(facts, mark, at, policy)
            events.extend(told)
        elif mark is winner:
            facts = _apply(facts, mark, at, policy)
            events.append(_event(facts, mark, at))
        else:
            events.append(_superseded(mark, winner, at))
    return facts.having(revision=facts.revision + 1, last_at=max(facts.last_at, at)), tuple(events)


def _decides(mark: Mark) -> bool:
    return mark.kind is EventKind.QUESTION_LAPSED


def _patient(due: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Without decisions by silence that an outage has brought together with the notices before them."""
    pressing = {mark.series for mark in due if not _decides(mark)}
    return tuple(mark for mark in due if not _decides(mark) or mark.series not in pressing)


def rungs_taken(facts: Facts, mark: Mark) -> int:
    """How far the ladder of a mark has been climbed; 0 where it is not a ladder's."""
    if mark.question:
        return next((one.climb.taken for one in facts.questions if one.id == mark.question), 0)
    match mark.series:
        case "acknowledge":
            return facts.ack.taken
        case "review":
            return facts.review.taken
        case "suspension":
            return facts.spans[-1].asked.taken if facts.spans else 0
        case _:
            return facts.climb.taken


def _settle(facts: Facts, mark: Mark, at: datetime) -> Facts:
    """Settle a mark and the weaker ones it stands for; of what comes every so often, the newest key is enough."""
    again = mark.key.rpartition(".")[0] + "."
    kept = tuple(key for key in facts.settled if not (mark.every and key.startswith(again)))
    facts = facts.having(settled=(*kept, mark.key, *mark.absorbed))
    for _, ladder, rung in (key.split(".") for key in mark.absorbed):
        if ladder == "ack":
            facts = facts.having(ack=_climbed(int(rung), mark, at))
        elif ladder == "review":
            facts = facts.having(review=_climbed(int(rung), mark, at))
    return facts


def _climbed(rung: int, mark: Mark, at: datetime) -> Climb:
    """The next rung counts from the day and the instant at which people were really asked.

    A timer that rings moments late does not move the plan's hours; a longer delay leaves nobody less time to answer.
    """
    asked = max(mark.at, at)
    punctual = asked - mark.at <= PUNCTUAL
    return Climb(taken=rung, day=local_day(asked), at=mark.at if punctual else asked)


def _apply(facts: Facts, mark: Mark, at: datetime, policy: Policy) -> Facts:
    climb = _climbed(mark.number, mark, at)
    match mark.kind:
        case EventKind.ACKNOWLEDGEMENT_REMINDED:
            return facts.having(ack=climb)
        case EventKind.ACKNOWLEDGEMENT_ESCALATED:
            return _ask_escalation(facts.having(ack=climb), mark, at, policy, NOT_ACKNOWLEDGED)
        case EventKind.ESCALATED | EventKind.ESCALATED_AGAIN | EventKind.FINAL_NOTICE:
            return _ask_escalation(facts.having(climb=climb, pause=None), mark, at, policy, OVERDUE)
        case EventKind.LISTED:
            return facts.having(climb=climb, pause=None)
        case EventKind.REVIEW_ASKED:
            return facts.having(review=climb)
        case EventKind.QUESTION_PRESSED | EventKind.QUESTION_FINAL:
            return _press(facts, mark, climb)
        case EventKind.QUESTION_LISTED:
            return with_question(facts, mark.question, climb=climb)
        case EventKind.SUSPENSION_REVIEWED:
            return _ask_suspension(facts, climb, at)
        case _:
            return facts


def _ask_escalation(facts: Facts, mark: Mark, at: datetime, policy: Policy, about: str) -> Facts:
    if facts.state not in WORKING:
        return facts
    held = facts.open_question(QuestionKind.ESCALATION)
    if held is not None:
        also = (*held.also, *(role for role in mark.to if role not in held.asked))
        choices = held.choices if held.about == about else policy.choices_at(held.level)
        changes: dict[str, object] = {"also": also, "about": about, "level": mark.level, "choices": choices}
        if held.about != about and set(mark.to) & set(held.asked):
            changes["renewed_at"] = at  # the same people are asked something new: their time begins anew
        asked = held.model_copy(update=changes)
        return facts.having(questions=facts.replacing(asked))
    choices = policy.choices_at(mark.level)
    if about == NOT_ACKNOWLEDGED:
        choices = tuple(one for one in choices if one is not Choice.COMMIT)
    route = (Stage(asks=mark.to),)
    return open_question(facts, QuestionKind.ESCALATION, route, at, choices, about=about, level=mark.level)


def _ask_suspension(facts: Facts, climb: Climb, at: datetime) -> Facts:
    span = facts.spans[-1].model_copy(update={"asked": climb})
    facts = facts.having(spans=(*facts.spans[:-1], span))
    if facts.state is not State.SUSPENDED or facts.open_question(QuestionKind.SUSPENSION):
        return facts
    route = (Stage(asks=(facts.task.role(Part.ASSIGNER),)),)
    return open_question(facts, QuestionKind.SUSPENSION, route, at, CHOICES[QuestionKind.SUSPENSION])


def _press(facts: Facts, mark: Mark, climb: Climb) -> Facts:
    question = next((one for one in facts.questions if one.id == mark.question), None)
    if question is None:
        return facts
    also = (*question.also, *(role for role in mark.to if role not in question.asked))
    return with_question(facts, mark.question, climb=climb, also=also, level=mark.level)


def with_question(facts: Facts, question: str, **changes: object) -> Facts:
    """The facts with one of their questions changed, by its id."""
    return facts.having(
        questions=tuple(
            one.model_copy(update=changes) if one.id == question else one for one in facts.questions
        )
    )


def _event(facts: Facts, mark: Mark, at: datetime) -> Event:
    question = mark.question
    if mark.kind in _ASKS:
        kind = _ASKS[mark.kind]
        held = facts.open_question(kind)
        question = held.id if held else ""
    return Event(
        id=mark.key,
        kind=mark.kind,
        at=at,
        planned=mark.at,
        to=mark.to,
        copy_to=mark.copy_to,
        urgent=mark.urgent,
        level=mark.level,
        question=question,
        detail={"offset": mark.offset} if mark.offset else {},
    )


_ASKS = {
    EventKind.ACKNOWLEDGEMENT_ESCALATED: QuestionKind.ESCALATION,
    EventKind.ESCALATED: QuestionKind.ESCALATION,
    EventKind.ESCALATED_AGAIN: QuestionKind.ESCALATION,
    EventKind.FINAL_NOTICE: QuestionKind.ESCALATION,
    EventKind.SUSPENSION_REVIEWED: QuestionKind.SUSPENSION,
}


def _superseded(mark: Mark, winner: Mark, at: datetime) -> Event:
    return Event(
        id=mark.key, kind=EventKind.SUPERSEDED, at=at, planned=mark.at, reason=winner.key, level=mark.level
    )
