"""What an act is judged by, and what several acts make of it alike."""

from dataclasses import dataclass
from datetime import date, datetime

from directive.due import Due, end_of_day, local_day
from directive.event import Event, EventKind
from directive.message import Message
from directive.opening import NOT_ACKNOWLEDGED
from directive.outlook import Outlook, due_basis
from directive.policy import Policy
from directive.question import QuestionKind
from directive.refusal import Reason, Refused
from directive.roles import Part
from directive.task import Facts, State, new_cycle

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
        """The deadline in force, though another act may be on its way into the record."""
        fresh = self.outlook.basis == due_basis(self.facts)
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


def later(scene: Scene, day: date | None) -> Due:
    """The deadline at the end of `day`: after the one in force, ahead, and not after the parent's."""
    if day is None:
        raise Refused(Reason.DATE_MISSING, act=scene.message.act)
    wanted = scene.due_on(day)
    if scene.due and wanted.instant <= scene.due.instant:
        raise Refused(Reason.DATE_NOT_LATER, day=str(day), due=str(scene.due.day))
    if wanted.instant <= scene.at:
        raise Refused(Reason.DATE_PAST, day=str(day))
    within_parent(scene, wanted)
    return wanted


def within_parent(scene: Scene, due: Due) -> None:
    """Refuse to let a person set a child's deadline after its parent's.

    What no person sets is not refused: the days of a suspension, a calendar's new holiday, the redo date of a
    return. A parent whose deadline moves before its children's refuses nothing either; the desk tells who is
    concerned.
    """
    parent = scene.outlook.parent_due
    if parent is not None and due.instant > parent.instant:
        raise Refused(Reason.AFTER_PARENT, day=str(due.day), due=str(parent.day))


def not_too_long(scene: Scene, ends: date | None) -> None:
    """Refuse a suspension that one decision would make longer than the policy allows."""
    furthest = scene.outlook.window.furthest(scene.day, scene.policy.suspension_longest)
    if ends and ends > furthest:
        raise Refused(Reason.TOO_FAR, day=str(ends), furthest=str(furthest))


def with_deadline(scene: Scene, due: Due) -> Facts:
    """The facts under a newly decided deadline; requests for another one are moot."""
    facts = scene.facts
    kept = facts.without(QuestionKind.ESCALATION, QuestionKind.EXTENSION, QuestionKind.COUNTER)
    original = facts.original_due or due
    return new_cycle(facts, scene.at, due=due, original_due=original, redo=None, questions=kept)
