"""A message: one act of one person, as it travels from a door to a task."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field

from directive.due import Due
from directive.question import Choice
from directive.value import Value, Written

TEXT_LIMIT = 8_000
EVIDENCE_LIMIT = 100
"""Pieces of evidence of one report, what was supplied later included: the engine takes 2 MB in one piece."""
MESSAGE_ID = r"^[A-Za-z0-9_-]*[0-9A-Z_-][A-Za-z0-9_-]*$"
"""No dots, and not one plain word: marks have dots in their keys, `assigned` is one word, and all are event ids."""


NAME = r"^[^\x00-\x1f]*$"
"""What stands for a person, a role, a question or a calendar: one line that every database keeps as it is."""
FIRST_YEAR, LAST_DAY = 1990, date(2199, 12, 31)
"""A later day is a slip of the pen. Marks count months ahead of a day, and days end with the year 9999."""


def _near(due: Due) -> Due:
    if due.day > LAST_DAY:
        raise ValueError(f"a deadline after {LAST_DAY:%Y} is a slip")
    if abs(due.instant.replace(tzinfo=None) - datetime.combine(due.day, time())) > timedelta(days=3):
        raise ValueError("a deadline's instant lies in its day")
    return due


def _countable(at: datetime) -> datetime:
    if not FIRST_YEAR <= at.year <= LAST_DAY.year:
        raise ValueError("an instant that no clock of an office shows")
    return at


MessageId = Annotated[str, Field(pattern=MESSAGE_ID, max_length=100)]
Name = Annotated[str, Field(max_length=100, pattern=NAME)]
Day = Annotated[date, Field(le=LAST_DAY)]
Moment = Annotated[AwareDatetime, AfterValidator(_countable)]
NearDue = Annotated[Due, AfterValidator(_near)]


class Act(StrEnum):
    """What a person does to a task; each is an update of the workflow by the same name."""

    ACKNOWLEDGE = "acknowledge"
    REFUSE = "refuse"
    PROGRESS = "progress"
    REPORT = "report"
    ANSWER = "answer"
    REQUEST_EXTENSION = "request_extension"
    AMEND_DEADLINE = "amend_deadline"
    REASSIGN = "reassign"
    SUSPEND = "suspend"
    RESUME = "resume"
    WITHDRAW = "withdraw"
    NUDGE = "nudge"
    RAISE_OBSTACLE = "raise_obstacle"
    REPLAN = "replan"


class Door(StrEnum):
    """Where a message came in."""

    PAGE = "page"
    API = "api"
    CLI = "cli"
    SIGNAL = "signal"


class Grade(StrEnum):
    """How strongly the assigning side urges (domain.md §2). Only people do: no mark ever has a grade."""

    URGE = "don_doc"  # đôn đốc: an official reminder
    CRITICISM = "phe_binh"  # phê bình: a decision, by a document with its number and date
    REVIEW = "kiem_diem"  # yêu cầu kiểm điểm: a decision, by a document with its number and date


class Evidence(Value):
    """One piece of evidence: a name and where it is kept (a link or a content hash)."""

    name: Written = Field(max_length=300)
    where: Written = Field(max_length=2_000)


class Document(Value):
    """A document that states or proves an act: its number and date."""

    number: Written = Field(max_length=100)
    dated: date


class Message(Value):
    """One act. `at` is the door's instant (UTC): a report is handed in then.

    `role` is the wire role that the door proved; `on_behalf_of` names the absent person a substitute acts for;
    `typed_by` the administrator who entered the act for `actor`. `unassigned`, of a withdrawal, is when the whole
    assignment was taken back (UTC).
    """

    id: MessageId
    act: Act
    actor: Name = Field(min_length=1)
    role: Name
    at: Moment
    door: Door
    on_behalf_of: Name = ""
    typed_by: Name = ""
    reason: Written = Field(default="", max_length=TEXT_LIMIT)
    text: Written = Field(default="", max_length=TEXT_LIMIT)
    question: Name = ""
    choice: Choice | None = None
    day: Day | None = None
    due: NearDue | None = None
    person: Name = ""
    document: Document | None = None
    evidence: tuple[Evidence, ...] = Field(default=(), max_length=EVIDENCE_LIMIT)
    calendar: Name = ""
    unassigned: AwareDatetime | None = None
    grade: Grade = Grade.URGE
