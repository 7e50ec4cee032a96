"""What each act makes of the facts. Each function gives the new facts and the one event, or refuses."""

from dataclasses import dataclass
from datetime import date, datetime

from directive.due import Due, end_of_day, local_day
from directive.event import Event, EventKind
from directive.message import Message
from directive.outlook import Outlook
from directive.policy import Policy
from directive.question import CHOICES, Climb, QuestionKind, Stage
from directive.refusal import Reason, Refused
from directive.roles import Part
from directive.taking import NOT_ACKNOWLEDGED, open_question
from directive.task import Facts, Pause, Report, Span, State, new_cycle

UNIT = (Part.OFFICER, Part.HEAD)


@dataclass(frozen=True)
class Scene:
    """What an act is judged by. `at` is the instant it counts as done (UTC)."""

    facts: Facts
    message: Message
    outlook: Outlook
    policy: Policy
    at: datetime

    @property
    def due(self) -> Due | None:
        """The deadline in force."""
        fresh = self.outlook.revision == self.facts.revision
        return self.outlook.due if fresh else self.facts.decided_due

    @property
    def day(self) -> date:
        """The local day of the act."""
        return local_day(self.at)

    def event(
        self, kind: EventKind, to: tuple[Part, ...] = (), *, urgent: bool = False, **more: object
    ) -> Event:
        """The act's event, told to some parts."""
        said = self.message
        event = Event(
            id=said.id,
            kind=kind,
            at=self.at,
            to=self.facts.task.roles(to),
            urgent=urgent,
            actor=said.actor,
            role=said.role,
            on_behalf_of=said.on_behalf_of,
            typed_by=said.typed_by,
            door=said.door,
            reason=said.reason,
            text=said.text,
        )
        return event.model_copy(update=more)

    def need_reason(self) -> None:
        """Refuse an act that gives no reason."""
        if not self.message.reason.strip():
            raise Refused(Reason.REASON_MISSING, act=self.message.act)

    def due_on(self, day: date) -> Due:
        """The deadline at the end of a day that a person named."""
        instant = end_of_day(day, self.policy.day_ends_at)
        return Due(day=day, instant=instant, worded=f"{day:%d/%m/%Y}", rule="decision")


def taken_up(facts: Facts) -> Facts:
    """The facts once the unit has shown that it has the task: no acknowledgement is asked for any more."""
    if facts.state is not State.ASSIGNED:
        return facts
    kept = tuple(one for one in facts.questions if one.about != NOT_ACKNOWLEDGED)
    return facts.having(state=State.IN_PROGRESS, acknowledged_at=facts.last_at, questions=kept)


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
    """The unit tells how far it has come: a sign of life for a task without a deadline."""
    if not scene.message.text.strip():
        raise Refused(Reason.NOTHING_HANDED_IN, act=scene.message.act)
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


def later(scene: Scene, day: date | None) -> Due:
    """The deadline at the end of `day`, which has to lie after the one in force and ahead."""
    if day is None:
        raise Refused(Reason.DATE_MISSING, act=scene.message.act)
    wanted = scene.due_on(day)
    if scene.due and wanted.instant <= scene.due.instant:
        raise Refused(Reason.DATE_NOT_LATER, day=str(day), due=str(scene.due.day))
    if wanted.instant <= scene.at:
        raise Refused(Reason.DATE_PAST, day=str(day))
    return wanted


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
    facts = with_deadline(scene, due)
    before = {"before": str(scene.due.day)} if scene.due else {}
    event = scene.event(EventKind.DEADLINE_AMENDED, UNIT, urgent=True, detail={"day": str(due.day), **before})
    return facts, event


def with_deadline(scene: Scene, due: Due) -> Facts:
    """The facts under a newly decided deadline; requests for another one are moot."""
    facts = scene.facts
    kept = facts.without(QuestionKind.ESCALATION, QuestionKind.EXTENSION, QuestionKind.COUNTER)
    original = facts.original_due or due
    return new_cycle(facts, scene.at, due=due, original_due=original, redo=None, questions=kept)


def suspend(scene: Scene) -> tuple[Facts, Event]:
    """The assigning level stops the clock, until `day` or else until the policy's review date."""
    scene.need_reason()
    ends = scene.message.day
    if ends is not None and end_of_day(ends) <= scene.at:
        raise Refused(Reason.DATE_PAST, day=str(ends))
    facts = scene.facts
    span = Span(since=scene.at, reason=scene.message.reason, ends=ends)
    facts = facts.having(state=State.SUSPENDED, resumes_to=facts.state, spans=(*facts.spans, span))
    detail = {"day": str(ends)} if ends else {}
    return facts, scene.event(EventKind.SUSPENDED, UNIT, urgent=True, detail=detail)


def resume(scene: Scene) -> tuple[Facts, Event]:
    """The clock runs again. The deadline moves by what was suspended, unless the decision names a new one."""
    facts, said = scene.facts, scene.message
    span = facts.spans[-1].model_copy(update={"until": scene.at})
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
        facts = with_deadline(Scene(facts, said, scene.outlook, scene.policy, scene.at), due)
    detail = {"day": str(due.day)} if due else {}
    return facts, scene.event(EventKind.RESUMED, UNIT, urgent=True, detail=detail)


def withdraw(scene: Scene) -> tuple[Facts, Event]:
    """The task no longer has to be done."""
    scene.need_reason()
    spans = tuple(
        span if span.until else span.model_copy(update={"until": scene.at}) for span in scene.facts.spans
    )
    changes = {"state": State.WITHDRAWN, "questions": (), "pause": None, "resumes_to": None, "spans": spans}
    facts = scene.facts.having(**changes)
    return facts, scene.event(EventKind.WITHDRAWN, UNIT, urgent=True)


def nudge(scene: Scene) -> tuple[Facts, Event]:
    """An official reminder by the assigning side, numbered; not more often than the policy says."""
    facts = scene.facts
    if facts.nudged_at is not None:
        earliest = scene.outlook.window.add_working_days(local_day(facts.nudged_at), scene.policy.nudge_gap)
        if scene.day < earliest:
            raise Refused(Reason.TOO_SOON, day=str(earliest))
    number = facts.nudges + 1
    facts = facts.having(nudges=number, nudged_at=scene.at)
    detail = {"number": str(number)}
    if scene.message.document:
        detail["document"] = scene.message.document.number
    return facts, scene.event(EventKind.NUDGED, UNIT, urgent=True, detail=detail)


def replan(scene: Scene) -> tuple[Facts, Event]:
    """The task moves to another version of the calendar, and a counted deadline perhaps to another day."""
    scene.need_reason()
    said, facts = scene.message, scene.facts
    if not said.calendar or (said.calendar == facts.calendar and said.due is None):
        raise Refused(Reason.NOTHING_CHANGES, calendar=facts.calendar)
    detail = {"calendar": said.calendar, "before": facts.calendar}
    facts = facts.having(calendar=said.calendar)
    if said.due is not None and facts.due is not None and said.due.instant != facts.due.instant:
        detail["day"] = str(said.due.day)
        # The same deadline counted anew: what was suspended still moves it.
        facts = new_cycle(facts, scene.at, due=said.due, due_since=facts.due_since)
    return facts, scene.event(EventKind.REPLANNED, detail=detail)
