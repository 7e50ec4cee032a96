"""What an adversary tried on the register and the doors before it: each of these went wrong once."""

import dataclasses
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from temporalio.testing import ActivityEnvironment

from activities import delivering as rounds
from activities.delivering import Delivering
from desk.act import known_calendar
from desk.exit import Stop
from desk.person import colleague
from directive.clock import OfficeClock
from directive.directory import Person
from directive.message import Act
from directive.question import Stage
from directive.record import Admission, Delivered, Round
from notices.channel import NotNow
from register.admission import admit
from register.open import Register, RegisterDown
from register.outbox_models import OutMessage
from register.plans import orders_of, save_directory, save_plan
from register.waiting import notices_of
from tests.register.given import DIRECTIVE, Running, directory, local, plan, planned


async def test_an_officer_of_the_office_is_asked_to_approve_though_the_task_has_another_officer(
    register: Register,
) -> None:
    """A route may ask `officer:so-b`; the lead unit's new officer is not one of them and may not approve."""
    await save_directory(register, directory())
    route = (Stage(asks=("officer:so-b",)),)
    await save_plan(register, plan(planned("1.1", route=route)), "d1")
    running = Running(register, (await orders_of(register, DIRECTIVE, OfficeClock()))[0])
    await running.start()
    await running.act(Act.REASSIGN, local(1, 10), "head-so-a", "head:so-a", person="other")
    await running.act(Act.REPORT, local(2), "head-so-a", "head:so-a", text="đã làm xong")
    asked = [
        one.person for one in await notices_of(register, running.id) if one.event_id == "report-06020100"
    ]
    assert "officer-so-b" in asked
    assert "other" not in asked
    role = "officer:so-b"
    stranger = Admission(
        task=running.id, actor="other", role=role, at=local(3), officer=running.facts.officer_in(role)
    )
    assert not (await admit(register, stranger)).welcome


async def test_a_failed_write_names_no_one_and_quotes_nothing(running: Running) -> None:
    """What an activity raises is kept by Temporal in the clear, cause by cause, and written to logs."""
    async with running.register.write() as connection:
        await connection.execute(text("ALTER TABLE events RENAME TO elsewhere"))
    secret = "nội dung chỉ người nhận được đọc"
    with pytest.raises(RegisterDown) as caught:
        await running.report(local(2), text=secret)
    told = " ".join(str(one) for one in chain_of(caught.value))
    assert secret not in told
    assert "officer-so-a" not in told


def chain_of(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or error.__context__


async def test_a_task_is_not_moved_to_a_calendar_that_is_not_there(register: Register) -> None:
    """Its record would be tried again for ever, and the task be silent with it."""
    with pytest.raises(Stop) as caught:
        await known_calendar(register, "vn-2072")
    assert caught.value.kind == "unknown_calendar"


def test_a_task_is_handed_to_no_officer_of_another_unit() -> None:
    """Another lead unit is a withdrawal and a new task; who is in no list yet may be a new colleague."""
    office = directory()
    assert colleague(office, "so-a", "officer-so-a") == "officer-so-a"
    assert colleague(office, "so-a", "other") == "other"
    with pytest.raises(Stop) as caught:
        colleague(office, "so-a", "head-so-b")
    assert caught.value.kind == "other_unit"


class Choosy:
    """A channel that fails for one person for as long as it likes, and works for all others."""

    def __init__(self, fails_for: str) -> None:
        self.fails_for = fails_for
        self.reached: list[str] = []

    async def send(self, message: OutMessage, reader: Person) -> None:
        if reader.id == self.fails_for:
            raise OSError("full")
        self.reached.append(reader.id)


async def test_one_message_that_cannot_go_holds_up_nobody_elses_later_ones(running: Running) -> None:
    """The server repeats a failed round with the argument of the first: the hour is the attempt's own."""
    channel = Choosy(fails_for="officer-so-a")
    attempt, begun = delivering(running, channel)
    await attempt(begun)  # the assignment's digest
    assert channel.reached == ["head-so-a"]
    while running.marks[0].at <= local(5):
        await running.take_next()  # the head is asked on 5/6 why nobody has acknowledged
    await attempt(local(5, 8, 1))
    assert channel.reached == ["head-so-a", "head-so-a"]


async def test_a_round_that_is_repeated_at_night_keeps_the_quiet_hours(running: Running) -> None:
    channel = Choosy(fails_for="")
    attempt, _ = delivering(running, channel)
    await attempt(local(1, 22))
    assert channel.reached == []


class Shut:
    """A channel that is down."""

    async def send(self, message: OutMessage, reader: Person) -> None:
        raise NotNow("connect_failed", down=True)


async def test_a_round_tells_the_history_whom_it_has_not_reached(running: Running) -> None:
    """A restoration of an older register asks it; a round that ends is no word that anybody was told."""
    both = ("head-so-a", "officer-so-a")
    told = []
    for channel, at in (
        (Choosy(fails_for=""), local(1, 22)),  # in the quiet hours
        (Shut(), local(2, 8)),
        (Choosy(fails_for="officer-so-a"), local(2, 9)),
        (Choosy(fails_for=""), local(2, 10)),
    ):
        attempt, _ = delivering(running, channel)
        done = await attempt(at)
        told.append((done.through, done.owed))
    assert told == [(True, both), (True, both), (True, ("officer-so-a",)), (True, ())]


async def test_a_round_that_reached_too_few_names_nobody(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "MOST_OWED", 1)
    attempt, begun = delivering(running, Shut())
    done = await attempt(begun)
    assert (done.through, done.owed) == (False, ())


Attempt = Callable[[datetime], Awaitable[Delivered]]


def delivering(running: Running, channel: Choosy | Shut) -> tuple[Attempt, datetime]:
    """One round asked for when the assignment's digest is due; its attempts start when they are told to."""
    begun = running.facts.assigned_at + timedelta(minutes=5)
    activity = Delivering(running.register, channel)

    async def attempt(started: datetime) -> Delivered:
        environment = ActivityEnvironment()
        environment.info = dataclasses.replace(environment.info, started_time=started)
        return await environment.run(activity.deliver, Round(at=begun, clock=OfficeClock()))

    return attempt, begun
