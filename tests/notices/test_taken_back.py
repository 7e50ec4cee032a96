"""A task taken back while delivery is at work: what has lapsed is carried by no message, and the rest still goes."""

from datetime import timedelta

from directive.clock import OfficeClock
from directive.directory import Person
from directive.message import Act
from directive.unassigning import Unassignment, message_id
from notices.deliver import deliver
from register.open import Register
from register.outbox_models import OutMessage
from register.plans import orders_of, save_plan
from register.waiting import notices_of
from tests.notices.given import directory, local, plan
from tests.notices.test_deliver import Caught, drain
from tests.register.given import DIRECTIVE, Running, planned

ASSIGNED_AT = local(1, 8, month=6)


async def take_back(task: Running) -> None:
    """What the directive's workflow does to a task."""
    at = ASSIGNED_AT + timedelta(minutes=10)
    decision = Unassignment(
        directive=DIRECTIVE, at=at, actor="leader", role="leadership:du-tinh", reason="Nhầm đơn vị"
    )
    said = decision.message(task.id, at).model_dump(exclude={"act", "actor", "role", "at", "id", "door"})
    role = task.facts.task.issuer
    await task.act(Act.WITHDRAW, at, "leader", f"leadership:{role}", id=message_id(task.id), **said)


class Meddler(Caught):
    """A channel during whose first message a task is taken back."""

    def __init__(self, task: Running) -> None:
        super().__init__()
        self.task = task

    async def send(self, message: OutMessage, reader: Person) -> None:
        if not self.messages:
            await take_back(self.task)
        await super().send(message, reader)


async def two(register: Register) -> list[Running]:
    """Two tasks of one unit, assigned just now."""
    await save_plan(
        register, plan(planned("1", ("so-khcn",)), planned("2", ("so-khcn",))), directory().version
    )
    tasks = [Running(register, order) for order in await orders_of(register, DIRECTIVE, OfficeClock())]
    for task in tasks:
        await task.start()
    return tasks


async def test_what_lapses_while_messages_are_decided_holds_up_nothing_else(register: Register) -> None:
    first, second = await two(register)
    at = ASSIGNED_AT + timedelta(minutes=1)
    channel = Meddler(first)
    again = await deliver(register, channel, now=at)
    assert again == at  # at once: what is left of the others' messages waits for nobody
    told_early = {one.person for one in channel.messages}
    await drain(register, channel, at, days=3)
    for person in ("officer", "head", "deputy"):
        mine = [one for one in channel.messages if one.person == person]
        assert any("việc 2" in one.text for one in mine), person
    heard = {one.person for one in await notices_of(register, first.id) if one.kind == "withdrawn"}
    assert heard == told_early
    assert {one.status for one in await notices_of(register, second.id)} == {"decided"}


async def test_a_repeated_withdrawal_tells_nobody_twice(register: Register) -> None:
    first, _ = await two(register)
    channel = Caught()
    await drain(register, channel, ASSIGNED_AT + timedelta(minutes=1), days=1)
    await take_back(first)
    before = await notices_of(register, first.id)
    assert first.last
    await first.settle(first.last)
    assert await notices_of(register, first.id) == before
    assert sum(one.kind == "withdrawn" for one in before) == 3
