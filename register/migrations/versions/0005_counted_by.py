"""What a report counts by unit and by directive, each in an index that has it in this order."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

COUNTED = "kind IN ('approved', 'extension_granted', 'not_ours_agreed', 'nudged', 'withdrawn')"
OF_TASKS = f"{COUNTED} AND substr(directive, 1, 9) <> 'approval:'"
WHAT = ("kind", "outcome", "renews", "grade")


def upgrade() -> None:
    _index("ix_events_counted_by_unit", OF_TASKS, "unit", *WHAT, "directive", "at")
    _index("ix_events_counted_by_directive", OF_TASKS, "directive", *WHAT, "unit", "at")
    _index("ix_events_counted_of_older", f"{COUNTED} AND unit IS NULL", "task")
    op.drop_index("ix_events_counted", "events")


def _index(name: str, some: str, *columns: str) -> None:
    where: dict[str, Any] = {"sqlite_where": sa.text(some), "postgresql_where": sa.text(some)}
    op.create_index(name, "events", list(columns), unique=False, **where)
