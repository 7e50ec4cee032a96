"""An older register beside a newer engine, and the other way round: the repair settles them, or says what it cannot.

The real server on a file and the real worker. A minute of the office is a second here; nothing is asked of a clock.
"""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from temporalio.worker import Worker

from desk.backup.databases import copy_sqlite
from desk.finding import Finding
from desk.repair.settling import Done, Settling
from desk.repair.survey import Survey, Surveyor
from desk.restored import Restored
from desk.settings import settings
from directive.due import OFFICE_ZONE, Due, end_of_day, utc
from directive.message import Act
from directive.question import Choice
from directive.record import Receipt, TaskEnd
from directive.task import State
from directive.wire import DELIVERY, TASK_QUEUE
from notices.folder import EmlFolder
from notices.waking import due_at
from register.kept_back import RESTORED
from register.open import Register
from register.outbox_models import Notice
from register.plans import save_directory, save_plan
from register.reading import events, facts_of, marks_of, notices_of
from tests.register.given import directory, document, plan, planned
from tests.whole.house import House, a_house, foundation, kill, until
from tests.whole.living import Living, Task
from worker import build
from workflows.delivery import DeliveryWorkflow
from workflows.task import DirectiveTaskWorkflow

pytestmark = [pytest.mark.xdist_group("restored"), pytest.mark.timeout(240)]

LAST_DAY = datetime(2026, 6, 30).date()
MARK = utc(datetime(2026, 7, 1, 8, 0, tzinfo=OFFICE_ZONE))
LEVEL_1, DOCUMENT = "c1.level.1", "ttr-45"


class Ruin:
    """A house whose register or engine can be put back to how it was."""

    def __init__(self, house: House, folder: Path) -> None:
        self.house, self.folder = house, folder
        self.alive = Living(house)
        self.at = datetime.now(UTC)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[Worker]:
        """A worker for as long as this lasts."""
        async with build(self.house.client, self.house.register, EmlFolder(self.house.outbox)) as worker:
            yield worker

    def keep(self) -> None:
        """A backup, while everything runs."""
        self.at = datetime.now(UTC)
        for name in ("register.db", "temporal.db"):
            (self.folder / name).unlink(missing_ok=True)
            copy_sqlite(self.house.folder / name, self.folder / name)

    async def older_register(self) -> None:
        """The register of the backup in the place of the one in use."""
        await self.house.register.close()
        self._put_back("register.db")
        self.house.register = Register.open(f"sqlite+aiosqlite:///{self.house.folder / 'register.db'}")

    async def older_engine(self) -> None:
        """The engine of the backup, on the same port."""
        assert self.house.server
        kill(self.house.server)
        self._put_back("temporal.db")
        await self.house.start_server()

    def _put_back(self, name: str) -> None:
        for ending in ("", "-wal", "-shm"):
            (self.house.folder / f"{name}{ending}").unlink(missing_ok=True)
        shutil.copy(self.folder / name, self.house.folder / name)

    async def survey(self) -> Survey:
        """What the repair finds."""
        return await Surveyor(self.house.client, self.house.register, None).look(lambda _: None)

    async def repair(self, what: str = "all") -> tuple[Survey, Done]:
        """What it finds, and what it has done then."""
        told = Restored(backup="x", what=what, backed_up_at=self.at, at=datetime.now(UTC))
        surveyor = Surveyor(self.house.client, self.house.register, self.at)
        survey = await surveyor.look(lambda _: None)
        settling = Settling(self.house.client, self.house.register, due_at, told, surveyor)
        return survey, await settling.settle(survey, lambda _: None)

    async def story(self) -> dict[str, Any]:
        """All that the register says of the tasks, except of the notices."""
        said: dict[str, Any] = {}
        for code, task in self.alive.tasks.items():
            facts = (await facts_of(self.house.register, [task.id])).get(task.id)
            past = [one.model_dump() for one in await events(self.house.register, task.id)]
            said[code] = (facts, past, await marks_of(self.house.register, task.id))
        return said

    async def agrees(self, *codes: str) -> None:
        """The engine's view of these tasks comes to be what the register holds."""
        for code in codes:
            task = self.alive.tasks[code]

            async def same(task: Task = task) -> bool:
                view = await task.query(DirectiveTaskWorkflow.view)
                return view.facts == (await facts_of(self.house.register, [task.id]))[task.id]

            await until(same, f"engine and register agree on {code}")

    async def has(self, code: str, event: str) -> None:
        """Wait until an event of a task is recorded."""

        async def there() -> bool:
            return event in {one.id for one in await self.alive.events(self.alive.tasks[code])}

        await until(there, f"{code} has {event}")

    async def told(self, code: str, event: str) -> list[Notice]:
        """The notices of an event, once each has been decided."""
        task = self.alive.tasks[code].id

        async def mine() -> list[Notice]:
            return [one for one in await notices_of(self.house.register, task) if one.event_id == event]

        async def out() -> bool:
            return all(one.message for one in await mine())

        await until(out, f"{event} of {code} is sent")
        return await mine()

    async def acts(self, code: str, name: str, act: Act, **said: Any) -> Receipt:
        """The unit's officer does something."""
        task = self.alive.tasks[code]
        return await self.alive.do(task, name, act, "officer-so-a", "officer:so-a", **said)

    async def first_stage_approves(self, name: str) -> None:
        """The document of `document()` goes on to its second stage."""
        task = self.alive.tasks[DOCUMENT]
        said = {"question": "approval.1", "choice": Choice.APPROVE}
        await self.alive.do(task, name, Act.ANSWER, "head-vp", "head:vp", **said)


def due_plan(*codes: str, number: str = "1346-CV/ĐU") -> Any:
    due = Due(day=LAST_DAY, instant=end_of_day(LAST_DAY))
    return plan(*(planned(code, due=due) for code in codes), number=number)


@asynccontextmanager
async def a_ruin(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Ruin]:
    """A house with delivery, some while before the head is asked about an overdue task: a slow machine assigns late."""
    async with a_house(await foundation(folder / "house")) as house:
        clock = house.clock = house.before(MARK, 60, times=2)
        monkeypatch.setenv("DONDOC_DATA", str(house.folder))
        monkeypatch.setenv("DONDOC_CLOCK", clock.model_dump_json())
        settings.cache_clear()
        await save_directory(house.register, directory())
        await house.client.start_workflow(DeliveryWorkflow.run, clock, id=DELIVERY, task_queue=TASK_QUEUE)
        (folder / "kept").mkdir()
        try:
            yield Ruin(house, folder / "kept")
        finally:
            settings.cache_clear()


def about(left: tuple[Finding, ...]) -> list[str]:
    return [one.about for one in left]


async def test_an_older_register_is_written_up_from_histories_and_nobody_is_told_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_ruin(tmp_path, monkeypatch) as ruin:
        async with ruin.working():
            await ruin.alive.begin(due_plan("1", "2", "3"))
            await ruin.alive.begin(document())
            ruin.keep()
            await ruin.first_stage_approves("D-1")
            await ruin.acts("1", "M-1", Act.REPORT, text="đã xong")
            approve = ("M-2", Act.ANSWER, "approver", "approver:du")
            await ruin.alive.do(ruin.alive.tasks["1"], *approve, question="approval.1", choice=Choice.APPROVE)
            await ruin.acts("2", "M-3", Act.PROGRESS, text="sắp xong")
            await ruin.alive.begin(due_plan("9", number="9-CV/ĐU"))
            await ruin.has("2", LEVEL_1)
            await ruin.has("3", LEVEL_1)
            assert await ruin.told("3", LEVEL_1)
        before = await ruin.story()
        await ruin.older_register()

        survey, done = await ruin.repair("register")
        assert {case.verdict.step for case in survey.cases} == {"register"}
        assert about(done.left) == ["plan_lost"]
        assert done.kept_back > 0
        await save_plan(ruin.house.register, due_plan("9", number="9-CV/ĐU"), "d1")
        _, done = await ruin.repair("register")
        assert about(done.left) == []
        assert await ruin.story() == before
        assert not (await ruin.survey()).steps

        told = await notices_of(ruin.house.register, ruin.alive.tasks["3"].id)
        escalated = {one.status for one in told if one.event_id == LEVEL_1}
        assert escalated == {"lapsed"}
        assert {one.reason for one in told if one.event_id == LEVEL_1} == {RESTORED}
        async with ruin.working():
            await ruin.acts("2", "M-4", Act.RAISE_OBSTACLE, reason="chưa có kinh phí")
            await ruin.agrees("2", "3", "9", DOCUMENT)
            assert await ruin.told("2", "M-4")  # delivery sleeps by its own time, not by the older register's
        again = await notices_of(ruin.house.register, ruin.alive.tasks["3"].id)
        assert {one.message for one in again if one.event_id == LEVEL_1} == {""}


async def test_what_came_after_the_loss_keeps_its_place_behind_what_was_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service ran on the older register before anybody repaired it; a row is newer than the events it lacks."""
    async with a_ruin(tmp_path, monkeypatch) as ruin:
        async with ruin.working():
            await ruin.alive.begin(due_plan("1"))
            ruin.keep()
            await ruin.acts("1", "M-1", Act.ACKNOWLEDGE)
            await ruin.acts("1", "M-2", Act.PROGRESS, text="một nửa")
        lost = [one.id for one in await ruin.alive.events(ruin.alive.tasks["1"])]
        await ruin.older_register()
        async with ruin.working():
            await ruin.acts("1", "M-3", Act.REPORT, text="đã xong")
        facts = await ruin.alive.facts(ruin.alive.tasks["1"])
        _, done = await ruin.repair("register")
        assert about(done.left) == []
        assert [one.id for one in await ruin.alive.events(ruin.alive.tasks["1"])] == [*lost, "M-3"]
        assert await ruin.alive.facts(ruin.alive.tasks["1"]) == facts
        assert facts.state is State.REPORTED


async def test_an_older_engine_begins_anew_from_the_register_and_its_marks_come_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_ruin(tmp_path, monkeypatch) as ruin:
        async with ruin.working():
            await ruin.alive.begin(due_plan("1", "2", "3"))
            await ruin.alive.begin(document())
            ruin.keep()
            await ruin.first_stage_approves("D-1")
            await ruin.acts("1", "M-1", Act.ACKNOWLEDGE)
            await ruin.acts("2", "M-2", Act.REPORT, text="đã xong")
            said = {"reason": "không cần nữa"}
            await ruin.alive.do(ruin.alive.tasks["3"], "M-3", Act.WITHDRAW, "assigner", "assigner:du", **said)
            await ruin.alive.begin(due_plan("9", number="9-CV/ĐU"))
        before = await ruin.story()
        await ruin.older_engine()

        survey, done = await ruin.repair("engine")
        codes = {task.id: code for code, task in ruin.alive.tasks.items()}
        steps = {codes[case.verdict.task]: case.verdict.step for case in survey.cases}
        assert steps == {"1": "anew", "2": "anew", "3": "anew", "9": "start", DOCUMENT: "anew"}
        assert about(done.left) == []
        assert await ruin.story() == before
        assert not (await ruin.survey()).steps
        async with ruin.working():
            await ruin.agrees("1", "2", "9", DOCUMENT)
            again = await ruin.acts("1", "M-1", Act.ACKNOWLEDGE)
            assert (again.message, again.kind) == ("M-1", "acknowledged")
            third = ruin.house.client.get_workflow_handle(ruin.alive.tasks["3"].id, result_type=TaskEnd)
            ended = await third.result()  # of the new run: the old handle waits for its own
            assert ended.state is State.WITHDRAWN
            await ruin.has("1", LEVEL_1)
            await ruin.agrees("1", "2", "9")
        kinds = [str(one.id) for one in await ruin.alive.events(ruin.alive.tasks["2"])]
        assert kinds == ["assigned", "M-2"], "nobody is asked for what was handed in"
        told = await notices_of(ruin.house.register, ruin.alive.tasks["1"].id)
        assert len({(one.event_id, one.person) for one in told}) == len(told)


async def test_an_act_that_the_engine_went_on_without_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_ruin(tmp_path, monkeypatch) as ruin:
        async with ruin.working():
            await ruin.alive.begin(due_plan("1"))
            ruin.keep()
            await ruin.acts("1", "M-1", Act.REPORT, text="đã xong")
        await ruin.older_engine()
        async with ruin.working():
            await ruin.acts("1", "M-2", Act.PROGRESS, text="một nửa")
        for _ in range(2):
            _, done = await ruin.repair("engine")
            (left,) = done.left
            assert (left.about, left.detail["message"]) == ("forgotten", "M-1")
            assert left.remedy
