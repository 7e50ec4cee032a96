"""What the facts become when a question is decided. Each function gives the new facts and the one event."""

from datetime import datetime

from directive.due import Due
from directive.event import Event, EventKind
from directive.opening import open_question
from directive.outlook import occurrence_after
from directive.question import CHOICES, Climb, Question, QuestionKind, Stage
from directive.refusal import Reason, Refused
from directive.roles import Part
from directive.scene import UNIT, Scene, later, not_too_long, with_deadline, within_parent
from directive.span import Span
from directive.task import Facts, Pause, State, new_cycle


def approve(scene: Scene) -> tuple[Facts, Event]:
    """The report is accepted: the task is done, or its next period begins."""
    facts = scene.facts
    handed_in = facts.report.at if facts.report else scene.at
    due = scene.due
    detail = {"handed_in": handed_in.isoformat(), "period": str(facts.period)}
    if due:
        detail["outcome"] = "completed_on_time" if handed_in <= due.instant else "completed_late"
        detail["due"] = due.instant.isoformat()
    event = scene.event(EventKind.APPROVED, (*UNIT, Part.MONITOR), detail=detail)
    following = _next_period(scene)
    if following is None:
        return facts.having(state=State.COMPLETED, questions=(), pause=None), event
    facts = new_cycle(
        facts,
        scene.at,
        state=State.IN_PROGRESS,
        due=following,
        original_due=following,
        redo=_redo_of_next(scene, handed_in, following),
        report=None,
        rounds=0,
        commitments=0,
        extensions=0,
        period=facts.period + 1,
    )
    return facts, event.model_copy(update={"detail": {**detail, "next": str(following.day)}})


def _next_period(scene: Scene) -> Due | None:
    """The deadline of the next period; counted here where the outlook has not seen the current one yet."""
    facts, following = scene.facts, scene.outlook.next_due
    if facts.recurrence is None or facts.original_due is None or following is None:
        return None
    if following.day > facts.original_due.day:
        return following
    return occurrence_after(facts.recurrence, facts.original_due, scene.policy)


def _redo_of_next(scene: Scene, handed_in: datetime, following: Due) -> Due | None:
    """A period that fell due while the former report waited for its decision is due as returned work is."""
    if not handed_in <= following.instant <= scene.at:
        return None
    return scene.due_on(scene.outlook.window.add_working_days(scene.day, scene.policy.redo_days))


def send_back(scene: Scene) -> tuple[Facts, Event]:
    """The report goes back with a reason and a redo date, never before the deadline; the ladder begins anew."""
    facts, said, due = scene.facts, scene.message, scene.due
    day = said.day or scene.outlook.window.add_working_days(scene.day, scene.policy.redo_days)
    redo = scene.due_on(day)
    if said.day and redo.instant <= scene.at:
        raise Refused(Reason.DATE_PAST, day=str(day))
    if due and redo.instant < due.instant:
        if said.day:
            raise Refused(Reason.DATE_NOT_LATER, day=str(day), due=str(due.day))
        redo = due
    if said.day and day > scene.outlook.window.add_working_days(scene.day, scene.policy.redo_days):
        within_parent(
            scene, redo
        )  # the policy's own redo date always stands: work can be sent back at any time
    facts = new_cycle(facts, scene.at, state=State.IN_PROGRESS, redo=redo, rounds=facts.rounds + 1)
    detail = {"day": str(redo.day), "round": str(facts.rounds)}
    return facts, scene.event(EventKind.RETURNED, UNIT, urgent=True, detail=detail)


def refuse_report(scene: Scene) -> tuple[Facts, Event]:
    """The report is not accepted, and no redo date is given: the deadline in force stays, the ladder goes on.

    A stand-alone approval ends with that.
    """
    facts = scene.facts
    if facts.task.kind == "approval":
        facts = facts.having(state=State.REFUSED, questions=(), pause=None)
        return facts, scene.event(EventKind.REPORT_REFUSED, (*UNIT, Part.MONITOR), urgent=True)
    # A cycle of its own, so that reminders that fell into the time of waiting are not sent after it; what the
    # ladder has climbed, and the suspensions that moved the deadline, still count.
    kept = {
        "climb": facts.climb,
        "due_since": facts.due_since,
        "ack": facts.ack,
        "ack_since": facts.ack_since,
    }
    facts = new_cycle(facts, scene.at, state=State.IN_PROGRESS, **kept)
    again = Scene(facts, scene.message, scene.outlook, scene.policy, scene.at)
    return go_on(again, EventKind.REPORT_REFUSED)


def grant(scene: Scene, question: Question, kind: EventKind) -> tuple[Facts, Event]:
    if question.due is None or question.due.instant <= scene.at:
        raise Refused(Reason.DATE_PAST, day=str(question.due.day) if question.due else "")
    if (
        scene.due and question.due.instant <= scene.due.instant
    ):  # a suspension has moved the deadline meanwhile
        raise Refused(Reason.DATE_NOT_LATER, day=str(question.due.day), due=str(scene.due.day))
    within_parent(scene, question.due)  # the parent's deadline may have moved since the request
    facts = with_deadline(scene, question.due)
    facts = facts.having(extensions=facts.extensions + 1)
    detail = {"day": str(question.due.day), "count": str(facts.extensions)}
    if scene.due:
        detail["before"] = str(scene.due.day)
    return facts, scene.event(kind, (*UNIT, Part.MONITOR), urgent=True, detail=detail)


def counter(scene: Scene, question: Question) -> tuple[Facts, Event]:
    """An earlier date than the one asked for: the unit accepts or declines it.

    The very date is a grant, and a later one nobody has asked for: the assigning side may amend the deadline.
    """
    offered = later(scene, scene.message.day)
    if question.due and offered.instant >= question.due.instant:
        raise Refused(Reason.COUNTER_NOT_EARLIER, day=str(offered.day), asked=str(question.due.day))
    asks = scene.facts.task.roles(UNIT)
    choices = CHOICES[QuestionKind.COUNTER]
    facts = open_question(
        scene.facts,
        QuestionKind.COUNTER,
        (Stage(asks=asks),),
        scene.at,
        choices,
        due=offered,
        about=question.id,
    )
    detail, asked = {"day": str(offered.day)}, facts.questions[-1].id
    return facts, scene.event(EventKind.COUNTER_OFFERED, UNIT, urgent=True, detail=detail, question=asked)


def go_on(scene: Scene, kind: EventKind) -> tuple[Facts, Event]:
    """The request is decided without a new deadline: the ladder goes on the next working day.

    A rest that lasts longer still counts. What rested with the ladder begins anew: the review of a task
    without a deadline, and the acknowledgement of one that was thought another unit's.
    """
    facts, held, window = scene.facts, scene.facts.pause, scene.outlook.window
    if held is None or (held.until or window.add_working_days(held.since, held.working_days)) < scene.day:
        held = Pause(cause=kind, since=scene.day, until=scene.day, at=scene.at)
    review = facts.review.model_copy(update={"day": scene.day})
    facts = facts.having(pause=held, review=review)
    if facts.state is State.ASSIGNED:
        facts = facts.having(ack=Climb(), ack_since=scene.at)
    return facts, scene.event(kind, (*UNIT, Part.MONITOR), urgent=True)


def renew(scene: Scene) -> tuple[Facts, Event]:
    """The suspension goes on until another day."""
    facts, day = scene.facts, scene.message.day
    day = day or scene.outlook.window.add_working_days(scene.day, scene.policy.suspension_review)
    if day <= scene.day:
        raise Refused(Reason.DATE_PAST, day=str(day))
    not_too_long(scene, day)
    span: Span = facts.spans[-1]
    asked = span.asked.model_copy(update={"day": None})
    span = span.model_copy(update={"ends": day, "asked": asked})
    facts = facts.having(spans=(*facts.spans[:-1], span))
    return facts, scene.event(EventKind.SUSPENSION_RENEWED, UNIT, urgent=True, detail={"day": str(day)})
