"""What was counted or asked before somebody decided does not undo the decision, nor decide for whoever asked."""

from datetime import date

import pytest

from directive.due import Due, end_of_day
from directive.message import Act
from directive.question import Choice
from directive.refusal import Reason, Refused
from tests.directive.builders import APPROVER, ASSIGNER, HEAD, MONITOR, Paper, due_on


def running() -> Paper:
    """A task of a unit, due on 30/6/2026."""
    return Paper(due=due_on("2026-06-30"))


def test_a_deadline_counted_before_an_extension_was_granted_does_not_take_it_back() -> None:
    paper = running()
    counted = paper.facts.due
    assert counted
    paper.act(Act.REQUEST_EXTENSION, HEAD, "2026-06-10 09:00", day=date(2026, 8, 20), reason="Chờ số liệu")
    paper.answer(Choice.GRANT, APPROVER, "2026-06-10 10:00")
    stale = Due(day=date(2026, 7, 2), instant=end_of_day(date(2026, 7, 2)), worded=counted.worded)
    with pytest.raises(Refused) as caught:
        paper.act(Act.REPLAN, MONITOR, "2026-06-10 11:00", calendar="vn-bao", due=stale, reason="Nghỉ bão")
    assert caught.value.reason is Reason.DECIDED_SINCE
    assert paper.facts.due
    assert paper.facts.due.day == date(2026, 8, 20)


def test_who_asks_for_an_extension_does_not_amend_the_deadline_instead() -> None:
    paper = running()
    later = date(2026, 7, 20)
    paper.act(
        Act.REQUEST_EXTENSION, HEAD, "2026-06-10 09:00", actor="p-both", day=later, reason="Chờ số liệu"
    )
    with pytest.raises(Refused) as caught:
        paper.act(
            Act.AMEND_DEADLINE, ASSIGNER, "2026-06-10 10:00", actor="p-both", day=later, reason="Điều chỉnh"
        )
    assert caught.value.reason is Reason.OWN_REPORT
    paper.act(Act.AMEND_DEADLINE, ASSIGNER, "2026-06-10 10:00", day=later, reason="Điều chỉnh")
