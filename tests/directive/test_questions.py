"""Escalation and its answers: each rests the ladder until its own end, then the next level is asked."""

from datetime import date

import pytest

from directive.event import EventKind
from directive.holds import still_holds
from directive.message import Act
from directive.question import Choice, QuestionKind, Stage
from directive.refusal import Reason, Refused
from directive.task import State
from tests.directive.builders import (
    APPROVER,
    HEAD,
    LEADERSHIP,
    MONITOR,
    OFFICER,
    Paper,
    due_on,
    overdue,
)


def nxt(paper: Paper) -> str:
    return paper.plan()[0]


def test_a_commitment_rests_the_ladder_until_its_date_then_the_next_level_is_asked() -> None:
    paper = overdue()
    paper.answer(Choice.COMMIT, HEAD, day=date(2026, 7, 10))  # a Friday
    assert nxt(paper) == f"2026-07-13 08:00 escalated {MONITOR}"


@pytest.mark.parametrize(
    ("day", "reason"), [(date(2026, 7, 16), Reason.TOO_FAR), (date(2026, 6, 30), Reason.DATE_PAST)]
)
def test_a_commitment_is_at_most_ten_working_days_ahead(day: date, reason: Reason) -> None:
    paper = overdue()
    with pytest.raises(Refused) as caught:
        paper.answer(Choice.COMMIT, HEAD, day=day)
    assert caught.value.reason is reason
    paper.answer(Choice.COMMIT, HEAD, day=date(2026, 7, 15))


def test_a_third_commitment_is_refused() -> None:
    paper = overdue()
    paper.answer(Choice.COMMIT, HEAD, day=date(2026, 7, 3))
    paper.answer(Choice.COMMIT, MONITOR, "2026-07-06 09:00", day=date(2026, 7, 7))
    with pytest.raises(Refused) as caught:
        paper.answer(Choice.COMMIT, LEADERSHIP, "2026-07-08 09:00", day=date(2026, 7, 9))
    assert caught.value.reason is Reason.TOO_OFTEN


def test_another_officer_rests_the_ladder_for_three_working_days() -> None:
    paper = overdue()
    paper.answer(Choice.REASSIGN, HEAD, person="p-2")
    assert nxt(paper) == f"2026-07-07 08:00 escalated {MONITOR}"


def test_an_officer_a_day_does_not_put_the_next_level_off() -> None:
    paper = overdue()
    for day in range(1, 7):
        paper.act(Act.REASSIGN, HEAD, f"2026-07-0{day} 09:00", person=f"p-{day}")
    assert nxt(paper) == f"2026-07-07 08:00 escalated {MONITOR}"


REQUESTS = [
    (Choice.OBSTACLE, QuestionKind.OBSTACLE, Choice.RESOLVE),
    (Choice.NOT_OURS, QuestionKind.NOT_OURS, Choice.REFUSE),
]


@pytest.mark.parametrize(("choice", "kind", "decision"), REQUESTS)
def test_a_request_rests_the_ladder_until_decided_and_climbs_itself(
    choice: Choice, kind: QuestionKind, decision: Choice
) -> None:
    paper = overdue()
    paper.answer(choice, HEAD, day=date(2026, 7, 30))
    assert paper.plan()[:2] == [
        f"2026-07-06 08:00 question_pressed {APPROVER}",
        f"2026-07-08 08:00 question_pressed {LEADERSHIP}",
    ]
    paper.until("2026-12-01 00:00")
    assert not paper.told(EventKind.ESCALATED)[1:]
    assert paper.told(EventKind.QUESTION_LISTED)
    paper.answer(decision, LEADERSHIP, question=paper.question(kind).id)
    assert nxt(paper) == f"2026-12-02 08:00 escalated {MONITOR}"


def test_an_extension_rests_the_ladder_and_lapses_unanswered() -> None:
    paper = overdue()
    paper.answer(Choice.EXTEND, HEAD, day=date(2026, 8, 28))
    assert paper.plan() == [
        f"2026-07-06 08:00 question_pressed {APPROVER}",
        f"2026-07-08 08:00 question_pressed {LEADERSHIP}",
        f"2026-07-15 08:00 question_pressed {LEADERSHIP}",
        f"2026-07-22 08:00 question_final {LEADERSHIP}",
        f"2026-07-29 08:00 question_lapsed {APPROVER},{LEADERSHIP}",
    ]
    assert paper.until("2026-07-29 08:00")[-1].kind is EventKind.EXTENSION_REFUSED
    assert nxt(paper) == f"2026-07-30 08:00 escalated {MONITOR}"


def test_a_refused_request_does_not_cut_a_commitment_short() -> None:
    paper = overdue()
    paper.answer(Choice.COMMIT, HEAD, day=date(2026, 7, 10))
    paper.act(Act.RAISE_OBSTACLE, OFFICER, "2026-07-02 09:00")
    paper.answer(Choice.REFUSE, APPROVER, "2026-07-03 09:00")
    assert nxt(paper) == f"2026-07-13 08:00 escalated {MONITOR}"


def test_not_ours_refused_asks_to_acknowledge_anew_and_not_at_once() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.act(Act.REFUSE, OFFICER)
    paper.answer(Choice.REFUSE, APPROVER, "2026-06-10 09:00")
    assert nxt(paper) == f"2026-06-12 08:00 acknowledgement_reminded {OFFICER}"


def test_an_answer_on_the_weekly_list_rests_it_once_and_the_list_goes_on() -> None:
    paper = overdue()
    paper.until("2026-09-03 08:00")
    assert paper.facts.climb.taken == 11
    paper.answer(Choice.COMMIT, LEADERSHIP, day=date(2026, 9, 7))
    paper.until("2026-09-30 00:00")
    assert paper.told(EventKind.LISTED) == [
        f"2026-{day} 08:00 listed {MONITOR}" for day in ("09-03", "09-08", "09-15", "09-22", "09-29")
    ]


def test_the_head_of_an_unacknowledged_overdue_task_may_still_commit() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.until("2026-07-01 08:00")
    assert Choice.COMMIT in paper.question(QuestionKind.ESCALATION).choices
    paper.answer(Choice.COMMIT, HEAD, day=date(2026, 7, 3))
    assert paper.facts.state is State.IN_PROGRESS


def test_a_report_stops_reminders_and_levels() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.report("2026-06-25 10:00")
    assert {mark.series for mark in paper.marks} == {"approval.2" if paper.facts.asked == 2 else "approval.1"}


def test_a_return_names_a_redo_date_and_the_ladder_begins_at_level_1() -> None:
    paper = overdue(level=3)
    paper.report("2026-07-08 09:00")
    event = paper.answer(Choice.RETURN, APPROVER, "2026-07-09 09:00")
    assert event.detail == {"day": "2026-07-14", "round": "1"}
    escalated = [line for line in paper.plan() if " escalated " in line]
    assert escalated[0] == f"2026-07-15 08:00 escalated {HEAD}"


def test_a_redo_date_is_never_before_the_deadline() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.report("2026-06-01 09:00")
    with pytest.raises(Refused) as caught:
        paper.answer(Choice.RETURN, APPROVER, day=date(2026, 6, 10))
    assert caught.value.reason is Reason.DATE_NOT_LATER
    assert paper.answer(Choice.RETURN, APPROVER).detail["day"] == "2026-06-30"


def test_returned_work_of_a_task_without_a_deadline_is_due_on_its_redo_date() -> None:
    paper = Paper(None)
    paper.report("2026-06-01 09:00")
    paper.answer(Choice.RETURN, APPROVER)
    assert paper.outlook.due is not None
    assert f"2026-06-05 08:00 escalated {HEAD}" in paper.plan()


def test_a_counter_offer_is_told_while_it_is_open_and_accepted_or_declined() -> None:
    for choice, kind in (
        (Choice.ACCEPT, EventKind.EXTENSION_GRANTED),
        (Choice.DECLINE, EventKind.COUNTER_DECLINED),
    ):
        paper = overdue()
        paper.answer(Choice.EXTEND, HEAD, day=date(2026, 7, 30))
        event = paper.answer(Choice.COUNTER, APPROVER, "2026-07-02 09:00", day=date(2026, 7, 15))
        assert event.question == paper.question(QuestionKind.COUNTER).id
        assert still_holds(event.kind, event.question, paper.facts.cycle, paper.facts)
        assert nxt(paper) == f"2026-07-07 08:00 question_pressed {OFFICER},{HEAD}"
        assert paper.answer(choice, HEAD).kind is kind
        assert paper.facts.extensions == (choice is Choice.ACCEPT)


def test_a_stage_passes_with_its_quorum_and_ends_when_it_cannot() -> None:
    route = (Stage(asks=(APPROVER, MONITOR), quorum=0), Stage(asks=(LEADERSHIP,)))
    paper = Paper(due_on("2026-06-30"), route=route)
    paper.report("2026-06-01 09:00")
    paper.answer(Choice.APPROVE, APPROVER)
    event = paper.answer(Choice.APPROVE, MONITOR, "2026-06-08 09:00")
    assert (event.kind, event.to) == (EventKind.VOTED, (LEADERSHIP,))
    assert nxt(paper) == f"2026-06-11 08:00 question_pressed {LEADERSHIP}"
    paper.answer(Choice.RETURN, LEADERSHIP)
    paper.report("2026-06-09 09:00")
    assert paper.answer(Choice.RETURN, MONITOR).kind is EventKind.RETURNED
