"""The order of a task's events, put right where some that came earlier were written later.

`seq` orders the events of a task, and webhooks refer to it. Nothing of an event changes but this number.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from register.outbox_tables import hook_events
from register.tables import events


def put_in_order(connection: Connection, task: str, known: Sequence[str]) -> bool:
    """Let the events follow each other as `known` has their ids, within a transaction; whether any had to move.

    An event that `known` does not name stays behind the one that it was recorded after.
    """
    rows = connection.execute(select(events).where(events.c.task == task).order_by(events.c.seq)).mappings()
    held = [dict(row) for row in rows]
    wanted = wanted_order([row["id"] for row in held], known)
    if wanted == [row["id"] for row in held]:
        return False
    by_id = {row["id"]: row for row in held}
    seqs = sorted(row["seq"] for row in held)
    moved = {by_id[name]["seq"]: seq for name, seq in zip(wanted, seqs, strict=True)}
    posted = _taken_out(connection, list(moved))
    connection.execute(delete(events).where(events.c.task == task))
    rows_again = [{**by_id[name], "seq": moved[by_id[name]["seq"]]} for name in wanted]
    connection.execute(insert(events), rows_again)
    if posted:
        connection.execute(insert(hook_events), [{**row, "event": moved[row["event"]]} for row in posted])
    return True


def wanted_order(held: Sequence[str], known: Sequence[str]) -> list[str]:
    """The ids of `held`, those of `known` in its order, each other one where it stood among them."""
    there = set(held)
    in_order = iter([name for name in known if name in there])
    named = set(known)
    return [next(in_order) if name in named else name for name in held]


def _taken_out(connection: Connection, seqs: Sequence[int]) -> list[dict[str, Any]]:
    """What webhooks have of these events, which has to let go of them while they move."""
    mine = hook_events.c.event.in_(seqs)
    rows = [dict(row) for row in connection.execute(select(hook_events).where(mine)).mappings()]
    if rows:
        connection.execute(delete(hook_events).where(mine))
    return rows
