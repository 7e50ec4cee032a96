"""What a report counts of tasks by unit and by directive, each in an index that has it in this order: two for three."""

from alembic import op

revision = "0006"
down_revision = "0005"

COUNTED_BY = {
    "ix_tasks_counted_by_unit": ["unit", "closed_at", "assigned_at", "directive"],
    "ix_tasks_counted_by_directive": ["directive", "closed_at", "assigned_at", "unit"],
}


def upgrade() -> None:
    for name, columns in COUNTED_BY.items():
        op.create_index(name, "tasks", columns, unique=False)
    for name in ("ix_tasks_counted", "ix_tasks_unit_closed_at", "ix_tasks_directive_closed_at"):
        op.drop_index(name, "tasks")
