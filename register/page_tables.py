"""The tables of the page and of what people enter beside a task's life: sign-ins, absences, files, sent reports."""

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Index, String, Table, Text

from register.instants import Instant
from register.tables import CODE, ID, KIND, SEQUENCE, metadata

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
