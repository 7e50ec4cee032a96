"""Assignments that were taken back within their first hour."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")  # see register/instants.py


def upgrade() -> None:
    op.create_table(
        "unassigned",
        sa.Column("directive", sa.String(length=300), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["directive"], ["directives.id"], name=op.f("fk_unassigned_directive")),
        sa.PrimaryKeyConstraint("directive", name=op.f("pk_unassigned")),
    )
