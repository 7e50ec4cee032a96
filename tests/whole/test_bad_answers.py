"""A bad answer is refused with its reason in both languages and changes nothing, by update, by command and by signal.

By signal it is recorded as refused and told to its sender; and no signal, whatever it holds, stops a task.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.client import WorkflowHandle, WorkflowUpdateFailedError
from temporalio.common import RawValue
from temporalio.exceptions import ApplicationError

from desk import app, language, person, saying, screen
from desk.exit import Stop
from desk.settings import settings
from desk.stage import Stage, open_stage
from directive.event import Event, EventKind
from directive.message import TEXT_LIMIT, Act, Door, Message
from directive.question import Choice
from directive.record import Receipt
from directive.refusal import Reason
from directive.task import Facts
from notices.words import LANGUAGES, words
from register.outbox import unsent
from register.reading import events, facts_of, notices_of
from tests.databases import Database
from tests.register.given import directory, local, plan, planned
from tests.whole.house import until
from tests.whole.witness import Witness
from workflows.task import DirectiveTaskWorkflow

Task = WorkflowHandle[Any, Any]
OVERDUE = local(1, 9, month=7)  # the heads have been asked an hour ago
HEAD, APPROVER, OFFICER = (
    ("head-so-a", "head:so-a"),
    ("approver", "approver:du"),
    ("officer-so-b", "officer:so-b"),
)


class Bad(NamedTuple):
    """A bad answer to task 1 (overdue, its head is asked) or 2 (reported, its approver is asked).

    `at_door` is why the command line refuses it where that is not why the task does.
    """

    task: str
    who: tuple[str, str]
    said: dict[str, str]
    reason: Reason
    at_door: str = ""


ASKED = {"1": "escalation.1", "2": "approval.1"}
BAD = {
    "an unknown question": Bad(
        "2", APPROVER, {"choice": "approve", "question": "approval.99"}, Reason.NO_QUESTION),
    "a wrong role": Bad("2", OFFICER, {"choice": "approve"}, Reason.NOT_ASKED, "wrong_role"),
    "a wrong option": Bad("1", HEAD, {"choice": "grant"}, Reason.WRONG_CHOICE),
    "an option that there is not": Bad("1", HEAD, {"choice": "maybe"}, Reason.UNREADABLE, "bad_input"),
    "a commitment beyond the policy": Bad("1", HEAD, {"choice": "commit", "day": "2026-12-31"}, Reason.TOO_FAR),
    "a commitment to a day that has passed": Bad(
        "1", HEAD, {"choice": "commit", "day": "2026-06-30"}, Reason.DATE_PAST),
    "a commitment without a day": Bad("1", HEAD, {"choice": "commit"}, Reason.DATE_MISSING),
    "an extension before the deadline": Bad(
        "1", HEAD, {"choice": "extend", "day": "2026-06-15", "reason": "lý do"}, Reason.DATE_NOT_LATER),
    "a return without a reason": Bad("2", APPROVER, {"choice": "return"}, Reason.REASON_MISSING),
    "a text that is too long": Bad(
        "1", HEAD, {"choice": "commit", "day": "2026-07-03", "text": "x" * (TEXT_LIMIT + 1)}, Reason.TOO_LONG),
    "a reason that is too long": Bad(
        "2", APPROVER, {"choice": "return", "reason": "y" * (TEXT_LIMIT + 1)}, Reason.TOO_LONG),
    "a day beyond all plans": Bad(
        "1", HEAD, {"choice": "commit", "day": "9999-12-31"}, Reason.UNREADABLE),
}  # fmt: skip


class Office(NamedTuple):
    """The stage, and its tasks by code."""

    stage: Stage
    tasks: dict[str, Task]

    async def facts(self, code: str) -> Facts:
        """What the register holds of a task."""
        task = self.tasks[code].id
        return (await facts_of(self.stage.register, [task]))[task]

    async def events(self, code: str) -> list[Event]:
        """What the register holds of its past."""
        return await events(self.stage.register, self.tasks[code].id)

    def answer(self, bad: Bad, name: str) -> dict[str, str]:
        """The answer as JSON: what is bad about it need not fit into a message."""
        actor, role = bad.who
        fixed = {"id": name, "act": "answer", "actor": actor, "role": role, "door": "api"}
        return {**fixed, "at": OVERDUE.isoformat(), "question": ASKED[bad.task], **bad.said}


@asynccontextmanager
async def an_office(folder: Path, address: str) -> AsyncIterator[Office]:
    """Two tasks of 30/6 on the morning after: one silent, one reported."""
    two = plan(planned("1"), planned("2", ("so-b",)))
    async with open_stage(
        two, directory(), as_of=local(8, 9), folder=folder, work=Witness().work, address=address
    ) as stage:
        await stage.assign()
        client = stage.staff.client
        tasks = {
            order.task.code: client.get_workflow_handle(order.task.id)
            for order in two.orders(directory(), stage.clock)
        }
        office = Office(stage, tasks)
        report = Message(
            id="R-1", act=Act.REPORT, actor="officer-so-b", role="officer:so-b", at=await stage.now(), door=Door.CLI,
            text="đã làm xong",
        )  # fmt: skip
        await tasks["2"].execute_update("report", report, id=report.id, result_type=Receipt)
        await stage.skip_to(OVERDUE)
        yield office


async def test_a_bad_answer_is_refused_with_its_reason_on_every_way(
    tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = database.fresh()
    monkeypatch.setenv("DONDOC_REGISTER_URL", address)
    async with an_office(tmp_path, address) as office:
        use_desk_of(office.stage, tmp_path, monkeypatch)
        before = {code: await office.facts(code) for code in office.tasks}
        assert {code: facts.questions[0].id for code, facts in before.items()} == ASKED
        heard = {name: await on_every_way(office, name, bad) for name, bad in BAD.items()}
        assert heard == {
            name: (bad.reason, bad.reason, bad.at_door or bad.reason) for name, bad in BAD.items()
        }
        for code, facts in before.items():
            assert (await office.facts(code)).having(revision=0) == facts.having(revision=0)
    settings.cache_clear()
    screen.console.cache_clear()


def use_desk_of(stage: Stage, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line of this process works at the stage, by its clock."""
    monkeypatch.setenv("DONDOC_DATA", str(folder))
    monkeypatch.setenv("TEMPORAL_ADDRESS", stage.staff.client.service_client.config.target_host)
    monkeypatch.setenv("TEMPORAL_CONFIG_FILE", str(folder / "none.toml"))
    monkeypatch.setattr(saying, "now", lambda: OVERDUE)
    settings.cache_clear()
    screen.console.cache_clear()


async def on_every_way(office: Office, name: str, bad: Bad) -> tuple[str, str, str]:
    """Why it is refused by update, by signal and by command."""
    number = f"B-{list(BAD).index(name)}"
    by_update = await refused_update(office, bad, f"{number}-U")
    by_signal = await refused_signal(office, bad, f"{number}-S")
    return by_update, by_signal, await refused_command(office, bad)


async def refused_update(office: Office, bad: Bad, name: str) -> str:
    """The type of the refusal, which has words in both languages for all its details."""
    with pytest.raises(WorkflowUpdateFailedError) as failed:
        await office.tasks[bad.task].execute_update("answer", office.answer(bad, name), id=name)
    cause = failed.value.cause
    assert isinstance(cause, ApplicationError)
    reason, detail = Reason(cause.type or ""), dict(cause.details[0])
    for lang in language.LANGS:
        language.use(lang)
        stop = person.refused(reason, detail, "task")
        assert stop.message and stop.remedy  # noqa: PT018 - one fact
        assert "…" not in stop.message, "a hole in the sentence"
    language.use("vi")
    return reason


async def refused_signal(office: Office, bad: Bad, name: str) -> str:
    """The reason that is recorded, and told to the sender in words of both languages."""
    await office.tasks[bad.task].signal("answer_question", office.answer(bad, name))

    async def recorded() -> bool:
        return any(one.id == name for one in await office.events(bad.task))

    await until(recorded, name)
    event = next(one for one in await office.events(bad.task) if one.id == name)
    assert (event.kind, event.to_people) == (EventKind.ANSWER_REFUSED, (bad.who[0],))
    notices = await notices_of(office.stage.register, office.tasks[bad.task].id)
    assert [one.person for one in notices if one.event_id == name] == [bad.who[0]]
    assert all(words(lang).has(f"refusals.{event.reason}") for lang in LANGUAGES)
    return event.reason


async def refused_command(office: Office, bad: Bad) -> str:
    """The kind of the refusal: exit code 1 or 2, and in each language what is wrong and what to do next."""
    said = {"question": ASKED[bad.task], **bad.said}
    options = [word for key, value in said.items() for word in (f"--{key}", value)]
    told, kinds = [], set[str]()
    for lang in language.LANGS:
        language.use(lang)
        typed = ["answer", office.tasks[bad.task].id, "--as", bad.who[0], *options]
        stop = await asyncio.to_thread(refused, typed)
        assert stop.code in (1, 2), stop.en
        told.append((stop.message, stop.remedy))
        kinds.add(stop.kind)
    language.use("vi")
    (vi, vi_next), (en, en_next) = told
    assert vi != en
    assert vi_next and en_next  # noqa: PT018 - one fact
    (kind,) = kinds
    return kind


def refused(typed: list[str]) -> Stop:
    """The refusal of a command, in the language that it asked for."""
    with pytest.raises(Stop) as caught:
        app.main(typed)
    return caught.value


def raw(data: bytes, encoding: bytes = b"json/plain") -> RawValue:
    """Bytes as any machine may send them."""
    return RawValue(Payload(metadata={"encoding": encoding}, data=data))


def with_sender(**more: object) -> RawValue:
    """An answer of the head's, with something wrong."""
    fine = {
        "id": "W-1",
        "act": "answer",
        "actor": HEAD[0],
        "role": HEAD[1],
        "at": OVERDUE.isoformat(),
        "door": "api",
    }
    return raw(json.dumps({**fine, "choice": "commit", "day": "2026-07-03", **more}).encode())


STRANGE: dict[str, tuple[str, list[RawValue]]] = {
    "nothing": ("answer_question", []),
    "two arguments": ("answer_question", [with_sender(id="W-2"), raw(b"1")]),
    "no JSON": ("answer_question", [raw(b"{not json")]),
    "no text": ("answer_question", [raw(b"\xff\xfe\x00", b"binary/plain")]),
    "a list": ("answer_question", [raw(b"[1, 2]")]),
    "deeply nested": ("answer_question", [raw(b"[" * 50_000)]),
    "null": ("answer_question", [raw(b"null", b"binary/null")]),
    "an unknown field": ("answer_question", [with_sender(id="W-3", colour="red")]),
    "an act that there is not": ("answer_question", [with_sender(id="W-4", act="dance")]),
    "an id that is none": ("answer_question", [with_sender(id="c1.x.1")]),
    "the year 9999": ("answer_question", [with_sender(id="W-5", at="9999-12-31T23:59:59Z")]),
    "an instant without a zone": ("answer_question", [with_sender(id="W-6", at="2026-07-01T09:00:00")]),
    "a name with a line break": ("answer_question", [with_sender(id="W-7", actor="a\nb\0c")]),
    "a stranger": ("answer_question", [with_sender(id="W-8", actor="ghost")]),
    "a role that is none": ("answer_question", [with_sender(id="W-9", role="king")]),
    "a megabyte": ("answer_question", [with_sender(id="W-10", text="z" * 1_000_000)]),
    "a signal that there is not": ("answer-question", [with_sender(id="W-11")]),
}


async def test_no_signal_stops_a_task_and_each_is_recorded_as_refused(
    tmp_path: Path, database: Database
) -> None:
    async with an_office(tmp_path, database.fresh()) as office:
        task = office.tasks["1"]
        for name, sent in STRANGE.values():
            await task.signal(name, args=sent)

        async def all_recorded() -> bool:
            return len(await refusals(office)) == len(STRANGE)

        await until(all_recorded, "every signal is recorded")
        assert {one.reason for one in await refusals(office)} == {"unreadable", "not_welcome", "too_long"}
        view = await task.query(DirectiveTaskWorkflow.view)
        assert view.facts.questions, "the question is still open"
        await task.signal("answer_question", args=[with_sender(id="GOOD-1")])
        await until(lambda: committed(office), "the good answer")
        await told(office)


async def refusals(office: Office) -> list[Event]:
    """What is recorded of bad answers."""
    return [one for one in await office.events("1") if one.kind is EventKind.ANSWER_REFUSED]


async def committed(office: Office) -> bool:
    """Whether the good answer after all the bad ones was taken."""
    return (await office.events("1"))[-1].kind is EventKind.COMMITTED


async def told(office: Office) -> None:
    """Whoever named themselves hears of it, and the strangers hold nobody's messages up."""
    at: datetime = await office.stage.now()
    await office.stage.skip_to(max(at, local(2, 9, month=7)))
    notices = await notices_of(office.stage.register, office.tasks["1"].id)
    to_head = [one for one in notices if one.kind is EventKind.ANSWER_REFUSED and one.person == HEAD[0]]
    assert len(to_head) >= 8
    assert {one.status for one in to_head} == {"decided"}
    assert {one.person for one in await unsent(office.stage.register)} <= {"ghost"}


def test_every_choice_of_the_table_is_one_that_a_person_may_type() -> None:
    assert {bad.said["choice"] for bad in BAD.values()} - set(Choice) == {"maybe"}
