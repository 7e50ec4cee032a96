"""What waits for webhooks is written with its event, in one transaction: one row each, or none, whatever dies when."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, func, select

from directive.event import EventKind
from directive.message import Act
from directive.record import Transition
from register.hook_outbox import due_events, has_to_be_called, next_due, note_asleep, note_looking
from register.hooks import (
    Added,
    HookDiffers,
    NoSuchHook,
    add_hook,
    hook_of,
    hook_standings,
    remove_hook,
    retry_hook,
)
from register.open import Register
from register.outbox_tables import hook_events
from register.record import record, record_all
from register.tables import events
from tests.register.given import Running, local

AT = local(1, 11)
URL = "https://van-ban.example.vn/dondoc"


class Killed(Exception):
    """The process dies here."""


def dies_at(statement: int, transition: Transition, register: Register) -> Any:
    """A record that is killed before its so many-th statement."""

    def killed(connection: Connection) -> None:
        count = 0

        def before(*_: object) -> None:
            nonlocal count
            count += 1
            if count == statement:
                raise Killed

        event.listen(connection, "before_cursor_execute", before)
        try:
            record_all(connection, register.memory, [transition])
        finally:
            event.remove(connection, "before_cursor_execute", before)

    return killed


async def rows(register: Register) -> list[tuple[str, str, str]]:
    """What stands in line: webhook, event, status."""
    wanted = select(hook_events.c.hook, events.c.id, hook_events.c.status).join(
        events, events.c.seq == hook_events.c.event
    )
    async with register.read() as connection:
        found = await connection.execute(wanted.order_by(hook_events.c.hook, events.c.seq))
        return [(row[0], row[1], row[2]) for row in found]


async def written(register: Register) -> int:
    async with register.read() as connection:
        return await connection.scalar(select(func.count()).select_from(events)) or 0


def acknowledging(running: Running) -> Transition:
    return running.acting(Act.ACKNOWLEDGE, local(1, 9), "officer-so-a", "officer:so-a", id="ACK")


async def test_a_record_that_is_killed_at_any_statement_leaves_both_or_neither(running: Running) -> None:
    register = running.register
    await add_hook(register, "a", URL, (), AT)
    await add_hook(register, "b", URL, (EventKind.ACKNOWLEDGED,), AT)
    await add_hook(register, "c", URL, (EventKind.APPROVED,), AT)
    transition = acknowledging(running)
    deaths = 0
    for statement in range(1, 100):
        try:
            await register.writing(dies_at(statement, transition, register))
        except Killed:
            deaths += 1
            assert (await rows(register), await written(register)) == ([], 1)
        else:
            break
    assert deaths > 5
    both = [("a", "ACK", "waiting"), ("b", "ACK", "waiting")]
    assert (await rows(register), await written(register)) == (both, 2)
    await record(register, transition)
    assert await rows(register) == both


async def test_without_a_webhook_a_record_asks_nothing_more(running: Running) -> None:
    register = running.register
    asked: list[str] = []

    def counted(connection: Connection) -> None:
        def before(_: object, __: object, statement: str, *more: Sequence[object]) -> None:
            asked.append(statement)

        event.listen(connection, "before_cursor_execute", before)
        try:
            record_all(connection, register.memory, [acknowledging(running)])
        finally:
            event.remove(connection, "before_cursor_execute", before)

    await register.writing(counted)
    assert [one for one in asked if "hook_events" in one] == []
    assert len([one for one in asked if "hooks" in one]) == 1  # within the question that is asked anyway
    assert not register.memory.hooked


async def test_marks_and_those_that_reach_nobody_wait_too(running: Running) -> None:
    await add_hook(running.register, "a", URL, (), AT)
    await running.take_next()
    (first,) = await rows(running.register)
    assert running.last
    assert first[1] == running.last.events[0].id


async def test_a_name_goes_to_one_address_until_it_is_removed(running: Running) -> None:
    register = running.register
    assert await add_hook(register, "a", URL, (EventKind.APPROVED,), AT) is Added.NEW
    assert await add_hook(register, "a", URL, (EventKind.APPROVED,), AT) is Added.SAME
    with pytest.raises(HookDiffers) as held:
        await add_hook(register, "a", URL, (), AT)
    assert held.value.hook.kinds == (EventKind.APPROVED,)
    assert await remove_hook(register, "a", AT) == 0
    with pytest.raises(NoSuchHook):
        await hook_of(register, "a")
    with pytest.raises(NoSuchHook):
        await remove_hook(register, "b", AT)
    assert await add_hook(register, "a", URL + "/2", (), AT) is Added.AGAIN
    assert (await hook_of(register, "a")).url == URL + "/2"


async def test_what_waits_for_a_removed_webhook_can_be_sent_once_it_is_back(running: Running) -> None:
    register = running.register
    await add_hook(register, "a", URL, (), AT)
    await running.settle(acknowledging(running))
    assert await remove_hook(register, "a", AT) == 1
    await running.report(local(1, 10), id="DONE")  # while it is away nothing waits for it
    (standing,) = await hook_standings(register)
    assert [(one.event, one.error) for one in standing.given_up] == [("ACK", "removed")]
    assert await next_due(register, AT) is None
    await add_hook(register, "a", URL, (), AT)
    assert await retry_hook(register, "a", AT) == 1
    assert [one.event.id for one in await due_events(register, "a", AT, 8)] == ["ACK"]


async def test_only_the_first_waiting_event_of_a_task_is_due(running: Running) -> None:
    register = running.register
    await add_hook(register, "a", URL, (), AT)
    await running.settle(acknowledging(running))
    await running.report(local(1, 10), id="DONE")
    assert [one.event.id for one in await due_events(register, "a", AT, 8)] == ["ACK"]
    assert await next_due(register, AT) == local(1, 9)


async def test_a_record_calls_only_where_nobody_would_look(running: Running) -> None:
    register = running.register
    assert not await has_to_be_called(register, AT)  # no webhook
    await add_hook(register, "a", URL, (), AT)
    assert await has_to_be_called(register, AT)  # never looked
    await note_looking(register)
    assert not await has_to_be_called(register, AT)
    await note_asleep(register, AT + timedelta(seconds=1))
    assert await has_to_be_called(register, AT)
    assert not await has_to_be_called(register, AT + timedelta(seconds=1))


async def test_a_round_that_the_engine_has_given_up_on_does_not_say_how_long_the_webhooks_sleep(
    running: Running,
) -> None:
    register = running.register
    await add_hook(register, "a", URL, (), AT)
    cut_off = await note_looking(register)
    newer = await note_looking(register)
    await note_asleep(register, None, newer)
    await note_asleep(register, AT - timedelta(seconds=1), cut_off)
    assert await has_to_be_called(register, AT)
