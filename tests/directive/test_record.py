"""What the register knows and whether a notice still holds."""

from datetime import date

from directive.event import EventKind
from directive.holds import still_holds
from directive.message import Act
from directive.question import Choice
from directive.record import belongs
from directive.task import Order
from tests.directive.builders import (
    APPROVER,
    ASSIGNER,
    HEAD,
    OFFICER,
    Paper,
    due_on,
    make_order,
    overdue,
    policy_with,
)


def test_a_mark_belongs_until_it_is_taken_and_to_its_own_deadline() -> None:
    paper = overdue()
    mark = paper.marks[0]
    assert belongs(paper.facts, mark)
    paper.act(Act.AMEND_DEADLINE, ASSIGNER, day=date(2026, 8, 31))
    assert not belongs(paper.facts, mark)


def test_the_review_of_an_earlier_suspension_does_not_belong_to_the_next() -> None:
    paper = overdue()
    paper.act(Act.SUSPEND, ASSIGNER)
    review = paper.marks[0]
    assert belongs(paper.facts, review)
    paper.act(Act.RESUME, ASSIGNER, "2026-07-03 09:00")
    assert not belongs(paper.facts, review)
    paper.act(Act.SUSPEND, ASSIGNER, "2026-07-06 09:00")
    assert not belongs(paper.facts, review)


def test_a_reminder_lapses_with_the_report_and_an_escalation_with_its_answer() -> None:
    paper = overdue()
    event = paper.events[-1]
    assert still_holds(event.kind, event.question, 1, paper.facts)
    paper.answer(Choice.COMMIT, HEAD, day=date(2026, 7, 3))
    assert not still_holds(event.kind, event.question, 1, paper.facts)
    assert still_holds(EventKind.REMINDED, "", 1, paper.facts)
    paper.report()
    assert not still_holds(EventKind.REMINDED, "", 1, paper.facts)
    asked = paper.events[-1]
    assert still_holds(asked.kind, asked.question, 1, paper.facts)
    paper.answer(Choice.RETURN, APPROVER)
    assert not still_holds(asked.kind, asked.question, 1, paper.facts)
    assert still_holds(EventKind.RETURNED, "", 1, paper.facts)


def test_what_the_settled_marks_are_is_kept_small() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.act(Act.ACKNOWLEDGE, OFFICER)
    paper.until("2029-12-31 00:00")
    assert len(paper.facts.settled) < 20


def test_tasks_of_one_office_hold_one_policy_and_never_anothers() -> None:
    """A policy is 30 KiB, and a worker keeps thousands of tasks; a name alone does not tell that two are the same."""
    order = make_order(policy=policy_with(version="một@1"))
    other = make_order(policy=policy_with(version="một@1", redo_days=9))
    first, again, apart = (Order.model_validate_json(one.model_dump_json()) for one in (order, order, other))
    assert first.policy is again.policy
    assert apart.policy.redo_days == 9
