"""What an adversary tried on the core: each of these went wrong once."""

from datetime import date

import pytest
from pydantic import ValidationError

from directive.due import Due, end_of_day
from directive.event import EventKind
from directive.holds import still_holds
from directive.message import Act, Door, Message
from directive.moves import move
from directive.outlook import occurrence_after
from directive.question import Choice, QuestionKind, Stage
from directive.refusal import Reason, Refused
from directive.task import Recurrence
from tests.directive.builders import (
    APPROVER,
    ASSIGNER,
    CALENDAR,
    LEADERSHIP,
    OFFICER,
    WHO,
    Paper,
    due_on,
    local,
    policy_with,
    standard_policy,
)


def approval(paper: Paper, name: str, role: str, at: str, actor: str = "") -> Message:
    return Message(
        id=name,
        act=Act.ANSWER,
        actor=actor or WHO[role],
        role=role,
        at=local(at),
        door=Door.CLI,
        question=paper.question(QuestionKind.APPROVAL).id,
        choice=Choice.APPROVE,
    )


def test_a_yes_said_to_the_first_stage_is_none_to_the_second_that_asks_the_same_role() -> None:
    paper = Paper(due_on("2026-06-30"), route=(Stage(asks=(APPROVER,)), Stage(asks=(APPROVER, LEADERSHIP))))
    paper.report("2026-06-10 09:00")
    late = approval(paper, "Twin-2", APPROVER, "2026-06-10 10:00", actor="p-second-approver")
    paper.answer(Choice.APPROVE, APPROVER, "2026-06-10 10:01")
    paper.until("2026-06-10 10:02")
    with pytest.raises(Refused) as caught:
        move(paper.facts, late, paper.outlook, paper.policy, paper.now)
    assert caught.value.reason is Reason.NOT_ASKED


def test_a_suspended_days_grace_counts_while_another_vote_is_still_on_its_way_into_the_record() -> None:
    paper = Paper(due_on("2026-06-30"), route=(Stage(asks=(APPROVER, LEADERSHIP), quorum=0),))
    paper.act(Act.SUSPEND, LEADERSHIP, "2026-06-22 09:00")
    paper.act(Act.RESUME, LEADERSHIP, "2026-06-25 09:00")  # three days: due on 3/7
    paper.report("2026-07-02 09:00")
    paper.until("2026-07-03 07:00")
    first = approval(paper, "Vote-1", APPROVER, "2026-07-03 07:00")
    second = approval(paper, "Vote-2", LEADERSHIP, "2026-07-03 07:00")
    facts, voted = move(paper.facts, first, paper.outlook, paper.policy, paper.now)
    assert voted.kind is EventKind.VOTED
    _, approved = move(facts, second, paper.outlook, paper.policy, paper.now)
    assert approved.detail["outcome"] == "completed_on_time"


@pytest.mark.parametrize(("day", "february"), [(29, 28), (30, 28), (31, 28)])
def test_a_monthly_report_is_due_in_february_too(day: int, february: int) -> None:
    monthly = Recurrence(rrule=f"FREQ=MONTHLY;BYMONTHDAY={day}", start=date(2026, 5, 1))
    found = occurrence_after(monthly, due_on(f"2027-01-{day}"), standard_policy())
    assert found
    assert found.day == date(2027, 2, february)
    after = occurrence_after(monthly, found, standard_policy())
    assert after
    assert after.day == date(2027, 3, day)


def message(**said: object) -> Message:
    fields: dict[str, object] = {
        "id": "M-1",
        "act": Act.AMEND_DEADLINE,
        "actor": "p",
        "role": LEADERSHIP,
        "at": local("2026-06-10 09:00"),
        "door": Door.CLI,
    }
    return Message.model_validate({**fields, **said})


@pytest.mark.parametrize(
    "said",
    [
        {"day": date(9999, 12, 30)},
        {"due": Due(day=date(9999, 12, 20), instant=end_of_day(date(9999, 12, 20)))},
        {"person": "x" * 101},
        {"actor": "p\x00"},
        {"calendar": "vn\x002026"},
    ],
)
def test_what_no_record_could_ever_hold_is_refused_before_the_task_accepts_it(
    said: dict[str, object],
) -> None:
    """The record would be tried again for ever, and the task with it be silent."""
    with pytest.raises(ValidationError):
        message(**said)


def test_the_last_day_a_message_may_name_can_be_planned_to_its_last_mark() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.act(Act.AMEND_DEADLINE, LEADERSHIP, day=date(2199, 12, 31))
    assert paper.marks[-1].kind is EventKind.LISTED


def test_only_the_lead_units_officer_is_who_the_task_was_reassigned_to() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.act(Act.REASSIGN, LEADERSHIP, person="p-new")
    assert paper.facts.officer_in(OFFICER) == "p-new"
    assert paper.facts.officer_in("officer:vp-tinh-uy") == ""


def test_a_return_is_told_though_its_deadline_was_amended_before_the_quiet_hours_ended() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.report("2026-06-10 09:00")
    returned = paper.answer(Choice.RETURN, APPROVER, "2026-06-10 19:00")
    cycle = paper.facts.cycle
    paper.act(Act.AMEND_DEADLINE, LEADERSHIP, "2026-06-10 19:30", day=date(2026, 7, 10))
    assert still_holds(returned.kind, returned.question, cycle, paper.facts)
    paper.report("2026-06-10 20:00")
    assert not still_holds(returned.kind, returned.question, cycle, paper.facts)


def test_a_suspension_of_half_a_working_year_is_counted_in_working_days_to_its_end() -> None:
    paper = Paper(due_on("2026-06-30"), policy=policy_with(suspension_review=130))
    paper.act(Act.SUSPEND, LEADERSHIP, "2026-06-10 09:00", day=date(2026, 8, 3))
    paper.until("2026-08-03 09:00")
    renewed = paper.answer(Choice.RENEW, ASSIGNER)
    assert renewed.detail["day"] == str(CALENDAR.add_working_days(date(2026, 8, 3), 130))
