"""What a report counts, in indexes of its own: a million events are counted in a moment."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

COUNTED = sa.text("kind IN ('approved', 'extension_granted', 'not_ours_agreed', 'nudged', 'withdrawn')")


def upgrade() -> None:
    op.add_column("events", sa.Column("unit", sa.String(length=100), nullable=True))
    op.add_column("events", sa.Column("directive", sa.String(length=300), nullable=True))
    event, task = (
        sa.table(name, *map(sa.column, ("id", "task", "unit", "directive"))) for name in ("events", "tasks")
    )
    whose = {
        name: sa.select(task.c[name]).where(task.c.id == event.c.task).scalar_subquery()
        for name in ("unit", "directive")
    }
    op.execute(sa.update(event).where(COUNTED).values(whose))
    some: dict[str, Any] = {"unique": False, "sqlite_where": COUNTED, "postgresql_where": COUNTED}
    counted = ["unit", "directive", "kind", "outcome", "renews", "grade", "at"]
    op.create_index("ix_events_counted", "events", counted, **some)
    op.create_index("ix_events_counted_of_task", "events", ["task", "kind", "at"], **some)
    op.drop_index("ix_events_kind_at", "events")
    op.drop_index("ix_events_task_seq", "events")
    op.create_index("ix_events_task_seq", "events", ["task", "seq", "at"], unique=False)
    op.drop_index("ix_tasks_assigned_at", "tasks")
    tasks = ["unit", "directive", "assigned_at", "closed_at", "id"]
    op.create_index("ix_tasks_counted", "tasks", tasks, unique=False)
    op.drop_index("ix_tasks_board", "tasks")
    board = (
        *("closed_at", "unit", "directive", "state", "due_at", "soon_at", "handed_in", "stopped_since"),
        *("due_day", "code", "officer", "next_kind", "last_at", "id", "assigned_at", "due_clock", "calendar"),
    )
    op.create_index("ix_tasks_board", "tasks", board, unique=False)
