"""What a program says with each act: one body each, with the fields that the act knows and no others."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from desk import typed
from directive.message import EVIDENCE_LIMIT, TEXT_LIMIT, Act, Document, Evidence, Grade
from directive.question import Choice

LINE = r"^[^\x00-\x1f\x7f]*$"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ROLE = r"^(officer|head|approver|leadership|assigner):[a-z0-9][a-z0-9.-]{0,39}$"
_WHERE = r"^(https?://[!-~\u0080-\uffff]+|sha256:[0-9a-f]{64})$"


def _iso(value: object) -> object:
    """A day as a program writes it, `2026-06-30`: a number would be read as seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise ValueError("a day is written as 2026-06-30")


Day = Annotated[date, BeforeValidator(_iso)]
Words = Annotated[str, Field(max_length=TEXT_LIMIT, pattern=r"^[^\x00]*$")]
Needed = Annotated[str, Field(min_length=1, max_length=TEXT_LIMIT, pattern=r"^[^\x00]*$")]
Person = Annotated[str, Field(min_length=1, max_length=100, pattern=LINE)]
Name = Annotated[str, Field(max_length=100, pattern=LINE)]


class Paper(BaseModel):
    """A document that states or proves the act: its number and date."""

    model_config = ConfigDict(extra="forbid")

    number: str = Field(min_length=1, max_length=100, pattern=LINE, examples=["45/BC-SKHCN"])
    dated: Day = Field(examples=["2026-06-30"])


class Piece(BaseModel):
    """A piece of evidence: a link, or a file that was sent for this task before (`sha256:…`)."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=300, pattern=LINE, examples=["Biểu tổng hợp"])
    where: str = Field(max_length=2_000, pattern=_WHERE, examples=["https://van-ban.example.invalid/214"])


Pieces = Annotated[list[Piece], Field(max_length=EVIDENCE_LIMIT)]


class Said(BaseModel):
    """What every act may say: the role to act in, where a person holds several (`head:so-khcn`)."""

    model_config = ConfigDict(extra="forbid")

    role: str | None = Field(default=None, pattern=_ROLE, examples=["head:so-khcn"])

    def said(self) -> dict[str, Any]:
        """The fields of a message. Raises Stop for an hour that is none."""
        found = {name: getattr(self, name) for name in type(self).model_fields if name != "role"}
        if isinstance(found.get("document"), Paper):
            found["document"] = Document(**found["document"].model_dump())
        if "evidence" in found:
            found["evidence"] = tuple(Evidence(name=one.name, where=one.where) for one in found["evidence"])
        if clock := found.pop("time", None):
            found["due"] = typed.clock_due(found.get("day"), clock)
        return found


class Acknowledge(Said):
    """The unit has the task (tiếp nhận)."""


class Refuse(Said):
    """The task is not the unit's own."""

    reason: Needed


class Progress(Said):
    """How far the work has come."""

    text: Needed
    evidence: Pieces = []


class Report(Said):
    """The report (báo cáo) with its evidence; one of text, document and evidence is enough."""

    text: Words = ""
    document: Paper | None = None
    evidence: Pieces = []


class Answer(Said):
    """The answer to an open question; `choice` says which fields count."""

    question: Name = Field(default="", description="Which question; may be left out where only one is open.")
    choice: Choice
    day: Day | None = None
    reason: Words = ""
    text: Words = ""
    person: Name = ""
    document: Paper | None = None
    evidence: Pieces = []


class RequestExtension(Said):
    """Asks for a later deadline (xin gia hạn)."""

    day: Day
    reason: Needed


class AmendDeadline(Said):
    """Another deadline, set by the assigning side."""

    day: Day
    time: str | None = Field(default=None, pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["17:00"])
    reason: Needed


class Reassign(Said):
    """Another officer of the same unit takes over."""

    person: Person
    reason: Words = ""


class Suspend(Said):
    """The clock stops, until a day or the policy's review (tạm dừng)."""

    day: Day | None = None
    reason: Needed


class Resume(Said):
    """The clock runs again, perhaps to a new deadline."""

    day: Day | None = None
    time: str | None = Field(default=None, pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["17:00"])
    reason: Words = ""


class Withdraw(Said):
    """The task no longer has to be done (thu hồi)."""

    reason: Needed


class Nudge(Said):
    """An official reminder (đôn đốc); a criticism or a review is a decision with a document."""

    grade: Grade = Grade.URGE
    text: Words = ""
    document: Paper | None = None


class RaiseObstacle(Said):
    """An obstacle (vướng mắc) that needs a decision from above."""

    reason: Needed


class Replan(Said):
    """Moves the task to another version of the working calendar."""

    calendar: Person
    reason: Words = ""


SAID: dict[Act, type[Said]] = {
    Act.ACKNOWLEDGE: Acknowledge,
    Act.REFUSE: Refuse,
    Act.PROGRESS: Progress,
    Act.REPORT: Report,
    Act.ANSWER: Answer,
    Act.REQUEST_EXTENSION: RequestExtension,
    Act.AMEND_DEADLINE: AmendDeadline,
    Act.REASSIGN: Reassign,
    Act.SUSPEND: Suspend,
    Act.RESUME: Resume,
    Act.WITHDRAW: Withdraw,
    Act.NUDGE: Nudge,
    Act.RAISE_OBSTACLE: RaiseObstacle,
    Act.REPLAN: Replan,
}
