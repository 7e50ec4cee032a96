"""The register as it began: office data, directives, tasks with their record, and the outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")  # see register/instants.py
SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "calendars",
        sa.Column("version", sa.String(length=100), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_calendars")),
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("next_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    op.create_table(
        "directories",
        sa.Column("version", sa.String(length=100), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_directories")),
    )
    op.create_table(
        "in_force",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_in_force")),
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.String(length=300), nullable=False),
        sa.Column("person", sa.String(length=100), nullable=False),
        sa.Column("decided_at", INSTANT, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
    )
    op.create_index(op.f("ix_messages_person_decided_at"), "messages", ["person", "decided_at"], unique=False)
    op.create_index(op.f("ix_messages_status_decided_at"), "messages", ["status", "decided_at"], unique=False)
    op.create_table(
        "directives",
        sa.Column("id", sa.String(length=300), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("issued", sa.Date(), nullable=False),
        sa.Column("issuer", sa.String(length=100), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("urgency", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("directory", sa.String(length=100), nullable=False),
        sa.Column("calendar", sa.String(length=100), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["calendar"], ["calendars.version"], name=op.f("fk_directives_calendar")),
        sa.ForeignKeyConstraint(["directory"], ["directories.version"], name=op.f("fk_directives_directory")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directives")),
    )
    op.create_table(
        "tasks",
        sa.Column("id", sa.String(length=300), nullable=False),
        sa.Column("directive", sa.String(length=300), nullable=False),
        sa.Column("code", sa.String(length=100), nullable=False),
        sa.Column("unit", sa.String(length=100), nullable=False),
        sa.Column("work", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("officer", sa.String(length=100), nullable=False),
        sa.Column("calendar", sa.String(length=100), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("due_day", sa.Date(), nullable=True),
        sa.Column("due_clock", sa.Boolean(), nullable=False),
        sa.Column("original_due_at", INSTANT, nullable=True),
        sa.Column("original_due_day", sa.Date(), nullable=True),
        sa.Column("period", sa.Integer(), nullable=False),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("nudges", sa.Integer(), nullable=False),
        sa.Column("assigned_at", INSTANT, nullable=False),
        sa.Column("handed_in", INSTANT, nullable=True),
        sa.Column("stopped_since", INSTANT, nullable=True),
        sa.Column("completed_at", INSTANT, nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("next_at", INSTANT, nullable=True),
        sa.Column("next_kind", sa.String(length=40), nullable=True),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["directive"], ["directives.id"], name=op.f("fk_tasks_directive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    op.create_index(op.f("ix_tasks_assigned_at"), "tasks", ["assigned_at"], unique=False)
    op.create_index(op.f("ix_tasks_closed_at_due_at"), "tasks", ["closed_at", "due_at"], unique=False)
    op.create_index(op.f("ix_tasks_directive_closed_at"), "tasks", ["directive", "closed_at"], unique=False)
    op.create_index(op.f("ix_tasks_officer"), "tasks", ["officer"], unique=False)
    op.create_index(op.f("ix_tasks_unit_closed_at"), "tasks", ["unit", "closed_at"], unique=False)
    op.create_table(
        "asked",
        sa.Column("task", sa.String(length=300), nullable=False),
        sa.Column("question", sa.String(length=100), nullable=False),
        sa.Column("role", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["task"], ["tasks.id"], name=op.f("fk_asked_task")),
        sa.PrimaryKeyConstraint("task", "question", "role", name=op.f("pk_asked")),
    )
    op.create_index(op.f("ix_asked_role"), "asked", ["role"], unique=False)
    op.create_table(
        "events",
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("task", sa.String(length=300), nullable=False),
        sa.Column("id", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("question", sa.String(length=100), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("renews", sa.Boolean(), nullable=False),
        sa.Column("scope", sa.String(length=100), nullable=True),
        sa.Column("mark", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["task"], ["tasks.id"], name=op.f("fk_events_task")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_events")),
        sa.UniqueConstraint("task", "id", name=op.f("uq_events_task")),
    )
    op.create_index(op.f("ix_events_kind_at"), "events", ["kind", "at"], unique=False)
    op.create_index(op.f("ix_events_task_seq"), "events", ["task", "seq"], unique=False)
    op.create_table(
        "marks",
        sa.Column("task", sa.String(length=300), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["task"], ["tasks.id"], name=op.f("fk_marks_task")),
        sa.PrimaryKeyConstraint("task", "key", name=op.f("pk_marks")),
    )
    op.create_index(op.f("ix_marks_at"), "marks", ["at"], unique=False)
    op.create_table(
        "notices",
        sa.Column("id", sa.String(length=600), nullable=False),
        sa.Column("task", sa.String(length=300), nullable=False),
        sa.Column("event", sa.String(length=300), nullable=False),
        sa.Column("person", sa.String(length=100), nullable=False),
        sa.Column("role", sa.String(length=100), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=100), nullable=False),
        sa.Column("copied", sa.Boolean(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("written", INSTANT, nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("message", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["message"], ["messages.id"], name=op.f("fk_notices_message")),
        sa.ForeignKeyConstraint(["task"], ["tasks.id"], name=op.f("fk_notices_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index(op.f("ix_notices_message"), "notices", ["message"], unique=False)
    op.create_index(op.f("ix_notices_person_written"), "notices", ["person", "written"], unique=False)
    op.create_index(op.f("ix_notices_status_written"), "notices", ["status", "written"], unique=False)
    op.create_index(op.f("ix_notices_task"), "notices", ["task"], unique=False)
