"""The webhooks of an office: where events go to in other systems, and how each of them stands.

A webhook that is removed keeps its row: what was sent to it stays on record, and what it refused can be sent again
once it is back.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, select, update

from directive.event import EventKind
from directive.value import Value
from register.open import Register
from register.outbox_tables import hook_events, hooks
from register.tables import events
from register.upsert import insert_new

WAITING, SENT, REFUSED = "waiting", "sent", "refused"
REMOVED = "removed"
"""Why an event was given up that still waited when its webhook was removed."""
SHOWN = 20


class Hook(Value):
    """One webhook. `kinds` chooses events, none of them means all; `stopped_at` is set once it is removed.

    `failures` counts the times in a row in which the endpoint took nothing, `quiet_until` is when it is asked
    again, `error` what it said last.
    """

    name: str
    url: str
    kinds: tuple[EventKind, ...]
    made_at: datetime
    stopped_at: datetime | None = None
    failures: int = 0
    quiet_until: datetime | None = None
    error: str = ""


class GivenUp(Value):
    """An event that a webhook did not take for good."""

    task: str
    event: str
    kind: EventKind
    since: datetime
    attempts: int
    error: str


class HookStanding(Value):
    """How a webhook stands: its events by what became of them, and those given up last, newest first.

    `oldest` is since when the first of those that wait does so, `error` what was said of it last.
    """

    hook: Hook
    waiting: int
    sent: int
    refused: int
    oldest: datetime | None
    last_sent: datetime | None
    error: str
    given_up: tuple[GivenUp, ...]


class Added(StrEnum):
    """What adding a webhook has done."""

    NEW = "new"
    AGAIN = "again"
    SAME = "same"


class NoSuchHook(LookupError):
    """There is no webhook of this name, or it has been removed."""


class HookDiffers(Exception):
    """There is one of this name that goes elsewhere, or with other kinds of events."""

    def __init__(self, hook: Hook) -> None:
        super().__init__(hook.name)
        self.hook = hook


async def add_hook(
    register: Register, name: str, url: str, kinds: tuple[EventKind, ...], at: datetime
) -> Added:
    """From `at` (UTC) on send events to `url`; what happened before is not sent.

    Raises HookDiffers where one of the name is in use otherwise; the same again changes nothing. RegisterDown.
    """

    def add(connection: Connection) -> Added:
        row = {"url": url, "kinds": json.dumps(kinds), "made_at": at}
        new = insert_new(connection, hooks).values(name=name, **row).returning(hooks.c.name)
        if connection.scalar(new) is not None:
            return Added.NEW
        held = _hook(connection, name)
        if held.stopped_at is None:
            if (held.url, set(held.kinds)) != (url, set(kinds)):
                raise HookDiffers(held)
            return Added.SAME
        fresh = {"stopped_at": None, "failures": 0, "quiet_until": None, "error": ""}
        connection.execute(update(hooks).where(hooks.c.name == name).values(**row, **fresh))
        return Added.AGAIN

    return await register.writing(add)


async def remove_hook(register: Register, name: str, at: datetime) -> int:
    """Send nothing to it from `at` (UTC) on; how many events waited, which are given up.

    Raises NoSuchHook, RegisterDown.
    """

    def remove(connection: Connection) -> int:
        _in_use(connection, name)
        connection.execute(update(hooks).where(hooks.c.name == name).values(stopped_at=at))
        waited = update(hook_events).where(hook_events.c.hook == name, hook_events.c.status == WAITING)
        return connection.execute(waited.values(status=REFUSED, error=REMOVED)).rowcount

    return await register.writing(remove)


async def retry_hook(register: Register, name: str, at: datetime) -> int:
    """Make everything due that was given up or waits, as if it began to wait at `at` (UTC); how many events.

    Raises NoSuchHook, RegisterDown.
    """

    def retry(connection: Connection) -> int:
        _in_use(connection, name)
        connection.execute(
            update(hooks).where(hooks.c.name == name).values(failures=0, quiet_until=None, error="")
        )
        left = update(hook_events).where(hook_events.c.hook == name, hook_events.c.status != SENT)
        again = {"status": WAITING, "since": at, "attempts": 0, "retry_at": None, "error": ""}
        return connection.execute(left.values(again)).rowcount

    return await register.writing(retry)


async def hook_of(register: Register, name: str) -> Hook:
    """The webhook in use of this name. Raises NoSuchHook, RegisterDown."""
    async with register.read() as connection:
        return await connection.run_sync(_in_use, name)


async def hook_standings(register: Register) -> list[HookStanding]:
    """Every webhook, those removed too, by name. Raises RegisterDown."""
    async with register.read() as connection:
        return await connection.run_sync(_standings)


def _standings(connection: Connection) -> list[HookStanding]:
    counts: dict[tuple[str, str], Any] = {}
    by_status = select(
        hook_events.c.hook,
        hook_events.c.status,
        func.count().label("number"),
        func.min(hook_events.c.since).label("since"),
        func.max(hook_events.c.sent_at).label("sent_at"),
    ).group_by(hook_events.c.hook, hook_events.c.status)
    for row in connection.execute(by_status):
        counts[row.hook, row.status] = row
    found = [hook_from(row) for row in connection.execute(select(hooks).order_by(hooks.c.name)).mappings()]
    return [_standing(connection, hook, counts) for hook in found]


def _standing(connection: Connection, hook: Hook, counts: dict[tuple[str, str], Any]) -> HookStanding:
    waiting, sent, refused = (counts.get((hook.name, one)) for one in (WAITING, SENT, REFUSED))
    last = (
        select(hook_events.c.error)
        .where(hook_events.c.hook == hook.name, hook_events.c.status == WAITING, hook_events.c.error != "")
        .order_by(hook_events.c.event.desc())
        .limit(1)
    )
    return HookStanding(
        hook=hook,
        waiting=waiting.number if waiting else 0,
        sent=sent.number if sent else 0,
        refused=refused.number if refused else 0,
        oldest=waiting.since if waiting else None,
        last_sent=sent.sent_at if sent else None,
        error=hook.error or connection.scalar(last) or "",
        given_up=tuple(_given_up(connection, hook.name)) if refused else (),
    )


def _given_up(connection: Connection, name: str) -> Iterable[GivenUp]:
    wanted = (
        select(
            events.c.task,
            events.c.id.label("event"),
            events.c.kind,
            hook_events.c.since,
            hook_events.c.attempts,
            hook_events.c.error,
        )
        .join(events, events.c.seq == hook_events.c.event)
        .where(hook_events.c.hook == name, hook_events.c.status == REFUSED)
        .order_by(hook_events.c.event.desc())
        .limit(SHOWN)
    )
    return [GivenUp.model_validate(dict(row)) for row in connection.execute(wanted).mappings()]


def _in_use(connection: Connection, name: str) -> Hook:
    hook = _hook(connection, name)
    if hook.stopped_at is not None:
        raise NoSuchHook(name)
    return hook


def _hook(connection: Connection, name: str) -> Hook:
    row = connection.execute(select(hooks).where(hooks.c.name == name)).mappings().first()
    if row is None:
        raise NoSuchHook(name)
    return hook_from(row)


def hook_from(row: Any) -> Hook:
    """A webhook from its row."""
    return Hook.model_validate({**row, "kinds": tuple(json.loads(row["kinds"]))})
