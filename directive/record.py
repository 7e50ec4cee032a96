"""One transition and what the register answers: the contract between a workflow and its one activity.

The register folds its answer into the facts it stores; the workflow folds the same answer into its own by the
same function, so that the two never drift.
"""

from datetime import datetime

from directive.clock import OfficeClock
from directive.event import Event, EventKind
from directive.mark import Mark, Marks, name_of
from directive.message import Message
from directive.outlook import Outlook
from directive.policy import Policy
from directive.skipping import skip, skip_question
from directive.taking import rungs_taken, take
from directive.task import Facts, Order, State
from directive.value import Value


class Transition(Value):
    """What has just happened to a task: events with the facts after them, and the marks among them.

    `at` is the office's instant (UTC). The plan, the policy and the work's wording stand in the register. `expects`
    names the marks that the task expects to lie ahead now (`mark.name_of`); "" where it did not say.
    """

    facts: Facts
    events: tuple[Event, ...]
    taken: Marks = ()
    at: datetime
    expects: str = ""


class Recorded(Value):
    """The register's answer.

    `vacant` names the events that nobody could be asked (their ids); `known` the marks that the register holds
    as taken though the facts did not: a worker died after the record and before the engine heard of it.
    `outlook` looks ahead of the facts after `fold`. Where its marks are those that the task expected, which is what
    mostly comes of a mark that is taken, it has none and `as_expected` stands for them: they are most of an answer.
    """

    outlook: Outlook
    vacant: tuple[str, ...] = ()
    known: Marks = ()
    as_expected: bool = False

    def seen(self, expected: tuple[Mark, ...]) -> Outlook:
        """The outlook with its marks, for the task that expected these."""
        told = self.outlook.model_copy(update={"marks": expected}) if self.as_expected else self.outlook
        return told.thrifty()


def answer_to(
    transition: Transition, outlook: Outlook, vacant: tuple[str, ...], known: tuple[Mark, ...]
) -> Recorded:
    """What the register answers to a transition, whose task is not told anew of the marks that it expected."""
    as_expected = name_of(outlook.marks) == transition.expects
    told = outlook.model_copy(update={"marks": ()}) if as_expected else outlook
    return Recorded(outlook=told, vacant=vacant, known=known, as_expected=as_expected)


def fold(
    facts: Facts, transition: Transition, vacant: tuple[str, ...], known: tuple[Mark, ...], policy: Policy
) -> Facts:
    """The facts once the register has answered. Safe on facts that have moved on since the transition."""
    for mark in known:
        if belongs(facts, mark):
            facts, _ = take(facts, (mark,), mark.at, policy)
            facts = skip(facts, mark, policy) if mark.key in vacant else facts
    for mark in transition.taken:
        if mark.key in vacant and mark.key in facts.settled:
            facts = skip(facts, mark, policy)
    for event in transition.events:
        asks = event.question and event.planned is None and event.kind is not EventKind.MORE_ASKED
        if event.id in vacant and asks:
            facts = skip_question(facts, event.question, event.at)
    return facts


def belongs(facts: Facts, mark: Mark) -> bool:
    """Whether a mark the register knows is one of the deadline and the questions that the facts are at now."""
    if mark.key in facts.settled or 0 < mark.number <= rungs_taken(facts, mark):
        return False
    if mark.question:
        stages = {f"{one.turn}.{mark.number}" for one in facts.questions}
        return mark.key in stages
    if mark.series == "suspension":
        return facts.state is State.SUSPENDED and mark.key.startswith(
            f"c{facts.cycle}.span.{len(facts.spans)}."
        )
    if mark.series == "acknowledge":
        return facts.state is State.ASSIGNED and mark.key.startswith(f"a{facts.ack_since:%Y%m%d%H%M%S}.")
    return mark.key.startswith(f"c{facts.cycle}.") and not facts.closed


class Receipt(Value):
    """What a door hears once its act is recorded. `detail` is the event's: dates and counts that the act set."""

    task: str
    message: str
    kind: EventKind
    at: datetime
    state: State
    detail: dict[str, str] = {}


class Carried(Value):
    """What a task takes along when its history is begun anew."""

    facts: Facts
    outlook: Outlook
    receipts: tuple[Receipt, ...] = ()


class TaskStart(Value):
    """The argument of a task's workflow: its order, and what it carried over from an earlier run.

    An approval's has the `submission` too, the message that puts the document before its first stage. After so many
    `records` a run begins anew, so that its replay stays short; 0, as in older runs: only when the engine suggests it.
    """

    order: Order
    carried: Carried | None = None
    submission: Message | None = None
    records: int = 0


class TaskEnd(Value):
    """How a task ended."""

    task: str
    state: State
    at: datetime


class TaskView(Value):
    """What a task's workflow knows of itself."""

    facts: Facts
    outlook: Outlook
    work: str


class DirectiveOrder(Value):
    """The argument of a directive's workflow. The plan itself is in the register: arguments end at 2 MB."""

    directive: str
    digest: str
    clock: OfficeClock = OfficeClock()
    cursor: int = 0


class Batch(Value):
    """Start the tasks of a directive from `cursor` on, `size` at most."""

    directive: str
    cursor: int
    size: int
    clock: OfficeClock


class Started(Value):
    """How far the tasks of a directive are started, or taken back; `stopped` where no more are to be started."""

    cursor: int
    total: int
    stopped: bool = False


class Glance(Value):
    """Look how a directive stands at the office's instant `at`."""

    directive: str
    at: datetime


class Standing(Value):
    """How many of a directive's tasks are open, and when to look again (the next working day, UTC).

    `outcomes` counts the official outcomes, and the withdrawn tasks, once none is open; `unassigned` tells that the
    assignment was taken back.
    """

    open: int
    total: int
    again: datetime
    unassigned: bool = False
    outcomes: dict[str, int] = {}


class DirectiveEnd(Value):
    """How a directive ended: its tasks by their official outcomes, and those withdrawn."""

    directive: str
    tasks: int
    at: datetime
    outcomes: dict[str, int] = {}


class Round(Value):
    """One round of delivery, asked for at the office's instant `at`; by `clock` a later attempt knows its own."""

    at: datetime
    clock: OfficeClock | None = None

    def instant(self, started: datetime) -> datetime:
        """The office's instant of an attempt that the engine `started` then: of the first one, `at`."""
        return max(self.at, self.clock.office(started)) if self.clock else self.at


class Delivered(Value):
    """When the outbox has to be looked at again; None when nothing waits.

    `through`: what was due at the round's instant has left the house, but for the few people who are still `owed`
    something. None of webhooks, and of older releases, which did not tell.
    """

    next_at: datetime | None = None
    through: bool | None = None
    owed: tuple[str, ...] = ()


class Admission(Value):
    """A signalled answer that wants to be let in: does `actor` hold `role` on the day of `at`?"""

    task: str
    actor: str
    role: str
    at: datetime
    officer: str = ""


class Admitted(Value):
    """Whether the register lets a signalled answer in, and for whom the actor stands in."""

    welcome: bool
    on_behalf_of: str = ""
