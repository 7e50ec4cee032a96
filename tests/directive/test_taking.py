"""Taking marks: vacancies are skipped at once, an outage makes no burst, a fold never goes back."""

from directive.event import EventKind
from directive.message import Act
from directive.question import Choice, QuestionKind, Stage
from directive.record import Transition, belongs, fold
from directive.skipping import skip, skip_question
from directive.taking import take
from tests.directive.builders import (
    APPROVER,
    ASSIGNER,
    HEAD,
    LEADERSHIP,
    MONITOR,
    OFFICER,
    Paper,
    due_on,
    overdue,
)


def test_a_level_nobody_can_answer_is_skipped_at_once() -> None:
    paper = overdue(vacant=(HEAD,))
    assert paper.told(EventKind.ESCALATED) == [
        f"2026-07-01 08:00 escalated {HEAD}",
        f"2026-07-01 08:00 escalated {MONITOR}",
    ]
    assert paper.plan()[0] == f"2026-07-03 08:00 escalated {LEADERSHIP}"


def test_a_vacant_top_goes_on_the_list() -> None:
    paper = overdue(vacant=(HEAD, MONITOR, LEADERSHIP))
    assert paper.told(EventKind.LISTED) == [f"2026-07-01 08:00 listed {MONITOR}"]
    assert paper.plan() == [f"2026-07-08 08:00 listed {MONITOR}"]


def test_a_question_nobody_can_answer_asks_its_superiors_at_once() -> None:
    paper = Paper(due_on("2026-06-30"), vacant=(APPROVER,))
    paper.report("2026-06-01 09:00")
    paper.until("2026-06-01 09:00")
    assert LEADERSHIP in paper.question(QuestionKind.APPROVAL).asked


def test_an_outage_is_told_once_in_its_newest_form() -> None:
    paper = overdue()
    events = paper.outage_until("2026-07-15 10:00")
    kinds = [(event.kind, event.reason) for event in events]
    assert kinds == [
        (EventKind.SUPERSEDED, "c1.again.1"),
        (EventKind.SUPERSEDED, "c1.again.1"),
        (EventKind.ESCALATED_AGAIN, ""),
    ]
    assert paper.plan()[0] == f"2026-07-22 08:00 escalated_again {LEADERSHIP}"


def test_a_vacancy_that_is_told_late_does_not_take_a_ladder_back() -> None:
    paper = overdue()
    first = Paper(due_on("2026-06-30")).marks
    level_1 = next(mark for mark in first if mark.key == "c1.level.1")
    paper.until("2026-07-03 08:00")
    assert skip(paper.facts, level_1, paper.policy) is paper.facts


def test_a_vacancy_of_one_stage_does_not_skip_the_next() -> None:
    paper = Paper(due_on("2026-06-30"), route=(Stage(asks=(APPROVER,)), Stage(asks=(LEADERSHIP,))))
    event = paper.report("2026-06-01 09:00")
    pressed = paper.marks[0]
    paper.until(pressed.at)
    paper.answer(Choice.APPROVE, APPROVER)
    assert skip(paper.facts, pressed, paper.policy) is paper.facts
    assert skip_question(paper.facts, event.question, event.at) is paper.facts


def test_a_mark_of_a_question_is_not_known_again_after_an_amendment() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.report("2026-06-01 09:00")
    pressed = paper.marks[0]
    paper.until(pressed.at)
    paper.act(Act.AMEND_DEADLINE, ASSIGNER, day=due_on("2026-07-30").day)
    assert pressed.key not in paper.facts.settled
    assert not belongs(paper.facts, pressed)


def test_a_fold_takes_what_the_register_knows_in_any_order_once() -> None:
    paper = overdue()
    ahead = paper.marks[:2]
    nothing = Transition(facts=paper.facts, events=(), at=paper.now)
    there = fold(paper.facts, nothing, (), ahead, paper.policy)
    back = fold(paper.facts, nothing, (), ahead[::-1], paper.policy)
    assert there.climb == back.climb
    assert fold(there, nothing, (), ahead, paper.policy) == there


def test_a_fold_is_the_same_for_register_and_workflow() -> None:
    paper = overdue()
    mark = paper.marks[0]
    facts, events = take(paper.facts, (mark,), mark.at, paper.policy)
    transition = Transition(facts=facts, events=events, taken=(mark,), at=mark.at)
    again = Transition.model_validate_json(transition.model_dump_json())
    here = fold(facts, transition, (mark.key,), (), paper.policy)
    assert fold(again.facts, again, (mark.key,), (), paper.policy) == here


def test_an_acknowledgement_after_the_escalation_withdraws_the_question() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.until("2026-06-04 08:00")
    assert paper.question(QuestionKind.ESCALATION).asked == (HEAD,)
    paper.act(Act.ACKNOWLEDGE, OFFICER)
    assert not paper.facts.questions
