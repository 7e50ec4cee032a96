"""The tables of what leaves the house: messages and the notices they carry, delivery, webhooks."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from register.instants import Instant
from register.tables import CODE, ID, KIND, metadata

messages = Table(
    "messages",
    metadata,
    Column("id", ID, primary_key=True),
    Column("person", CODE, nullable=False),
    Column("decided_at", Instant, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("html", Text, nullable=False),
    # decided | sent | failed (tried again at `retry_at`) | refused (for good) | expired (a sign_in, or sent before)
    Column("status", KIND, nullable=False),
    Column("sent_at", Instant),
    Column("attempts", Integer, nullable=False),
    Column("error", Text, nullable=False),
    Column("kind", KIND, nullable=False, server_default="notice"),  # notice | sign_in | alert
    Column("retry_at", Instant),
    Column(
        "begun_at", Instant
    ),  # handed to the channel and not yet settled: after a crash it may go out twice
    Column("repeats", Integer, nullable=False, server_default="0"),  # how often that happened
    Column("refused_at", Instant),
    # Another address than the one it was refused for is tried anew.
    Column("refused_to", Text, nullable=False, server_default=""),
    Index(None, "status", "decided_at"),
    Index(None, "person", "decided_at"),
)

notices = Table(
    "notices",
    metadata,
    Column("id", String(600), primary_key=True),  # <task>/<event>/<person>
    Column("task", ForeignKey("tasks.id"), nullable=False),
    Column("event", ID, nullable=False),
    Column("person", CODE, nullable=False),
    Column("role", CODE, nullable=False),
    Column("on_behalf_of", CODE, nullable=False),
    Column("copied", Boolean, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("written", Instant, nullable=False),
    Column("status", KIND, nullable=False),  # waiting | decided | muted | lapsed | handed_over
    Column("reason", Text, nullable=False),
    Column("message", ForeignKey("messages.id")),
    Index(None, "status", "written"),
    Index(None, "task"),
    Index(None, "message"),
    Index(None, "person", "written"),
)

delivery = Table(
    "delivery",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("next_at", Instant),
    Column("held_until", Instant),  # the channel took nothing: nothing is tried before
    Column("failures", Integer, nullable=False, server_default="0"),  # how many times in a row
)

# --- what goes to other systems ---------------------------------------------------------------------------------------

hooks = Table(
    "hooks",
    metadata,
    Column("name", CODE, primary_key=True),
    Column("url", Text, nullable=False),
    Column("kinds", Text, nullable=False),  # JSON: kinds of events, none for all
    Column("made_at", Instant, nullable=False),
    Column("stopped_at", Instant),
    Column("failures", Integer, nullable=False, server_default="0"),  # in a row, of the endpoint as a whole
    Column("quiet_until", Instant),  # nothing is sent to it before
    Column("error", Text, nullable=False, server_default=""),
)

hook_events = Table(
    "hook_events",
    metadata,
    Column("hook", ForeignKey("hooks.name"), primary_key=True),
    Column("event", ForeignKey("events.seq"), primary_key=True, autoincrement=False),
    Column("task", ID, nullable=False),  # the event's: whether an earlier one waits is found by an index
    Column("status", KIND, nullable=False),  # waiting | sent | refused
    Column("since", Instant, nullable=False),  # when it began to wait
    Column("attempts", Integer, nullable=False),
    Column("retry_at", Instant),
    Column("sent_at", Instant),
    Column("error", Text, nullable=False),
    Index(None, "hook", "status", "event"),
    Index(None, "hook", "status", "task", "event"),
)
