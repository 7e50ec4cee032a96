"""A task as a value: its state and the facts from which everything else is derived.

`directive/moves.py` holds the table of moves, `directive/marks.py` what happens when nobody moves.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from directive.clock import OfficeClock
from directive.due import Due
from directive.message import Document, Evidence
from directive.policy import Policy
from directive.question import Climb, Question, QuestionKind, Stage
from directive.roles import Part, part_role, part_roles
from directive.span import Span
from directive.thrift import held_once
from directive.value import Value


class State(StrEnum):
    """Where a task stands. Its light (overdue and so on) is derived, never stored."""

    ASSIGNED = "assigned"  # given to the unit, not yet taken
    IN_PROGRESS = "in_progress"  # taken by the unit
    REPORTED = "reported"  # handed in, waiting for a decision
    COMPLETED = "completed"  # accepted
    SUSPENDED = "suspended"  # the clock stands by decision
    WITHDRAWN = "withdrawn"  # need not be done any more
    REFUSED = "refused"  # a stand-alone approval that was not given


CLOSED = frozenset({State.COMPLETED, State.WITHDRAWN, State.REFUSED})
WORKING = frozenset({State.ASSIGNED, State.IN_PROGRESS})


RESTING = frozenset(
    {QuestionKind.EXTENSION, QuestionKind.COUNTER, QuestionKind.OBSTACLE, QuestionKind.NOT_OURS}
)  # while one of these is undecided, the ladder rests


class Recurrence(Value):
    """A recurring deadline as an RFC 5545 rule, counted from `start`; it ends after `until`, if given."""

    rrule: str
    start: date
    until: date | None = None


class Assignment(Value):
    """What never changes about a task: which one it is and whose.

    A stand-alone approval is a task of `kind` approval: a document or a request that waits for its route.
    """

    id: str
    directive: str
    code: str
    unit: str
    issuer: str
    monitor: str
    route: tuple[Stage, ...] = Field(min_length=1)
    parent: str = ""
    kind: Literal["task", "approval"] = "task"

    def role(self, part: Part) -> str:
        """The wire role that plays `part` for this task."""
        return part_role(part, unit=self.unit, monitor=self.monitor, issuer=self.issuer)

    def roles(self, parts: tuple[Part, ...]) -> tuple[str, ...]:
        """The wire roles of several parts, in order."""
        return part_roles(parts, unit=self.unit, monitor=self.monitor, issuer=self.issuer)


class Order(Value):
    """What starts a task's workflow: the task, its deadline, the policy and calendar it lives under."""

    task: Assignment
    work: str
    number: str
    due: Annotated[Due | None, AfterValidator(held_once)]
    recurrence: Recurrence | None = None
    policy: Annotated[Policy, AfterValidator(held_once)]
    calendar: str
    clock: Annotated[OfficeClock, AfterValidator(held_once)] = OfficeClock()


class Pause(Value):
    """Why the escalation ladder rests: until the end of `until`, or for so many `working_days` after `since`.

    An open request (`RESTING`) rests it too, for as long as it is undecided. `at` is when one was decided: a
    ladder in hours goes on from there.
    """

    cause: str
    since: date
    until: date | None = None
    working_days: int = 0
    at: datetime | None = None


class Report(Value):
    """What was handed in last. `at` is the instant it was handed in, which decides whether it was in time."""

    id: str
    at: datetime
    by: str
    on_behalf_of: str = ""
    text: str = ""
    document: Document | None = None
    evidence: tuple[Evidence, ...] = ()


class Facts(Value):
    """All that is known of a running task. Instants are UTC.

    `cycle` counts the deadlines the task has had (an amendment, a return and a new period each begin one);
    `settled` holds the keys of this cycle's marks that were taken, superseded or impossible; suspensions since
    `due_since` (else the assignment) move the deadline.
    """

    task: Assignment
    state: State
    assigned_at: datetime
    last_at: datetime
    calendar: str
    policy: str
    revision: int = 0
    due: Due | None = None
    original_due: Due | None = None
    recurrence: Recurrence | None = None
    period: int = 1
    redo: Due | None = None
    cycle: int = 1
    cycle_since: datetime
    due_since: datetime | None = None
    settled: tuple[str, ...] = ()
    resumes_to: State | None = None
    spans: tuple[Span, ...] = ()
    acknowledged_at: datetime | None = None
    ack_since: datetime
    ack: Climb = Climb()
    climb: Climb = Climb()
    review: Climb = Climb()
    pause: Pause | None = None
    commitments: int = 0
    extensions: int = 0
    rounds: int = 0
    nudges: int = 0
    nudged_at: datetime | None = None
    officer: str = ""
    report: Report | None = None
    questions: tuple[Question, ...] = ()
    asked: int = 0

    @property
    def closed(self) -> bool:
        """Whether nothing more happens to the task."""
        return self.state in CLOSED

    @property
    def decided_due(self) -> Due | None:
        """The deadline as decided: the redo date of a return where that is later, or the only one.

        A stand-alone approval has none: the redo date of its return is when its unit is asked, and no more.
        """
        if self.task.kind == "approval":
            return None
        if self.redo and (self.due is None or self.redo.instant > self.due.instant):
            return self.redo
        return self.due

    def open_question(self, kind: QuestionKind) -> Question | None:
        """The open question of a kind, if there is one (there is never more than one)."""
        return next((one for one in self.questions if one.kind is kind), None)

    @property
    def resting(self) -> bool:
        """Whether a request of the unit is still undecided."""
        return any(one.kind in RESTING for one in self.questions)

    def officer_in(self, role: str) -> str:
        """The officer the task was reassigned to, where `role` is that of the lead unit's officer; else nobody.

        A route may ask other units' officers: the lead unit's is none of them.
        """
        return self.officer if role == self.task.role(Part.OFFICER) else ""

    def having(self, **changes: object) -> "Facts":
        """The same facts with some changed."""
        return self.model_copy(update=changes)

    def without(self, *kinds: QuestionKind) -> tuple[Question, ...]:
        """The open questions except those of some kinds."""
        return tuple(one for one in self.questions if one.kind not in kinds)

    def replacing(self, question: Question) -> tuple[Question, ...]:
        """The open questions with one in its new form."""
        return tuple(question if one.id == question.id else one for one in self.questions)


def new_cycle(facts: Facts, at: datetime, **changes: object) -> Facts:
    """The facts with a new deadline in force since `at`: reminders, ladder and acknowledgement begin anew.

    Suspensions count from `at` only, since the new deadline was set in full knowledge of the earlier ones.
    """
    fresh: dict[str, object] = {
        "cycle": facts.cycle + 1,
        "cycle_since": at,
        "settled": (),
        "climb": Climb(),
        "review": Climb(),
        "pause": None,
        "due_since": at,
        "ack": Climb(),
        "ack_since": at,
        "questions": facts.without(QuestionKind.ESCALATION),
    }
    return facts.having(**{**fresh, **changes})


def assigned(order: Order, at: datetime) -> Facts:
    """The facts of a task that has just been given to its unit."""
    return Facts(
        task=order.task,
        state=State.ASSIGNED,
        assigned_at=at,
        last_at=at,
        calendar=order.calendar,
        policy=order.policy.version,
        due=order.due,
        original_due=order.due,
        recurrence=order.recurrence,
        cycle_since=at,
        ack_since=at,
    )
