"""Acts through the API with a real engine behind it: recorded once, and the workflow's next step follows."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from answers.filled import new_id
from directive.event import EventKind
from directive.message import Door
from directive.task import State
from register.reading import events
from tests.answers.conftest import browser_of, session_for
from tests.answers.working import Working, working
from tests.databases import Database
from tests.register.given import local, plan, planned

pytestmark = pytest.mark.timeout(180)
TEXT = "Số liệu: đã hoàn thành 10/10 nhiệm vụ.".encode()


class Program:
    """A program that acts for one person."""

    def __init__(self, client: httpx.AsyncClient, task: str) -> None:
        self.client, self.task = client, f"/api/v1/tasks/{task}"

    async def does(self, act: str, status: int = 200, key: str = "", **said: Any) -> Any:
        """Do an act; the answer, which has to have this status."""
        headers = {"Idempotency-Key": key or new_id()}
        answer = await self.client.post(f"{self.task}/acts/{act}", headers=headers, json=said)
        assert answer.status_code == status, answer.text
        return answer.json()


async def program(office: Working, person: str, code: str) -> Program:
    """A program with the person's token."""
    client = await office.open.enter_async_context(browser_of(office.app))
    client.headers["Authorization"] = f"Bearer {await session_for(office.house, person)}"
    return Program(client, office.tasks[code])


async def test_programs_act_through_the_api_and_the_workflow_goes_on(
    tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with working(tmp_path, database.fresh(), monkeypatch) as office:
        await office.begin(plan(planned("1")))
        await reported_once(office)
        await returned_and_answered_late(office)
        await answered_by_who_stands_in(office)


async def reported_once(office: Working) -> None:
    """A file, a report that names it, sent twice: one event, and the approver is asked."""
    officer = await program(office, "officer-so-a", "1")
    sent = await officer.client.post(
        f"{officer.task}/files", files={"file": ("so-lieu.txt", TEXT)}, data={"title": "Số liệu"}
    )
    assert sent.status_code == 201, sent.text
    evidence = sent.json()["evidence"]
    key = new_id()
    first = await officer.does("report", key=key, text="đã xong", evidence=[evidence])
    again = await officer.does("report", key=key, text="đã xong", evidence=[evidence])
    assert (first["state"], first["repeated"], again["repeated"]) == (State.REPORTED, False, True)
    assert again["at"] == first["at"]
    recorded = await events(office.register, office.tasks["1"])
    assert [one.kind for one in recorded] == [EventKind.ASSIGNED, EventKind.REPORTED]
    assert recorded[-1].door == Door.API
    assert recorded[-1].id == key
    fetched = await officer.client.get(f"/api/v1/files/{evidence['where'].removeprefix('sha256:')}")
    assert fetched.content == TEXT


async def returned_and_answered_late(office: Working) -> None:
    """The approver finds the question, sends the report back; a second answer is told who decided."""
    approver, leader = await program(office, "approver", "1"), await program(office, "leader", "1")
    (asked,) = (await approver.client.get("/api/v1/inbox")).json()["questions"]
    name = asked["asked"]["question"]
    question = (await approver.client.get(f"{approver.task}/questions/{name}")).json()
    assert question["open"]
    assert {one["choice"] for one in question["answers"]} >= {"approve", "return"}
    missing = await approver.does("answer", 409, choice="return", question=name)
    assert missing["kind"] == "reason_missing"
    done = await approver.does("answer", choice="return", question=name, reason="thiếu phụ lục")
    assert done["kind"] == EventKind.RETURNED
    late = await leader.does("answer", 409, choice="approve", question=name)
    assert late["facts"]["decided"]["by"] == "approver"
    closed = (await leader.client.get(f"{leader.task}/questions/{name}")).json()
    assert (closed["open"], closed["decided"]["by"]) == (False, "approver")


async def answered_by_who_stands_in(office: Working) -> None:
    """The head enters an absence; when the task climbs, the delegate answers in the head's name."""
    head, officer = await program(office, "head-so-a", "1"), await program(office, "officer-so-b", "1")
    body = {"first": "2026-06-29", "last": "2026-07-31", "delegate": "officer-so-b", "reason": "đi học"}
    entered = await head.client.post("/api/v1/absences", headers={"Idempotency-Key": new_id()}, json=body)
    assert entered.status_code == 201, entered.text
    await office.until(local(1, 9, month=7))
    (asked,) = (await officer.client.get("/api/v1/inbox")).json()["questions"]
    assert asked["asked"]["on_behalf_of"] == "head-so-a"
    done = await officer.does("answer", choice="commit", day="2026-07-08")
    assert done["kind"] == EventKind.COMMITTED
    last = (await events(office.register, office.tasks["1"]))[-1]
    assert (last.actor, last.on_behalf_of) == ("officer-so-b", "head-so-a")
