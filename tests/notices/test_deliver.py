"""Delivery with a real register: decided once, sent with the same content, whatever breaks in between."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

import notices.deliver as delivery
import notices.dispatch as dispatch
from directive.clock import OfficeClock
from directive.directory import Directory, Person
from directive.message import Act
from directive.question import Choice
from notices.channel import Undeliverable
from notices.deliver import deliver
from notices.folder import EmlFolder
from notices.letter import compose
from register.open import Register
from register.outbox import unsent
from register.outbox_models import OutMessage
from register.plans import orders_of, save_directory, save_plan
from register.sending import refused_messages
from register.waiting import notices_of
from tests.notices.given import directory, local, plan
from tests.register.given import DIRECTIVE, Running, planned

MORNING = local(1)  # level 1 of 30/6


class Caught:
    """A channel that keeps what it is given; `breaks` says which call fails, and how."""

    def __init__(self) -> None:
        self.messages: list[OutMessage] = []
        self.breaks: Exception | None = None

    async def send(self, message: OutMessage, reader: Person) -> None:
        if self.breaks:
            raise self.breaks
        assert reader.id == message.person
        self.messages.append(message)


async def past(register: Register, running: Running, until: datetime) -> None:
    """Let a silent task live until an instant, with delivery asleep."""
    while running.marks and running.marks[0].at <= until:
        await running.take_next()


async def drain(register: Register, channel: Any, now: datetime, days: int = 10) -> list[datetime]:
    """Deliver at `now` and at every next instant; the instants at which it was called."""
    called: list[datetime] = []
    following: datetime | None = now
    while following and following < now + timedelta(days=days):
        called.append(following)
        following = await deliver(register, channel, now=following)
    return called


async def states(register: Register, running: Running) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in await notices_of(register, running.id):
        found.setdefault(one.status, []).append(f"{one.kind}>{one.person}")
    return found


async def test_an_escalation_reaches_the_head_and_the_copy_its_officers(
    register: Register, running: Running
) -> None:
    await running.act(Act.ACKNOWLEDGE, local(1, 9, month=6), "officer", "officer:so-khcn")
    await past(register, running, MORNING)
    channel = Caught()
    called = await drain(register, channel, MORNING)
    assert called[1] == MORNING + timedelta(seconds=30)
    by_person = {one.person: one for one in channel.messages}
    assert set(by_person) == {"head", "officer", "deputy"}
    assert "chưa nhận được báo cáo" in by_person["head"].text
    assert "starter.py answer" in by_person["head"].text
    assert "starter.py answer" not in by_person["officer"].text
    assert not await unsent(register)
    assert await deliver(register, channel, now=local(3, 7)) is None
    assert len(channel.messages) == 3


async def test_a_storm_that_stands_still_is_one_message_for_the_head_all_the_same(register: Register) -> None:
    await save_plan(register, plan(*(planned(code, ("so-khcn",)) for code in "123")), directory().version)
    tasks = [Running(register, order) for order in await orders_of(register, DIRECTIVE, OfficeClock())]
    for task in tasks:
        await task.start()
        await task.act(Act.ACKNOWLEDGE, local(1, 9, month=6), "officer", "officer:so-khcn")
        await past(register, task, local(30, 12, month=6))
    channel, stands_still = Caught(), MORNING + timedelta(seconds=40)
    await deliver(register, channel, now=local(30, 12, month=6))
    channel.messages.clear()
    first, *others = tasks
    await first.settle(first.taking(MORNING))
    assert await deliver(register, channel, now=stands_still) == stands_still + timedelta(seconds=30)
    assert all(one.person != "head" for one in channel.messages)
    for task in others:
        await task.settle(task.taking(stands_still + timedelta(seconds=10)))
    await drain(register, channel, stands_still + timedelta(seconds=30), days=1)
    (told,) = [one for one in channel.messages if one.person == "head"]
    assert len(told.notices) == 3


async def test_what_was_answered_before_delivery_lapses(register: Register, running: Running) -> None:
    await past(register, running, MORNING)
    more = {"choice": Choice.COMMIT, "day": local(3).date()}
    await running.act(Act.ANSWER, MORNING + timedelta(minutes=1), "head", "head:so-khcn", **more)
    channel = Caught()
    await drain(register, channel, MORNING + timedelta(minutes=2))
    ended = await states(register, running)
    assert "escalated>head" in ended["lapsed"]
    assert "waiting" not in ended
    assert all("Chưa nhận được báo cáo" not in one.subject for one in channel.messages)


class Crash(BaseException):
    """The process dies here."""


def crashing(real: Callable[..., Any], after: bool, at_call: int) -> Callable[..., Any]:
    calls = 0

    async def either(*args: Any, **more: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls != at_call:
            return await real(*args, **more)
        if after:
            await real(*args, **more)
        raise Crash

    return either


@pytest.mark.parametrize("step", ["decide_message", "mark_sent", "note_next", "unsent", "waiting_notices"])
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at_call", [1, 2])
async def test_a_crash_between_any_two_steps_loses_and_repeats_nothing(
    register: Register,
    running: Running,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    after: bool,
    at_call: int,
) -> None:
    await past(register, running, MORNING)
    channel, ready = EmlFolder(tmp_path / "mail"), MORNING + timedelta(minutes=5)
    place = dispatch if step == "mark_sent" else delivery
    real = getattr(place, step)
    with monkeypatch.context() as broken:
        broken.setattr(place, step, crashing(real, after, at_call))
        try:
            await deliver(register, channel, now=ready)
        except Crash:
            pass
        else:
            assert at_call == 2, "only a step that is taken once survives"
    before = {file.name: file.read_bytes() for file in (tmp_path / "mail").glob("*.eml")}
    await deliver(register, channel, now=ready + timedelta(minutes=1))
    files = {file.name: file.read_bytes() for file in (tmp_path / "mail").glob("*.eml")}
    assert before.items() <= files.items()
    told = [message_from_bytes(content, policy=policy.default)["To"] for content in files.values()]
    assert len(told) == len(set(told)) == 3
    assert not await unsent(register)
    assert "waiting" not in await states(register, running)


async def test_a_channel_that_fails_holds_up_nobody_else_and_sends_the_same_later(
    register: Register, running: Running
) -> None:
    await past(register, running, MORNING)
    channel = Caught()
    channel.breaks = OSError("disk full")
    ready = MORNING + timedelta(minutes=5)
    assert await deliver(register, channel, now=ready) == ready + timedelta(minutes=1)
    assert [one.error for one in await unsent(register)] == ["OSError"] * 3
    kept = {one.id: (one.subject, one.text, one.html) for one in await unsent(register)}
    channel.breaks = None
    await deliver(register, channel, now=ready + timedelta(hours=1))
    assert {one.id: (one.subject, one.text, one.html) for one in channel.messages} == kept


async def test_a_person_without_an_address_is_a_failure_to_see_and_mends_itself(
    register: Register, running: Running
) -> None:
    def known(office: Directory, version: str, **change: Any) -> Directory:
        people = tuple(one.model_copy(update=change) if one.id == "head" else one for one in office.people)
        return office.model_copy(update={"version": version, "people": people})

    await past(register, running, MORNING)
    await save_directory(register, known(directory(), "d2", email=""))
    channel = Caught()
    await deliver(register, channel, now=MORNING + timedelta(minutes=5))
    (refused,) = await refused_messages(register)
    assert (refused.person, refused.status, refused.error) == ("head", "refused", "no_address")
    await save_directory(register, directory().model_copy(update={"version": "d3"}))
    await deliver(register, channel, now=MORNING + timedelta(minutes=6))
    assert "head" in {one.person for one in channel.messages}
    assert not await refused_messages(register)
    assert not await unsent(register)


async def test_an_unknown_person_is_a_failure_to_see(register: Register, running: Running) -> None:
    await past(register, running, MORNING)
    office = directory()
    people = tuple(one for one in office.people if one.id != "head")
    await save_directory(register, office.model_copy(update={"version": "d2", "people": people}))
    await deliver(register, Caught(), now=MORNING + timedelta(minutes=5))
    assert [one.error for one in await refused_messages(register)] == ["unknown_person"]


async def test_undeliverable_by_the_channel_is_recorded(register: Register, running: Running) -> None:
    await past(register, running, MORNING)
    channel = Caught()
    channel.breaks = Undeliverable("mailbox_unknown", "5.1.1 no such user")
    await deliver(register, channel, now=MORNING + timedelta(minutes=5))
    assert {one.error for one in await refused_messages(register)} == {"mailbox_unknown: 5.1.1 no such user"}


async def test_a_digest_goes_once_a_day_and_what_comes_later_next_morning(register: Register) -> None:
    office = directory()
    await save_plan(register, plan(planned("1", ("so-khcn",)), planned("2", ("so-khcn",))), office.version)
    tasks = [Running(register, order) for order in await orders_of(register, DIRECTIVE, OfficeClock())]
    channel, eight = Caught(), local(23, month=6)  # 7 days before the deadline
    for task in tasks:
        await task.start()
        await task.act(Act.ACKNOWLEDGE, local(1, 9, month=6), "officer", "officer:so-khcn")
    await drain(register, channel, local(2, 8, 1, month=6), days=5)
    channel.messages.clear()
    await tasks[0].settle(tasks[0].taking(eight))
    await drain(register, channel, eight, days=1)
    assert len(channel.messages) == 2  # the officer's and the deputy's
    await tasks[1].settle(tasks[1].taking(eight + timedelta(minutes=8)))
    assert await deliver(register, channel, now=eight + timedelta(minutes=20)) == local(24, 8, 0, 30, month=6)
    assert len(channel.messages) == 2


async def test_after_an_outage_one_message_names_the_delay(register: Register, running: Running) -> None:
    late = local(1, 15)
    await running.settle(running.taking(late))
    channel = Caught()
    await drain(register, channel, late)
    (told,) = [one for one in channel.messages if one.person == "head"]
    assert "08 giờ 00 ngày 01/7/2026" in told.text
    assert "gián đoạn" in told.text


async def test_many_tasks_of_one_head_are_one_message(register: Register, tmp_path: Path) -> None:
    office = directory()
    many = plan(*(planned(str(i), ("so-khcn",), work=f"Việc số {i}") for i in range(1, 81)))
    await save_directory(register, office)
    await save_plan(register, many, office.version)
    for order in await orders_of(register, DIRECTIVE, OfficeClock()):
        task = Running(register, order)
        await task.start()
    folder = EmlFolder(tmp_path / "mail")
    await drain(register, folder, local(1, month=6), days=1)
    files = list((tmp_path / "mail").glob("*.eml"))
    assert len(files) == 3  # the head in copy, the officer, the deputy
    mail = message_from_bytes(max(files).read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    text = mail.get_body(("plain",))
    assert text is not None
    assert all(f" {i}" in text.get_content() for i in range(1, 81))


async def test_a_letter_that_cannot_be_written_holds_up_no_other_one(
    register: Register, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    await running.act(Act.ACKNOWLEDGE, local(1, 9, month=6), "officer", "officer:so-khcn")
    await past(register, running, MORNING)
    channel, gathered, written = Caught(), MORNING + timedelta(seconds=30), compose

    def spoilt(batch: Any, office: Any) -> OutMessage:
        if batch.person == "head":
            raise KeyError("spoilt")
        return written(batch, office)

    with monkeypatch.context() as broken:
        broken.setattr(delivery, "compose", spoilt)
        with pytest.raises(KeyError, match="spoilt"):
            await deliver(register, channel, now=gathered)
    assert {one.person for one in channel.messages} == {"officer", "deputy"}
    await deliver(register, channel, now=gathered)
    assert sorted(one.person for one in channel.messages) == ["deputy", "head", "officer"]
