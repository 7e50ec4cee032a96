"""Mail over a real mail server on loopback: handed over once, tried again later, refused for good, never lost."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import notices.dispatch as dispatch
from notices.deliver import deliver
from register.open import Register
from register.outbox import held
from register.outbox_tables import messages
from register.plans import save_directory
from register.sending import refused_messages, try_again, unsent
from register.waiting import notices_of
from tests.notices.given import directory, local
from tests.notices.mail_server import USER, Mailbox, channel, listening, reached
from tests.notices.test_deliver import MORNING, past
from tests.register.given import Running

READY = MORNING + timedelta(minutes=5)  # three mails wait: the head's, the officer's and the deputy's
HEAD = "head@example.invalid"


@pytest.fixture
async def due(register: Register, running: Running) -> Register:
    """A register in which three mails are due at READY."""
    await past(register, running, MORNING)
    return register


async def errors(register: Register) -> list[str]:
    return [one.error.partition(":")[0] for one in await unsent(register)]


async def test_mail_is_handed_over_by_tls_and_with_the_password(due: Register, tmp_path: Path) -> None:
    box = Mailbox()
    async with listening(box, tmp_path) as server:
        await deliver(due, channel(server), now=READY)
    assert (box.encrypted, box.user, box.connections) == (True, USER.encode(), 1)
    assert sorted(box.readers) == ["deputy", "head", "officer"]
    assert not await unsent(due)
    assert sorted(box.ids) == sorted(f"<{one.id}@tinh.example>" for one in await sent_messages(due))
    assert {str(mail["From"]) for mail in box.mails} == {"Đôn Đốc UBND tỉnh <dondoc@tinh.example>"}
    assert {str(mail["List-Id"]) for mail in box.mails} == {"<notices.tinh.example>"}
    assert all("http" not in text_of(mail) for mail in box.mails), "no page, no link; and never a tracker"


@pytest.mark.parametrize("wrong", ["password", "certificate", "no_tls"])
async def test_without_tls_or_the_password_nothing_is_said_and_nothing_is_lost(
    due: Register, tmp_path: Path, wrong: str
) -> None:
    box, no = (
        Mailbox(),
        {"password": "password_refused", "certificate": "tls_failed", "no_tls": "not_supported"},
    )
    async with listening(box, None if wrong == "no_tls" else tmp_path):
        if wrong == "no_tls":
            server = reached(box, tls="starttls", user=USER, password="never said")
        elif wrong == "password":
            server = reached(box, tmp_path, password="another")
        else:
            server = reached(box, tmp_path, authorities=None)
        assert await deliver(due, channel(server), now=READY) == READY + timedelta(minutes=1)
    assert box.taken == []
    assert (box.user == b"") is (wrong != "password")
    assert await errors(due) == [no[wrong]]


async def test_one_recipient_of_many_that_is_refused_holds_up_nobody_and_is_told_once(due: Register) -> None:
    box = Mailbox(recipients={HEAD: "550 5.1.1 no such user here"})
    async with listening(box) as server:
        await deliver(due, channel(server), now=READY)
        assert sorted(box.readers) == ["deputy", "head-vp", "officer"]
        (refused,) = await refused_messages(due)
        assert (refused.person, refused.error) == ("head", "smtp_550: 5.1.1 no such user here")
        alert = box.mails[box.readers.index("head-vp")]
        assert "Giám đốc Sở Khoa học và Công nghệ (head@example.invalid)" in text_of(alert)
        for later in (READY + timedelta(minutes=1), READY + timedelta(days=1)):
            await deliver(due, channel(server), now=later)
        assert len(box.taken) == 3, "neither the refused one nor the alert again"
        people = tuple(
            one.model_copy(update={"email": "new@example.invalid"}) if one.id == "head" else one
            for one in directory().people
        )
        await save_directory(due, directory().model_copy(update={"version": "d2", "people": people}))
        await deliver(due, channel(server), now=READY + timedelta(hours=3))
        assert box.readers[-1] == "new"
    assert not await refused_messages(due)


async def test_what_was_refused_goes_again_when_somebody_asks_for_it(due: Register) -> None:
    box = Mailbox(recipients={HEAD: "550 5.7.1 not from you"})
    async with listening(box) as server:
        await deliver(due, channel(server), now=READY)
        box.recipients.clear()
        await try_again(due, [one.id for one in await refused_messages(due)])
        await deliver(due, channel(server), now=READY + timedelta(minutes=1))
    assert "head" in box.readers


async def test_a_recipient_that_is_put_off_is_tried_again_alone(due: Register) -> None:
    box = Mailbox(recipients={HEAD: "451 4.7.1 try again later"})
    async with listening(box) as server:
        again = await deliver(due, channel(server), now=READY)
        assert (again, await errors(due)) == (READY + timedelta(minutes=1), ["smtp_451"])
        assert sorted(box.readers) == ["deputy", "officer"]
        box.recipients.clear()
        assert again is not None
        assert await deliver(due, channel(server), now=again) is None
    assert box.readers[-1] == "head"


async def test_a_server_that_is_down_is_asked_once_a_round_with_growing_pauses(
    due: Register, running: Running
) -> None:
    box, now, pauses = Mailbox(), READY, []
    for _ in range(8):
        at = await deliver(due, channel(reached(box)), now=now)
        assert at is not None
        pauses.append((at - now) // timedelta(minutes=1))
        assert await errors(due) == ["unreachable"], "one message probes; the rest is not decided yet"
        now = at
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    asked = [one for one in await notices_of(due, running.id) if one.status == "decided"]
    assert len({one.message for one in asked}) == 1
    async with listening(box) as server:
        await deliver(due, channel(server), now=now)
    assert sorted(box.readers) == ["deputy", "head", "officer"], "each one message, whatever came meanwhile"
    assert await held(due) == (None, 0)
    assert not await unsent(due)


async def test_after_an_outage_of_days_everybody_gets_one_message_of_what_still_holds(
    due: Register, running: Running
) -> None:
    box = Mailbox()
    at: datetime | None = READY
    while at and at < local(7, 8):
        at = await deliver(due, channel(reached(box)), now=at)
        if running.marks[0].at < local(7, 8):
            await running.take_next()
    async with listening(box) as server:
        await deliver(due, channel(server), now=local(7, 9))
    readers = sorted(box.readers)
    probed = {one for one in readers if readers.count(one) == 2}
    assert len(probed) <= 1, "only the message that probed the line was decided before"
    assert set(readers) >= {"head", "head-vp"}
    assert all(readers.count(one) <= 2 for one in readers)


async def test_what_is_tried_again_keeps_the_quiet_hours(due: Register) -> None:
    evening = local(1, 17, 59)
    box = Mailbox()
    at = await deliver(due, channel(reached(box)), now=evening)
    assert at == evening + timedelta(minutes=1)
    async with listening(box) as server:
        assert await deliver(due, channel(server), now=at) == local(2, 7)
        assert box.taken == []
        await deliver(due, channel(server), now=local(2, 7))
    assert "head" in box.readers


async def test_a_slow_server_is_hung_up_on_and_asked_again(due: Register) -> None:
    box = Mailbox(hangs={HEAD})
    async with listening(box) as server:
        again = await deliver(due, channel(server, patience=2.0), now=READY)
        assert (again, await errors(due)) == (READY + timedelta(minutes=1), ["too_slow"])
        assert sorted(box.readers) == ["deputy", "officer"]
        assert box.connections == 2


async def test_a_line_dropped_before_the_answer_repeats_the_same_message_and_counts_it(due: Register) -> None:
    box = Mailbox(drops={HEAD})
    async with listening(box) as server:
        again = await deliver(due, channel(server), now=READY)
        (left,) = await unsent(due)
        assert (left.person, left.begun_at) == ("head", READY)
        assert await errors(due) == ["line_dropped"]
        assert again is not None
        await deliver(due, channel(server), now=again)
    assert sorted(box.readers) == ["deputy", "head", "head", "officer"]
    assert repeated(box.taken) == 1
    assert {one.id: one.repeats for one in await sent_messages(due) if one.repeats} == {left.id: 1}


class Crash(BaseException):
    """The process dies here."""


async def test_dying_between_the_servers_250_and_our_commit_repeats_the_same_message_and_counts_it(
    due: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(*_: Any, **__: Any) -> None:
        raise Crash

    box = Mailbox()
    async with listening(box) as server:
        with monkeypatch.context() as broken:
            broken.setattr(dispatch, "mark_sent", dies)
            with pytest.raises(Crash):
                await deliver(due, channel(server), now=READY)
        assert len(box.taken) == 1
        await deliver(due, channel(server), now=READY + timedelta(minutes=1))
    assert len(box.taken) == 4
    assert repeated(box.taken) == 1
    assert sum(one.repeats for one in await sent_messages(due)) == 1
    assert all(one.begun_at is None for one in await sent_messages(due))


async def test_a_server_that_ends_the_connection_after_each_message_gets_them_all(due: Register) -> None:
    box = Mailbox(most=1)
    async with listening(box) as server:
        await deliver(due, channel(server), now=READY)
    assert (sorted(box.readers), box.connections) == (["deputy", "head", "officer"], 3)


async def test_a_server_that_refuses_our_name_is_left_alone(due: Register) -> None:
    box = Mailbox(senders="550 5.7.1 sender not allowed")
    async with listening(box) as server:
        assert await deliver(due, channel(server), now=READY) == READY + timedelta(minutes=1)
    assert (await errors(due), await refused_messages(due)) == (["smtp_550"], [])


async def test_a_round_whose_time_is_up_decides_nothing_more_and_goes_on_at_once(
    due: Register, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = Mailbox()
    async with listening(box) as server:
        with monkeypatch.context() as hurried:
            hurried.setattr(dispatch, "PATIENCE", -1.0)
            assert await deliver(due, channel(server), now=READY) == READY
        assert box.taken == []
        assert {one.status for one in await notices_of(due, running.id)} == {"waiting"}
        await deliver(due, channel(server), now=READY)
    assert sorted(box.readers) == ["deputy", "head", "officer"]


def repeated(taken: Sequence[tuple[str, bytes]]) -> int:
    """How many mails came a second time, byte for byte the same."""
    return len(taken) - len(set(taken))


def text_of(mail: Any) -> str:
    return str(mail.get_body(("plain",)).get_content())


async def sent_messages(register: Register) -> list[Any]:
    async with register.read() as connection:
        return list((await connection.execute(select(messages).where(messages.c.status == "sent"))).all())
