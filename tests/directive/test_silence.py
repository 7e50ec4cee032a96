"""Silence, asking for more and refusing, on paper: what they decide, and that all of it ends."""

from datetime import date
from typing import Any

import pytest

from directive.event import EventKind
from directive.mark import read_mark, written_mark
from directive.message import Act, Evidence
from directive.policy import Policy
from directive.question import Choice, QuestionKind, Stage
from directive.record import Transition, belongs, fold
from directive.refusal import Reason, Refused
from directive.roles import Part
from directive.taking import take
from directive.task import Recurrence, State
from tests.directive.builders import (
    APPROVER,
    HEAD,
    LEADERSHIP,
    MONITOR,
    OFFICER,
    Paper,
    due_on,
    overdue,
    policy_with,
    said,
    standard_policy,
)


def deciding(kind: QuestionKind, choice: Choice, after: int = 8, **more: object) -> Policy:
    """The standard policy, but that silence decides this kind so."""
    questions = {one: rules.model_dump() for one, rules in standard_policy().questions.items()}
    questions[kind] = {**questions[kind], "decide": {"after": after, "choice": choice}, **more}
    return policy_with(questions=questions)


def refused(why: Reason, paper: Paper, /, *args: Any, **said_: Any) -> None:
    before = paper.facts
    with pytest.raises(Refused) as caught:
        paper.act(*args, **said_)
    assert caught.value.reason is why
    assert paper.facts is before


# --- silence ------------------------------------------------------------------------------------------------------


def test_without_a_rule_silence_never_decides() -> None:
    for kind in (QuestionKind.APPROVAL, QuestionKind.OBSTACLE, QuestionKind.NOT_OURS):
        assert standard_policy().questions[kind].decide is None
    paper = Paper(due_on("2026-06-30"))
    paper.report("2026-06-25 10:00")
    paper.until("2028-06-25 10:00")
    assert paper.facts.state is State.REPORTED


@pytest.mark.parametrize(
    ("choice", "kind", "state"),
    [
        (Choice.APPROVE, EventKind.APPROVED, State.COMPLETED),
        (Choice.REFUSE, EventKind.REPORT_REFUSED, State.IN_PROGRESS),
    ],
)
def test_a_report_is_decided_by_silence_where_the_policy_says_so(
    choice: Choice, kind: EventKind, state: State
) -> None:
    paper = Paper(due_on("2026-06-30"), policy=deciding(QuestionKind.APPROVAL, choice))
    paper.report("2026-06-25 10:00")
    assert paper.plan()[-1] == f"2026-07-07 08:00 question_lapsed {APPROVER},{LEADERSHIP}"
    lapsed, decision = paper.until("2026-07-07 08:00")[-2:]
    assert lapsed.kind is EventKind.QUESTION_LAPSED
    assert lapsed.detail == {"choice": choice, "rule": "standard@1"}
    assert decision.kind is kind
    assert decision.detail["rule"] == "standard@1"
    assert lapsed.actor == decision.actor == ""
    assert decision.question == lapsed.question == "approval.2"
    assert paper.facts.state is state


@pytest.mark.parametrize(
    ("ask", "kind", "choice", "event"),
    [
        (Choice.EXTEND, QuestionKind.EXTENSION, Choice.GRANT, EventKind.EXTENSION_GRANTED),
        (Choice.EXTEND, QuestionKind.EXTENSION, Choice.REFUSE, EventKind.EXTENSION_REFUSED),
        (Choice.OBSTACLE, QuestionKind.OBSTACLE, Choice.RESOLVE, EventKind.OBSTACLE_RESOLVED),
        (Choice.OBSTACLE, QuestionKind.OBSTACLE, Choice.REFUSE, EventKind.OBSTACLE_REFUSED),
        (Choice.NOT_OURS, QuestionKind.NOT_OURS, Choice.AGREE, EventKind.NOT_OURS_AGREED),
        (Choice.NOT_OURS, QuestionKind.NOT_OURS, Choice.REFUSE, EventKind.NOT_OURS_REFUSED),
    ],
)
def test_a_request_is_decided_by_silence_as_the_policy_says(
    ask: Choice, kind: QuestionKind, choice: Choice, event: EventKind
) -> None:
    paper = overdue(policy=deciding(kind, choice))
    paper.answer(ask, HEAD, day=date(2026, 7, 30))
    assert paper.until("2026-07-13 08:00")[-1].kind is event
    assert not paper.facts.questions
    if event is EventKind.EXTENSION_GRANTED:
        assert paper.facts.due == paper.outlook.due
        assert paper.facts.due is not None
        assert (paper.facts.due.day, paper.facts.extensions) == (date(2026, 7, 30), 1)
    elif not paper.facts.closed:
        assert paper.plan()[0].startswith("2026-07-14 08:00 escalated")


@pytest.mark.parametrize(
    ("choice", "event"),
    [(Choice.ACCEPT, EventKind.EXTENSION_GRANTED), (Choice.DECLINE, EventKind.COUNTER_DECLINED)],
)
def test_a_counter_offer_that_is_not_answered_lapses(choice: Choice, event: EventKind) -> None:
    paper = overdue(policy=deciding(QuestionKind.COUNTER, choice))
    paper.answer(Choice.EXTEND, HEAD, day=date(2026, 8, 30))
    paper.answer(Choice.COUNTER, APPROVER, "2026-07-02 09:00", day=date(2026, 7, 30))
    assert paper.until("2026-07-14 08:00")[-1].kind is event


def test_a_date_that_has_passed_by_then_is_not_granted_by_silence() -> None:
    paper = overdue(policy=deciding(QuestionKind.EXTENSION, Choice.GRANT))
    paper.answer(Choice.EXTEND, HEAD, day=date(2026, 7, 10))
    assert paper.until("2026-07-13 08:00")[-1].kind is EventKind.EXTENSION_REFUSED


def test_silence_asks_the_next_stage_where_there_is_one() -> None:
    route = (Stage(asks=(APPROVER,)), Stage(asks=(MONITOR,)))
    policy = deciding(QuestionKind.APPROVAL, Choice.APPROVE)
    paper = Paper(due_on("2026-06-30"), policy=policy, route=route)
    paper.report("2026-06-25 10:00")
    lapsed, onward = paper.until("2026-07-07 08:00")[-2:]
    assert (lapsed.kind, onward.kind, onward.to) == (EventKind.QUESTION_LAPSED, EventKind.VOTED, (MONITOR,))
    assert not paper.facts.closed
    paper.until("2026-07-17 08:00")
    assert paper.facts.state is State.COMPLETED


def test_a_period_approved_by_silence_is_followed_by_the_next() -> None:
    monthly = Recurrence(rrule="FREQ=MONTHLY;BYMONTHDAY=25", start=date(2026, 6, 1))
    policy = deciding(QuestionKind.APPROVAL, Choice.APPROVE)
    paper = Paper(due_on("2026-06-25"), policy=policy, recurrence=monthly)
    paper.report("2026-06-24 10:00")
    paper.until("2026-07-06 08:00")
    assert (paper.facts.period, paper.facts.state) == (2, State.IN_PROGRESS)
    assert paper.facts.due is not None
    assert paper.facts.due.day == date(2026, 7, 25)


def test_an_outage_puts_the_decision_off_until_those_asked_were_pressed() -> None:
    paper = overdue(policy=deciding(QuestionKind.EXTENSION, Choice.REFUSE))
    paper.answer(Choice.EXTEND, HEAD, day=date(2026, 7, 30))
    events = paper.outage_until("2026-07-20 09:00")
    assert [one.kind for one in events] == [EventKind.SUPERSEDED, EventKind.QUESTION_PRESSED]
    assert paper.plan()[0] == f"2026-07-23 08:00 question_lapsed {APPROVER},{LEADERSHIP}"


def test_where_nobody_could_be_asked_silence_decides_nothing() -> None:
    policy = deciding(QuestionKind.APPROVAL, Choice.APPROVE)
    paper = Paper(due_on("2026-06-30"), policy=policy, vacant=(APPROVER, LEADERSHIP))
    paper.report("2026-06-25 10:00")
    paper.until("2026-12-31 10:00")
    assert paper.facts.state is State.REPORTED
    assert paper.told(EventKind.QUESTION_LISTED)


def test_a_vacant_superior_brings_the_decision_no_nearer() -> None:
    policy = deciding(QuestionKind.EXTENSION, Choice.REFUSE, after=20)
    paper = overdue(policy=policy, vacant=(LEADERSHIP,))
    paper.answer(Choice.EXTEND, HEAD, day=date(2026, 9, 30))
    paper.until("2026-07-08 08:00")
    assert paper.plan() == [f"2026-07-29 08:00 question_lapsed {APPROVER},{LEADERSHIP}"]


def test_the_register_and_the_task_decide_alike_what_the_engine_forgot() -> None:
    paper = overdue(policy=deciding(QuestionKind.EXTENSION, Choice.GRANT))
    paper.answer(Choice.EXTEND, HEAD, day=date(2026, 7, 30))
    paper.until("2026-07-08 08:00")
    before, (mark,) = paper.facts, paper.marks
    recorded, _ = take(before, (mark,), mark.at, paper.policy)
    known = read_mark(written_mark(mark))
    assert belongs(before, known)
    forgot = Transition(facts=before, events=(), at=mark.at)
    assert fold(before, forgot, (), (known,), paper.policy) == recorded
    assert not belongs(recorded, known)


# --- asking for more ----------------------------------------------------------------------------------------------


def test_more_is_asked_for_without_deciding_and_the_time_begins_anew() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.report("2026-06-25 10:00")
    asked = paper.answer(Choice.ASK_MORE, APPROVER, "2026-06-29 09:00")
    assert (asked.kind, asked.to, asked.urgent) == (EventKind.MORE_ASKED, (OFFICER, HEAD), True)
    assert paper.facts.state is State.REPORTED
    assert paper.plan()[0] == f"2026-07-02 08:00 question_pressed {APPROVER}"
    given = paper.act(
        Act.PROGRESS,
        OFFICER,
        "2026-07-01 09:00",
        text="Đã bổ sung",
        evidence=(Evidence(name="a", where="b"),),
    )
    assert (given.kind, given.to) == (EventKind.MORE_GIVEN, (APPROVER,))
    assert paper.facts.report is not None
    assert [one.name for one in paper.facts.report.evidence] == ["a"]
    assert paper.plan()[0] == f"2026-07-06 08:00 question_pressed {APPROVER}"
    assert paper.answer(Choice.APPROVE, APPROVER).detail["outcome"] == "completed_on_time"


def test_more_is_asked_for_so_many_times_a_stage_and_with_a_reason() -> None:
    paper = Paper(due_on("2026-06-30"), route=(Stage(asks=(APPROVER,)), Stage(asks=(LEADERSHIP,))))
    paper.report("2026-06-25 10:00")
    ask = {"choice": Choice.ASK_MORE}
    refused(Reason.REASON_MISSING, paper, Act.ANSWER, APPROVER, **ask, reason=" ")
    for _ in range(2):
        paper.act(Act.ANSWER, APPROVER, **ask)
    refused(Reason.TOO_OFTEN, paper, Act.ANSWER, APPROVER, **ask)
    paper.answer(Choice.APPROVE, APPROVER)
    assert paper.answer(Choice.ASK_MORE, LEADERSHIP).kind is EventKind.MORE_ASKED


def test_a_report_that_waits_takes_nothing_that_was_not_asked_for() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.report("2026-06-25 10:00")
    refused(Reason.WRONG_STATE, paper, Act.PROGRESS, OFFICER, text="thêm")
    paper.answer(Choice.ASK_MORE, APPROVER)
    refused(Reason.NOTHING_HANDED_IN, paper, Act.PROGRESS, OFFICER, text=" ")
    paper.act(Act.PROGRESS, OFFICER, text="thêm")
    refused(Reason.WRONG_STATE, paper, Act.PROGRESS, OFFICER, text="thêm nữa")


def test_more_is_asked_about_every_request_and_votes_stand() -> None:
    paper = overdue()
    paper.act(Act.RAISE_OBSTACLE, OFFICER)
    paper.answer(Choice.ASK_MORE, APPROVER)
    assert paper.act(Act.PROGRESS, HEAD, text="chi tiết").kind is EventKind.MORE_GIVEN
    assert paper.answer(Choice.RESOLVE, APPROVER).kind is EventKind.OBSTACLE_RESOLVED
    paper = Paper(due_on("2026-06-30"), route=(Stage(asks=(APPROVER, MONITOR), quorum=0),))
    paper.report("2026-06-25 10:00")
    paper.answer(Choice.APPROVE, APPROVER)
    paper.answer(Choice.ASK_MORE, MONITOR)
    refused(Reason.ALREADY_VOTED, paper, Act.ANSWER, APPROVER, choice=Choice.ASK_MORE)
    assert paper.answer(Choice.APPROVE, MONITOR).kind is EventKind.APPROVED


def test_whoever_supplied_more_does_not_decide() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.report("2026-06-25 10:00")
    paper.answer(Choice.ASK_MORE, APPROVER)
    paper.act(Act.PROGRESS, HEAD, text="thêm", actor="p-both")
    refused(Reason.OWN_REPORT, paper, Act.ANSWER, APPROVER, choice=Choice.APPROVE, actor="p-both")


# --- refusing -----------------------------------------------------------------------------------------------------


def test_a_refused_report_keeps_its_deadline_and_the_ladder_goes_on_the_next_working_day() -> None:
    paper = overdue(level=2)
    paper.report("2026-07-03 09:00")
    event = paper.answer(Choice.REFUSE, APPROVER, "2026-07-07 09:00")
    assert (event.kind, event.detail) == (EventKind.REPORT_REFUSED, {})
    assert paper.facts.state is State.IN_PROGRESS
    assert paper.facts.redo is None
    assert paper.outlook.due == paper.facts.due
    assert paper.plan()[0] == f"2026-07-08 08:00 escalated {LEADERSHIP}"
    assert (paper.report("2026-07-08 07:00").kind, paper.facts.rounds) == (EventKind.REPORTED, 0)


def test_no_reminder_of_the_time_of_waiting_is_sent_after_a_refusal() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.report("2026-06-22 10:00")
    paper.answer(Choice.REFUSE, APPROVER, "2026-06-26 10:00")
    assert [said(mark.at) for mark in paper.marks][:2] == ["2026-06-29 08:00", "2026-06-30 08:00"]


# --- who decides --------------------------------------------------------------------------------------------------


def test_who_typed_a_report_in_does_not_decide_on_it_but_may_type_the_decision_in() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.report("2026-06-25 10:00", typed_by="p-admin")
    answer = (Act.ANSWER, APPROVER)
    refused(Reason.OWN_REPORT, paper, *answer, choice=Choice.APPROVE, actor="p-admin")
    refused(Reason.OWN_REPORT, paper, *answer, choice=Choice.APPROVE, actor="p-2", on_behalf_of="p-admin")
    assert paper.act(*answer, choice=Choice.APPROVE, typed_by="p-admin").kind is EventKind.APPROVED


def test_one_person_does_not_fill_the_quorum_of_two_roles() -> None:
    route = (Stage(asks=(APPROVER, MONITOR, LEADERSHIP), quorum=2),)
    for first, second in (
        ({"actor": "p-1"}, {"actor": "p-1"}),
        ({"actor": "p-1", "on_behalf_of": "p-away"}, {"actor": "p-1"}),
        ({"actor": "p-1", "on_behalf_of": "p-away"}, {"actor": "p-away"}),
        ({"actor": "p-1"}, {"actor": "p-2", "on_behalf_of": "p-1"}),
    ):
        paper = Paper(due_on("2026-06-30"), route=route)
        paper.report("2026-06-25 10:00")
        paper.act(Act.ANSWER, APPROVER, choice=Choice.APPROVE, **first)
        refused(Reason.ALREADY_VOTED, paper, Act.ANSWER, MONITOR, choice=Choice.APPROVE, **second)
        assert paper.act(Act.ANSWER, MONITOR, choice=Choice.APPROVE, actor="p-3").kind is EventKind.APPROVED


def test_a_superior_who_is_asked_on_silence_decides_alone_though_they_have_voted() -> None:
    paper = Paper(due_on("2026-06-30"), route=(Stage(asks=(APPROVER, MONITOR), quorum=0),))
    paper.report("2026-06-25 10:00")
    paper.act(Act.ANSWER, APPROVER, choice=Choice.APPROVE, actor="p-leadership")
    paper.until("2026-07-02 09:00")
    assert paper.answer(Choice.APPROVE, LEADERSHIP).kind is EventKind.APPROVED
    assert standard_policy().questions[QuestionKind.APPROVAL].silence.levels[1].ask == (Part.LEADERSHIP,)
