"""How an instant is kept: always UTC, sortable on both databases."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, String, TypeDecorator
from sqlalchemy.types import TypeEngine

from directive.due import utc

WIDTH = len("2026-06-30T17:00:00.000000Z")


class Instant(TypeDecorator[datetime]):
    """An aware instant. PostgreSQL: timestamptz; SQLite: ISO text in UTC, of one width, so that it sorts.

    Refuses an instant without a zone (ValueError).
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, which has no instants of its own."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(WIDTH))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        """To the database."""
        if value is None:
            return None
        instant = utc(value)
        return written(instant) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | str | None, dialect: Dialect) -> datetime | None:
        """From the database, in UTC."""
        if value is None:
            return None
        return datetime.fromisoformat(value) if isinstance(value, str) else value.astimezone(UTC)


def written(instant: datetime) -> str:
    """An instant in UTC as text of one width."""
    return f"{instant.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
