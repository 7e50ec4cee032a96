"""The one table of moves: role × act × state, the instants of messages, and who may decide."""

from datetime import date, timedelta
from typing import Any

import pytest

from directive.event import EventKind
from directive.message import Act
from directive.moves import MOVES, SKEW
from directive.question import Choice, QuestionKind, Stage
from directive.refusal import Reason, Refused
from directive.task import State
from tests.directive.builders import (
    APPROVER,
    ASSIGNER,
    HEAD,
    LEADERSHIP,
    MONITOR,
    OFFICER,
    WHO,
    Paper,
    due_on,
    overdue,
)

ROLES = (OFFICER, HEAD, APPROVER, LEADERSHIP, ASSIGNER, MONITOR)
UNIT, ASSIGNING = {OFFICER, HEAD}, {ASSIGNER, LEADERSHIP}
WORKING, OPEN = {"assigned", "in_progress"}, {"assigned", "in_progress", "reported", "suspended"}
ALLOWED: dict[Act, tuple[set[str], set[str]]] = {
    Act.ACKNOWLEDGE: ({"assigned"}, UNIT),
    Act.REFUSE: (WORKING, UNIT),
    Act.PROGRESS: (WORKING, UNIT),
    Act.REPORT: (WORKING, UNIT),
    Act.REQUEST_EXTENSION: (WORKING, UNIT),
    Act.RAISE_OBSTACLE: (WORKING, UNIT),
    Act.REASSIGN: (WORKING, {HEAD} | ASSIGNING),
    Act.AMEND_DEADLINE: (OPEN, ASSIGNING),
    Act.SUSPEND: (OPEN - {"suspended"}, ASSIGNING),
    Act.RESUME: ({"suspended"}, ASSIGNING),
    Act.WITHDRAW: (OPEN, ASSIGNING),
    Act.NUDGE: (WORKING, ASSIGNING | {MONITOR}),
    Act.REPLAN: (OPEN, ASSIGNING | {MONITOR}),
}


def in_state(state: State) -> Paper:
    paper = Paper(due_on("2026-06-30"))
    if state is State.ASSIGNED:
        return paper
    paper.act(Act.ACKNOWLEDGE, OFFICER)
    match state:
        case State.REPORTED:
            paper.report()
        case State.COMPLETED:
            paper.report()
            paper.answer(Choice.APPROVE, APPROVER)
        case State.SUSPENDED:
            paper.act(Act.SUSPEND, ASSIGNER)
        case State.WITHDRAWN:
            paper.act(Act.WITHDRAW, ASSIGNER)
        case _:
            pass
    return paper


@pytest.mark.parametrize("state", sorted(set(State) - {State.REFUSED}))  # only a stand-alone approval ends so
@pytest.mark.parametrize("act", ALLOWED)
def test_each_act_is_done_by_its_roles_in_its_states_and_refused_elsewhere(act: Act, state: State) -> None:
    states, roles = ALLOWED[act]
    for role in ROLES:
        paper = in_state(state)
        assert paper.facts.state is state
        day = None if act is Act.RESUME else date(2026, 7, 20)
        said: dict[str, Any] = {"text": "đã làm", "day": day, "person": "p-2", "calendar": "vn-other"}
        if state in (State.COMPLETED, State.WITHDRAWN):
            refused(Reason.CLOSED, paper, act, role, **said)
        elif (act, state) == (Act.PROGRESS, State.REPORTED) and role not in roles:
            refused(Reason.WRONG_ROLE, paper, act, role, **said)  # its unit may, once more is asked for
        elif state not in states:
            refused(Reason.WRONG_STATE, paper, act, role, **said)
        elif role not in roles:
            refused(Reason.WRONG_ROLE, paper, act, role, **said)
        else:
            paper.act(act, role, **said)


def test_every_act_has_a_row() -> None:
    assert set(MOVES) == set(Act) == {*ALLOWED, Act.ANSWER}


def refused(reason: Reason, paper: Paper, act: Act, role: str, /, at: str | None = None, **said: Any) -> None:
    if at:
        paper.until(at)
    before = paper.facts
    with pytest.raises(Refused) as caught:
        paper.act(act, role, **said)
    assert caught.value.reason is reason
    assert paper.facts is before


def test_a_message_from_the_future_is_refused_and_small_skew_set_right() -> None:
    paper = Paper(due_on("2026-06-30"))
    ahead = paper.now + SKEW + timedelta(seconds=1)
    refused(Reason.IN_THE_FUTURE, paper, Act.ACKNOWLEDGE, OFFICER, door=ahead)
    event = paper.act(Act.ACKNOWLEDGE, OFFICER, door=paper.now + SKEW)
    assert event.at == paper.now


def test_a_message_before_the_last_event_is_refused_and_small_skew_set_right() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.act(Act.ACKNOWLEDGE, OFFICER, "2026-05-29 10:00")
    last = paper.now
    paper.now = last + timedelta(hours=1)
    refused(
        Reason.BEFORE_LAST_EVENT,
        paper,
        Act.REPORT,
        OFFICER,
        text="x",
        door=last - SKEW - timedelta(seconds=1),
    )
    event = paper.act(Act.REPORT, OFFICER, text="x", door=last - SKEW)
    assert event.at == last


def test_a_report_is_handed_in_at_the_door_not_when_the_engine_hears_of_it() -> None:
    paper = in_state(State.IN_PROGRESS)
    paper.until("2026-06-30 23:50")
    door = paper.now
    paper.now += timedelta(hours=5)
    paper.report(door=door)
    assert paper.facts.report is not None
    assert paper.facts.report.at == door


def test_a_report_needs_something_handed_in() -> None:
    refused(Reason.NOTHING_HANDED_IN, in_state(State.IN_PROGRESS), Act.REPORT, OFFICER, text="  ")


@pytest.mark.parametrize(
    "act", [Act.REFUSE, Act.RAISE_OBSTACLE, Act.AMEND_DEADLINE, Act.SUSPEND, Act.WITHDRAW, Act.REPLAN]
)
def test_decisions_need_a_reason(act: Act) -> None:
    role = OFFICER if OFFICER in ALLOWED[act][1] else ASSIGNER
    refused(Reason.REASON_MISSING, Paper(due_on("2026-06-30")), act, role, reason=" ", day=date(2026, 7, 9))


SELF = [
    {"actor": "p-officer"},
    {"actor": "p-other", "on_behalf_of": "p-officer"},
    {"actor": "p-other", "typed_by": "p-officer"},
    {"actor": "p-absent"},
    {"actor": "p-other", "on_behalf_of": "p-absent"},
    {"actor": "p-other", "typed_by": "p-absent"},
]
REQUESTS = [
    (Act.REPORT, QuestionKind.APPROVAL),
    (Act.REQUEST_EXTENSION, QuestionKind.EXTENSION),
    (Act.RAISE_OBSTACLE, QuestionKind.OBSTACLE),
    (Act.REFUSE, QuestionKind.NOT_OURS),
]


@pytest.mark.parametrize("deciding", SELF)
@pytest.mark.parametrize(("act", "kind"), REQUESTS)
def test_nobody_decides_on_their_own_report_or_request(
    act: Act, kind: QuestionKind, deciding: dict[str, str]
) -> None:
    for choice in (0, 1):
        paper = Paper(due_on("2026-06-30"))
        paper.act(act, OFFICER, text="x", day=date(2026, 7, 9), on_behalf_of="p-absent")
        chosen = paper.question(kind).choices[choice]
        refused(Reason.OWN_REPORT, paper, Act.ANSWER, APPROVER, choice=chosen, **deciding)
        paper.answer(chosen, APPROVER)


def test_a_superior_who_was_asked_on_silence_cannot_be_the_requester_either() -> None:
    paper = Paper(due_on("2026-07-30"))
    paper.report("2026-06-01 09:00", actor=WHO[LEADERSHIP])
    paper.until("2026-06-08 08:00")
    assert LEADERSHIP in paper.question(QuestionKind.APPROVAL).asked
    refused(Reason.OWN_REPORT, paper, Act.ANSWER, LEADERSHIP, choice=Choice.APPROVE)


def test_only_who_was_asked_may_answer_and_only_what_was_asked() -> None:
    paper = in_state(State.REPORTED)
    asked = paper.question(QuestionKind.APPROVAL).id
    refused(Reason.NOT_ASKED, paper, Act.ANSWER, HEAD, choice=Choice.APPROVE, question=asked)
    refused(Reason.WRONG_CHOICE, paper, Act.ANSWER, APPROVER, choice=Choice.GRANT, question=asked)
    refused(Reason.WRONG_CHOICE, paper, Act.ANSWER, APPROVER, question=asked)
    refused(Reason.NO_QUESTION, paper, Act.ANSWER, APPROVER, choice=Choice.APPROVE, question="approval.9")
    refused(Reason.REASON_MISSING, paper, Act.ANSWER, APPROVER, choice=Choice.RETURN, reason="")


def test_a_role_votes_once_in_a_stage() -> None:
    route = (Stage(asks=(APPROVER, MONITOR, LEADERSHIP), quorum=2),)
    paper = Paper(due_on("2026-06-30"), route=route)
    paper.report()
    paper.answer(Choice.APPROVE, APPROVER)
    refused(
        Reason.ALREADY_VOTED, paper, Act.ANSWER, APPROVER, choice=Choice.APPROVE, actor="p-second-approver"
    )
    paper.answer(Choice.APPROVE, MONITOR)
    assert paper.facts.state is State.COMPLETED


def test_nudges_are_numbered_and_throttled_by_working_days() -> None:
    paper = in_state(State.IN_PROGRESS)
    assert paper.act(Act.NUDGE, ASSIGNER).detail["number"] == "1"
    refused(Reason.TOO_SOON, paper, Act.NUDGE, ASSIGNER, at="2026-05-31 09:00")
    assert paper.act(Act.NUDGE, MONITOR, "2026-06-01 09:00").detail["number"] == "2"


def test_a_long_gap_between_nudges_counts_working_days_across_a_weekend() -> None:
    policy = Paper(None).policy.model_copy(update={"nudge_gap": 3})
    paper = Paper(due_on("2026-07-30"), policy=policy)
    paper.act(Act.NUDGE, ASSIGNER)  # Friday
    paper.act(Act.PROGRESS, OFFICER, "2026-06-01 09:00", text="x")
    refused(Reason.TOO_SOON, paper, Act.NUDGE, ASSIGNER, at="2026-06-02 09:00")
    paper.act(Act.NUDGE, ASSIGNER, "2026-06-03 09:00")


def test_an_amendment_moves_every_mark_and_keeps_the_original_deadline() -> None:
    paper = overdue()
    paper.act(Act.AMEND_DEADLINE, ASSIGNER, day=date(2026, 7, 31))
    fresh = Paper(due_on("2026-07-31"), at="2026-07-01 08:00")
    fresh.act(Act.ACKNOWLEDGE, OFFICER)
    assert paper.plan() == fresh.plan()
    assert paper.facts.original_due == due_on("2026-06-30")
    refused(Reason.DATE_PAST, paper, Act.AMEND_DEADLINE, ASSIGNER, day=date(2026, 6, 1))
    refused(Reason.NOTHING_CHANGES, paper, Act.AMEND_DEADLINE, ASSIGNER, day=date(2026, 7, 31))


def test_an_unacknowledged_task_under_a_new_deadline_is_asked_anew_and_not_for_the_past() -> None:
    paper = Paper(due_on("2026-05-20"))
    paper.act(Act.AMEND_DEADLINE, ASSIGNER, "2026-06-22 09:00", day=date(2026, 7, 31))
    assert paper.plan()[0] == f"2026-06-24 08:00 acknowledgement_reminded {OFFICER}"


def test_an_extension_is_counted_and_keeps_the_original() -> None:
    paper = Paper(due_on("2026-06-30"))
    for month, times in ((7, 1), (8, 2), (9, 3)):
        paper.act(Act.REQUEST_EXTENSION, HEAD, day=date(2026, month, 30))
        event = paper.answer(Choice.GRANT, APPROVER)
        assert (event.kind, event.detail["count"]) == (EventKind.EXTENSION_GRANTED, str(times))
    assert paper.facts.original_due == due_on("2026-06-30")
    refused(Reason.TOO_OFTEN, paper, Act.REQUEST_EXTENSION, HEAD, day=date(2026, 10, 30))


def test_an_extension_asks_for_a_later_day_once_at_a_time() -> None:
    paper = Paper(due_on("2026-06-30"))
    refused(Reason.DATE_MISSING, paper, Act.REQUEST_EXTENSION, HEAD)
    refused(Reason.DATE_NOT_LATER, paper, Act.REQUEST_EXTENSION, HEAD, day=date(2026, 6, 30))
    refused(Reason.NO_DEADLINE, Paper(None), Act.REQUEST_EXTENSION, HEAD, day=date(2026, 6, 30))
    paper.act(Act.REQUEST_EXTENSION, HEAD, day=date(2026, 7, 1))
    refused(Reason.REQUEST_OPEN, paper, Act.REQUEST_EXTENSION, OFFICER, day=date(2026, 7, 5))
