"""What the assigning side decides of itself: deadline, suspension, withdrawal, nudges, the calendar."""

from directive.due import end_of_day, local_day
from directive.event import Event, EventKind
from directive.message import Grade
from directive.question import QuestionKind
from directive.refusal import Reason, Refused
from directive.scene import UNIT, Scene, not_too_long, with_deadline, within_parent
from directive.span import Span
from directive.task import Facts, State, new_cycle
from directive.unassigning import in_time


def amend_deadline(scene: Scene) -> tuple[Facts, Event]:
    """The assigning level sets another deadline; every mark moves with it."""
    scene.need_reason()
    due = scene.message.due or (scene.due_on(scene.message.day) if scene.message.day else None)
    if due is None:
        raise Refused(Reason.DATE_MISSING, act=scene.message.act)
    if due.instant <= scene.at:
        raise Refused(Reason.DATE_PAST, day=str(due.day))
    if scene.due and due.instant == scene.due.instant:
        raise Refused(Reason.NOTHING_CHANGES, day=str(due.day))
    _not_ones_own_request(scene)
    within_parent(scene, due)
    facts = with_deadline(scene, due)
    before = {"before": str(scene.due.day)} if scene.due else {}
    event = scene.event(EventKind.DEADLINE_AMENDED, UNIT, urgent=True, detail={"day": str(due.day), **before})
    return facts, event


def _not_ones_own_request(scene: Scene) -> None:
    """Refuse another deadline by whoever has asked for one: the requester never decides an extension."""
    said = scene.message
    for question in scene.facts.questions:
        asked = question.kind is QuestionKind.EXTENSION
        if asked and question.is_own(said.actor, said.on_behalf_of, said.typed_by):
            raise Refused(Reason.OWN_REPORT, question=question.kind)


def suspend(scene: Scene) -> tuple[Facts, Event]:
    """The assigning level stops the clock, until `day` or else until the policy's review date."""
    scene.need_reason()
    ends = scene.message.day
    if ends is not None and end_of_day(ends) <= scene.at:
        raise Refused(Reason.DATE_PAST, day=str(ends))
    not_too_long(scene, ends)
    facts = scene.facts
    said = scene.message
    span = Span(since=scene.at, reason=said.reason, ends=ends, by=said.actor, role=said.role)
    span = span.model_copy(update={"on_behalf_of": said.on_behalf_of})
    facts = facts.having(state=State.SUSPENDED, resumes_to=facts.state, spans=(*facts.spans, span))
    detail = {"day": str(ends)} if ends else {}
    return facts, scene.event(EventKind.SUSPENDED, UNIT, urgent=True, detail=detail)


def resume(scene: Scene) -> tuple[Facts, Event]:
    """The clock runs again. The deadline moves by what was suspended, unless the decision names a new one."""
    facts, said = scene.facts, scene.message
    span = facts.spans[-1].model_copy(update={"until": scene.at, "ended_by": said.actor})
    facts = facts.having(
        state=facts.resumes_to or State.IN_PROGRESS,
        resumes_to=None,
        spans=(*facts.spans[:-1], span),
        questions=facts.without(QuestionKind.SUSPENSION),
    )
    due = said.due or (scene.due_on(said.day) if said.day else None)
    if due is not None:
        if due.instant <= scene.at:
            raise Refused(Reason.DATE_PAST, day=str(due.day))
        _not_ones_own_request(scene)
        within_parent(scene, due)
        facts = with_deadline(Scene(facts, said, scene.outlook, scene.policy, scene.at), due)
    detail = {"day": str(due.day)} if due else {}
    return facts, scene.event(EventKind.RESUMED, UNIT, urgent=True, detail=detail)


def withdraw(scene: Scene) -> tuple[Facts, Event]:
    """The task no longer has to be done."""
    scene.need_reason()
    spans = tuple(
        span if span.until else span.model_copy(update={"until": scene.at, "ended_by": scene.message.actor})
        for span in scene.facts.spans
    )
    changes = {"state": State.WITHDRAWN, "questions": (), "pause": None, "resumes_to": None, "spans": spans}
    facts = scene.facts.having(**changes)
    if scene.message.unassigned:
        in_time(scene.message.unassigned, facts.assigned_at)
        return facts, scene.event(EventKind.WITHDRAWN, urgent=True, told_only=True)
    return facts, scene.event(EventKind.WITHDRAWN, UNIT, urgent=True)


def nudge(scene: Scene) -> tuple[Facts, Event]:
    """An official reminder, or a recorded decision to criticise or to call for a review; numbered together.

    A reminder comes not more often than the policy says. The two decisions are never throttled: a person
    competent for the issuer has taken them already, in a document with its number and date.
    """
    facts, grade = scene.facts, scene.message.grade
    detail = {"number": str(facts.nudges + 1), "grade": grade.value, **_document(scene)}
    if grade is Grade.URGE:
        _not_too_soon(scene)
        facts = facts.having(nudged_at=scene.at)
    elif "document" not in detail:
        raise Refused(Reason.DOCUMENT_MISSING, grade=grade)
    facts = facts.having(nudges=facts.nudges + 1)
    return facts, scene.event(EventKind.NUDGED, UNIT, urgent=True, detail=detail)


def _not_too_soon(scene: Scene) -> None:
    last = scene.facts.nudged_at
    if last is None:
        return
    earliest = scene.outlook.window.add_working_days(local_day(last), scene.policy.nudge_gap)
    if scene.day < earliest:
        raise Refused(Reason.TOO_SOON, day=str(earliest))


def _document(scene: Scene) -> dict[str, str]:
    """The document that an act rests on, which has been issued by now."""
    document = scene.message.document
    if document is None or not document.number.strip():
        return {}
    if document.dated > scene.day:
        raise Refused(Reason.DATE_AHEAD, day=str(document.dated))
    return {"document": document.number.strip(), "dated": str(document.dated)}


def replan(scene: Scene) -> tuple[Facts, Event]:
    """The task moves to another version of the calendar, and a counted deadline perhaps to another day."""
    scene.need_reason()
    said, facts = scene.message, scene.facts
    if not said.calendar or (said.calendar == facts.calendar and said.due is None):
        raise Refused(Reason.NOTHING_CHANGES, calendar=facts.calendar)
    detail = {"calendar": said.calendar, "before": facts.calendar}
    facts = facts.having(calendar=said.calendar)
    if said.due is None or facts.due is None or said.due.instant == facts.due.instant:
        return facts, scene.event(EventKind.REPLANNED, detail=detail)
    if said.due.worded != facts.due.worded:
        raise Refused(Reason.DECIDED_SINCE, due=str(facts.due.day))  # counted before a person set another
    detail |= {"day": str(said.due.day), "day_before": str(facts.due.day)}
    if max(said.due.instant, facts.due.instant) <= scene.at:
        # Past by either count: who has been asked is not asked from level 1 again.
        facts = facts.having(due=said.due)
    else:
        # The same deadline counted anew: what was suspended still moves it.
        facts = new_cycle(facts, scene.at, due=said.due, due_since=facts.due_since)
    return facts, scene.event(EventKind.REPLANNED, UNIT, detail=detail)
