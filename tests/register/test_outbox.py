"""Notices wait, messages carry them, and nothing is told twice."""

import pytest

from directive.holds import still_holds
from register.open import Register
from register.outbox import (
    AlreadyDecided,
    decide_message,
    mark_failed,
    mark_sent,
    note_next,
    outbox_due,
    unsent,
)
from register.outbox_models import OutMessage
from register.reading import any_open
from register.rounds import begin_round, look
from register.waiting import notices_of, waiting_notices
from tests.register.given import ASSIGNED, DIRECTIVE, DUE, Running, local


def message(*notices: str, id: str = "m1") -> OutMessage:  # noqa: A002
    return OutMessage(
        id=id,
        person="head-so-a",
        decided_at=local(1),
        subject="s",
        text="t",
        html="<p>t</p>",
        notices=notices,
    )


async def test_a_notice_says_all_that_a_letter_needs(running: Running) -> None:
    head, officer = await waiting_notices(running.register)
    assert (head.number, head.work, head.issuer, head.due_day) == ("1346-CV/ĐU", "việc 1.1", "du", DUE)
    assert (officer.event.id, officer.cycle, officer.written) == ("assigned", 1, ASSIGNED)


async def test_a_mark_that_an_act_overtook_belongs_to_its_own_deadline(running: Running) -> None:
    await running.take_next()
    (reminded,) = [one for one in await waiting_notices(running.register) if one.planned]
    assert still_holds(reminded.kind, reminded.question, reminded.cycle, running.facts)
    await running.report(local(4))
    assert not still_holds(reminded.kind, reminded.question, reminded.cycle, running.facts)


async def test_a_message_takes_its_notices_out_of_the_waiting_ones(running: Running) -> None:
    head, officer = await waiting_notices(running.register)
    assert await decide_message(running.register, message(head.id), {officer.id: "muted by x"}) is True
    assert await waiting_notices(running.register) == []
    assert await outbox_due(running.register) is None
    kept = {one.id: one for one in await notices_of(running.register, running.id)}
    assert (kept[head.id].status, kept[head.id].message) == ("decided", "m1")
    assert (kept[officer.id].status, kept[officer.id].reason) == ("muted", "muted by x")


async def test_a_message_decided_again_changes_nothing(running: Running) -> None:
    head, officer = await waiting_notices(running.register)
    await decide_message(running.register, message(head.id))
    assert await decide_message(running.register, message(head.id), {officer.id: "late"}) is False
    assert [one.id for one in await waiting_notices(running.register)] == [officer.id]


async def test_a_notice_is_carried_by_one_message_only(running: Running) -> None:
    head, officer = await waiting_notices(running.register)
    await decide_message(running.register, message(head.id))
    with pytest.raises(AlreadyDecided):
        await decide_message(running.register, message(head.id, officer.id, id="m2"))
    assert [one.id for one in await unsent(running.register)] == ["m1"]
    assert [one.id for one in await waiting_notices(running.register)] == [officer.id]


async def test_a_message_is_sent_once_and_a_failure_is_counted(running: Running) -> None:
    head, _ = await waiting_notices(running.register)
    await decide_message(running.register, message(head.id))
    await mark_failed(running.register, "m1", "no route", local(2))
    (held,) = await unsent(running.register)
    assert (held.status, held.attempts, held.error, held.notices) == ("failed", 1, "no route", (head.id,))
    await mark_sent(running.register, "m1", local(2))
    await mark_sent(running.register, "m1", local(3))
    await mark_failed(running.register, "m1", "too late", local(4))
    assert await unsent(running.register) == []


async def test_notices_lapse_without_a_message(running: Running) -> None:
    head, officer = await waiting_notices(running.register)
    assert await decide_message(running.register, None, lapsed={head.id: "reported", officer.id: "reported"})
    assert await waiting_notices(running.register) == []


async def test_delivery_is_called_only_when_it_would_wake_too_late(register: Register) -> None:
    assert not (await look(register)).delivery_comes_by(local(1))
    await note_next(register, local(2))
    seen = await look(register)
    assert not seen.delivery_comes_by(local(1))
    assert seen.delivery_comes_by(local(2))
    await begin_round(register)
    assert (await look(register)).delivery_comes_by(local(1))


async def test_every_round_of_delivery_has_a_number_of_its_own(register: Register) -> None:
    numbers = [(await look(register)).rounds]
    for _ in range(3):
        await begin_round(register)
        numbers.append((await look(register)).rounds)
    assert len(set(numbers)) == 4


async def test_a_round_that_the_engine_has_given_up_on_does_not_say_how_long_delivery_sleeps(
    register: Register,
) -> None:
    cut_off = await begin_round(register)
    newer = await begin_round(register)
    await note_next(register, None, newer)
    await note_next(register, local(2), cut_off)
    assert not (await look(register)).delivery_comes_by(local(3))


async def test_a_directive_is_open_while_one_of_its_tasks_is(running: Running) -> None:
    assert await any_open(running.register, DIRECTIVE)
    await running.report(local(2))
    await running.approve(local(3))
    assert not await any_open(running.register, DIRECTIVE)


async def test_the_outbox_is_due_since_its_oldest_waiting_notice(running: Running) -> None:
    await running.take_next()
    assert await outbox_due(running.register) == ASSIGNED
