"""What waits for webhooks: written with its event in one transaction, sent in the order of each task.

An event is due for a webhook when no earlier one of its task waits for the same webhook. Everything here may be
repeated.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, exists, func, literal, select, update

from directive.event import Event
from directive.value import Value
from register.hooks import REFUSED, SENT, WAITING, Hook, hook_from
from register.instants import Instant
from register.open import Register
from register.outbox_tables import delivery, hook_events, hooks
from register.rounds import HOOK_ROUNDS, LOOKING, count_on, is_the_last
from register.tables import directives, events, tasks
from register.upsert import insert_new, insert_or_replace

STATE = 2
"""The row of `delivery` that says until when the workflow of the webhooks sleeps; row 1 is that of the mail."""

IN_USE = hooks.c.stopped_at.is_(None)
ANY_HOOK = exists(select(hooks.c.name).where(IN_USE))
"""Whether an office has webhooks at all; asked within a query that every record makes anyway."""


class HookEvent(Value):
    """One event as a webhook is told of it; `seq` orders all events of the register."""

    hook: str
    seq: int
    task: str
    event: Event
    since: datetime
    attempts: int
    directive: str
    number: str
    issuer: str
    code: str
    unit: str


class Failed(Value):
    """An event that a webhook did not take: tried again at `retry_at`, given up where that is None."""

    seq: int
    retry_at: datetime | None
    error: str


def write_hook_events(connection: Connection, task: str, written: Sequence[Event], at: datetime) -> None:
    """One row for each webhook in use and each event that it chose; the events are written already."""
    for name, chosen in connection.execute(select(hooks.c.name, hooks.c.kinds).where(IN_USE)).all():
        kinds = json.loads(chosen)
        ids = [event.id for event in written if not kinds or event.kind in kinds]
        if not ids:
            continue
        values = select(
            literal(name),
            events.c.seq,
            events.c.task,
            literal(WAITING),
            literal(at, Instant),
            literal(0),
            literal(""),
        ).where(events.c.task == task, events.c.id.in_(ids))
        columns = ["hook", "event", "task", "status", "since", "attempts", "error"]
        connection.execute(insert_new(connection, hook_events).from_select(columns, values))


async def hooks_in_use(register: Register) -> list[Hook]:
    """The webhooks that get events, by name. Raises RegisterDown."""
    async with register.read() as connection:
        rows = await connection.execute(select(hooks).where(IN_USE).order_by(hooks.c.name))
        return [hook_from(row) for row in rows.mappings()]


def _first_of_its_task() -> ColumnElement[bool]:
    """No earlier event of the same task waits for the same webhook."""
    earlier = hook_events.alias()
    return ~exists(
        select(earlier.c.event).where(
            earlier.c.hook == hook_events.c.hook,
            earlier.c.status == WAITING,
            earlier.c.task == hook_events.c.task,
            earlier.c.event < hook_events.c.event,
        )
    )


_DUE_AT = func.coalesce(hook_events.c.retry_at, hook_events.c.since, type_=Instant)
_DUE = (
    select(
        hook_events.c.hook,
        hook_events.c.since,
        hook_events.c.attempts,
        events.c.seq,
        events.c.task,
        events.c.body,
        tasks.c.directive,
        tasks.c.code,
        tasks.c.unit,
        directives.c.number,
        directives.c.issuer,
    )
    .join(events, events.c.seq == hook_events.c.event)
    .join(tasks, tasks.c.id == events.c.task)
    .join(directives, directives.c.id == tasks.c.directive)
    .where(hook_events.c.hook == bindparam("hook"), hook_events.c.status == WAITING)
    .where(bindparam("now", type_=Instant) >= _DUE_AT, _first_of_its_task())
    .order_by(hook_events.c.event)
    .limit(bindparam("most"))
)


async def due_events(register: Register, hook: str, now: datetime, most: int) -> list[HookEvent]:
    """What may be sent to a webhook at `now` (office, UTC), oldest first, one event of a task. Raises RegisterDown."""
    async with register.read() as connection:
        rows = await connection.execute(_DUE, {"hook": hook, "now": now, "most": most})
        return [_hook_event(row) for row in rows.mappings()]


def _hook_event(row: Any) -> HookEvent:
    told = {name: value for name, value in row.items() if name != "body"}
    return HookEvent(**told, event=Event.model_validate_json(row["body"]))


async def next_due(register: Register, now: datetime) -> datetime | None:
    """When anything is due for any webhook, or one that was quiet is asked again (office, UTC). Raises RegisterDown."""
    waits = (
        select(hook_events.c.hook, func.min(_DUE_AT, type_=Instant).label("at"))
        .where(hook_events.c.status == WAITING, _first_of_its_task())
        .group_by(hook_events.c.hook)
        .subquery()
    )
    wanted = select(hooks.c.quiet_until, waits.c.at).outerjoin(waits, waits.c.hook == hooks.c.name)
    async with register.read() as connection:
        rows = (await connection.execute(wanted.where(IN_USE))).all()
    return min((at for quiet, due in rows if (at := _of_hook(quiet, due, now))), default=None)


def _of_hook(quiet: datetime | None, due: datetime | None, now: datetime) -> datetime | None:
    """While a webhook is left in peace no record calls: the end of that is an instant of its own."""
    if quiet is None or quiet <= now:
        return due
    return max(quiet, due) if due else quiet


async def settle(
    register: Register, hook: str, at: datetime, sent: Sequence[int], left: Sequence[Failed]
) -> None:
    """Note what has become of events: taken at `at` (UTC), or not. Raises RegisterDown."""

    def write(connection: Connection) -> None:
        one = update(hook_events).where(hook_events.c.hook == hook, hook_events.c.event == bindparam("seq"))
        tried = hook_events.c.attempts + 1
        if sent:
            taken = one.values(status=SENT, sent_at=at, attempts=tried, retry_at=None, error="")
            connection.execute(taken, [{"seq": seq} for seq in sent])
        if left:
            rows = [
                {"seq": fail.seq, "again": fail.retry_at, "why": fail.error, "then": _then(fail)}
                for fail in left
            ]
            changed = one.where(hook_events.c.status == WAITING).values(
                status=bindparam("then"), attempts=tried, retry_at=bindparam("again"), error=bindparam("why")
            )
            connection.execute(changed, rows)

    await register.writing(write)


def _then(failed: Failed) -> str:
    return WAITING if failed.retry_at else REFUSED


async def leave_in_peace(register: Register, hook: str, until: datetime, error: str) -> None:
    """The endpoint takes nothing: nothing is sent to it before `until` (office, UTC). Raises RegisterDown."""
    again = {"failures": hooks.c.failures + 1, "quiet_until": until, "error": error}
    one = update(hooks).where(hooks.c.name == hook)
    await register.writing(lambda connection: connection.execute(one.values(again)))


async def answers_again(register: Register, hook: str) -> None:
    """The endpoint has taken something. Raises RegisterDown."""
    one = update(hooks).where(hooks.c.name == hook)
    fresh = {"failures": 0, "quiet_until": None, "error": ""}
    await register.writing(lambda connection: connection.execute(one.values(fresh)))


async def give_up(register: Register, hook: str, error: str, before: datetime | None = None) -> None:
    """Send no more of what waits: all of it, or what has waited since before `before` (UTC). Raises RegisterDown."""
    left = update(hook_events).where(hook_events.c.hook == hook, hook_events.c.status == WAITING)
    if before is not None:
        left = left.where(hook_events.c.since < before)
    given = left.values(status=REFUSED, retry_at=None, error=error)
    await register.writing(lambda connection: connection.execute(given))


async def note_asleep(register: Register, until: datetime | None, of_round: str = "") -> None:
    """The workflow sleeps until an instant (office, UTC), or until it is called. Raises RegisterDown.

    What a round says holds only as long as no other has begun: the engine may have given up on it meanwhile.
    """

    def note(connection: Connection) -> None:
        if not of_round or is_the_last(connection, HOOK_ROUNDS, of_round):
            _note(connection, until)

    await register.writing(note)


async def note_looking(register: Register) -> str:
    """A round has begun: nobody need call before its end. Which round it is. Raises RegisterDown."""

    def begin(connection: Connection) -> str:
        count = count_on(connection, HOOK_ROUNDS)
        _note(connection, LOOKING)
        return count

    return await register.writing(begin)


def _note(connection: Connection, until: datetime | None) -> None:
    connection.execute(insert_or_replace(connection, delivery), {"id": STATE, "next_at": until})


async def has_to_be_called(register: Register, at: datetime) -> bool:
    """Whether what has been written at `at` (office, UTC) would be left lying: asked after it is written.

    Not while a round goes on, since that looks once more after it has said that it sleeps; and not while every
    webhook is left in peace, since the workflow wakes by itself at the end of that. Raises RegisterDown.
    """
    ready = exists(
        select(hooks.c.name).where(IN_USE, func.coalesce(hooks.c.quiet_until, at, type_=Instant) <= at)
    )
    asleep_until = select(delivery.c.next_at).where(delivery.c.id == STATE).scalar_subquery()
    async with register.read() as connection:
        row = (await connection.execute(select(ready.label("ready"), asleep_until.label("until")))).one()
    return bool(row.ready) and (row.until is None or row.until > at)
