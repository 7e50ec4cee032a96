"""What the API tells: the register's own rows, and beside them the sentences that people read."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field

from directive.due import Due
from directive.event import EventKind
from directive.message import Act, Evidence
from directive.question import Choice, QuestionKind
from directive.task import State
from register.absences import AbsenceRow
from register.models import InboxRow, SummaryRow, TaskRow


class Me(BaseModel):
    """Who is signed in. `units` are those whose tasks they may see; empty with `sees_all`."""

    person: str = Field(examples=["so-khcn.gd"])
    name: str
    language: Literal["vi", "en"]
    way: Literal["mail", "oidc", "link"]
    roles: list[str] = Field(examples=[["head"]])
    units: list[str] = Field(examples=[["so-khcn"]])
    sees_all: bool


class InboxItem(BaseModel):
    """A question that waits for the caller. `said` puts it into words, `until_said` until when."""

    asked: InboxRow
    said: str
    until_said: str


class Inbox(BaseModel):
    """What waits for the caller, the most urgent first."""

    questions: list[InboxItem]


class Tasks(BaseModel):
    """A piece of the list. `next` is what to give as `after` for the next piece; null at the end."""

    tasks: list[TaskRow]
    next: str | None


class Line(BaseModel):
    """One event as people read it, and who heard of it."""

    at: datetime
    kind: EventKind
    said: str
    told: list[str]
    message: str = Field(description="The event's id: of a person's act its message id.")
    actor: str


class Ahead(BaseModel):
    """A step that comes by itself if nobody acts."""

    at: datetime
    kind: EventKind
    level: int
    roles: list[str]
    said: str


class OpenQuestion(BaseModel):
    """A question that waits; `asked` are the roles it is put to."""

    id: str
    kind: QuestionKind
    asked: list[str]
    asked_at: datetime
    until: datetime | None
    choices: list[Choice]
    due: Due | None
    said: str


class Task(BaseModel):
    """One task: its row, what was ordered, where it stands, what happened and what lies ahead."""

    task: TaskRow
    work: str
    product: str
    worded: str = Field(description="The deadline as the letter has it.")
    lines: str = Field(description="The lines of the letter.")
    supporting: list[str]
    monitor: str
    issuer: str
    parent: str
    due: Due | None
    due_said: str
    light_said: str
    report: str
    evidence: list[Evidence]
    questions: list[OpenQuestion]
    may: list[Act] = Field(description="What the caller may do now.")
    past: list[Line]
    ahead: list[Ahead]
    children: list[TaskRow]


class Possible(BaseModel):
    """One answer that the caller may give. `first` and `last` bound the day it asks for; `closed` says why not now."""

    choice: Choice
    said: str
    fields: list[str]
    optional: list[str]
    first: date | None
    last: date | None
    becomes: list[str]
    closed: str


class Decided(BaseModel):
    """Who decided what and when; `by` is empty where a rule did."""

    by: str
    on_behalf_of: str
    kind: EventKind
    at: datetime
    said: str


class Question(BaseModel):
    """A question with what is needed to decide it; once it is closed, what was decided."""

    id: str
    task: str
    open: bool
    head: str
    until: datetime | None
    why: list[str]
    answers: list[Possible]
    before: list[Line]
    decided: Decided | None


class Recorded(BaseModel):
    """What became of an act. With `repeated` it had been recorded before, and nothing was done twice.

    `state` is the task's state after it; null for a repeated one, after which more may have happened.
    """

    task: str
    message: str
    kind: EventKind | None
    at: datetime | None
    state: State | None
    repeated: bool
    said: str


class Summary(BaseModel):
    """The numbers of a period, one row a unit or directive."""

    by: Literal["unit", "directive"]
    first: date | None
    last: date | None
    rows: list[SummaryRow]


class Alone(BaseModel):
    """Somebody for whom nobody stands in on days of this absence."""

    person: str
    first: date
    last: date


class AbsenceOut(BaseModel):
    """An absence that is in force, and who is left without a delegate by it."""

    absence: AbsenceRow
    left_alone: list[Alone] = []


class Absences(BaseModel):
    """The absences now and ahead that concern the caller."""

    absences: list[AbsenceRow]


class KeptEvidence(BaseModel):
    """A file that is kept: what an act names it by."""

    evidence: Evidence
