"""A round of the webhooks with a real register and real HTTP: signed, in order, never in the way."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from cloudevents.core.formats.json import JSONFormat
from sqlalchemy import select

from directive.clock import OfficeClock
from directive.directory import Person
from directive.event import EventKind
from directive.message import Act
from notices.cloud_event import DETAILS, ping
from notices.deliver import deliver
from notices.hooks import post
from notices.webhook import BadSecret, Verdict, a_poster, keys
from register.hook_outbox import has_to_be_called
from register.hooks import HookStanding, add_hook, hook_standings, remove_hook, retry_hook
from register.open import Register
from register.outbox_models import OutMessage
from register.outbox_tables import hook_events
from register.plans import orders_of, save_plan
from tests.notices.endpoint import SECRET, Endpoint, Reply, an_endpoint
from tests.notices.given import directory, local, plan
from tests.notices.interrupted import Interrupted
from tests.ports import own_port
from tests.register.given import Running

NOW = local(1, 11, month=6)
SECONDS = timedelta(seconds=1)

T = TypeVar("T")


class House:
    """An office with one webhook, and the instant at which its rounds begin."""

    def __init__(self, register: Register, endpoint: Endpoint) -> None:
        self.register, self.endpoint, self.at = register, endpoint, NOW
        self.secrets = {"vb": SECRET}

    async def begin(self) -> Running:
        """A task of another directive is assigned."""
        other = plan(number="2-CV/ĐU")
        await save_plan(self.register, other, directory().version)
        (order,) = await orders_of(self.register, other.directive.id, OfficeClock())
        task = Running(self.register, order)
        await task.start()
        return task

    async def look(self, later: timedelta = timedelta(), within: float = 5.0) -> datetime | None:
        """A round, so much later than the last."""
        self.at += later
        return await post(
            self.register,
            lambda name: self.secrets.get(name, ""),
            now=lambda: self.at,
            stamp=lambda: datetime.now(UTC),
            within=within,
        )

    async def standing(self, name: str = "vb") -> HookStanding:
        """How the webhook stands."""
        return next(one for one in await hook_standings(self.register) if one.hook.name == name)


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    async with an_endpoint() as one:
        yield one


@pytest.fixture
async def house(register: Register, running: Running, endpoint: Endpoint) -> House:
    """The webhook comes when one task runs already: that task's first event is not for it."""
    await add_hook(register, "vb", endpoint.url, (), NOW)
    return House(register, endpoint)


async def acknowledge(task: Running) -> None:
    unit = task.facts.task.unit
    await task.act(Act.ACKNOWLEDGE, local(1, 9, month=6), "officer", f"officer:{unit}")


async def report(task: Running, text: str = "Đã xong") -> None:
    await task.act(Act.REPORT, local(1, 10, month=6), "officer", f"officer:{task.facts.task.unit}", text=text)


async def test_an_event_is_a_signed_cloudevent_that_names_nobody(house: House, running: Running) -> None:
    await report(running, text="Bà Nguyễn Thị Mật đã nhận")
    assert await house.look() is None
    (call,) = house.endpoint.calls
    assert call.headers["content-type"].startswith("application/cloudevents+json")
    assert "." not in call.id
    event = JSONFormat().read(None, json.dumps(call.event()))
    assert event.get_id() == f"{running.id}/report-06010300"
    assert event.get_source() == "urn:dondoc:du"
    assert event.get_type() == "vn.dondoc.task.reported"
    assert event.get_subject() == running.id
    assert event.get_time() == local(1, 10, month=6)
    told = event.get_data()
    assert isinstance(told, dict)
    assert (told["actor"], told["role"], told["unit"]) == ("officer", "officer:so-khcn", "so-khcn")
    assert "Mật" not in json.dumps(call.event(), ensure_ascii=False)
    assert (await house.standing()).sent == 1


async def test_what_is_told_of_each_kind_has_the_same_fields(house: House, running: Running) -> None:
    await acknowledge(running)
    while running.marks and running.marks[0].at <= local(8):
        await running.take_next()
    await house.look(timedelta(days=60))
    told = [call.event()["data"] for call in house.endpoint.calls]
    assert len(told) > 5
    assert len({tuple(one) for one in told}) == 1
    assert {name for one in told for name in one["detail"]} <= DETAILS


async def test_a_retry_has_the_same_id_and_the_same_body(house: House, running: Running) -> None:
    house.endpoint.said(500)
    await acknowledge(running)
    assert await house.look() == NOW + 10 * SECONDS
    assert (await house.standing()).error == "http_500"
    assert await house.look(9 * SECONDS) == NOW + 10 * SECONDS
    assert await house.look(1 * SECONDS) is None
    first, second = house.endpoint.calls
    assert (first.id, first.body) == (second.id, second.body)
    assert second.event()["subject"] == running.id


async def test_an_address_whose_host_is_none_stops_nobody_else(house: House, running: Running) -> None:
    await add_hook(house.register, "sai", "https://xn--a/", (), NOW)
    house.secrets["sai"] = SECRET
    await acknowledge(running)
    await house.look()
    assert len(house.endpoint.calls) == 1
    wrong = await house.standing("sai")
    assert (wrong.waiting, wrong.error) == (1, "no_connection")


async def test_the_wait_doubles_up_to_six_hours_and_ends_after_three_days(
    house: House, running: Running
) -> None:
    await acknowledge(running)
    waits: list[timedelta] = []
    while True:
        house.endpoint.said(400)
        again = await house.look()
        if again is None:
            break
        waits.append(again - house.at)
        house.at = again
    assert [wait // SECONDS for wait in waits[:4]] == [10, 20, 40, 80]
    assert waits[-1] == max(waits) == timedelta(hours=6)
    assert timedelta(days=3) < house.at - local(1, 9, month=6) < timedelta(days=3, hours=6)
    standing = await house.standing()
    assert (standing.refused, standing.waiting) == (1, 0)
    assert standing.given_up[0].error == "http_400"
    assert await retry_hook(house.register, "vb", house.at) == 1
    assert await house.look() is None
    assert (await house.standing()).sent == 1


async def test_a_later_event_of_a_task_waits_for_the_earlier_and_other_tasks_do_not(
    house: House, running: Running
) -> None:
    await acknowledge(running)
    await report(running)
    other = await house.begin()
    house.endpoint.refuses = {f"{running.id}/acknowledge": Reply(422)}
    assert await house.look() == NOW + 10 * SECONDS
    assert sorted(house.endpoint.kinds()) == ["acknowledged", "assigned"]
    house.endpoint.refuses = {}
    assert await house.look(10 * SECONDS) is None
    assert house.endpoint.kinds()[2:] == ["acknowledged", "reported"]
    assert other.id in {call.event()["subject"] for call in house.endpoint.calls}


async def test_an_endpoint_that_is_down_is_left_in_peace_and_gets_everything_later(
    house: House, running: Running
) -> None:
    port = own_port()
    await remove_hook(house.register, "vb", NOW)
    await add_hook(house.register, "vb", f"http://127.0.0.1:{port}/", (), NOW)
    await acknowledge(running)
    await report(running)
    waits = []
    for _ in range(9):
        again = await house.look()
        assert again
        assert not await has_to_be_called(house.register, house.at + SECONDS)  # a record need call nobody
        waits.append((again - house.at) // SECONDS)
        house.at = again
    assert waits[:3] == [10, 20, 40]
    standing = await house.standing()
    assert (standing.error, standing.waiting, standing.hook.failures) == ("no_connection", 2, 9)
    async with an_endpoint(port) as back:
        await house.look()
    assert back.kinds() == ["acknowledged", "reported"]
    assert (await house.standing()).hook.failures == 0


async def test_a_silent_endpoint_holds_up_neither_another_nor_the_mail(
    house: House, running: Running
) -> None:
    house.endpoint.replies = [Reply(silent=True)]
    async with an_endpoint() as other:
        await add_hook(house.register, "khac", other.url, (), NOW)
        house.secrets["khac"] = SECRET
        await acknowledge(running)
        looking = asyncio.create_task(house.look(within=60))
        await house.endpoint.called.wait()
        await other.called.wait()
        mail = Mail()
        await deliver(house.register, mail, now=NOW)
        assert mail.sent
        assert not looking.done()
        looking.cancel()


async def test_an_answer_that_does_not_come_is_given_up_and_tried_again(
    house: House, running: Running
) -> None:
    house.endpoint.replies = [Reply(silent=True)]
    await acknowledge(running)
    assert await house.look(within=0.2) == NOW + 10 * SECONDS
    assert (await house.standing()).error == "timed_out"
    await house.look(10 * SECONDS)
    assert (await house.standing()).sent == 1


class Mail:
    """A channel that counts."""

    def __init__(self) -> None:
        self.sent = 0

    async def send(self, message: OutMessage, reader: Person) -> None:
        """Take it."""
        self.sent += 1


async def test_gone_gives_up_what_waits_and_a_retry_sends_it(house: House, running: Running) -> None:
    await acknowledge(running)
    await report(running)
    house.endpoint.said(410)
    await house.look()
    standing = await house.standing()
    assert (standing.refused, standing.waiting, len(house.endpoint.calls)) == (2, 0, 1)
    assert {one.error for one in standing.given_up} == {"http_410"}
    assert await retry_hook(house.register, "vb", house.at) == 2
    await house.look()
    assert house.endpoint.kinds()[1:] == ["acknowledged", "reported"]


async def test_a_redirect_is_not_followed(house: House, running: Running) -> None:
    house.endpoint.replies = [Reply(302, (f"Location: {house.endpoint.url}/elsewhere",))]
    await acknowledge(running)
    await house.look()
    assert [call.path for call in house.endpoint.calls] == ["/dondoc"]
    assert (await house.standing()).error == "http_302"


async def test_who_asks_for_time_gets_it(house: House, running: Running) -> None:
    house.endpoint.replies = [Reply(503, ("Retry-After: 120",))]
    await acknowledge(running)
    assert await house.look() == NOW + 120 * SECONDS


@pytest.mark.parametrize(
    ("reply", "verdict", "said"),
    [
        (Reply(200, endless=True), Verdict.TAKEN, "http_200"),
        (Reply(drops=True), Verdict.LEFT, "broken_off"),
        (Reply(503, ("Retry-After: Fri, 31 Dec 2027 23:59:59 GMT",)), Verdict.CLOSED, "http_503"),
        (Reply(410), Verdict.GONE, "http_410"),
    ],
)
async def test_every_end_of_an_attempt_is_an_answer(
    endpoint: Endpoint, reply: Reply, verdict: Verdict, said: str
) -> None:
    endpoint.replies = [reply]
    async with a_poster(lambda name: SECRET, lambda: datetime.now(UTC)) as poster:
        answer = await poster.post("vb", endpoint.url, ping("vb", NOW))
        assert (answer.verdict, answer.said, answer.wait) == (verdict, said, timedelta())


async def test_what_speaks_no_tls_is_told_as_such() -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(plain, "127.0.0.1", 0)
    url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    async with server, a_poster(lambda name: SECRET, lambda: datetime.now(UTC)) as poster:
        answer = await poster.post("vb", url, ping("vb", NOW))
        assert (answer.verdict, answer.said) == (Verdict.CLOSED, "no_tls")


@pytest.mark.parametrize(
    "secret", ["whsec_c2hvcnQ=", "whsec_Đ", SECRET.removeprefix("whsec_"), f"{SECRET} x"]
)
def test_a_secret_that_cannot_sign_is_refused(secret: str) -> None:
    with pytest.raises(BadSecret, match="bad_secret"):
        keys(secret)


async def test_without_a_secret_nothing_goes_out_and_nothing_is_lost(house: House, running: Running) -> None:
    secret = house.secrets.pop("vb")
    await acknowledge(running)
    assert await house.look() == NOW + 10 * SECONDS
    assert not house.endpoint.calls
    assert (await house.standing()).error == "no_secret"
    house.secrets["vb"] = f"{secret} {secret}"  # and while one secret takes the place of the other
    await house.look(10 * SECONDS)
    assert house.endpoint.kinds() == ["acknowledged"]


async def test_what_is_recorded_while_a_round_goes_on_calls_nobody_and_is_not_left_lying(
    house: House, running: Running
) -> None:
    called: list[bool] = []

    async def meanwhile() -> None:
        await report(running)
        called.append(await has_to_be_called(house.register, house.at))

    await acknowledge(running)
    assert await has_to_be_called(house.register, house.at)
    house.endpoint.meanwhile = meanwhile
    assert await house.look(timedelta(hours=2)) is None
    assert called == [False]
    assert house.endpoint.kinds() == ["acknowledged", "reported"]
    assert await has_to_be_called(house.register, house.at)


async def test_a_record_at_any_line_of_a_round_is_sent_or_calls(
    house: House, running: Running, tmp_path: Path
) -> None:
    """It is in this round, or the workflow is told to look again, or the record calls: never none of them."""
    called: list[bool] = []

    async def step() -> None:
        at = local(1, 9, month=6) + len(called) * SECONDS
        await running.act(
            Act.PROGRESS, at, "officer", "officer:so-khcn", text="Đang làm", id=f"P-{len(called)}"
        )
        called.append(await has_to_be_called(house.register, house.at))

    await acknowledge(running)
    await house.look()
    seen = Interrupted.open(f"sqlite+aiosqlite:///{tmp_path / 'register.db'}")
    assert isinstance(seen, Interrupted)
    ends: set[str] = set()
    for use in range(1, 30):
        seen.interrupt(use, step)
        again = await House(seen, house.endpoint).look()
        if seen.left > 0:
            break
        waiting = (await house.standing()).waiting
        ends |= {"called"} if called[-1] else {"told"} if waiting else {"sent"}
        assert called[-1] or not waiting or (again and again <= house.at), use
        await house.look()
        assert (await house.standing()).waiting == 0
    await seen.close()
    assert len(called) > 5
    assert ends == {"called", "told", "sent"}


async def test_only_the_kinds_that_were_chosen_go_out(
    register: Register, running: Running, endpoint: Endpoint
) -> None:
    await add_hook(register, "vb", endpoint.url, (EventKind.REPORTED,), NOW)
    await acknowledge(running)
    await report(running)
    await House(register, endpoint).look(timedelta(hours=2))
    assert endpoint.kinds() == ["reported"]
    async with register.read() as connection:
        assert len((await connection.execute(select(hook_events))).all()) == 1
