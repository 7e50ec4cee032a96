"""A policy: when people are reminded, who is asked next on silence, and what an answer may promise.

Everything here is an office's to change in a policy file; the numbers of the standard one stand in
`letters/policies/standard.yaml` with their sources. A policy is immutable: `version` names its content.
"""

from datetime import time
from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from directive.question import Choice, QuestionKind
from directive.roles import Part
from directive.value import Value


class OffsetUnit(StrEnum):
    """What an offset counts."""

    DAY = "day"
    WORKING_DAY = "working_day"
    HOUR = "hour"


class StepUnit(StrEnum):
    """What the steps of a ladder and the time to answer count: counted days (`Policy.days`) or clock hours."""

    WORKING_DAY = "working_day"
    HOUR = "hour"


class Offset(Value):
    """A number of days from the deadline's day, or of clock hours from its instant; negative before it."""

    count: int
    unit: OffsetUnit = OffsetUnit.WORKING_DAY

    @property
    def code(self) -> str:
        """Short form for keys: `-7d`, `-3w`, `0w`, `-4h`."""
        return f"{self.count}{_SHORT[self.unit]}"


_SHORT = {OffsetUnit.DAY: "d", OffsetUnit.WORKING_DAY: "w", OffsetUnit.HOUR: "h"}


class Reminder(Value):
    """A reminder before the deadline, or on its day."""

    at: Offset
    to: tuple[Part, ...] = Field(min_length=1)
    copy_to: tuple[Part, ...] = ()


class Level(Value):
    """One rung of a ladder: who is asked, so many working days after the ladder's first day.

    In hours it counts from the instant with which the ladder begins: the deadline's, or that of the question.
    """

    after: int = Field(ge=0)
    unit: StepUnit = StepUnit.WORKING_DAY
    ask: tuple[Part, ...] = Field(min_length=1)
    copy_to: tuple[Part, ...] = ()


def _rising(levels: tuple[Level, ...]) -> None:
    """Two levels on one day would ask only the higher one; days and hours of one ladder cannot be compared."""
    if len({level.unit for level in levels}) > 1:
        raise ValueError("levels need one unit")
    after = [level.after for level in levels]
    if after != sorted(set(after)):
        raise ValueError("levels need a rising 'after'")


class Ladder(Value):
    """Levels, then bounded repeats of the last one, one final notice, and a place on the office's weekly list."""

    levels: tuple[Level, ...]
    repeat_every: int = Field(default=5, ge=1)
    repeat_unit: StepUnit = StepUnit.WORKING_DAY
    repeat_times: int = Field(default=6, ge=0)
    list_every: int = Field(default=5, ge=1)

    @property
    def last(self) -> int:
        """The number of the final notice, counting levels and repeats from 1."""
        return len(self.levels) + self.repeat_times + 1

    @model_validator(mode="after")
    def _ascending(self) -> "Ladder":
        if not self.levels:
            raise ValueError("a ladder needs levels")
        _rising(self.levels)
        return self


class SilentDecision(Value):
    """What a question that nobody answers is decided as, so many working days `after` it was asked."""

    after: int = Field(ge=1)
    choice: Choice


class QuestionPolicy(Value):
    """Whom a question asks, how long it may wait (working days) and what happens on silence.

    An approval follows the route of the plan instead of `ask`. Silence decides only where `decide` says so. Those
    asked may ask the unit for more `ask_more_times` a stage.
    """

    answer_within: int = Field(ge=1)
    answer_unit: StepUnit = StepUnit.WORKING_DAY
    silence: Ladder
    ask: tuple[Part, ...] = Field(default=(Part.APPROVER,), min_length=1)
    decide: SilentDecision | None = None
    ask_more_times: int = Field(default=2, ge=0)


class DeliveryPolicy(Value):
    """When messages go out. Times are local (Asia/Ho_Chi_Minh); see `notices/`.

    `at_once` treats everything as hỏa tốc: neither the digest nor the quiet hours hold it.
    """

    digest_at: time = time(8)
    quiet_from: time = time(18)
    quiet_until: time = time(7)
    gather_seconds: int = Field(default=30, ge=0)
    gather_at_most_seconds: int = Field(default=300, ge=0)
    at_once: bool = False


class Policy(Value):
    """The rules of one office. Counts are working days unless a name says otherwise.

    `days` says which days count as such: those of the calendar, or all of them with all their hours (hỏa tốc).
    """

    version: str
    name: str
    marks_at: time
    before_day: Literal["strict", "inclusive"]
    day_ends_at: time
    reminders: tuple[Reminder, ...]
    acknowledge: tuple[Level, ...]
    overdue: Ladder
    escalation_answer_within: int = Field(ge=1)
    escalation_answer_unit: StepUnit = StepUnit.WORKING_DAY
    escalation_choices: dict[int, tuple[Choice, ...]]
    commitment_days: int = Field(ge=1)
    commitment_times: int = Field(ge=0)
    reassign_pause: int = Field(ge=1)
    extension_times: int = Field(ge=0)
    redo_days: int = Field(ge=1)
    suspension_review: int = Field(ge=1)
    suspension_longest: int = Field(default=260, ge=1)
    review_every: int = Field(ge=1)
    no_deadline: Literal["review", "ask"] = "review"
    due_soon: int = Field(ge=0)
    nudge_gap: int = Field(ge=0)
    questions: dict[QuestionKind, QuestionPolicy]
    delivery: DeliveryPolicy = DeliveryPolicy()
    days: Literal["working", "all"] = "working"

    def choices_at(self, level: int) -> tuple[Choice, ...]:
        """What the level's people may answer to an escalation; higher levels keep the last list."""
        known = [number for number in self.escalation_choices if number <= level]
        return self.escalation_choices[max(known)] if known else ()

    @model_validator(mode="after")
    def _no_silent_end(self) -> "Policy":
        asked = {
            kind for kind in QuestionKind if kind not in (QuestionKind.ESCALATION, QuestionKind.SUSPENSION)
        }
        missing = sorted(asked - set(self.questions))
        if missing:
            raise ValueError(f"no next step on silence for: {', '.join(missing)}")
        _rising(self.acknowledge)
        told = [*self.acknowledge, *self.overdue.levels]
        named = [part for level in told for part in (*level.ask, *level.copy_to)]
        named += [part for one in self.reminders for part in (*one.to, *one.copy_to)]
        named += [part for one in self.questions.values() for part in one.ask]
        if Part.ASKED in named:
            raise ValueError("'asked' is no one outside a question's silence")
        if 1 not in self.escalation_choices:
            raise ValueError("escalation_choices needs an entry for level 1")
        return self

    def __hash__(self) -> int:
        """By its version, which stands for its content; pydantic's would need one of each dictionary in it."""
        return hash(self.version)
