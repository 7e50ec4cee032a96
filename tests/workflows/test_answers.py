"""Questions in depth on the skipped clock: returned with rounds, more asked for, refused, and decided by silence.

The worker replays each task at every step, so what silence decides is decided again from history each time.
"""

from datetime import date

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from directive.event import EventKind
from directive.message import Evidence
from directive.policy import Policy
from directive.question import Choice, QuestionKind
from directive.refusal import Reason
from directive.task import State
from tests.workflows.office import (
    APPROVER,
    HEAD,
    LEADERSHIP,
    MONITOR,
    OFFICER,
    Office,
    Task,
    an_office,
    local,
    standard_policy,
)

LATER = date(2026, 8, 28)


def deciding(kind: QuestionKind, choice: Choice) -> Policy:
    """The standard policy, but that eight working days of silence decide this kind so."""
    data = standard_policy().model_dump()
    data["questions"][kind]["decide"] = {"after": 8, "choice": choice}
    return Policy.model_validate(data)


async def refused_as(office: Office, task: Task, choice: Choice) -> str:
    with pytest.raises(WorkflowUpdateFailedError) as failed:
        await office.act(task, "answer", APPROVER, choice=choice, reason="Cần thêm số liệu")
    assert isinstance(failed.value.cause, ApplicationError)
    return failed.value.cause.type or ""


async def test_a_report_is_returned_round_after_round_until_it_is_approved() -> None:
    async with an_office() as office:
        task = await office.start()
        await office.until(local("29/6", "10:00"))
        for day, round_ in (("30/6", "1"), ("1/7", "2"), ("2/7", "3")):
            await office.act(task, "report", OFFICER, text=f"Báo cáo lần {round_}")
            await office.until(local(day, "10:00"))
            receipt = await office.act(
                task, "answer", APPROVER, choice=Choice.RETURN, reason="Thiếu minh chứng"
            )
            assert (receipt.kind, receipt.detail["round"]) == (EventKind.RETURNED, round_)
        await office.act(task, "report", OFFICER, text="Báo cáo lần 4")
        receipt = await office.act(task, "answer", APPROVER, choice=Choice.APPROVE)
        assert receipt.detail["outcome"] == "completed_on_time"
        assert (await task.result()).state is State.COMPLETED


async def test_more_is_asked_for_without_a_decision_and_the_approver_is_pressed_anew() -> None:
    async with an_office() as office:
        task = await office.start()
        await office.act(task, "acknowledge", OFFICER)
        await office.act(task, "report", OFFICER, text="Đã hoàn thành")
        await office.until(local("2/6", "10:00"))
        receipt = await office.act(task, "answer", APPROVER, choice=Choice.ASK_MORE, reason="Thiếu phụ lục")
        assert (receipt.kind, receipt.state) == (EventKind.MORE_ASKED, State.REPORTED)
        await office.until(local("4/6", "10:00"))
        given = (Evidence(name="phụ lục", where="https://example.invalid/pl"),)
        receipt = await office.act(task, "progress", OFFICER, text="Đã bổ sung", evidence=given)
        assert receipt.kind is EventKind.MORE_GIVEN
        await office.until(local("9/6", "10:00"))
        pressed = [one for one in office.ledger.of(task.id) if one.kind is EventKind.QUESTION_PRESSED]
        assert [(one.planned, one.to) for one in pressed] == [(local("9/6"), (APPROVER,))]
        await office.act(task, "answer", APPROVER, choice=Choice.ASK_MORE, reason="Thiếu chữ ký")
        assert await refused_as(office, task, Choice.ASK_MORE) == Reason.TOO_OFTEN
        await office.act(task, "answer", APPROVER, choice=Choice.APPROVE)
        assert (await task.result()).state is State.COMPLETED


async def test_a_refused_report_is_worked_on_under_its_old_deadline_and_the_ladder_goes_on() -> None:
    async with an_office() as office:
        task = await office.start()
        await office.until(local("1/7", "09:00"))
        await office.act(task, "answer", HEAD, choice=Choice.REPORT, text="Báo cáo")
        await office.until(local("2/7", "09:00"))
        assert await refused_as_without_reason(office, task) == Reason.REASON_MISSING
        await office.act(task, "answer", APPROVER, choice=Choice.REFUSE, reason="Chưa làm đúng yêu cầu")
        await office.until(local("3/7", "09:00"))
        last = office.ledger.of(task.id)[-1]
        assert (last.kind, last.planned, last.to) == (EventKind.ESCALATED, local("3/7"), (MONITOR,))
        view = await office.view(task)
        assert (view.facts.state, view.facts.redo) == (State.IN_PROGRESS, None)


async def refused_as_without_reason(office: Office, task: Task) -> str:
    with pytest.raises(WorkflowUpdateFailedError) as failed:
        await office.act(task, "answer", APPROVER, choice=Choice.REFUSE)
    assert isinstance(failed.value.cause, ApplicationError)
    return failed.value.cause.type or ""


async def test_by_the_standard_policy_silence_reminds_then_asks_the_superior_then_refuses_an_extension() -> (
    None
):
    async with an_office() as office:
        task = await office.start()
        await office.until(local("1/7", "09:00"))
        await office.act(task, "answer", HEAD, choice=Choice.EXTEND, day=LATER, reason="Chờ ý kiến bộ")
        await office.until(local("31/7", "09:00"))
        told = [(one.kind, one.planned, one.to) for one in office.ledger.of(task.id)]
        start = next(place for place, one in enumerate(told) if one[0] is EventKind.EXTENSION_REQUESTED)
        assert told[start + 1 :] == [
            (EventKind.QUESTION_PRESSED, local("6/7"), (APPROVER,)),
            (EventKind.QUESTION_PRESSED, local("8/7"), (LEADERSHIP,)),
            (EventKind.QUESTION_PRESSED, local("15/7"), (LEADERSHIP,)),
            (EventKind.QUESTION_FINAL, local("22/7"), (LEADERSHIP,)),
            (EventKind.QUESTION_LAPSED, local("29/7"), (APPROVER, LEADERSHIP)),
            (EventKind.EXTENSION_REFUSED, None, (OFFICER, HEAD, MONITOR)),
            (EventKind.ESCALATED, local("30/7"), (MONITOR,)),
        ]


async def test_by_the_standard_policy_a_counter_offer_lapses_as_declined() -> None:
    async with an_office() as office:
        task = await office.start()
        await office.until(local("1/7", "09:00"))
        await office.act(task, "answer", HEAD, choice=Choice.EXTEND, day=LATER, reason="Chờ ý kiến bộ")
        await office.act(task, "answer", APPROVER, choice=Choice.COUNTER, day=date(2026, 8, 14))
        await office.until(local("29/7", "09:00"))
        assert office.kinds(task)[-2:] == ["question_lapsed", "counter_declined"]


@pytest.mark.parametrize(
    ("kind", "choice", "told"),
    [
        (QuestionKind.EXTENSION, Choice.GRANT, EventKind.EXTENSION_GRANTED),
        (QuestionKind.OBSTACLE, Choice.RESOLVE, EventKind.OBSTACLE_RESOLVED),
        (QuestionKind.NOT_OURS, Choice.REFUSE, EventKind.NOT_OURS_REFUSED),
    ],
)
async def test_silence_decides_a_request_as_the_policy_says(
    kind: QuestionKind, choice: Choice, told: EventKind
) -> None:
    asks = {
        QuestionKind.EXTENSION: Choice.EXTEND,
        QuestionKind.OBSTACLE: Choice.OBSTACLE,
        QuestionKind.NOT_OURS: Choice.NOT_OURS,
    }
    async with an_office(policy=deciding(kind, choice)) as office:
        task = await office.start()
        await office.until(local("1/7", "09:00"))
        await office.act(task, "answer", HEAD, choice=asks[kind], day=LATER, reason="Lý do")
        await office.until(local("13/7", "09:00"))
        assert office.kinds(task)[-2:] == ["question_lapsed", told]
        view = await office.view(task)
        assert not view.facts.questions
        assert (view.facts.extensions == 1) is (choice is Choice.GRANT)


async def test_silence_approves_a_report_only_where_the_policy_says_so() -> None:
    async with an_office(policy=deciding(QuestionKind.APPROVAL, Choice.APPROVE)) as office:
        task = await office.start()
        await office.act(task, "report", OFFICER, text="Đã hoàn thành")
        await office.until(local("10/6", "07:00"))
        assert (await office.view(task)).facts.state is State.REPORTED
        await office.until(local("10/6", "09:00"))
        assert (await task.result()).state is State.COMPLETED
        lapsed, approved = office.ledger.of(task.id)[-2:]
        assert (lapsed.actor, approved.actor, approved.detail["rule"]) == ("", "", "standard@1")
    async with an_office() as office:
        task = await office.start()
        await office.act(task, "report", OFFICER, text="Đã hoàn thành")
        await office.until(local("1/12"))
        assert (await office.view(task)).facts.state is State.REPORTED
        assert office.kinds(task)[-1] == "question_listed"
