"""A task's life on the skipped clock, told by what the register was given."""

from datetime import date, timedelta
from typing import Any

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from directive.due import Due, end_of_day
from directive.marks import marks
from directive.question import Choice
from tests.workflows.office import (
    APPROVER,
    AT_ONCE,
    HEAD,
    LEADERSHIP,
    MONITOR,
    OFFICER,
    an_office,
    gather,
    local,
)


def due_on(day: date) -> Due:
    return Due(day=day, instant=end_of_day(day))


async def refused_as(awaited: object) -> str:
    with pytest.raises(WorkflowUpdateFailedError) as failed:
        await awaited  # type: ignore[misc]
    assert isinstance(failed.value.cause, ApplicationError)
    return failed.value.cause.type or ""


async def test_a_silent_unit_is_reminded_then_escalated_level_by_level() -> None:
    async with an_office() as office:
        task = await office.start()
        await office.until(local("8/7"))
        told = [(event.kind, event.planned) for event in office.ledger.of(task.id)[1:]]
        assert told == [
            ("acknowledgement_reminded", local("2/6")),
            ("acknowledgement_escalated", local("4/6")),
            ("reminded", local("23/6")),
            ("reminded", local("25/6")),
            ("reminded", local("29/6")),
            ("reminded", local("30/6")),
            ("escalated", local("1/7")),
            ("escalated", local("3/7")),
            ("escalated", local("7/7")),
        ]


async def test_every_mark_is_taken_at_its_instant() -> None:
    async with an_office() as office:
        task = await office.start()
        await office.until(local("2/10"))
        late = [event.at - event.planned for event in office.ledger.of(task.id) if event.planned]
        assert len(late) > 15
        assert timedelta() <= min(late) <= max(late) < AT_ONCE


async def test_a_task_that_is_not_told_its_marks_anew_knows_them_all_the_same() -> None:
    async with an_office() as office:
        task = await office.start()
        await office.until(local("8/7"))
        assert office.ledger.as_expected == len(office.ledger.of(task.id)) - 1  # all but the assignment
        facts = office.ledger.facts[task.id]
        told = marks(facts, office.policy, office.ledger.calendar)
        assert (await office.view(task)).outlook.marks == told
        assert len(told) > 5


async def test_a_report_ends_the_reminders_and_an_approval_closes_the_task() -> None:
    async with an_office() as office:
        task = await office.start()
        await office.act(task, "acknowledge", OFFICER)
        await office.until(local("24/6"))
        await office.act(task, "report", OFFICER, text="Đã hoàn thành")
        await office.until(local("26/6"))
        receipt = await office.act(task, "answer", APPROVER, choice=Choice.APPROVE)
        assert receipt.detail["outcome"] == "completed_on_time"
        assert (await task.result()).state == "completed"
        assert office.kinds(task) == ["assigned", "acknowledged", "reminded", "reported", "approved"]


async def test_returned_work_gets_a_redo_date_and_a_ladder_of_its_own() -> None:
    async with an_office() as office:
        task = await office.start()
        await office.until(local("29/6", "10:00"))
        await office.act(task, "report", OFFICER, text="Báo cáo lần 1")
        await office.until(local("30/6", "09:00"))
        receipt = await office.act(task, "answer", APPROVER, choice=Choice.RETURN, reason="Thiếu minh chứng")
        assert receipt.detail == {"day": "2026-07-03", "round": "1"}
        await office.until(local("6/7", "09:00"))
        escalated = [event for event in office.ledger.of(task.id) if event.kind == "escalated"]
        assert [(event.planned, event.level) for event in escalated] == [(local("6/7"), 1)]


async def test_a_commitment_rests_the_ladder_until_its_date_and_then_the_next_level_is_asked() -> None:
    async with an_office() as office:
        task = await office.start()
        await office.until(local("1/7", "09:00"))
        await office.act(task, "answer", HEAD, choice=Choice.COMMIT, day=date(2026, 7, 8))
        await office.until(local("9/7", "09:00"))
        escalated = [event for event in office.ledger.of(task.id) if event.kind == "escalated"]
        assert [(event.planned, event.level) for event in escalated] == [(local("1/7"), 1), (local("9/7"), 2)]
        assert escalated[1].to == (MONITOR,)


async def test_a_granted_extension_moves_every_mark() -> None:
    async with an_office() as office:
        task = await office.start()
        await office.act(task, "acknowledge", OFFICER)
        await office.until(local("22/6"))
        await office.act(
            task, "request_extension", OFFICER, day=date(2026, 7, 15), reason="Chờ ý kiến bộ, ngành"
        )
        await office.until(local("24/6", "09:00"))
        await office.act(task, "answer", APPROVER, choice=Choice.GRANT)
        view = await office.view(task)
        assert view.outlook.due == view.facts.due
        assert view.facts.due is not None
        assert view.facts.due.day == date(2026, 7, 15)
        assert [mark.at for mark in view.outlook.marks[:5]] == [
            local("8/7"),
            local("10/7"),
            local("14/7"),
            local("15/7"),
            local("16/7"),
        ]


async def test_nothing_comes_while_a_task_is_suspended_but_its_review() -> None:
    async with an_office() as office:
        task = await office.start()
        await office.act(task, "acknowledge", OFFICER)
        await office.until(local("22/6"))
        await office.act(task, "suspend", LEADERSHIP, reason="Chờ sắp xếp tổ chức bộ máy")
        await office.until(local("25/7"))
        kinds = office.kinds(task)
        assert kinds[-2:] == ["suspended", "suspension_reviewed"]
        await office.act(task, "answer", "assigner:du-tinh", choice=Choice.RESUME)
        view = await office.view(task)
        assert view.outlook.due is not None
        assert view.outlook.due.day == date(
            2026, 8, 4
        )  # seven working days were left on 22/6, and are on 25/7


async def test_a_task_without_a_deadline_is_looked_at_in_a_rhythm() -> None:
    async with an_office() as office:
        task = await office.start(due=None)
        await office.act(task, "acknowledge", OFFICER)
        await office.until(local("25/7"))
        reviews = [event.planned for event in office.ledger.of(task.id) if event.kind == "review_asked"]
        assert reviews == [local("26/6"), local("24/7")]


async def test_a_recurring_task_runs_period_by_period() -> None:
    async with an_office() as office:
        task = await office.start(due_on(date(2026, 6, 25)), rrule="FREQ=MONTHLY;BYMONTHDAY=25")
        for month, periods in ((6, 2), (7, 3), (8, 4)):
            await office.until(local(f"20/{month}"))
            await office.act(task, "report", OFFICER, text="Báo cáo tháng")
            await office.act(task, "answer", APPROVER, choice=Choice.APPROVE)
            view = await office.view(task)
            assert view.facts.period == periods
            assert view.facts.due is not None
            assert view.facts.due.day == date(2026, month + 1, 25)
        assert "escalated" not in office.kinds(task)


async def test_nobody_approves_their_own_report() -> None:
    async with an_office() as office:
        task = await office.start()
        await office.act(task, "report", OFFICER, actor="cv", text="Xong")
        tries: list[tuple[str, dict[str, str]]] = [
            ("cv", {}),
            ("ld", {"on_behalf_of": "cv"}),
            ("ld", {"typed_by": "cv"}),
        ]
        for actor, more in tries:
            choice = office.act(task, "answer", APPROVER, actor=actor, choice=Choice.APPROVE, **more)
            assert await refused_as(choice) == "own_report"


async def test_an_act_out_of_place_is_refused_with_its_reason_and_changes_nothing() -> None:
    async with an_office() as office:
        task = await office.start()
        before = (await office.view(task)).facts
        acts: list[tuple[str, str, dict[str, Any], str]] = [
            ("resume", LEADERSHIP, {}, "wrong_state"),
            ("acknowledge", APPROVER, {}, "wrong_role"),
            ("report", OFFICER, {}, "nothing_handed_in"),
            ("answer", HEAD, {"choice": Choice.COMMIT}, "no_question"),
            ("request_extension", OFFICER, {"reason": "x", "day": date(2026, 6, 1)}, "date_not_later"),
            ("withdraw", LEADERSHIP, {}, "reason_missing"),
        ]
        for act, role, said, reason in acts:
            assert await refused_as(office.act(task, act, role, **said)) == reason
        assert (await office.view(task)).facts == before


async def test_the_same_message_a_hundred_times_at_once_changes_state_once() -> None:
    async with an_office() as office:
        task = await office.start()
        message = await office.message("acknowledge", OFFICER, id="m-1")
        sent = [
            task.execute_update("acknowledge", message, id=f"try-{number}", result_type=dict)
            for number in range(9)
        ]
        receipts = await gather(*sent)
        assert all(receipt == receipts[0] for receipt in receipts), receipts
        assert office.kinds(task) == ["assigned", "acknowledged"]
        again = await task.execute_update("acknowledge", message, id="another", result_type=dict)
        assert again == receipts[0]


async def test_a_signalled_answer_counts_like_an_update() -> None:
    async with an_office() as office:
        task = await office.start()
        await office.until(local("1/7", "09:00"))
        message = await office.message("answer", HEAD, choice=Choice.COMMIT, day=date(2026, 7, 3))
        await task.signal("answer_question", message)
        await office.until(local("1/7", "10:00"))
        assert office.kinds(task)[-1] == "committed"
        assert office.ledger.of(task.id)[-1].door == "signal"


@pytest.mark.parametrize("fault", ["stranger", "wrong choice"])
async def test_a_bad_signal_is_recorded_as_refused_and_told_to_its_sender(fault: str) -> None:
    async with an_office() as office:
        task = await office.start()
        await office.until(local("1/7", "09:00"))
        choice = Choice.COMMIT if fault == "stranger" else Choice.APPROVE
        office.ledger.strangers = {"x"} if fault == "stranger" else set()
        message = await office.message("answer", HEAD, actor="x", choice=choice, day=date(2026, 7, 3))
        await task.signal("answer_question", message)
        await office.until(local("1/7", "10:00"))
        refused = office.ledger.of(task.id)[-1]
        assert refused.kind == "answer_refused"
        assert refused.to_people == ("x",)
        assert refused.reason == ("not_welcome" if fault == "stranger" else "no_question")


async def test_a_level_nobody_can_answer_is_skipped_at_once() -> None:
    async with an_office() as office:
        office.ledger.vacant = {HEAD}
        task = await office.start()
        await office.until(local("1/7", "09:00"))
        escalated = [event for event in office.ledger.of(task.id) if event.kind == "escalated"]
        assert [(event.level, event.planned) for event in escalated] == [(1, local("1/7")), (2, local("1/7"))]


async def test_a_ladder_that_nobody_can_answer_ends_on_the_weekly_list() -> None:
    async with an_office() as office:
        office.ledger.vacant = {HEAD, MONITOR, LEADERSHIP}
        task = await office.start()
        await office.until(local("9/7", "09:00"))
        after = [event.kind for event in office.ledger.of(task.id) if event.at >= local("1/7")]
        assert after == ["escalated", "escalated", "escalated", "listed", "listed"]


async def test_a_withdrawn_task_is_silent_for_ever() -> None:
    async with an_office() as office:
        task = await office.start()
        await office.act(task, "withdraw", LEADERSHIP, reason="Đã giao cơ quan khác")
        assert (await task.result()).state == "withdrawn"
        assert office.kinds(task) == ["assigned", "withdrawn"]
