"""The page and what leaves the house: sessions, evidence, absences entered by people, webhooks, sent reports."""

import sqlalchemy as sa
from alembic import op

from register.migrations.filling import fill_board

revision = "0003"
down_revision = "0002"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")  # see register/instants.py
SEQUENCE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "absences",
        sa.Column("id", sa.String(length=300), nullable=False),
        sa.Column("person", sa.String(length=100), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("delegate", sa.String(length=100), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.String(length=100), nullable=False),
        sa.Column("entered_at", INSTANT, nullable=False),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index(op.f("ix_absences_person"), "absences", ["person"], unique=False)
    op.create_table(
        "audit",
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("person", sa.String(length=100), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("did", sa.String(length=40), nullable=False),
        sa.Column("task", sa.String(length=300), nullable=False),
        sa.Column("result", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_at"), "audit", ["at"], unique=False)
    op.create_index(op.f("ix_audit_person_at"), "audit", ["person", "at"], unique=False)
    op.create_table(
        "files",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(length=100), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("person", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_files")),
    )
    op.create_table(
        "hooks",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("stopped_at", INSTANT, nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("quiet_until", INSTANT, nullable=True),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_hooks")),
    )
    op.create_table(
        "reports",
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("directive", sa.String(length=300), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by", sa.String(length=100), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sent_at", INSTANT, nullable=False),
        sa.Column("replaces", sa.String(length=100), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["replaces"], ["reports.id"], name=op.f("fk_reports_replaces")),
        sa.UniqueConstraint("replaces", name=op.f("uq_reports_replaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
    )
    op.create_index(op.f("ix_reports_first_last"), "reports", ["first", "last"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=100), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_person_made_at"), "sessions", ["person", "made_at"], unique=False)
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=100), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
    )
    op.create_index(op.f("ix_sign_ins_person_made_at"), "sign_ins", ["person", "made_at"], unique=False)
    op.create_table(
        "file_uses",
        sa.Column("task", sa.String(length=300), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=100), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["hash"], ["files.hash"], name=op.f("fk_file_uses_hash")),
        sa.ForeignKeyConstraint(["task"], ["tasks.id"], name=op.f("fk_file_uses_task")),
        sa.PrimaryKeyConstraint("task", "hash", "person", name=op.f("pk_file_uses")),
    )
    op.create_table(
        "hook_events",
        sa.Column("hook", sa.String(length=100), nullable=False),
        sa.Column("event", SEQUENCE, autoincrement=False, nullable=False),
        sa.Column("task", sa.String(length=300), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retry_at", INSTANT, nullable=True),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.seq"], name=op.f("fk_hook_events_event")),
        sa.ForeignKeyConstraint(["hook"], ["hooks.name"], name=op.f("fk_hook_events_hook")),
        sa.PrimaryKeyConstraint("hook", "event", name=op.f("pk_hook_events")),
    )
    op.create_index(
        op.f("ix_hook_events_hook_status_event"), "hook_events", ["hook", "status", "event"], unique=False
    )
    op.create_index(
        op.f("ix_hook_events_hook_status_task_event"),
        "hook_events",
        ["hook", "status", "task", "event"],
        unique=False,
    )
    op.add_column(
        "messages", sa.Column("kind", sa.String(length=40), server_default="notice", nullable=False)
    )
    op.add_column("messages", sa.Column("retry_at", INSTANT, nullable=True))
    op.add_column("messages", sa.Column("begun_at", INSTANT, nullable=True))
    op.add_column("messages", sa.Column("repeats", sa.Integer(), server_default="0", nullable=False))
    op.add_column("events", sa.Column("state", sa.String(length=40), nullable=True))
    op.add_column("events", sa.Column("due_at", INSTANT, nullable=True))
    op.add_column("events", sa.Column("due_day", sa.Date(), nullable=True))
    op.add_column("events", sa.Column("due_clock", sa.Boolean(), nullable=True))
    op.add_column("events", sa.Column("handed_in", INSTANT, nullable=True))
    op.add_column("events", sa.Column("stopped_since", INSTANT, nullable=True))
    op.add_column("messages", sa.Column("refused_at", INSTANT, nullable=True))
    op.add_column("messages", sa.Column("refused_to", sa.Text(), server_default="", nullable=False))
    op.add_column("delivery", sa.Column("held_until", INSTANT, nullable=True))
    op.add_column("delivery", sa.Column("failures", sa.Integer(), server_default="0", nullable=False))
    op.add_column("tasks", sa.Column("soon_at", INSTANT, nullable=True))
    op.create_table(
        "searched",
        sa.Column("task", sa.String(length=300), nullable=False),
        sa.Column("unit", sa.String(length=100), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["task"], ["tasks.id"], name=op.f("fk_searched_task")),
        sa.PrimaryKeyConstraint("task", name=op.f("pk_searched")),
    )
    fill_board(op.get_bind())
    board = (
        *("closed_at", "unit", "directive", "state", "due_at", "soon_at", "handed_in", "stopped_since"),
        *("due_day", "code", "officer", "next_kind", "last_at", "id"),
    )
    op.create_index("ix_tasks_board", "tasks", board, unique=False)
