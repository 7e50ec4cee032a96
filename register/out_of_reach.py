"""Why a register cannot be used now, told apart by the databases' own codes and never by their words."""

import sqlite3
from enum import StrEnum


class Why(StrEnum):
    """What keeps a register from being used; `OTHER` is what neither database has a code of this list for."""

    LOCKED = "locked"
    FULL = "full"
    READ_ONLY = "read_only"
    UNREACHABLE = "unreachable"
    OTHER = "other"


_PRIMARY = 0xFF
"""SQLite's extended codes hold the primary one in their lowest byte."""
_SQLITE = {
    sqlite3.SQLITE_BUSY: Why.LOCKED,
    sqlite3.SQLITE_LOCKED: Why.LOCKED,
    sqlite3.SQLITE_FULL: Why.FULL,
    sqlite3.SQLITE_READONLY: Why.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Why.UNREACHABLE,
}
_POSTGRESQL = {  # https://www.postgresql.org/docs/current/errcodes-appendix.html
    "53100": Why.FULL,
    "25006": Why.READ_ONLY,
    "55P03": Why.LOCKED,
    "40P01": Why.LOCKED,
    "57P01": Why.UNREACHABLE,
    "57P02": Why.UNREACHABLE,
    "57P03": Why.UNREACHABLE,
    "53300": Why.UNREACHABLE,
}


def why(error: BaseException | None) -> Why:
    """What an error of a database's driver means; a PostgreSQL that never answered gives no code at all."""
    if isinstance(error, sqlite3.Error):
        return _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & _PRIMARY, Why.OTHER)
    if error is None or not hasattr(error, "sqlstate"):
        return Why.OTHER
    state = error.sqlstate
    if state is None or str(state).startswith("08"):
        return Why.UNREACHABLE
    return _POSTGRESQL.get(str(state), Why.OTHER)
