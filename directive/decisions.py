"""Answers to questions: who may answer what, and what the facts become when a question is decided."""

from datetime import datetime

from directive import acts
from directive.acts import UNIT, Scene, later, taken_up, with_deadline
from directive.due import Due
from directive.event import Event, EventKind
from directive.outlook import occurrence_after
from directive.question import CHOICES, Choice, Climb, Question, QuestionKind, Stage, Vote, vote
from directive.refusal import Reason, Refused
from directive.roles import Part
from directive.taking import open_question
from directive.task import Facts, Pause, Span, State, new_cycle

_DECIDED_BY_OTHERS = {
    QuestionKind.APPROVAL,
    QuestionKind.EXTENSION,
    QuestionKind.OBSTACLE,
    QuestionKind.NOT_OURS,
}


def answer(scene: Scene) -> tuple[Facts, Event]:
    """One person answers an open question."""
    question = _open(scene)
    if scene.facts.state is State.SUSPENDED and question.kind is not QuestionKind.SUSPENSION:
        raise Refused(Reason.WRONG_STATE, state=scene.facts.state, act=scene.message.act)
    choice = _check(scene, question)
    if question.kind is QuestionKind.ESCALATION:
        facts, event = _answer_escalation(scene, choice)
        return facts, event.model_copy(update={"detail": {**event.detail, "answers": question.id}})
    said = scene.message
    cast = Vote(
        by=said.actor,
        role=said.role,
        choice=choice,
        at=scene.at,
        on_behalf_of=said.on_behalf_of,
        reason=said.reason,
    )
    if choice in (Choice.RETURN, Choice.REFUSE, Choice.DECLINE):
        scene.need_reason()
    verdict = vote(question, cast)
    if verdict.decided is None:
        return _still_open(scene, question, verdict.question, choice)
    facts = scene.facts.having(questions=tuple(one for one in scene.facts.questions if one.id != question.id))
    decided = Scene(facts, said, scene.outlook, scene.policy, scene.at)
    moved, event = _decide(decided, question, verdict.decided)
    return moved, event if event.question else event.model_copy(update={"question": question.id})


def _open(scene: Scene) -> Question:
    """The question meant: by its id, or the only one that was put to the role."""
    questions, said = scene.facts.questions, scene.message
    if said.question:
        found = [one for one in questions if one.id == said.question]
    else:
        found = [one for one in questions if said.role in one.asked and said.choice in _choices(scene, one)]
    if len(found) != 1:
        raise Refused(Reason.NO_QUESTION, question=said.question, count=len(found))
    return found[0]


def _choices(scene: Scene, question: Question) -> tuple[Choice, ...]:
    """What the role may answer: people asked by a higher level have that level's answers."""
    if question.kind is QuestionKind.ESCALATION and scene.message.role in question.also:
        return scene.policy.choices_at(question.level)
    return question.choices


def _check(scene: Scene, question: Question) -> Choice:
    said = scene.message
    if said.role not in question.asked:
        raise Refused(Reason.NOT_ASKED, role=said.role, question=question.id)
    if said.choice is None or said.choice not in _choices(scene, question):
        allowed = ", ".join(_choices(scene, question))
        raise Refused(Reason.WRONG_CHOICE, choice=said.choice or "", allowed=allowed)
    if question.kind in _DECIDED_BY_OTHERS:
        deciding = {one for one in (said.actor, said.on_behalf_of, said.typed_by) if one}
        if deciding & {one for one in (question.by, question.by_for) if one}:
            raise Refused(Reason.OWN_REPORT, question=question.kind)
    if any(one.role == said.role for one in question.votes):
        raise Refused(Reason.ALREADY_VOTED, question=question.id)
    return said.choice


def _still_open(scene: Scene, before: Question, after: Question, choice: Choice) -> tuple[Facts, Event]:
    facts = scene.facts.having(questions=scene.facts.replacing(after))
    event = scene.event(EventKind.VOTED, question=after.id, detail={"choice": choice})
    told = after.asked if after.stage != before.stage else ()
    return facts, event.model_copy(update={"to": told})


def _answer_escalation(scene: Scene, choice: Choice) -> tuple[Facts, Event]:
    """The head's answer is the act itself, and rests the ladder until its own end."""
    match choice:
        case Choice.COMMIT:
            return _commit(scene)
        case Choice.EXTEND:
            return acts.request_extension(scene)
        case Choice.REASSIGN:
            return acts.reassign(scene)
        case Choice.OBSTACLE:
            return acts.raise_obstacle(scene)
        case Choice.NOT_OURS:
            return acts.refuse(scene)
        case Choice.REPORT:
            return acts.report(scene)
        case _:
            raise Refused(
                Reason.WRONG_CHOICE, choice=choice, allowed=", ".join(CHOICES[QuestionKind.ESCALATION])
            )


def _commit(scene: Scene) -> tuple[Facts, Event]:
    """Commit to a date, at most so many working days ahead and so many times a deadline (the policy's numbers)."""
    facts, day, policy = scene.facts, scene.message.day, scene.policy
    if day is None:
        raise Refused(Reason.DATE_MISSING, act=Choice.COMMIT)
    if day < scene.day:
        raise Refused(Reason.DATE_PAST, day=str(day))
    furthest = scene.outlook.window.add_working_days(scene.day, policy.commitment_days)
    if day > furthest:
        raise Refused(Reason.TOO_FAR, day=str(day), furthest=str(furthest))
    if facts.commitments >= policy.commitment_times:
        raise Refused(Reason.TOO_OFTEN, times=policy.commitment_times)
    facts = taken_up(facts.having(last_at=scene.at))
    facts = facts.having(
        commitments=facts.commitments + 1,
        pause=Pause(cause=EventKind.COMMITTED, since=scene.day, until=day),
        questions=facts.without(QuestionKind.ESCALATION),
    )
    return facts, scene.event(EventKind.COMMITTED, (Part.OFFICER, Part.MONITOR), detail={"day": str(day)})


def _decide(scene: Scene, question: Question, decided: Choice) -> tuple[Facts, Event]:
    match question.kind, decided:
        case QuestionKind.APPROVAL, Choice.APPROVE:
            return _approve(scene)
        case QuestionKind.APPROVAL, _:
            return _return(scene)
        case QuestionKind.EXTENSION, Choice.GRANT:
            return _grant(scene, question, EventKind.EXTENSION_GRANTED)
        case QuestionKind.EXTENSION, Choice.COUNTER:
            return _counter(scene, question)
        case QuestionKind.EXTENSION, _:
            return _rest_ends(scene, EventKind.EXTENSION_REFUSED)
        case QuestionKind.COUNTER, Choice.ACCEPT:
            return _grant(scene, question, EventKind.EXTENSION_GRANTED)
        case QuestionKind.COUNTER, _:
            return _rest_ends(scene, EventKind.COUNTER_DECLINED)
        case QuestionKind.OBSTACLE, Choice.RESOLVE:
            return _rest_ends(scene, EventKind.OBSTACLE_RESOLVED)
        case QuestionKind.OBSTACLE, _:
            return _rest_ends(scene, EventKind.OBSTACLE_REFUSED)
        case QuestionKind.NOT_OURS, Choice.AGREE:
            facts = scene.facts.having(state=State.WITHDRAWN, questions=(), pause=None)
            return facts, scene.event(EventKind.NOT_OURS_AGREED, (*UNIT, Part.MONITOR), urgent=True)
        case QuestionKind.NOT_OURS, _:
            return _rest_ends(scene, EventKind.NOT_OURS_REFUSED)
        case QuestionKind.SUSPENSION, Choice.RESUME:
            return acts.resume(scene)
        case _:
            return _renew(scene)


def _approve(scene: Scene) -> tuple[Facts, Event]:
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


def _return(scene: Scene) -> tuple[Facts, Event]:
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
    facts = new_cycle(facts, scene.at, state=State.IN_PROGRESS, redo=redo, rounds=facts.rounds + 1)
    detail = {"day": str(redo.day), "round": str(facts.rounds)}
    return facts, scene.event(EventKind.RETURNED, UNIT, urgent=True, detail=detail)


def _grant(scene: Scene, question: Question, kind: EventKind) -> tuple[Facts, Event]:
    if question.due is None or question.due.instant <= scene.at:
        raise Refused(Reason.DATE_PAST, day=str(question.due.day) if question.due else "")
    if (
        scene.due and question.due.instant <= scene.due.instant
    ):  # a suspension has moved the deadline meanwhile
        raise Refused(Reason.DATE_NOT_LATER, day=str(question.due.day), due=str(scene.due.day))
    facts = with_deadline(scene, question.due)
    facts = facts.having(extensions=facts.extensions + 1)
    detail = {"day": str(question.due.day), "count": str(facts.extensions)}
    if scene.due:
        detail["before"] = str(scene.due.day)
    return facts, scene.event(kind, (*UNIT, Part.MONITOR), urgent=True, detail=detail)


def _counter(scene: Scene, question: Question) -> tuple[Facts, Event]:
    """Another date than the one asked for: the unit accepts or declines it."""
    offered = later(scene, scene.message.day)
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


def _rest_ends(scene: Scene, kind: EventKind) -> tuple[Facts, Event]:
    """The request is decided without a new deadline: the ladder goes on the next working day.

    A rest that lasts longer still counts. What rested with the ladder begins anew: the review of a task
    without a deadline, and the acknowledgement of one that was thought another unit's.
    """
    facts, held, window = scene.facts, scene.facts.pause, scene.outlook.window
    if held is None or (held.until or window.add_working_days(held.since, held.working_days)) < scene.day:
        held = Pause(cause=kind, since=scene.day, until=scene.day)
    review = facts.review.model_copy(update={"day": scene.day})
    facts = facts.having(pause=held, review=review)
    if facts.state is State.ASSIGNED:
        facts = facts.having(ack=Climb(), ack_since=scene.at)
    return facts, scene.event(kind, (*UNIT, Part.MONITOR), urgent=True)


def _renew(scene: Scene) -> tuple[Facts, Event]:
    """The suspension goes on until another day."""
    facts, day = scene.facts, scene.message.day
    day = day or scene.outlook.window.add_working_days(scene.day, scene.policy.suspension_review)
    if day <= scene.day:
        raise Refused(Reason.DATE_PAST, day=str(day))
    span: Span = facts.spans[-1]
    asked = span.asked.model_copy(update={"day": None})
    span = span.model_copy(update={"ends": day, "asked": asked})
    facts = facts.having(spans=(*facts.spans[:-1], span))
    return facts, scene.event(EventKind.SUSPENSION_RENEWED, UNIT, urgent=True, detail={"day": str(day)})
