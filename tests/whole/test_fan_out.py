"""Hundreds of tasks assigned by one command: killed in the middle and repeated, each starts and is recorded once.

`--communes 129` makes them the 1,290 of a whole province.
"""

import json
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
from register.outbox_tables import notices
from register.plans import orders_of
from register.reading import recorded_tasks_of
from register.tables import events, tasks
from tests.databases import Database
from tests.register.given import directory, plan, planned
from tests.whole.house import House, Process, a_house, gone, kill, until
from tests.whole.province import Province, province
from tests.whole.witness import Witness

pytestmark = pytest.mark.timeout(240)

ISSUED = utc(datetime(2026, 5, 29, 9, 0, tzinfo=OFFICE_ZONE))


def assign(house: House, whole: Province) -> Process:
    """`assign`, as a person types it."""
    return house.command("assign", *whole.words, "--json")


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


async def test_hundreds_of_tasks_killed_in_the_middle_and_repeated_start_once_each(
    tmp_path: Path, database: Database, communes: int
) -> None:
    clock = OfficeClock.starting(ISSUED, datetime.now(UTC))
    letter = province(tmp_path, communes)
    many, some_of_them = letter.tasks, letter.tasks // 8
    async with a_house(tmp_path / "house", clock, database.fresh()) as house:
        worker = await house.start_worker()
        first = assign(house, letter)

        async def some() -> bool:
            assert first.poll() is None, house.logs()
            return await recorded(house) >= some_of_them

        await until(some, "the first tasks")
        kill(first)
        kill(worker)
        assert some_of_them <= await recorded(house) < many
        await house.start_worker()
        second = assign(house, letter)
        assert await gone(second) == 0, house.logs()
        assert answered(house, second)["result"] == "joined"

        ids = [
            order.task.id for order in await orders_of(house.register, await directive_of(house), house.clock)
        ]
        assert len(ids) == many
        assert await recorded(house) == many
        kinds, told = await counts(house)
        assert kinds == {"assigned": many}
        assert told == 2 * many  # the officer, and the head in copy

        async def all_seen() -> bool:
            return (await started(house)).total() >= many  # the list is filled a moment later

        await until(all_seen, "every task in the engine's list")
        assert await started(house) == dict.fromkeys(ids, 1)
        await _repeated(house, letter)
        await _refused(house, letter, tmp_path)
        assert (await started(house)).total() == many


async def _repeated(house: House, letter: Province) -> None:
    """A third `assign` joins and starts nothing."""
    third = assign(house, letter)
    assert await gone(third) == 0, house.logs()
    assert answered(house, third)["result"] == "joined"
    assert (await counts(house))[0] == {"assigned": letter.tasks}


async def _refused(house: House, letter: Province, folder: Path) -> None:
    """The same number with other content is refused, and both are named."""
    other = folder / "other.yaml"
    text = letter.plan.read_text(encoding="utf-8")
    other.write_text(text.replace("hết quý III/2026", "hết quý IV/2026"), encoding="utf-8")
    refused = assign(house, letter._replace(plan=other))
    assert await gone(refused) == 1, house.logs()
    said = answered(house, refused)
    assert "plan_differs" in json.dumps(said)
    assert "tasks.4.due" in json.dumps(said)
    assert (await counts(house))[0] == {"assigned": letter.tasks}


async def test_a_directive_closes_with_its_last_task(tmp_path: Path, database: Database) -> None:
    from desk.stage import open_stage

    three = plan(*(planned(str(number)) for number in (1, 2, 3)))
    work = Witness().work
    async with open_stage(
        three, directory(), as_of=ISSUED, folder=tmp_path, work=work, address=database.fresh()
    ) as stage:
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
