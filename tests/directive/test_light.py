"""Light and official outcome."""

import pytest

from directive.light import Light, LightKind, Outcome, light, outcome
from directive.message import Act
from directive.question import Choice
from tests.directive.builders import APPROVER, CALENDAR, OFFICER, Paper, due_on, local


@pytest.mark.parametrize(
    ("now", "kind", "days"),
    [
        ("2026-06-24 09:00", LightKind.IN_TIME, 4),
        ("2026-06-25 09:00", LightKind.DUE_SOON, 3),
        ("2026-06-30 23:59", LightKind.DUE_SOON, 0),
        ("2026-07-01 00:00", LightKind.DUE_SOON, 0),
        ("2026-07-01 00:01", LightKind.OVERDUE, 1),
        ("2026-07-10 09:00", LightKind.OVERDUE, 10),
    ],
)
def test_the_light_of_a_running_task(now: str, kind: LightKind, days: int) -> None:
    paper = Paper(due_on("2026-06-30"))
    assert light(paper.facts, paper.policy, CALENDAR, local(now)) == Light(kind=kind, days=days)


def test_on_time_is_what_was_handed_in_by_the_deadline_and_the_approver_may_be_late() -> None:
    for at, wanted in [
        ("2026-06-30 23:59", Outcome.COMPLETED_ON_TIME),
        ("2026-07-01 00:01", Outcome.COMPLETED_LATE),
    ]:
        paper = Paper(due_on("2026-06-30"))
        paper.act(Act.ACKNOWLEDGE, OFFICER)
        paper.report(at)
        event = paper.answer(Choice.APPROVE, APPROVER, "2026-07-20 09:00")
        assert outcome(paper.facts, CALENDAR, paper.now) is wanted
        assert event.detail["outcome"] == wanted


def test_returned_work_is_on_time_by_its_redo_date() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.report("2026-06-30 10:00")
    paper.answer(Choice.RETURN, APPROVER, "2026-07-06 09:00")
    paper.report("2026-07-09 23:00")
    paper.answer(Choice.APPROVE, APPROVER, "2026-07-13 09:00")
    assert outcome(paper.facts, CALENDAR, paper.now) is Outcome.COMPLETED_ON_TIME


def test_a_task_without_a_deadline_runs_and_ends_in_time() -> None:
    paper = Paper(None)
    assert light(paper.facts, paper.policy, CALENDAR, paper.now).kind is LightKind.NO_DEADLINE
    paper.report("2026-12-01 09:00")
    paper.answer(Choice.APPROVE, APPROVER)
    assert outcome(paper.facts, CALENDAR, paper.now) is Outcome.COMPLETED_ON_TIME
