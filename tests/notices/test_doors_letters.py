"""Messages that carry no notices: a link to sign in goes at once or not at all, an alert once a day at most."""

from datetime import timedelta

import pytest

from directive.clock import OfficeClock
from directive.directory import Directory
from notices.channel import Undeliverable
from notices.deliver import deliver
from notices.note import Note, compose_note
from register.open import Register
from register.outbox import put_message, unsent
from register.outbox_models import OutMessage
from register.plans import orders_of, save_directory, save_plan
from register.sending import refused_messages
from tests.notices.given import directory, local, plan
from tests.notices.mail_server import Mailbox, channel, listening, reached
from tests.notices.test_deliver import MORNING, past
from tests.notices.test_smtp import READY, sent_messages
from tests.register.given import DIRECTIVE, Running

NIGHT = local(4, 23)  # a Saturday
NOTE = Note(
    subject="Đăng nhập",
    greeting="Kính gửi Ông/Bà",
    paragraphs=("Liên kết dùng được một lần.",),
    button=("Đăng nhập", "https://dondoc.tinh.example/vao/secret-token"),
    closing="Trân trọng.",
)


def sign_in(name: str = "s1") -> OutMessage:
    return compose_note(name, directory().person_by_id["head"], NIGHT, NOTE)


async def test_a_link_to_sign_in_goes_at_once_at_night_and_is_then_forgotten(register: Register) -> None:
    assert await put_message(register, sign_in(), "sign_in")
    assert not await put_message(register, sign_in(), "sign_in"), "stored once"
    box = Mailbox()
    async with listening(box) as server:
        assert await deliver(register, channel(server), now=NIGHT) is None
    assert b"secret-token" in box.taken[0][1]
    (sent,) = await sent_messages(register)
    assert (sent.text, sent.html) == ("", "")


async def test_a_link_to_sign_in_is_not_sent_when_nobody_waits_for_it_any_more(register: Register) -> None:
    await put_message(register, sign_in(), "sign_in")
    box = Mailbox()
    assert await deliver(register, channel(reached(box)), now=NIGHT) == NIGHT + timedelta(minutes=1)
    async with listening(box) as server:
        assert await deliver(register, channel(server), now=NIGHT + timedelta(minutes=16)) is None
    assert box.taken == []
    assert not await unsent(register)


async def test_who_wants_to_sign_in_does_not_wait_for_a_line_that_was_left_alone(
    register: Register, running: Running
) -> None:
    await past(register, running, MORNING)
    box, at = Mailbox(), READY
    for _ in range(5):
        again = await deliver(register, channel(reached(box)), now=at)
        assert again is not None
        at = again
    asked = at - timedelta(minutes=10)
    message = sign_in().model_copy(update={"decided_at": asked})
    await put_message(register, message, "sign_in")
    async with listening(box) as server:
        await deliver(register, channel(server), now=asked)
    assert box.readers[0] == "head"
    assert str(box.mails[0]["Subject"]) == "Đăng nhập"
    assert {"officer", "deputy"} <= set(box.readers), "the line is open again for all"


class Nobody:
    """A channel that refuses everybody but those named."""

    def __init__(self, *reached: str) -> None:
        self.reached, self.sent = reached, list[OutMessage]()

    async def send(self, message: OutMessage, reader: object) -> None:
        if message.person not in self.reached:
            raise Undeliverable("smtp_550", "no such user")
        self.sent.append(message)


def with_officer(office: Directory) -> Directory:
    units = tuple(
        one.model_copy(update={"officers": ("assigner",)}) if one.code == "vp" else one
        for one in office.units
    )
    return office.model_copy(update={"version": "d2", "units": units})


async def test_the_monitoring_office_is_told_once_a_day_and_never_of_its_own_alert(
    register: Register, running: Running
) -> None:
    await save_directory(register, with_officer(directory()))
    await past(register, running, MORNING)
    post = Nobody("assigner")
    await deliver(register, post, now=READY)
    assert [one.person for one in post.sent] == ["assigner"], "the office's head is not reached either"
    (alert,) = post.sent
    assert alert.text.count("máy chủ thư không nhận (no such user)") == 3
    assert alert.subject == "3 thư không đến được người nhận – ngày 01/7/2026"
    refused = await refused_messages(register)
    assert sorted(one.kind for one in refused) == ["alert", "notice", "notice", "notice"]
    await past(register, running, local(3, 8))
    again = await deliver(register, post, now=READY + timedelta(hours=1))
    assert len(post.sent) == 1
    await deliver(register, post, now=local(3, 8, 30))
    assert [one.person for one in post.sent] == ["assigner", "assigner"]
    assert again is None or again > READY


async def test_an_alert_keeps_the_quiet_hours(register: Register) -> None:
    await save_plan(register, plan(urgency="hỏa tốc"), directory().version)
    (order,) = await orders_of(register, DIRECTIVE, OfficeClock())
    await Running(register, order).start()
    post, night = Nobody("head-vp"), local(1, 23, month=6)
    assert await deliver(register, post, now=night) == local(2, 7, month=6)
    assert post.sent == []
    await deliver(register, post, now=local(2, 7, month=6))
    assert [one.person for one in post.sent] == ["head-vp"]


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_an_alert_speaks_its_readers_language(
    register: Register, running: Running, language: str
) -> None:
    await save_directory(
        register, directory("state", "subordinate", language).model_copy(update={"version": "d9"})
    )
    await past(register, running, MORNING)
    post = Nobody("head-vp")
    await deliver(register, post, now=READY)
    assert ("did not reach" in post.sent[0].subject) is (language == "en")
