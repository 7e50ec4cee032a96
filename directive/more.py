"""Asking the unit for more without deciding, and the unit supplying it: the question stays open meanwhile."""

from directive.event import Event, EventKind
from directive.message import EVIDENCE_LIMIT
from directive.question import Question
from directive.refusal import Reason, Refused
from directive.scene import UNIT, Scene
from directive.task import Facts, State


def ask(scene: Scene, question: Question) -> tuple[Facts, Event]:
    """One of those asked needs more before deciding; the time to answer begins anew, so many times a stage."""
    times = scene.policy.questions[question.kind].ask_more_times
    if question.more >= times:
        raise Refused(Reason.TOO_OFTEN, times=times)
    asking = question.renewed(scene.at, more=question.more + 1, wanting=True)
    facts = scene.facts.having(questions=scene.facts.replacing(asking))
    detail = {"count": str(asking.more)}
    return facts, scene.event(EventKind.MORE_ASKED, UNIT, urgent=True, question=question.id, detail=detail)


def wanting(scene: Scene) -> tuple[Question, ...]:
    """The questions that wait for more of the unit: the one that the message names, or all of them."""
    named = scene.message.question
    return tuple(one for one in scene.facts.questions if one.wanting and named in ("", one.id))


def give(scene: Scene) -> tuple[Facts, Event]:
    """The unit supplies what was asked for; those asked hear of it, and their time to answer begins anew.

    What comes with a report that waits for its decision joins the report's evidence. Whoever supplies has a part
    in what is asked, and does not decide on it.
    """
    said, facts, asked = scene.message, scene.facts, wanting(scene)
    if not asked:
        raise Refused(Reason.WRONG_STATE, state=facts.state, act=said.act)
    persons = (one for one in (said.actor, said.on_behalf_of) if one)
    for question in asked:
        by = tuple(dict.fromkeys((*question.more_by, *persons)))
        given = question.renewed(scene.at, wanting=False, more_by=by)
        facts = facts.having(questions=facts.replacing(given))
    if facts.state is State.REPORTED and facts.report:
        evidence = (*facts.report.evidence, *said.evidence)
        if len(evidence) > EVIDENCE_LIMIT:
            raise Refused(Reason.TOO_LONG, field="evidence", limit=EVIDENCE_LIMIT)
        facts = facts.having(report=facts.report.model_copy(update={"evidence": evidence}))
    told = tuple(dict.fromkeys(role for one in asked for role in one.asked))
    event = scene.event(EventKind.MORE_GIVEN, urgent=True, question=asked[0].id)
    return facts, event.model_copy(update={"to": told})
