"""Parents and children through the real register: bounded deadlines, and a parent that closes by its own evidence."""

from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from desk.stage import Stage, open_stage
from directive.due import Due
from directive.message import Act, Door, Message
from directive.question import Choice
from directive.record import Receipt, TaskView
from directive.task import Facts, State
from register.family import children_due_after, children_of, still_open
from register.reading import events, facts_of, task
from tests.databases import Database
from tests.register.given import DIRECTIVE, directory, due, plan, planned
from tests.whole.house import until
from tests.whole.witness import Witness
from workflows.task import DirectiveTaskWorkflow

pytestmark = pytest.mark.timeout(120)

PARENT, CHILD, SECOND = (
    f"task:{DIRECTIVE}:{tail}" for tail in ("1:so-a", "1.1:so-b", "1.2:so-a")
)  # the first child is led by another unit
BEGUN = datetime(2026, 6, 1, 2, tzinfo=UTC)
OFFICER_B, OFFICER_A = "officer:so-b", "officer:so-a"
APPROVER, LEADER = "approver:du", "leadership:du"
PEOPLE = {OFFICER_A: "officer-so-a", OFFICER_B: "officer-so-b", APPROVER: "approver", LEADER: "leader"}


class Family:
    """A parent due on 30/6 with two children due on 15/6, running on a skipped clock."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._ids = count(1)

    async def act(self, task_id: str, act: Act, role: str, **said: Any) -> Receipt:
        """One act, recorded when this returns. Raises WorkflowUpdateFailedError."""
        message = Message(
            id=f"M-{next(self._ids)}",
            act=act,
            actor=PEOPLE[role],
            role=role,
            at=await self.stage.now(),
            door=Door.CLI,
            **said,
        )
        handle = self.stage.staff.client.get_workflow_handle(task_id)
        receipt: Receipt = await handle.execute_update(act, message, id=message.id, result_type=Receipt)
        return receipt

    async def ask(self, day: date) -> Receipt:
        """The first child's unit asks for a later deadline."""
        return await self.act(CHILD, Act.REQUEST_EXTENSION, OFFICER_B, day=day, reason="Chờ số liệu")

    async def amend(self, task_id: str, day: date) -> Receipt:
        """The assigning side sets a deadline."""
        return await self.act(task_id, Act.AMEND_DEADLINE, LEADER, day=day, reason="Điều chỉnh")

    async def done(self, task_id: str, officer: str) -> Receipt:
        """Handed in and accepted."""
        await self.act(task_id, Act.REPORT, officer, text="Đã hoàn thành")
        return await self.act(task_id, Act.ANSWER, APPROVER, choice=Choice.APPROVE)

    async def bounded_by(self, wanted: date | None) -> None:
        """Wait until the first child has heard what bounds it."""
        handle = self.stage.staff.client.get_workflow_handle(CHILD)
        seen: list[Due | None] = []

        async def heard() -> bool:
            view: TaskView = await handle.query(DirectiveTaskWorkflow.view)
            seen[:] = [view.outlook.parent_due]
            return (view.outlook.parent_due.day if view.outlook.parent_due else None) == wanted

        await until(heard, f"a child bounded by {wanted}: {seen}", 30)

    async def facts(self, task_id: str) -> Facts:
        """A task as the register has it."""
        return (await facts_of(self.stage.register, [task_id]))[task_id]


@asynccontextmanager
async def a_family(folder: Path, address: str) -> AsyncIterator[Family]:
    """The three tasks, assigned."""
    early = due(date(2026, 6, 15))
    three = plan(
        planned("1"),
        planned("1.1", ("so-b",), parent="1", due=early),
        planned("1.2", parent="1", due=early),
    )
    async with open_stage(
        three, directory(), as_of=BEGUN, folder=folder, work=Witness().work, address=address
    ) as stage:
        await stage.assign()
        yield Family(stage)


async def reason_of(refused: Awaitable[Receipt]) -> tuple[str, dict[str, str]]:
    """Why an act was refused."""
    with pytest.raises(WorkflowUpdateFailedError) as failed:
        await refused
    assert isinstance(failed.value.cause, ApplicationError)
    return failed.value.cause.type or "", failed.value.cause.details[0]


async def test_a_childs_deadline_is_not_set_after_its_parents_until_that_has_moved(
    tmp_path: Path, database: Database
) -> None:
    async with a_family(tmp_path, database.fresh()) as family:
        bound = {"day": "2026-07-01", "due": "2026-06-30"}
        for act in (family.ask, lambda day: family.amend(CHILD, day)):
            assert await reason_of(act(date(2026, 7, 1))) == ("after_parent", bound)
        assert (await family.facts(CHILD)).due == due(date(2026, 6, 15))

        await family.ask(date(2026, 6, 30))
        await family.amend(PARENT, date(2026, 6, 22))
        await family.bounded_by(date(2026, 6, 22))
        bound = {"day": "2026-06-30", "due": "2026-06-22"}
        grant = family.act(CHILD, Act.ANSWER, APPROVER, choice=Choice.GRANT)
        assert await reason_of(grant) == ("after_parent", bound)

        await family.amend(PARENT, date(2026, 7, 10))
        await family.bounded_by(date(2026, 7, 10))
        receipt = await family.act(CHILD, Act.ANSWER, APPROVER, choice=Choice.GRANT)
        assert receipt.detail["day"] == "2026-06-30"


async def test_a_parent_may_move_before_its_children_and_they_are_named(
    tmp_path: Path, database: Database
) -> None:
    async with a_family(tmp_path, database.fresh()) as family:
        register, now = family.stage.register, await family.stage.now()
        parent = await family.facts(PARENT)
        wanted = due(date(2026, 6, 10))
        named = [one.id for one in await children_due_after(register, parent, wanted, now)]
        assert named == [CHILD, SECOND]
        await family.amend(PARENT, date(2026, 6, 10))
        assert (await family.facts(CHILD)).due == due(date(2026, 6, 15))
        assert await children_due_after(register, parent, due(), now) == []


async def test_a_parent_closes_by_its_own_evidence_and_never_by_its_children(
    tmp_path: Path, database: Database
) -> None:
    async with a_family(tmp_path, database.fresh()) as family:
        register = family.stage.register
        await family.done(SECOND, OFFICER_A)
        parent = await family.facts(PARENT)
        children = await children_of(register, parent, await family.stage.now())
        assert [(one.id, one.state) for one in children] == [
            (CHILD, State.ASSIGNED),
            (SECOND, State.COMPLETED),
        ]
        assert parent.state is State.ASSIGNED
        assert [one.kind for one in await events(register, PARENT)] == ["assigned"]

        await family.done(PARENT, OFFICER_A)  # by its own report, while a child is open
        assert (await task(register, PARENT)).row.state is State.COMPLETED
        assert [one.id for one in still_open(await children_of(register, parent, BEGUN))] == [CHILD]

        await family.bounded_by(None)  # nobody could move the deadline of a closed parent
        await family.ask(date(2026, 7, 15))
        assert (await family.facts(CHILD)).state is State.IN_PROGRESS
