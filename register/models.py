"""What the register shows to doors and to the notices room: read models, frozen values like all others."""

from datetime import date, datetime
from enum import StrEnum

from directive.due import Due
from directive.event import EventKind
from directive.light import Light, LightKind, Outcome
from directive.message import Grade
from directive.question import Choice, QuestionKind
from directive.task import Facts, State
from directive.value import Value


class TaskRow(Value):
    """A task on a board at an instant. `due_day` is the local day of the deadline in force, `due_at` its instant.

    `handed_in` is the report that waits for a decision or was accepted; `outcome` is None when withdrawn.
    """

    id: str
    directive: str
    number: str
    code: str
    unit: str
    work: str
    state: State
    light: Light
    outcome: Outcome | None
    officer: str
    due_at: datetime | None
    due_day: date | None
    original_due_day: date | None
    period: int
    extensions: int
    rounds: int
    nudges: int
    assigned_at: datetime
    handed_in: datetime | None
    completed_at: datetime | None
    closed_at: datetime | None
    next_at: datetime | None
    next_kind: EventKind | None
    last_at: datetime
    revision: int


class TaskCard(Value):
    """One task in full: its row on the board and its facts."""

    row: TaskRow
    facts: Facts


class SearchWord(Value):
    """One word searched for, lower case and without accents, and the units whose names have it."""

    folded: str
    units: tuple[str, ...] = ()


class TaskFilter(Value):
    """Which tasks; an empty field does not filter, several values of one field are "or", several fields "and".

    `codes` are codes with all that is below them: `1` finds 1 and 1.2, but not 10. `units` is None where it does
    not filter, since of chosen groups nothing may be left. `officers` are people a task was given to by name,
    `officers_of` the units whose officers they are otherwise. `due_before` and `due_after` are local days, both
    excluded. `open_only` leaves out what is closed. With `approvals` the stand-alone approvals, which are never
    among the tasks. Each word of `search` is found in the task or in its unit's name.
    """

    directive: str = ""
    units: tuple[str, ...] | None = None
    states: tuple[State, ...] = ()
    lights: tuple[LightKind, ...] = ()
    codes: tuple[str, ...] = ()
    officers: tuple[str, ...] = ()
    officers_of: tuple[str, ...] = ()
    due_before: date | None = None
    due_after: date | None = None
    open_only: bool = False
    approvals: bool = False
    search: tuple[SearchWord, ...] = ()


class TaskRef(Value):
    """A task that somebody may mean."""

    id: str
    directive: str
    number: str
    code: str
    unit: str
    work: str
    state: State


class Found(Value):
    """What was typed may mean these; one is an answer, more are the choices (`more` if the list was cut)."""

    tasks: tuple[TaskRef, ...]
    more: bool = False

    @property
    def only(self) -> TaskRef | None:
        """The task meant, where there is no doubt."""
        return self.tasks[0] if len(self.tasks) == 1 else None


class MarkRow(Value):
    """A mark that lies ahead; `roles` are those who will be asked."""

    task: str
    key: str
    at: datetime
    kind: EventKind
    level: int
    roles: tuple[str, ...]


class InboxRow(Value):
    """A question that waits for a person. `until` is the end of the time to answer (UTC); None where there is none.

    `role` is the one to answer in, `on_behalf_of` who is away; `choices` are what that role may answer.
    """

    task: str
    directive: str
    number: str
    code: str
    unit: str
    work: str
    question: str
    kind: QuestionKind
    choices: tuple[Choice, ...]
    role: str
    on_behalf_of: str
    asked_at: datetime
    until: datetime | None
    about: str
    due: Due | None


class Awaits(StrEnum):
    """What a task of the unit waits for, the most pressing first."""

    MORE = "more"  # those asked to decide have asked for more
    ACKNOWLEDGEMENT = "acknowledgement"
    REPORT = "report"
    DECISION = "decision"  # others decide now
    NOTHING = "nothing"  # its clock stands


class Duty(Value):
    """A task of one's own; `role` is the one held, `on_behalf_of` who is away.

    `asks` tells that this person is asked for it now: an acknowledgement is the officer's to give, or the head's
    where the unit has no officer; what is to be added, either's.
    """

    row: TaskRow
    role: str
    on_behalf_of: str
    awaits: Awaits
    asks: bool


class SummaryRow(Value):
    """The numbers leaders ask for, for one unit or directive (`key`).

    `carried` were open when the period began: what was carried and what was received has ended or runs. `received`
    counts each period of a recurring task; `due_soon` is part of `running_in_time`; `overdue_days` is the sum,
    `longest_overdue` the largest of the calendar days; `nudges_by_number` counts first, second … nudges,
    `nudges_by_grade` reminders, criticisms and reviews.
    """

    key: str
    carried: int = 0
    received: int = 0
    completed_on_time: int = 0
    completed_late: int = 0
    running_in_time: int = 0
    due_soon: int = 0
    running_overdue: int = 0
    overdue_days: int = 0
    longest_overdue: int = 0
    withdrawn: int = 0
    nudges: int = 0
    nudges_by_number: dict[int, int] = {}
    nudges_by_grade: dict[Grade, int] = {}
    extensions: int = 0
