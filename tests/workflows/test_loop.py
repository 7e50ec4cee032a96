"""The loop under fault: nothing lost, nothing twice, nobody told "done" for what is not recorded."""

import asyncio
from datetime import timedelta

from temporalio.client import WorkflowUpdateStage
from temporalio.worker import Replayer

from directive.question import Choice
from directive.record import Receipt
from tests.workflows.office import APPROVER, HEAD, OFFICER, POLL, Office, Task, an_office, events_of, local
from workflows.plugin import plugin

TEN_EVENTS = 10


async def patience(office: Office, attempts: int) -> None:
    """Wait until the register was tried so many times."""
    while office.ledger.attempts < attempts:
        await asyncio.sleep(POLL)  # real retries of a real server, nothing to skip


def each_once(office: Office, task: Task) -> bool:
    ids = [event.id for event in office.ledger.of(task.id)]
    return len(ids) == len(set(ids))


# A worker that is away needs a real server: the skipped clock stands while a workflow task waits. There a day
# passes in some seconds; these tasks were assigned on the Friday before their last day, 30/6.
EVE = local("26/6", "15:00")


async def test_marks_that_came_due_while_the_worker_was_down_are_told_once_in_their_newest_form() -> None:
    async with an_office(EVE, real=True) as office:
        task = await office.start()
        await office.act(task, "acknowledge", OFFICER)
        await office.close_doors()
        await office.pass_unseen(local("3/7", "12:00"))
        office.open_doors()
        await office.until(local("3/7", "14:00"))
        since = [(event.kind, event.level) for event in office.ledger.of(task.id)[2:]]
        assert since == [("superseded", 0), ("superseded", 0), ("superseded", 1), ("escalated", 2)]
        assert each_once(office, task)


async def test_a_register_that_is_down_for_two_days_adds_less_than_ten_events() -> None:
    async with an_office(EVE, real=True) as office:
        task = await office.start()
        await office.act(task, "acknowledge", OFFICER)
        before = await events_of(task)
        office.ledger.down = True
        await office.pass_unseen(local("2/7", "12:00"))
        while office.ledger.attempts < 5:
            await asyncio.sleep(POLL)
        assert await events_of(task) - before <= TEN_EVENTS
        office.ledger.down = False
        while office.kinds(task)[-1] != "escalated":
            await asyncio.sleep(POLL)
        assert each_once(office, task)


async def test_nobody_is_told_done_before_it_is_recorded() -> None:
    async with an_office() as office:
        task = await office.start()
        office.ledger.down = True
        tried = office.ledger.attempts
        message = await office.message("acknowledge", OFFICER)
        sent = await task.start_update(
            "acknowledge",
            message,
            id=message.id,
            result_type=Receipt,
            wait_for_stage=WorkflowUpdateStage.ACCEPTED,
        )
        told = asyncio.create_task(sent.result())
        await patience(office, tried + 2)
        assert not told.done()
        assert "acknowledged" not in office.kinds(task)
        office.ledger.down = False
        assert (await told).kind == "acknowledged"
        assert "acknowledged" in office.kinds(task)


async def test_a_hanging_register_holds_a_mark_for_two_seconds_and_then_goes_the_remote_way() -> None:
    async with an_office() as office:
        task = await office.start()
        await office.until(local("1/6"))
        before = await events_of(task)
        office.ledger.hanging = True
        await office.env.sleep(
            office.clock.engine(local("2/6", "08:00")) - await office.env.get_current_time()
        )
        while office.ledger.remote == 0 or office.kinds(task)[-1] != "acknowledgement_reminded":
            await asyncio.sleep(POLL)
        office.ledger.hanging = False
        assert await events_of(task) - before <= TEN_EVENTS + 5
        assert each_once(office, task)


async def test_two_marks_at_one_instant_are_taken_in_one_transition() -> None:
    async with an_office() as office:
        task = await office.start()
        await office.act(task, "acknowledge", OFFICER)
        await office.act(task, "raise_obstacle", OFFICER, reason="Thiếu kinh phí")
        other = await office.start()
        await office.act(other, "acknowledge", OFFICER)
        await office.until(local("22/6"))
        await office.act(other, "request_extension", OFFICER, day=local("20/7").date(), reason="Chờ số liệu")
        tried = office.ledger.attempts
        await office.until(local("25/6", "08:00"))
        both = [event for event in office.ledger.of(other.id) if event.planned == local("25/6")]
        assert [event.kind for event in both] == ["reminded", "question_pressed"]
        assert both[0].at == both[1].at
        assert office.ledger.attempts - tried >= 1


async def test_a_report_that_arrives_with_due_marks_silences_them() -> None:
    async with an_office(EVE, real=True) as office:
        task = await office.start()
        await office.act(task, "acknowledge", OFFICER)
        await office.close_doors()
        await office.pass_unseen(local("2/7", "09:00"))
        handed_in = asyncio.create_task(office.act(task, "report", OFFICER, text="Đã xong"))
        await arrived(task)
        office.open_doors()
        await handed_in
        assert office.kinds(task) == ["assigned", "acknowledged", "reported"]


async def arrived(task: Task) -> None:
    """Give the server the time to take an update in, so that it comes in one workflow task with the timer."""
    for _ in range(20):
        await task.describe()


async def test_what_the_engine_forgot_after_the_commit_is_not_done_twice() -> None:
    async with an_office(EVE, real=True) as office:
        task = await office.start()
        office.ledger.forgets_once = {"c1.remind.-1w", "c1.remind.0w", "c1.level.1", "m-report"}
        await office.until(local("1/7", "09:00"))
        await office.act(task, "report", OFFICER, id="m-report", text="Đã xong")
        await office.act(task, "answer", APPROVER, choice=Choice.APPROVE)
        assert (await task.result()).state == "completed"
        assert each_once(office, task)
        assert office.kinds(task).count("escalated") == 1


async def test_a_question_put_to_the_engine_while_a_mark_falls_due_leaves_a_history_that_replays() -> None:
    """A query makes the engine hand a local result over one workflow task later than a replay does."""
    replayer = Replayer(workflows=[], plugins=[plugin()])
    async with an_office(EVE, real=True, max_cached_workflows=10) as office:
        for moment in (3, 5, 8):
            office.ledger.next_mark_in = timedelta(milliseconds=moment)
            task = await office.begin()
            while "reminded" not in office.kinds(task):
                await office.view(task)
            await replayer.replay_workflow(await task.fetch_history())


async def test_a_mark_the_register_holds_and_the_engine_forgot_is_folded_back() -> None:
    """Killed between the register's commit and the end of the workflow task, with a message in the next one."""
    async with an_office(EVE, real=True) as office:
        task = await office.start()
        await office.act(task, "acknowledge", OFFICER)
        await office.until(local("30/6", "10:00"))
        mark = next(one for one in (await office.view(task)).outlook.marks if one.key == "c1.level.1")
        await office.close_doors()
        await office.pass_unseen(local("1/7", "08:05"))
        office.ledger.commit_behind_the_engine(task.id, mark)
        told = asyncio.create_task(office.act(task, "progress", OFFICER, text="Sắp xong"))
        await arrived(task)
        office.open_doors()
        await told
        view = await office.view(task)
        assert "c1.level.1" in view.facts.settled
        assert view.facts.climb.taken == 1
        await office.act(task, "answer", HEAD, choice=Choice.COMMIT, day=local("3/7").date())
        assert [event.level for event in office.ledger.of(task.id) if event.kind == "escalated"] == [1]


async def test_waiting_costs_one_timer_however_many_messages_come() -> None:
    async with an_office() as office:
        task = await office.start()
        await office.act(task, "acknowledge", OFFICER)
        before = await timers_of(task)
        for number in range(5):
            await office.act(task, "progress", OFFICER, text=f"Tiến độ {number}")
        assert await timers_of(task) - before <= 1


async def timers_of(task: Task) -> int:
    history = await task.fetch_history()
    return sum(event.HasField("timer_started_event_attributes") for event in history.events)


async def test_a_long_life_continues_in_new_runs_and_forgets_no_answered_message() -> None:
    few = ["--dynamic-config-value", "limit.historyCount.suggestContinueAsNew=40"]
    async with an_office(EVE, real=True, server=few) as office:
        for records in (
            0,
            3,
        ):  # by the engine's advice, and by the run's own count, which is then reached first
            task = await office.start(due=None, records=records)
            first = await office.message("progress", OFFICER, text="Tiến độ 0")
            receipt = await task.execute_update("progress", first, id=first.id, result_type=Receipt)
            for number in range(1, 9):
                await office.act(task, "progress", OFFICER, text=f"Tiến độ {number}")
            assert len([kind for kind in office.kinds(task) if kind == "progressed"]) == 9
            again = await task.execute_update("progress", first, id="again-1", result_type=Receipt)
            assert again == receipt
            assert await runs_of(office, task) > (2 if records else 1)
            assert each_once(office, task)


async def runs_of(office: Office, task: Task) -> int:
    """How many runs the task has had: each names the one it goes on in."""
    handle = office.env.client.get_workflow_handle(task.id, run_id=task.first_execution_run_id)
    runs = 1
    while True:
        last = (await handle.fetch_history()).events[-1]
        if not last.HasField("workflow_execution_continued_as_new_event_attributes"):
            return runs
        run = last.workflow_execution_continued_as_new_event_attributes.new_execution_run_id
        handle, runs = office.env.client.get_workflow_handle(task.id, run_id=run), runs + 1
