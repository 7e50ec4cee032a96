"""An assignment taken back within its first hour: who was told hears of it, nobody else; also while it fans out."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from temporalio.client import WorkflowExecutionStatus

from desk.stage import Stage, open_stage
from directive.clock import OfficeClock
from directive.due import OFFICE_ZONE, utc
from directive.message import Act, Door, Message
from directive.record import DirectiveEnd, Receipt
from directive.refusal import Reason, Refused
from directive.unassigning import UNASSIGN_WITHIN, Unassignment
from directive.wire import LAST_TASK_CLOSED, directive_workflow
from register.outbox_tables import notices
from register.plans import orders_of
from register.reading import events as events_of
from register.reading import notices_of, recorded_tasks_of
from register.tables import events
from register.unassigned import unassign
from tests.databases import Database
from tests.register.given import DIRECTIVE, directory, plan, planned
from tests.whole.house import House, Process, a_house, gone, kill, until
from tests.whole.province import DIRECTIVE as WHOLE
from tests.whole.province import NUMBER, province
from tests.whole.test_bulk_killed import ISSUED, LONG, command
from tests.whole.witness import Witness

pytestmark = pytest.mark.timeout(420)

AFTER_THE_DIGEST = utc(datetime(2026, 6, 1, 9, 0, tzinfo=OFFICE_ZONE))


def decision(at: datetime) -> Unassignment:
    """What the assigning side decides."""
    return Unassignment(
        directive=DIRECTIVE, at=at, actor="assigner", role="assigner:du", reason="Nhầm danh sách đơn vị"
    )


async def _nudge(stage: Stage, task: str) -> None:
    """An urgent act on one task: its people hear at once, and of the assignment with it."""
    message = Message(
        id="N-1", act=Act.NUDGE, actor="leader", role="leadership:du", at=await stage.now(), door=Door.CLI
    )
    handle = stage.staff.client.get_workflow_handle(task)
    await handle.execute_update("nudge", message, id=message.id, result_type=Receipt)
    await stage.skip_to(await stage.now() + timedelta(minutes=6))


async def test_who_was_told_hears_that_it_is_withdrawn_and_who_was_not_hears_nothing(
    tmp_path: Path, database: Database
) -> None:
    two = plan(planned("1", ("so-a",)), planned("2", ("so-b",)))
    async with open_stage(
        two,
        directory(),
        as_of=AFTER_THE_DIGEST,
        folder=tmp_path,
        work=Witness().work,
        address=database.fresh(),
    ) as stage:
        await stage.assign()
        told, untold = (order.task.id for order in await orders_of(stage.register, DIRECTIVE, stage.clock))
        await _nudge(stage, told)
        await unassign(stage.register, decision(await stage.now()))
        whole = stage.staff.client.get_workflow_handle(
            directive_workflow(DIRECTIVE), result_type=DirectiveEnd
        )
        await whole.signal(LAST_TASK_CLOSED)
        end = await whole.result()
        assert end.outcomes == {"withdrawn": 2}
        await stage.skip_to(await stage.now() + timedelta(days=2))

        heard = [(one.person, one.kind.value, one.status) for one in await notices_of(stage.register, told)]
        assert Counter(heard) == {
            ("officer-so-a", "assigned", "decided"): 1,
            ("head-so-a", "assigned", "decided"): 1,
            ("officer-so-a", "nudged", "decided"): 1,
            ("head-so-a", "nudged", "decided"): 1,
            ("officer-so-a", "withdrawn", "decided"): 1,
            ("head-so-a", "withdrawn", "decided"): 1,
            ("leader", "withdrawn", "decided"): 1,  # who nudged knows of the task
        }
        silent = [
            (one.kind.value, one.status, one.reason) for one in await notices_of(stage.register, untold)
        ]
        assert silent == [("assigned", "lapsed", "unassigned")] * 2
        assert [one.kind.value for one in await events_of(stage.register, untold)] == [
            "assigned",
            "withdrawn",
        ]
        mails = [file.read_text("utf-8") for file in (tmp_path / "outbox").glob("*.eml")]
        assert mails
        assert not any("so-b" in mail for mail in mails)


async def test_the_first_decision_stands_and_none_is_made_after_the_hour(
    tmp_path: Path, database: Database
) -> None:
    one = plan(planned("1"))
    async with open_stage(
        one,
        directory(),
        as_of=AFTER_THE_DIGEST,
        folder=tmp_path,
        work=Witness().work,
        address=database.fresh(),
    ) as stage:
        await stage.assign()
        late = decision(AFTER_THE_DIGEST + UNASSIGN_WITHIN + timedelta(minutes=1))
        with pytest.raises(Refused) as refused:
            await unassign(stage.register, late)
        assert refused.value.reason is Reason.HOUR_OVER
        first = decision(AFTER_THE_DIGEST + timedelta(minutes=59))
        assert await unassign(stage.register, first) == first
        assert await unassign(stage.register, late) == first


def unassigns(house: House, *words: str) -> Process:
    """`unassign`, as a script types it."""
    reason = ["--reason", "Nhầm danh sách đơn vị"]
    return command(house, "unassign", NUMBER, "--as", "vp-ubnd.cvp", *reason, *words)


async def withdrawn(house: House) -> int:
    """How many tasks the register holds as withdrawn."""
    async with house.register.read() as connection:
        wanted = select(func.count()).select_from(events).where(events.c.kind == "withdrawn")
        return int(await connection.scalar(wanted) or 0)


async def test_a_directive_still_fanning_out_is_stopped_and_taken_back_though_all_is_killed(
    tmp_path: Path, database: Database, communes: int
) -> None:
    clock = OfficeClock.starting(ISSUED, datetime.now(UTC))
    many = min(129, max(15, 2 * communes))  # so many that it is still assigning when the command comes
    letter = province(tmp_path, many)
    async with a_house(tmp_path / "house", clock, database.fresh()) as house:
        worker = await house.start_worker()
        first = command(house, "assign", *letter.words)

        async def some() -> bool:
            assert first.poll() is None, house.logs()
            return await recorded_tasks_of(house.register, WHOLE) > 0

        await until(some, "the first tasks", LONG)
        back = unassigns(house, "--count", str(letter.tasks))

        async def begun() -> bool:
            assert back.poll() is None, house.logs()
            return await withdrawn(house) >= 20

        await until(begun, "the first withdrawals", LONG)
        for one in (back, worker, first):
            kill(one)
        await house.start_worker()
        again = unassigns(house, "--count", str(letter.tasks))
        assert await gone(again, LONG) == 0, house.logs()

        given = await recorded_tasks_of(house.register, WHOLE)
        assert given < letter.tasks
        assert await withdrawn(house) == given
        status = (await house.client.get_workflow_handle(directive_workflow(WHOLE)).describe()).status
        assert status is WorkflowExecutionStatus.COMPLETED
        async with house.register.read() as connection:
            told = Counter(await connection.scalars(select(notices.c.status)))
        assert told == {"lapsed": 2 * given}  # nobody had been told: nobody hears anything

        refused = command(house, "assign", *letter.words)
        assert await gone(refused) == 1, house.logs()
        assert await recorded_tasks_of(house.register, WHOLE) == given
        second = tmp_path / "plan.yaml"
        text = letter.plan.read_text("utf-8").replace(NUMBER, f"{NUMBER} (lần 2)")
        second.write_text(text, encoding="utf-8")
        once_more = command(house, "assign", *letter._replace(plan=second).words, "--dry-run")
        assert await gone(once_more) == 0, house.logs()
