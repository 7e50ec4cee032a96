"""Of `doctor`: whether the register can be written to now: a transaction begins as a writer and writes nothing."""

from sqlalchemy import Connection, text

from desk.finding import Finding, stopped, well, wrong
from desk.out_of_reach import out_of_reach
from register.open import Register, RegisterDown
from register.out_of_reach import Why

BUSY_MS = 2_000
"""How long to wait for another writer: as long as a task waits before it leaves its record to the server's retries."""
WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' AND state_change < now() - interval '10 seconds'
"""


async def lock_findings(register: Register) -> list[Finding]:
    """Whether writers get their turn. `register` is one that waits `BUSY_MS` only. Raises RegisterDown."""
    try:
        waiting = await register.writing(_waiting)
    except RegisterDown as error:
        if error.why not in (Why.LOCKED, Why.FULL, Why.READ_ONLY):
            raise
        return [stopped("register_write", out_of_reach(error))]
    if waiting:
        return [
            wrong(
                "register_write",
                f"{waiting} phiên ghi sổ đang bị khóa quá 10 giây trong PostgreSQL",
                f"{waiting} sessions wait for a lock in PostgreSQL for more than 10 seconds",
                "xem pg_stat_activity, pg_blocking_pids(); kết thúc phiên giữ khóa (thường là một psql bỏ dở)",
                "see pg_stat_activity, pg_blocking_pids(); end the session that holds it (often a forgotten psql)",
                count=waiting,
            )
        ]
    return [well("register_write", "Sổ theo dõi ghi được", "The register can be written to")]


def _waiting(connection: Connection) -> int:
    """How many sessions wait for a lock; SQLite tells by not letting us begin."""
    if connection.dialect.name != "postgresql":
        return 0
    if connection.scalar(text("SHOW transaction_read_only")) == "on":
        raise RegisterDown("transaction_read_only", Why.READ_ONLY)
    return int(connection.scalar(text(WAITING)) or 0)
