"""What the unit does with its task. Each function gives the new facts and the one event, or refuses."""

from directive import more
from directive.due import Due
from directive.event import Event, EventKind
from directive.opening import open_question
from directive.question import CHOICES, Climb, QuestionKind, Stage
from directive.refusal import Reason, Refused
from directive.roles import Part
from directive.scene import Scene, later, taken_up
from directive.task import Facts, Pause, Report, State


def acknowledge(scene: Scene) -> tuple[Facts, Event]:
    """The unit confirms that it has the task."""
    facts = taken_up(scene.facts.having(last_at=scene.at))
    return facts, scene.event(EventKind.ACKNOWLEDGED)


def refuse(scene: Scene) -> tuple[Facts, Event]:
    """The unit says that the task is not its own; the assigning level decides."""
    return _request(scene, QuestionKind.NOT_OURS, EventKind.NOT_OURS_RAISED)


def raise_obstacle(scene: Scene) -> tuple[Facts, Event]:
    """The unit names an obstacle that needs a decision from above."""
    return _request(scene, QuestionKind.OBSTACLE, EventKind.OBSTACLE_RAISED)


def progress(scene: Scene) -> tuple[Facts, Event]:
    """The unit tells how far it has come: a sign of life for a task without a deadline.

    Where those asked have asked for more, this supplies it; a report that waits for its decision takes nothing else.
    """
    said = scene.message
    if more.wanting(scene) or scene.facts.state is State.REPORTED:
        if not (said.text.strip() or said.evidence):
            raise Refused(Reason.NOTHING_HANDED_IN, act=said.act)
        return more.give(scene)
    if not said.text.strip():
        raise Refused(Reason.NOTHING_HANDED_IN, act=said.act)
    facts = taken_up(scene.facts.having(last_at=scene.at))
    review = facts.review.model_copy(update={"day": scene.day})
    return facts.having(review=review), scene.event(EventKind.PROGRESSED)


def report(scene: Scene) -> tuple[Facts, Event]:
    """The unit hands in its report with evidence; the route's first stage is asked to decide."""
    said = scene.message
    if not (said.text.strip() or said.document or said.evidence):
        raise Refused(Reason.NOTHING_HANDED_IN, act=said.act)
    handed_in = Report(
        id=said.id,
        at=scene.at,
        by=said.actor,
        on_behalf_of=said.on_behalf_of,
        text=said.text,
        document=said.document,
        evidence=said.evidence,
    )
    facts = taken_up(scene.facts.having(last_at=scene.at))
    facts = facts.having(state=State.REPORTED, report=handed_in, pause=None, questions=())
    facts = open_question(
        facts,
        QuestionKind.APPROVAL,
        facts.task.route,
        scene.at,
        CHOICES[QuestionKind.APPROVAL],
        by=said.actor,
        by_for=said.on_behalf_of,
        typed_by=said.typed_by,
    )
    question = facts.questions[-1]
    event = scene.event(EventKind.REPORTED, question=question.id)
    return facts, event.model_copy(update={"to": question.asked, "copy_to": (facts.task.role(Part.MONITOR),)})


def request_extension(scene: Scene) -> tuple[Facts, Event]:
    """The unit asks for a later deadline. One open request a task; the requester does not decide."""
    facts, day = scene.facts, scene.message.day
    if scene.due is None:
        raise Refused(Reason.NO_DEADLINE, act=scene.message.act)
    if facts.open_question(QuestionKind.EXTENSION) or facts.open_question(QuestionKind.COUNTER):
        raise Refused(Reason.REQUEST_OPEN, act=scene.message.act)
    if facts.extensions >= scene.policy.extension_times:
        raise Refused(Reason.TOO_OFTEN, times=scene.policy.extension_times)
    asked = later(scene, day)
    return _request(scene, QuestionKind.EXTENSION, EventKind.EXTENSION_REQUESTED, due=asked)


def _request(
    scene: Scene, kind: QuestionKind, event: EventKind, due: Due | None = None
) -> tuple[Facts, Event]:
    """Open a question of the unit to the assigning level; the ladder rests until it is decided."""
    scene.need_reason()
    said, facts = scene.message, scene.facts
    if facts.open_question(kind):
        raise Refused(Reason.REQUEST_OPEN, act=said.act)
    if kind is not QuestionKind.NOT_OURS:
        facts = taken_up(facts.having(last_at=scene.at))
    asks = facts.task.roles(scene.policy.questions[kind].ask)
    facts = open_question(
        facts.having(questions=facts.without(QuestionKind.ESCALATION)),
        kind,
        (Stage(asks=asks),),
        scene.at,
        CHOICES[kind],
        about=said.id,
        due=due,
        by=said.actor,
        by_for=said.on_behalf_of,
        typed_by=said.typed_by,
    )
    question = facts.questions[-1]
    told = scene.event(event, question=question.id, detail={"day": str(due.day)} if due else {})
    return facts, told.model_copy(
        update={"to": asks, "copy_to": (facts.task.role(Part.MONITOR),), "urgent": True}
    )


def reassign(scene: Scene) -> tuple[Facts, Event]:
    """Another officer of the lead unit takes the task over; the ladder rests for some working days."""
    person = scene.message.person.strip()
    if not person:
        raise Refused(Reason.PERSON_MISSING, act=scene.message.act)
    if person == scene.facts.officer:
        raise Refused(Reason.SAME_OFFICER, person=person)
    facts = scene.facts.having(
        officer=person,
        ack=Climb(),
        ack_since=scene.at,
        questions=scene.facts.without(QuestionKind.ESCALATION),
    )
    pause = Pause(cause=EventKind.REASSIGNED, since=scene.day, working_days=scene.policy.reassign_pause)
    # One rest between two levels: an officer a day would put the ladder off for ever.
    facts = facts.having(pause=facts.pause or pause)
    return facts, scene.event(EventKind.REASSIGNED, (Part.OFFICER,), urgent=True, detail={"person": person})
