"""1,290 tasks assigned by one command: killed in the middle and repeated, each is started once and recorded once."""

import json
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from temporalio.client import WorkflowExecutionStatus

from directive.clock import OfficeClock
from directive.due import OFFICE_ZONE, utc
from directive.message import Act, Door, Message
from directive.record import DirectiveEnd, Receipt
from directive.wire import directive_workflow
from register.plans import orders_of
from register.reading import recorded_tasks_of
from register.tables import events, notices, tasks
from tests.register.given import directory, plan, planned
from tests.whole.house import ROOT, House, Process, a_house, foundation, gone, kill, until
from tests.whole.witness import Witness

pytestmark = [pytest.mark.xdist_group("fan_out"), pytest.mark.timeout(240)]

EXAMPLE = ROOT / "examples" / "1346-cv-du"
MANY = 1290
SOME = 150
ISSUED = utc(datetime(2026, 5, 29, 9, 0, tzinfo=OFFICE_ZONE))


def assign(house: House, file: Path) -> Process:
    """`assign`, as a person types it."""
    words = ["assign", str(file), "--directory", str(EXAMPLE / "directory.yaml"), "--yes", "--json"]
    return house.run([sys.executable, str(ROOT / "starter.py"), *words], {})


def answered(house: House, process: Process) -> dict[str, Any]:
    """What a command said on its way out, as JSON."""
    said = (house.folder / f"process-{house.processes.index(process)}.log").read_text("utf-8")
    found: dict[str, Any] = json.loads(said[said.index("{") :])
    return found


async def directive_of(house: House) -> str:
    """The one directive in the register."""
    async with house.register.read() as connection:
        return str(await connection.scalar(select(tasks.c.directive).limit(1)))


async def recorded(house: House) -> int:
    """How many tasks the register holds."""
    async with house.register.read() as connection:
        return int(await connection.scalar(select(func.count()).select_from(tasks)) or 0)


async def counts(house: House) -> tuple[Counter[str], int]:
    """The events by kind, and how many notices there are of assignments."""
    async with house.register.read() as connection:
        kinds = (await connection.execute(select(events.c.kind))).scalars().all()
        told = select(func.count()).select_from(notices).where(notices.c.event == "assigned")
        return Counter(kinds), int(await connection.scalar(told) or 0)


async def started(house: House) -> Counter[str]:
    """The engine's runs of tasks, by workflow id."""
    runs = house.client.list_workflows("WorkflowType = 'DirectiveTaskWorkflow'", page_size=1000)
    return Counter([run.id async for run in runs])


async def test_a_thousand_tasks_killed_in_the_middle_and_repeated_start_once_each(tmp_path: Path) -> None:
    clock = OfficeClock.starting(ISSUED, datetime.now(UTC))
    async with a_house(await foundation(tmp_path / "house"), clock) as house:
        worker = await house.start_worker()
        first = assign(house, EXAMPLE / "plan-129.yaml")

        async def some() -> bool:
            assert first.poll() is None, house.logs()
            return await recorded(house) >= SOME

        await until(some, "the first tasks")
        kill(first)
        kill(worker)
        assert SOME <= await recorded(house) < MANY
        await house.start_worker()
        second = assign(house, EXAMPLE / "plan-129.yaml")
        assert await gone(second) == 0, house.logs()
        assert answered(house, second)["result"] == "joined"

        ids = [
            order.task.id for order in await orders_of(house.register, await directive_of(house), house.clock)
        ]
        assert len(ids) == MANY
        assert await recorded(house) == MANY
        kinds, told = await counts(house)
        assert kinds == {"assigned": MANY}
        assert told == 2 * MANY  # the officer, and the head in copy

        async def all_seen() -> bool:
            return (await started(house)).total() >= MANY  # the list is filled a moment later

        await until(all_seen, "every task in the engine's list")
        assert await started(house) == dict.fromkeys(ids, 1)
        await _repeated(house)
        await _refused(house, tmp_path)
        assert (await started(house)).total() == MANY


async def _repeated(house: House) -> None:
    """A third `assign` joins and starts nothing."""
    third = assign(house, EXAMPLE / "plan-129.yaml")
    assert await gone(third) == 0, house.logs()
    assert answered(house, third)["result"] == "joined"
    assert (await counts(house))[0] == {"assigned": MANY}


async def _refused(house: House, folder: Path) -> None:
    """The same number with other content is refused, and both are named."""
    other = folder / "other.yaml"
    text = (EXAMPLE / "plan-129.yaml").read_text(encoding="utf-8")
    other.write_text(text.replace("hết quý III/2026", "hết quý IV/2026"), encoding="utf-8")
    refused = assign(house, other)
    assert await gone(refused) == 1, house.logs()
    said = answered(house, refused)
    assert "plan_differs" in json.dumps(said)
    assert "tasks.4.due" in json.dumps(said)
    assert (await counts(house))[0] == {"assigned": MANY}


async def test_a_directive_closes_with_its_last_task(tmp_path: Path) -> None:
    from desk.stage import open_stage

    three = plan(*(planned(str(number)) for number in (1, 2, 3)))
    work = Witness().work
    async with open_stage(three, directory(), as_of=ISSUED, folder=tmp_path, work=work) as stage:
        await stage.assign()
        client, name = stage.staff.client, three.directive.id
        whole = client.get_workflow_handle(directive_workflow(name), result_type=DirectiveEnd)
        for order in await orders_of(stage.register, name, stage.clock):
            assert (await whole.describe()).status is WorkflowExecutionStatus.RUNNING
            message = Message(
                id=f"W-{order.task.code}",
                act=Act.WITHDRAW,
                actor="leader",
                role="leadership:du",
                at=await stage.now(),
                door=Door.CLI,
                reason="Đã giao cơ quan khác",
            )
            task = client.get_workflow_handle(order.task.id)
            await task.execute_update("withdraw", message, id=message.id, result_type=Receipt)
            await stage.rest()
        end = await whole.result()
        assert (end.directive, end.tasks) == (name, 3)
        assert await recorded_tasks_of(stage.register, name) == 3
        assert end.at - ISSUED < timedelta(hours=1)  # by the signal of the last record, not by the daily look
