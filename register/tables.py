"""The tables of the register. Instants are UTC, days are local; what is JSON here is a model of `directive/`.

A task's row and its marks and open questions say where it stands; its events say how it came there and are
never changed. Notices wait in the outbox until a message carries them.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from register.instants import Instant

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

# The kinds of events that a report counts. In words, not in parameters: an index over some rows is used only by a query
# that says the same.
COUNTED = "kind IN ('approved', 'extension_granted', 'not_ours_agreed', 'nudged', 'withdrawn')"
# Those of them that tell themselves of a task, and not of a stand-alone approval.
COUNTED_OF_TASKS = f"{COUNTED} AND substr(directive, 1, 9) <> 'approval:'"
COUNTED_OF_OLDER = f"{COUNTED} AND unit IS NULL"
_WHAT = ("kind", "outcome", "renews", "grade")
COUNTED_BY = {
    "ix_events_counted_by_unit": ("unit", *_WHAT, "directive", "at"),
    "ix_events_counted_by_directive": ("directive", *_WHAT, "unit", "at"),
}

ID = String(300)
CODE = String(100)
KIND = String(40)
SEQUENCE = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only an INTEGER


def _versions(name: str) -> Table:
    """Office data: one version has one content for ever."""
    return Table(
        name,
        metadata,
        Column("version", CODE, primary_key=True),
        Column("digest", String(64), nullable=False),
        Column("body", Text, nullable=False),
    )


def _counted(name: str, some: str, *columns: str) -> Index:
    """An index over some of the events."""
    return Index(name, *columns, sqlite_where=text(some), postgresql_where=text(some))


calendars = _versions("calendars")
directories = _versions("directories")

in_force = Table(
    "in_force",
    metadata,
    Column("kind", KIND, primary_key=True),  # directory | calendar
    Column("version", CODE, nullable=False),
)

directives = Table(
    "directives",
    metadata,
    Column("id", ID, primary_key=True),
    Column("number", CODE, nullable=False),
    Column("slug", CODE, nullable=False),
    Column("issued", Date, nullable=False),
    Column("issuer", CODE, nullable=False),
    Column("subject", Text, nullable=False),
    Column("urgency", KIND, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("directory", ForeignKey("directories.version"), nullable=False),
    Column("calendar", ForeignKey("calendars.version"), nullable=False),
    Column("body", Text, nullable=False),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", ID, primary_key=True),
    Column("directive", ForeignKey("directives.id"), nullable=False),
    Column("code", CODE, nullable=False),
    Column("unit", CODE, nullable=False),
    Column("work", Text, nullable=False),
    Column("state", KIND, nullable=False),
    Column("officer", CODE, nullable=False),
    Column("calendar", CODE, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("due_at", Instant),
    Column("due_day", Date),
    Column("due_clock", Boolean, nullable=False),
    Column("soon_at", Instant),  # from when on it is due soon, as the policy and the calendar count
    Column("original_due_at", Instant),
    Column("original_due_day", Date),
    Column("period", Integer, nullable=False),
    Column("extensions", Integer, nullable=False),
    Column("rounds", Integer, nullable=False),
    Column("nudges", Integer, nullable=False),
    Column("assigned_at", Instant, nullable=False),
    Column("handed_in", Instant),
    Column("stopped_since", Instant),
    Column("completed_at", Instant),
    Column("closed_at", Instant),
    Column("outcome", KIND),
    Column("next_at", Instant),
    Column("next_kind", KIND),
    Column("last_at", Instant, nullable=False),
    Column("facts", Text, nullable=False),
    Index(None, "closed_at", "due_at"),
    # What a report counts of tasks, in the order in which it groups them.
    Index("ix_tasks_counted_by_unit", "unit", "closed_at", "assigned_at", "directive"),
    Index("ix_tasks_counted_by_directive", "directive", "closed_at", "assigned_at", "unit"),
    Index(None, "officer"),
    # All that a board counts, filters and sorts by, so that it reads this and not the long rows. (In one name each
    # PostgreSQL keeps 63 letters.)
    Index(
        "ix_tasks_board",
        *("closed_at", "unit", "directive", "state", "due_at", "soon_at", "handed_in", "stopped_since"),
        *("due_day", "code", "officer", "next_kind", "last_at", "id", "assigned_at", "due_clock", "calendar"),
    ),
)

searched = Table(
    "searched",
    metadata,
    Column("task", ForeignKey("tasks.id"), primary_key=True),
    Column("unit", CODE, nullable=False),
    Column("words", Text, nullable=False),  # what a search looks through: lower case, without accents
)

events = Table(
    "events",
    metadata,
    Column("seq", SEQUENCE, primary_key=True, autoincrement=True),
    Column("task", ForeignKey("tasks.id"), nullable=False),
    Column("id", ID, nullable=False),
    Column("kind", KIND, nullable=False),
    Column("at", Instant, nullable=False),
    Column("question", CODE, nullable=False),
    Column("cycle", Integer, nullable=False),
    Column("grade", Integer, nullable=False),  # an escalation's level, a nudge's number
    Column("outcome", KIND),  # of an approval; of a nudge its grade in words (`grade` has its number)
    Column("renews", Boolean, nullable=False),  # an approval after which the next period begins
    Column("scope", CODE),  # of a taken mark: its cycle, acknowledgement or question
    Column("mark", Text),
    Column("body", Text, nullable=False),
    # how the task stood once it had happened, as in its own row: empty in events recorded before release 0.2
    Column("state", KIND),
    Column("due_at", Instant),
    Column("due_day", Date),
    Column("due_clock", Boolean),
    Column("handed_in", Instant),
    Column("stopped_since", Instant),
    # the task's own, beside what a report counts: empty where a release before 0.3 recorded the event
    Column("unit", CODE),
    Column("directive", ID),
    UniqueConstraint("task", "id"),
    Index("ix_events_task_seq", "task", "seq", "at"),
    # All that a report counts of events and nothing else, in the order in which it groups them.
    *(_counted(name, COUNTED_OF_TASKS, *columns) for name, columns in COUNTED_BY.items()),
    _counted("ix_events_counted_of_older", COUNTED_OF_OLDER, "task"),
    _counted("ix_events_counted_of_task", COUNTED, "task", "kind", "at"),
)

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

marks = Table(
    "marks",
    metadata,
    Column("task", ForeignKey("tasks.id"), primary_key=True),
    Column("key", ID, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("kind", KIND, nullable=False),
    Column("level", Integer, nullable=False),
    Column("roles", Text, nullable=False),
    Index(None, "at"),
)

asked = Table(
    "asked",
    metadata,
    Column("task", ForeignKey("tasks.id"), primary_key=True),
    Column("question", CODE, primary_key=True),
    Column("role", CODE, primary_key=True),
    Index(None, "role"),
)

unassigned = Table(
    "unassigned",
    metadata,
    Column("directive", ForeignKey("directives.id"), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("body", Text, nullable=False),
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

# --- the page ---------------------------------------------------------------------------------------------------------

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("id", String(64), primary_key=True),  # the SHA-256 of the link's token
    Column("person", CODE, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("used_at", Instant),
    Index(None, "person", "made_at"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", String(64), primary_key=True),  # the SHA-256 of the cookie's token
    Column("person", CODE, nullable=False),
    Column("way", KIND, nullable=False),  # mail | oidc
    Column("made_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("ended_at", Instant),  # signed out, or revoked
    Index(None, "person", "made_at"),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", SEQUENCE, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("person", CODE, nullable=False),  # empty where nobody was proved
    Column("way", KIND, nullable=False),  # link | mail | oidc | cli
    Column("did", KIND, nullable=False),
    Column("task", ID, nullable=False),
    Column("result", KIND, nullable=False),  # done | a reason of refusal
    Column("detail", Text, nullable=False),  # JSON
    Index(None, "at"),
    Index(None, "person", "at"),
)

absences = Table(
    "absences",
    metadata,
    Column("id", ID, primary_key=True),
    Column("person", CODE, nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("delegate", CODE, nullable=False),
    Column("reason", Text, nullable=False),
    Column("entered_by", CODE, nullable=False),
    Column("entered_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    Index(None, "person"),
)

files = Table(
    "files",
    metadata,
    Column(
        "hash", String(64), primary_key=True
    ),  # the SHA-256 of the content, which is kept beside the register
    Column("size", BigInteger, nullable=False),
    Column("type", CODE, nullable=False),  # by content
    Column("at", Instant, nullable=False),
    Column("person", CODE, nullable=False),
)

file_uses = Table(
    "file_uses",
    metadata,
    Column("task", ForeignKey("tasks.id"), primary_key=True),
    Column("hash", ForeignKey("files.hash"), primary_key=True),
    Column("person", CODE, primary_key=True),
    Column("name", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("id", CODE, primary_key=True),
    Column("first", Date),
    Column("last", Date),
    Column("directive", ID, nullable=False),  # empty: all of them
    Column("made_at", Instant, nullable=False),  # the instant the figures are of
    Column("made_by", CODE, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("body", Text, nullable=False),  # JSON: the figures as they were sent
    Column("sent_at", Instant, nullable=False),
    Column("replaces", ForeignKey("reports.id"), unique=True),
    Column("reason", Text, nullable=False),  # why it replaces another one
    Index(None, "first", "last"),
)
