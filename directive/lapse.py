"""A question that nobody answered, decided by the policy's rule: the facts after it, and what is told."""

from datetime import datetime

from directive import decisions
from directive.event import Event, EventKind
from directive.mark import Mark
from directive.message import Act, Door, Message
from directive.outlook import Outlook, due_basis, occurrence_after
from directive.policy import Policy
from directive.question import Choice, Question, conclude
from directive.refusal import Refused
from directive.scene import Scene
from directive.silence import INSTEAD
from directive.task import Facts
from directive.window import Window

NOBODY = "silence-0"


def lapse(facts: Facts, mark: Mark, at: datetime, policy: Policy) -> tuple[Facts, tuple[Event, ...]]:
    """Decide a question as the mark says: those who were asked hear that it is over, then the decision is told.

    What is decided depends on the facts and the mark alone, so that the register and the task, which may take it
    at different moments after a crash, decide alike. The events name nobody: `rule` is the policy that decided.
    """
    question = next((one for one in facts.questions if one.id == mark.question), None)
    if question is None or mark.choice is None:  # another decision of the same moment has made it moot
        moot = Event(id=mark.key, kind=EventKind.SUPERSEDED, at=at, planned=mark.at, reason=mark.question)
        return facts, (moot,)
    try:
        choice = mark.choice
        moved, event = _decided(facts, question, mark, choice, at, policy)
    except Refused:  # the date asked for is no longer one that may be granted
        choice = INSTEAD.get(mark.choice, mark.choice)
        moved, event = _decided(facts, question, mark, choice, at, policy)
    said = {"choice": choice.value, "rule": policy.version}
    told = Event(
        id=mark.key,
        kind=EventKind.QUESTION_LAPSED,
        at=at,
        planned=mark.at,
        to=mark.to,
        copy_to=mark.copy_to,
        urgent=mark.urgent,
        question=mark.question,
        detail=said,
    )
    nobody = {"actor": "", "door": "", "at": at, "id": f"{mark.key}.decided"}
    decision = event.model_copy(update={**nobody, "detail": {**event.detail, "rule": policy.version}})
    return moved, (told, decision)


def _decided(
    facts: Facts, question: Question, mark: Mark, choice: Choice, at: datetime, policy: Policy
) -> tuple[Facts, Event]:
    """As if somebody had answered at `at`; a date is granted as of the mark's instant, at which it lay ahead."""
    as_of = mark.at if choice in INSTEAD else at
    by_rule = Message(id=NOBODY, act=Act.ANSWER, actor=NOBODY, role="", at=as_of, door=Door.CLI)
    following = None
    if facts.recurrence and facts.original_due:
        following = occurrence_after(facts.recurrence, facts.original_due, policy)
    outlook = Outlook(
        revision=facts.revision,
        due=mark.due,
        marks=(),
        window=mark.window or Window(start=mark.at.date(), bits=""),
        next_due=following,
        basis=due_basis(facts),
    )
    scene = Scene(facts, by_rule, outlook, policy, as_of)
    return decisions.conclude(scene, question, conclude(question, choice, at), choice)
