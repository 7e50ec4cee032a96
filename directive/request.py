"""A request: a document, or any other matter, that is put before those who decide and belongs to no task."""

from datetime import date, datetime

from directive.message import Act, Document, Door, Evidence, Message
from directive.value import Value

FIRST = "submitted-1"
"""The id of the message that puts a request before its route, and so of the first event."""


class Request(Value):
    """What is asked to be decided, by whom it is asked, and what there is to read.

    `reference` is the asking office's own code for it, for ever; `number` and `dated` are the document's, where it has
    them. `by` is the person who asks and `role` theirs in the asking unit (`on_behalf_of`: whom they stand in for).
    `needed` is the day by which a decision is hoped for; nothing is counted from it.
    """

    reference: str
    number: str = ""
    dated: date | None = None
    text: str = ""
    evidence: tuple[Evidence, ...] = ()
    by: str
    role: str
    on_behalf_of: str = ""
    needed: date | None = None

    def submission(self, at: datetime, typed_by: str = "") -> Message:
        """The message that puts the request before the first stage of its route, at the office's instant `at` (UTC)."""
        document = Document(number=self.number, dated=self.dated) if self.number and self.dated else None
        return Message(
            id=FIRST,
            act=Act.REPORT,
            actor=self.by,
            role=self.role,
            on_behalf_of=self.on_behalf_of,
            typed_by=typed_by,
            door=Door.CLI,
            at=at,
            text=self.text,
            document=document,
            evidence=self.evidence,
        )
