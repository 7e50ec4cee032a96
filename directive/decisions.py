"""Answers to questions: who may answer what, and what the facts become when a question is decided."""

from directive import acts, assigning, more, verdicts
from directive.event import Event, EventKind
from directive.question import CHOICES, Choice, Question, QuestionKind, Verdict, Vote, vote
from directive.refusal import Reason, Refused
from directive.roles import Part
from directive.scene import UNIT, Scene, taken_up
from directive.task import Facts, Pause, State

_NEED_REASON = {Choice.RETURN, Choice.REFUSE, Choice.DECLINE, Choice.ASK_MORE}


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
    if choice in _NEED_REASON:
        scene.need_reason()
    if choice is Choice.ASK_MORE:
        return more.ask(scene, question)
    return conclude(scene, question, vote(question, cast), choice)


def conclude(scene: Scene, question: Question, verdict: Verdict, choice: Choice) -> tuple[Facts, Event]:
    """The facts after `choice` has led the question to its verdict."""
    if verdict.decided is None:
        return _still_open(scene, question, verdict.question, choice)
    facts = scene.facts.having(questions=tuple(one for one in scene.facts.questions if one.id != question.id))
    decided = Scene(facts, scene.message, scene.outlook, scene.policy, scene.at)
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
    if question.stage and said.at < question.asked_at:  # it was said to the stage before
        raise Refused(Reason.NOT_ASKED, role=said.role, question=question.id)
    if said.choice is None or said.choice not in _choices(scene, question):
        allowed = ", ".join(_choices(scene, question))
        raise Refused(Reason.WRONG_CHOICE, choice=said.choice or "", allowed=allowed)
    if question.is_own(said.actor, said.on_behalf_of, said.typed_by):
        raise Refused(Reason.OWN_REPORT, question=question.kind)
    if question.has_answered(said.role, said.actor, said.on_behalf_of):
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
    """Commit to a date, at most so many working days ahead and so many times a task or period (the policy says)."""
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
            return verdicts.approve(scene)
        case QuestionKind.APPROVAL, Choice.REFUSE:
            return verdicts.refuse_report(scene)
        case QuestionKind.APPROVAL, _:
            return verdicts.send_back(scene)
        case QuestionKind.EXTENSION, Choice.GRANT:
            return verdicts.grant(scene, question, EventKind.EXTENSION_GRANTED)
        case QuestionKind.EXTENSION, Choice.COUNTER:
            return verdicts.counter(scene, question)
        case QuestionKind.EXTENSION, _:
            return verdicts.go_on(scene, EventKind.EXTENSION_REFUSED)
        case QuestionKind.COUNTER, Choice.ACCEPT:
            return verdicts.grant(scene, question, EventKind.EXTENSION_GRANTED)
        case QuestionKind.COUNTER, _:
            return verdicts.go_on(scene, EventKind.COUNTER_DECLINED)
        case QuestionKind.OBSTACLE, Choice.RESOLVE:
            return verdicts.go_on(scene, EventKind.OBSTACLE_RESOLVED)
        case QuestionKind.OBSTACLE, _:
            return verdicts.go_on(scene, EventKind.OBSTACLE_REFUSED)
        case QuestionKind.NOT_OURS, Choice.AGREE:
            facts = scene.facts.having(state=State.WITHDRAWN, questions=(), pause=None)
            return facts, scene.event(EventKind.NOT_OURS_AGREED, (*UNIT, Part.MONITOR), urgent=True)
        case QuestionKind.NOT_OURS, _:
            return verdicts.go_on(scene, EventKind.NOT_OURS_REFUSED)
        case QuestionKind.SUSPENSION, Choice.RESUME:
            return assigning.resume(scene)
        case _:
            return verdicts.renew(scene)
