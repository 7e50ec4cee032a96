"""What a repair takes for told, and what it lists: a mail twice is better than an escalation that never comes."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple, cast

import pytest
from temporalio.api.common.v1 import Payloads
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter

from desk import language
from desk.evidence import keep, path_of
from desk.repair import survey as surveying
from desk.repair import words
from desk.repair.delivered import reached
from desk.repair.files import handed_in, note_again, unnoted
from desk.repair.replayed import Line
from desk.repair.settling import Settling
from desk.repair.survey import Surveyor
from desk.restored import Restored
from desk.settings import settings
from desk.told import fate
from directive.clock import OfficeClock
from directive.message import Act
from directive.record import Delivered, TaskStart
from notices.waking import due_at
from register.explained import messages_named
from register.files import kept_for
from register.held import letters
from register.kept_back import RESTORED, Reached, keep_back_told
from register.open import Register
from register.outbox import decide_message, hold, mark_failed, unsent
from register.outbox_models import OutMessage
from register.plans import orders_of, save_directory, save_plan
from register.rebuild import Happened
from register.waiting import notices_of
from tests.register.given import DIRECTIVE, Running, directory, local, plan
from tests.workflows.office import HISTORIES

ASKED, BEGAN, ENDED = (datetime(2026, 6, day, hour, tzinfo=UTC) for day, hour in ((1, 13), (2, 0), (2, 1)))
OFFICER, HEAD = "officer-so-a", "head-so-a"


class Run(NamedTuple):
    run_id: str
    start_time: datetime


class Engine:
    """An engine with one run of delivery."""

    data_converter = pydantic_data_converter

    def __init__(self, history: WorkflowHistory) -> None:
        self._history = history

    async def list_workflows(self, query: str) -> AsyncIterator[Run]:
        yield Run("r", ASKED)

    def get_workflow_handle(self, name: str, *, run_id: str) -> "Engine":
        return self

    async def fetch_history(self) -> WorkflowHistory:
        return self._history


@pytest.fixture
async def running(in_file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Running]:
    monkeypatch.setenv("DONDOC_DATA", str(tmp_path / "var"))
    settings.cache_clear()
    register = Register.open(in_file)
    await save_directory(register, directory())
    await save_plan(register, plan(), "d1")
    first, *_ = await orders_of(register, DIRECTIVE, OfficeClock())
    task = Running(register, first)
    await task.start()
    yield task
    await register.close()
    settings.cache_clear()


async def lived_by(*rounds: tuple[datetime, datetime, datetime, Delivered]) -> Client:
    """An engine whose delivery has had these rounds: asked for, begun, ended, and what each told."""
    events: list[HistoryEvent] = []

    def event(at: datetime) -> HistoryEvent:
        made = HistoryEvent(event_id=len(events) + 1)
        made.event_time.FromDatetime(at)
        events.append(made)
        return made

    for asked, began, ended, said in rounds:
        first = event(asked)
        first.activity_task_scheduled_event_attributes.activity_type.name = "deliver"
        second = event(began)
        second.activity_task_started_event_attributes.scheduled_event_id = first.event_id
        done = event(ended).activity_task_completed_event_attributes
        done.scheduled_event_id, done.started_event_id = first.event_id, second.event_id
        done.result.CopyFrom(Payloads(payloads=await pydantic_data_converter.encode([said])))
    return cast(Client, Engine(WorkflowHistory("delivery", events)))


def of_an_older_release() -> Client:
    told = (HISTORIES / "delivery.json").read_text(encoding="utf-8")
    return cast(Client, Engine(WorkflowHistory.from_json("delivery", told)))


async def test_a_round_had_sent_what_was_due_when_its_last_attempt_began() -> None:
    """The worker was down all night: what the morning's attempt sent is not sent once more."""
    engine = await lived_by((ASKED, BEGAN, ENDED, Delivered(through=True, owed=(OFFICER,))))
    assert await reached(engine, OfficeClock(), None) == Reached(BEGAN, frozenset({OFFICER}))
    assert await reached(engine, OfficeClock(), BEGAN) is None


async def test_a_round_in_which_nothing_got_through_tells_nothing_of_people() -> None:
    day = timedelta(days=1)
    engine = await lived_by(
        (ASKED, BEGAN, ENDED, Delivered(through=True)),
        (ASKED + day, BEGAN + day, ENDED + day, Delivered(through=False)),
    )
    assert await reached(engine, OfficeClock(), None) == Reached(BEGAN)


async def test_a_round_of_an_older_release_counts_unless_the_backup_had_no_mail_going_out(
    running: Running,
) -> None:
    engine, register = of_an_older_release(), running.register
    told = Restored(backup="x", what="all", backed_up_at=local(1, 11), at=datetime(2027, 1, 1, tzinfo=UTC))
    for failures, left in ((0, []), (1, ["delivery_unknown"])):
        await hold(register, local(2) if failures else None, failures)
        settling = Settling(engine, register, due_at, told, Surveyor(engine, register, None))
        come = await settling._delivery()
        assert (come is None) == bool(left)
        assert come is None or not come.sure
        assert [one.about for one in settling._left] == left


async def test_who_was_not_reached_is_still_told_and_others_are_not_told_twice(running: Running) -> None:
    """An obstacle is raised at ten and backed up; the morning after, the officer's mailbox is full."""
    register = running.register
    assert await keep_back_told(register, local(1, 11), Reached(local(1, 7)), due_at) == 0
    assert (
        await keep_back_told(register, local(1, 11), Reached(local(2, 9), frozenset({OFFICER})), due_at) == 1
    )
    became = {one.person: (one.status, one.reason) for one in await notices_of(register, running.id)}
    assert became == {HEAD: ("lapsed", RESTORED), OFFICER: ("waiting", "")}


async def test_a_message_that_went_out_after_the_backup_is_not_sent_again(running: Running) -> None:
    register = running.register
    for one in await notices_of(register, running.id):
        message = OutMessage(
            id=f"m-{one.person}",
            person=one.person,
            decided_at=local(1, 9),
            subject="s",
            text="t",
            html="t",
            notices=(one.id,),
        )
        await decide_message(register, message)
        await mark_failed(register, message.id, "full", local(1, 12))
    before, later, most = local(1, 11), local(2, 9), Reached(local(1, 11, 30))
    assert await keep_back_told(register, before, most, due_at) == 0, "its next try was yet to come"
    assert await keep_back_told(register, before, Reached(later, sure=False), due_at) == 0
    assert await keep_back_told(register, before, Reached(later, frozenset({OFFICER})), due_at) == 1
    assert [one.person for one in await unsent(register)] == [OFFICER]
    told = {one.person: one for one in await notices_of(register, running.id)}
    sent = await messages_named(register, [one.message for one in told.values()])
    with language.speaking("en"):
        said = fate(told[HEAD], list(told.values()), sent, running.facts, directory()).said
    assert said == "not sent: told before the register was restored, not a second time"


class _Upload:
    def __init__(self, content: bytes) -> None:
        self._left = [content]

    async def read(self, size: int = -1, /) -> bytes:
        return self._left.pop() if self._left else b""


async def test_evidence_is_noted_again_however_often_a_repair_was_cut_short_and_listed_where_it_is_nowhere(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The task is whole in the register; its files are not: neither one that is there nor one that is not."""
    register, elsewhere = running.register, Register.open(f"sqlite+aiosqlite:///{tmp_path / 'other.db'}")
    await elsewhere.migrate()
    await _assigned(elsewhere)
    pieces = [
        await keep(elsewhere, _Upload(b"%PDF-1.7\n" + tail), name, OFFICER, running.id)
        for name, tail in (("a.pdf", b"1%%EOF"), ("b.pdf", b"2%%EOF"))
    ]
    await elsewhere.close()
    await running.act(Act.ACKNOWLEDGE, local(2, 9), OFFICER, "officer:so-a")
    await running.report(local(3, 9), evidence=tuple(pieces))
    assert running.last
    lived = [Happened(running.last, await running.settle(running.last))]
    there, lost = (one.where.removeprefix("sha256:") for one in pieces)
    path_of(lost).unlink()
    (order, *_) = await orders_of(register, DIRECTIVE, OfficeClock())
    start, goes_on = TaskStart(order=order), WorkflowExecutionStatus.RUNNING
    line = Line(running.id, start, goes_on, tuple(lived), None, running.facts, frozenset(), 1)

    async def replayed(client: Client, found: object) -> AsyncIterator[Line]:
        yield line

    monkeypatch.setattr(surveying, "lines", replayed)
    surveyor = Surveyor(of_an_older_release(), register, None)
    cases = await surveyor._compared((), await letters(register), lambda _: None)
    assert cases == [], "nothing of the task differs"
    there_unnoted, listed = await unnoted(register, surveyor._files)
    assert ([one.name for one in there_unnoted], [one.about for one in listed]) == (["a.pdf"], ["file_lost"])
    count, left = await note_again(register, surveyor._files)
    assert (count, await kept_for(register, running.id, {there, lost})) == (1, {there})
    (one,) = left
    assert (one.about, one.detail["task"], one.detail["name"]) == ("file_lost", running.id, "b.pdf")
    assert one.remedy
    again, left = await note_again(register, handed_in(running.id, lived))
    assert (again, len(left)) == (0, 1)


async def _assigned(register: Register) -> None:
    await save_directory(register, directory())
    await save_plan(register, plan(), "d1")
    first, *_ = await orders_of(register, DIRECTIVE, OfficeClock())
    await Running(register, first).start()


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("calendars", "vn-2072", "lịch làm việc «vn-2072»"),
        ("directories", "in force", "danh bạ đang dùng"),
        ("directive", "du.1", "văn bản «du.1»"),
        ("task", "task:x", "nhiệm vụ này trong kế hoạch đã lưu"),
    ],
)
def test_what_the_register_lacks_is_named_as_an_office_names_it(kind: str, name: str, said: str) -> None:
    with language.speaking("vi"):
        found = words.missing("task:x", kind, name)
    assert found.said == f"task:x: sổ theo dõi thiếu {said}"
