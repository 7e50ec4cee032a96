"""Skipping marks: what the facts become when nobody can be asked."""

from datetime import datetime

from directive.due import local_day
from directive.event import EventKind
from directive.mark import Mark
from directive.policy import Policy
from directive.question import Climb
from directive.silence import lapse_rung
from directive.taking import rungs_taken, with_question
from directive.task import Facts


def skip(facts: Facts, mark: Mark, policy: Policy) -> Facts:
    """The facts after a mark that nobody could answer: the next level is due at that same instant.

    When a ladder's top cannot be asked, its repeats cannot either: the task goes on the weekly list. A ladder
    that has moved on since (another rung, another stage) is left alone.
    """
    if rungs_taken(facts, mark) != mark.number:
        return facts
    again = Climb(taken=_skipped_to(facts, mark, policy), day=local_day(mark.at), at_once=mark.at)
    match mark.kind:
        case EventKind.ESCALATED | EventKind.ESCALATED_AGAIN | EventKind.FINAL_NOTICE:
            return facts.having(climb=again)
        case EventKind.ACKNOWLEDGEMENT_REMINDED | EventKind.ACKNOWLEDGEMENT_ESCALATED:
            return facts.having(ack=again)
        case EventKind.QUESTION_PRESSED | EventKind.QUESTION_FINAL:
            question = next(one for one in facts.questions if one.id == mark.question)
            unheard = question.unheard + 1 + again.taken - mark.number
            return with_question(facts, mark.question, climb=again, unheard=unheard)
        case _:
            return facts


def skip_question(facts: Facts, question: str, at: datetime) -> Facts:
    """The facts after a question whose own people cannot be asked: its first step on silence is due at once."""
    if not any(one.id == question and one.asked_at == at and not one.climb.taken for one in facts.questions):
        return facts
    return with_question(facts, question, climb=Climb(at_once=at), unheard=1)


def _skipped_to(facts: Facts, mark: Mark, policy: Policy) -> int:
    if mark.series == "acknowledge":
        return mark.number
    ladder = policy.overdue
    if mark.question:
        question = next((one for one in facts.questions if one.id == mark.question), None)
        if question is None:
            return mark.number
        rules = policy.questions[question.kind]
        ladder, ends = rules.silence, lapse_rung(rules)
        if ends and mark.number >= len(ladder.levels) and question.unheard < mark.number:
            return ends - 1  # somebody was asked, and has been silent: the decision comes in its time
    return ladder.last if mark.number >= len(ladder.levels) else mark.number
