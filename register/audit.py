"""The audit: who did what by which way, and what was refused. Rows are added and never changed."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select

from register.open import Register
from register.page_tables import audit


class Entry(NamedTuple):
    """One line of the audit; `at` is UTC. `person` is empty where nobody was proved."""

    at: datetime
    person: str
    way: str
    did: str
    task: str
    result: str
    detail: dict[str, Any]


async def note(
    register: Register,
    *,
    at: datetime,
    person: str,
    way: str,
    did: str,
    task: str = "",
    result: str = "done",
    detail: Mapping[str, object] | None = None,
) -> None:
    """Write one line down. `way` is link, mail, oidc or cli; `result` is done or the reason of a refusal.

    `detail` holds no text that a person typed and no token. Raises RegisterDown.
    """
    entry = Entry(at, person, way, did, task, result, dict(detail or {}))
    await register.writing(lambda connection: write(connection, entry))


def write(connection: Connection, entry: Entry) -> None:
    """The same within a transaction that does what the line tells of."""
    row = entry._asdict() | {
        "person": entry.person[:100],
        "task": entry.task[:300],
        "result": entry.result[:40],
        "detail": json.dumps(entry.detail, ensure_ascii=False, default=str, sort_keys=True),
    }
    connection.execute(insert(audit).values(row))


async def audited(register: Register, *, person: str = "", limit: int = 100) -> list[Entry]:
    """The last lines, the newest first; of one person where one is named. Raises RegisterDown."""
    wanted = select(audit).order_by(audit.c.seq.desc()).limit(limit)
    if person:
        wanted = wanted.where(audit.c.person == person)
    async with register.read() as connection:
        rows = (await connection.execute(wanted)).all()
    return [
        Entry(one.at, one.person, one.way, one.did, one.task, one.result, json.loads(one.detail))
        for one in rows
    ]
