"""A document's way through its route on the skipped clock, told by what the register was given."""

from datetime import date
from typing import Any

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from directive.question import Choice
from tests.workflows.office import LEADERSHIP, MONITOR, OFFICER, Approval, Office, an_office, local

FINANCE, HOME, JUSTICE = "head:so-tc", "head:so-nv", "head:so-tp"


async def refused_as(awaited: object) -> str:
    with pytest.raises(WorkflowUpdateFailedError) as failed:
        await awaited  # type: ignore[misc]
    assert isinstance(failed.value.cause, ApplicationError)
    return failed.value.cause.type or ""


async def agree(office: Office, task: Approval, *roles: str) -> None:
    for role in roles:
        await office.act(task, "answer", role, choice=Choice.APPROVE)


async def test_a_document_goes_through_three_stages_and_is_approved() -> None:
    async with an_office() as office:
        task = await office.ask()
        assert (await office.view(task)).facts.questions[0].asked == (MONITOR,)
        await agree(office, task, MONITOR, FINANCE)
        assert (await office.view(task)).facts.questions[0].stage == 1
        await agree(office, task, JUSTICE, LEADERSHIP)
        assert (await task.result()).state == "completed"
        assert office.kinds(task) == ["reported", "voted", "voted", "voted", "approved"]


async def test_a_returned_document_is_submitted_again_and_begins_at_the_first_stage() -> None:
    async with an_office() as office:
        task = await office.ask()
        await agree(office, task, MONITOR)
        await office.act(task, "answer", FINANCE, choice=Choice.RETURN, reason="Thiếu nguồn kinh phí")
        assert (await office.view(task)).facts.state == "reported"  # two of three may still agree
        await office.act(task, "answer", HOME, choice=Choice.RETURN, reason="Thiếu nguồn kinh phí")
        held = (await office.view(task)).facts
        assert (held.state, held.rounds, held.questions) == ("in_progress", 1, ())
        await office.act(task, "report", OFFICER, text="Đã bổ sung nguồn kinh phí")
        held = (await office.view(task)).facts
        assert (held.state, held.questions[0].stage) == ("reported", 0)
        await agree(office, task, MONITOR, FINANCE, HOME, LEADERSHIP)
        assert (await task.result()).state == "completed"


async def test_a_document_that_does_not_come_back_is_asked_for_after_its_day_and_escalated_to_nobody() -> (
    None
):
    async with an_office() as office:
        task = await office.ask()
        said: dict[str, Any] = {"choice": Choice.RETURN, "reason": "Thiếu biểu", "day": date(2026, 6, 5)}
        await office.act(task, "answer", MONITOR, **said)
        await office.until(local("9/7"))
        asked = [
            (event.kind, event.planned, event.to) for event in office.ledger.of(task.id) if event.planned
        ]
        assert asked == [
            ("review_asked", local("8/6"), (OFFICER,)),
            ("review_asked", local("6/7"), (OFFICER,)),
        ]


async def test_a_refusal_ends_it_and_needs_a_reason() -> None:
    async with an_office() as office:
        task = await office.ask()
        await agree(office, task, MONITOR, FINANCE, HOME)
        assert (
            await refused_as(office.act(task, "answer", LEADERSHIP, choice=Choice.REFUSE)) == "reason_missing"
        )
        await office.act(task, "answer", LEADERSHIP, choice=Choice.REFUSE, reason="Chưa phù hợp")
        assert (await task.result()).state == "refused"
        assert office.kinds(task)[-1] == "report_refused"


async def test_who_asks_may_take_the_document_back_and_those_asked_hear_of_it() -> None:
    async with an_office() as office:
        task = await office.ask()
        await agree(office, task, MONITOR)
        assert await refused_as(office.act(task, "withdraw", LEADERSHIP, reason="x")) == "wrong_role"
        await office.act(task, "withdraw", OFFICER, reason="Trình lại bằng văn bản khác")
        assert (await task.result()).state == "withdrawn"
        assert office.ledger.of(task.id)[-1].to == (FINANCE, HOME, JUSTICE)


async def test_nobody_approves_what_they_submitted_themselves() -> None:
    async with an_office() as office:
        task = await office.ask(actor="chanh-vp")
        refused = refused_as(office.act(task, "answer", MONITOR, actor="chanh-vp", choice=Choice.APPROVE))
        assert await refused == "own_report"
        mine = office.act(
            task, "answer", MONITOR, actor="pho-vp", on_behalf_of="chanh-vp", choice=Choice.APPROVE
        )
        assert await refused_as(mine) == "own_report"


async def test_silence_is_pressed_for_then_brought_to_the_leadership_and_never_approves() -> None:
    async with an_office() as office:
        task = await office.ask()
        await office.until(local("8/6"))
        told = [(event.kind, event.planned, event.to) for event in office.ledger.of(task.id)[1:]]
        assert told == [
            ("question_pressed", local("3/6"), (MONITOR,)),
            ("question_pressed", local("5/6"), (LEADERSHIP,)),
        ]
        await agree(office, task, LEADERSHIP)
        assert (await office.view(task)).facts.questions[0].stage == 1
        await office.until(local("1/12"))
        held = (await office.view(task)).facts
        assert (held.state, held.questions[0].stage) == ("reported", 1)
        assert office.kinds(task)[-1] == "question_listed"


async def test_more_is_asked_for_and_supplied_without_a_decision() -> None:
    async with an_office() as office:
        task = await office.ask()
        await office.act(task, "answer", MONITOR, choice=Choice.ASK_MORE, reason="Kèm bảng tổng hợp")
        await office.act(task, "progress", OFFICER, text="Đã kèm")
        held = (await office.view(task)).facts
        assert (held.state, held.questions[0].stage) == ("reported", 0)
        assert office.kinds(task) == ["reported", "more_asked", "more_given"]


async def test_an_approval_has_only_the_doors_that_are_its_own() -> None:
    async with an_office() as office:
        task = await office.ask()
        message = await office.message("nudge", LEADERSHIP)
        with pytest.raises(WorkflowUpdateFailedError) as failed:
            await task.execute_update("nudge", message, id=message.id)
        assert "nudge" in str(failed.value.cause)
