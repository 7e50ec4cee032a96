"""The tables of the register. Instants are UTC, days are local; what is JSON here is a model of `directive/`.

A task's row and its marks and open questions say where it stands; its events say how it came there and are
never changed. What goes out is in `outbox_tables.py`, what the page and files need in `page_tables.py`.
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
