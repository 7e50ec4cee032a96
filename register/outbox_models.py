"""What the outbox holds: notices, and the messages that carry them."""

from dataclasses import dataclass
from datetime import date, datetime

from directive.event import Event, EventKind
from directive.value import Value


@dataclass(frozen=True, slots=True)
class Notice:
    """One row of the outbox: one person hears of one event. `copied` where another one is asked.

    `cycle` is the deadline the event belongs to, for `directive.holds.still_holds`; `event` is the whole event.
    No `Value`: each look at delivery reads all that waits, after a storm 20,000, and the register's own rows need no
    check.
    """

    id: str
    task: str
    event_id: str
    kind: EventKind
    person: str
    role: str
    on_behalf_of: str
    copied: bool
    urgent: bool
    level: int
    planned: datetime | None
    at: datetime
    written: datetime
    question: str
    cycle: int
    directive: str
    number: str
    urgency: str
    issuer: str
    code: str
    unit: str
    work: str
    due_day: date | None
    event: Event
    status: str
    reason: str
    message: str


class OutMessage(Value):
    """One message to one person, holding notices. `id` follows from its content, so that a repeat is the same."""

    id: str
    person: str
    decided_at: datetime
    subject: str
    text: str
    html: str
    notices: tuple[str, ...]


class Message(OutMessage):
    """A message as it stands in the outbox.

    `retry_at` is when it is tried again, `begun_at` when a channel that cannot recognise a repeat got it last without
    our having noted how that ended, `repeats` how often it may have gone out twice. What was `refused` at an instant
    was refused for the address `refused_to` (empty where there was none).
    """

    status: str
    sent_at: datetime | None
    attempts: int
    error: str
    kind: str = "notice"
    retry_at: datetime | None = None
    begun_at: datetime | None = None
    repeats: int = 0
    refused_at: datetime | None = None
    refused_to: str = ""
