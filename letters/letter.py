"""The letter as it was understood: every field with the lines it came from and how sure the reader is.

The shape of `Letter.to_record()` is the shape of the labelled letters, so that a label and a reading can be scored.
Plain tuples: what the reader itself puts together needs no check, and a short command no model of it.
"""

import datetime
from enum import StrEnum
from typing import NamedTuple

from pydantic import JsonValue


class System(StrEnum):
    """Which rules of form the letter follows."""

    STATE = "state"  # Nghị định 30/2020/NĐ-CP
    PARTY = "party"  # Hướng dẫn 36-HD/VPTW (2018), Hướng dẫn 05-HD/VPTW (2026)


class Urgency(StrEnum):
    """The urgency mark (Nghị định 30/2020/NĐ-CP, Phụ lục I): its words are the document's own."""

    NONE = "none"
    KHAN = "khẩn"
    THUONG_KHAN = "thượng khẩn"
    HOA_TOC = "hỏa tốc"


class Span(NamedTuple):
    """Characters `start` (included) to `end` (excluded) of `Letter.text`, on lines counted from 1."""

    start: int
    end: int
    first_line: int
    last_line: int


class Found(NamedTuple):
    """One field that was found: its path (`issue_date`, `tasks.1a.deadline`), where, and how sure (0 to 1)."""

    field: str
    span: Span
    confidence: float = 1.0


class Reference(NamedTuple):
    """A document that the letter cites; `date` is None where the letter never gives it."""

    type: str
    number: str
    date: datetime.date | None = None
    issuer: str | None = None
    span: Span | None = None

    def to_record(self) -> dict[str, JsonValue]:
        """The reference in the shape of the labels."""
        day = self.date.isoformat() if self.date else None
        return {"type": self.type, "number": self.number, "date": day, "issuer": self.issuer}


class Deadline(NamedTuple):
    """A deadline as worded and as read; `expected` and `alt` are in the shape of the deadline corpus."""

    text: str
    kind: str
    expected: JsonValue = None
    alt: tuple[JsonValue, ...] = ()
    rule: str = ""
    source: str = ""
    reason: str = ""
    span: Span | None = None

    def to_record(self) -> dict[str, JsonValue]:
        """The deadline in the shape of the labels."""
        return {"text": self.text, "kind": self.kind, "expected": self.expected, "alt": list(self.alt)}


class Task(NamedTuple):
    """One thing to be done. `text` is its main clause, `body` the whole wording: nothing of a duty is lost.

    `deadline` is the one the task answers for; further dates in the same wording are in `other_deadlines`.
    """

    id: str
    text: str
    body: str
    assignees: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    deadline: Deadline | None = None
    other_deadlines: tuple[Deadline, ...] = ()
    deliverable: str | None = None
    report_to: str | None = None
    leader: str | None = None
    authority: str | None = None
    span: Span | None = None
    confidence: float = 1.0
    questions: tuple[str, ...] = ()

    def to_record(self) -> dict[str, JsonValue]:
        """The task in the shape of the labels, with the whole wording beside it."""
        return {
            "id": self.id,
            "text": self.text,
            "assignees": list(self.assignees),
            "coordinators": list(self.coordinators),
            "deadline": self.deadline.to_record() if self.deadline else None,
            "deliverable": self.deliverable,
            "report_to": self.report_to,
            "body": self.body,
            "other_deadlines": [other.to_record() for other in self.other_deadlines],
            "lines": [self.span.first_line, self.span.last_line] if self.span else None,
            "confidence": self.confidence,
        }


class Section(NamedTuple):
    """A part of the letter that addresses a unit: `lead` as worded, `assigned_to` the units that answer."""

    label: str | None
    lead: str | None
    assigned_to: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    span: Span | None = None

    def to_record(self) -> dict[str, JsonValue]:
        """The section in the shape of the labels."""
        return {
            "label": self.label,
            "lead": self.lead,
            "assigned_to": list(self.assigned_to),
            "tasks": [task.to_record() for task in self.tasks],
        }


class Alias(NamedTuple):
    """A short name that the letter defines: "(sau đây viết tắt là …)"."""

    short: str
    full: str
    span: Span | None = None


class Suggestion(NamedTuple):
    """A likely slip of the scan: the original stays in the text, the suggestion stands beside it."""

    original: str
    suggestion: str
    span: Span


class LeftOut(NamedTuple):
    """A sentence that was read and is not a task, with the reason; so that the clerk can disagree."""

    text: str
    reason: str
    span: Span | None = None


class Letter(NamedTuple):
    """A directive letter. `text` is what was read (NFC); every span points into it."""

    text: str
    file: str | None = None
    system: System | None = None
    doc_type: str | None = None
    number: str | None = None
    symbol: str | None = None
    full_number: str | None = None
    issue_date: datetime.date | None = None
    place: str | None = None
    issuer_parent: str | None = None
    issuer: str | None = None
    subject: str | None = None
    addressees: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    sections: tuple[Section, ...] = ()
    recipients: tuple[str, ...] = ()
    archive: str | None = None
    drafter_code: str | None = None
    sign_authority: str | None = None
    signer_title: str | None = None
    signer: str | None = None
    urgency: Urgency = Urgency.NONE
    aliases: tuple[Alias, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    found: tuple[Found, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All tasks, in the order of the letter."""
        return tuple(task for section in self.sections for task in section.tasks)

    def to_record(self) -> dict[str, JsonValue]:
        """The letter in the shape of the labelled letters."""
        return {
            "file": self.file,
            "system": self.system.value if self.system else None,
            "doc_type": self.doc_type,
            "number": self.number,
            "symbol": self.symbol,
            "full_number": self.full_number,
            "issue_date": self.issue_date.isoformat() if self.issue_date else None,
            "place": self.place,
            "issuer_parent": self.issuer_parent,
            "issuer": self.issuer,
            "subject": self.subject,
            "addressees": list(self.addressees),
            "references": [reference.to_record() for reference in self.references],
            "sections": [section.to_record() for section in self.sections],
            "recipients": list(self.recipients),
            "archive": self.archive,
            "drafter_code": self.drafter_code,
            "sign_authority": self.sign_authority,
            "signer_title": self.signer_title,
            "signer": self.signer,
            "urgency": self.urgency.value,
            "aliases": [{"short": alias.short, "full": alias.full} for alias in self.aliases],
            "suggestions": [
                {"original": slip.original, "suggestion": slip.suggestion, "line": slip.span.first_line}
                for slip in self.suggestions
            ],
            "left_out": [{"text": left.text, "reason": left.reason} for left in self.left_out],
            "problems": list(self.problems),
        }
