"""Nudges: numbered together, reminders throttled, criticism and reviews only as decisions with their document."""

from datetime import date
from typing import Any

import pytest

from directive.message import Act, Document, Grade
from directive.refusal import Reason, Refused
from tests.directive.builders import APPROVER, ASSIGNER, HEAD, LEADERSHIP, MONITOR, OFFICER, Paper, due_on

DECISIONS = (Grade.CRITICISM, Grade.REVIEW)
LETTER = Document(number="12-TB/ĐU", dated=date(2026, 7, 10))


def paper(at: str = "2026-07-10 09:00") -> Paper:
    made = Paper(due_on("2026-07-31"))
    made.until(at)
    return made


def refused(made: Paper, role: str, **said: Any) -> Reason:
    before = made.facts
    with pytest.raises(Refused) as caught:
        made.act(Act.NUDGE, role, **said)
    assert made.facts is before
    return caught.value.reason


@pytest.mark.parametrize("grade", DECISIONS)
@pytest.mark.parametrize("role", [ASSIGNER, LEADERSHIP])
def test_a_decision_is_recorded_with_its_number_document_and_date(grade: Grade, role: str) -> None:
    event = paper().act(Act.NUDGE, role, grade=grade, document=LETTER)
    assert event.detail == {"number": "1", "grade": grade, "document": "12-TB/ĐU", "dated": "2026-07-10"}
    assert event.to == (OFFICER, HEAD)


@pytest.mark.parametrize("grade", DECISIONS)
@pytest.mark.parametrize("role", [MONITOR, APPROVER, HEAD, OFFICER])
def test_only_who_assigns_decides_on_criticism_and_never_the_monitoring_office(
    grade: Grade, role: str
) -> None:
    assert refused(paper(), role, grade=grade, document=LETTER) is Reason.WRONG_ROLE


@pytest.mark.parametrize("grade", DECISIONS)
@pytest.mark.parametrize("document", [None, Document(number="  ", dated=date(2026, 7, 1))])
def test_a_decision_without_a_documents_number_is_refused(grade: Grade, document: Document | None) -> None:
    assert refused(paper(), LEADERSHIP, grade=grade, document=document) is Reason.DOCUMENT_MISSING


@pytest.mark.parametrize("grade", Grade)
def test_a_document_is_not_dated_ahead(grade: Grade) -> None:
    ahead = Document(number="13-TB/ĐU", dated=date(2026, 7, 11))
    assert refused(paper(), LEADERSHIP, grade=grade, document=ahead) is Reason.DATE_AHEAD


def test_numbers_count_all_grades_and_only_reminders_are_throttled() -> None:
    made = paper()
    grades = [Grade.URGE, Grade.CRITICISM, Grade.REVIEW, Grade.CRITICISM]
    said = [made.act(Act.NUDGE, LEADERSHIP, grade=grade, document=LETTER) for grade in grades]
    assert [event.detail["number"] for event in said] == ["1", "2", "3", "4"]
    assert refused(made, MONITOR) is Reason.TOO_SOON
    assert made.act(Act.NUDGE, MONITOR, "2026-07-13 09:00").detail["number"] == "5"


def test_a_decision_takes_nobody_the_reminder_of_the_day() -> None:
    made = paper()
    made.act(Act.NUDGE, LEADERSHIP, grade=Grade.REVIEW, document=LETTER)
    assert made.act(Act.NUDGE, MONITOR).detail["number"] == "2"


def test_a_report_that_has_come_is_not_urged_and_may_still_be_criticised() -> None:
    made = paper()
    made.report()
    assert refused(made, LEADERSHIP) is Reason.WRONG_STATE
    assert made.act(Act.NUDGE, LEADERSHIP, grade=Grade.CRITICISM, document=LETTER).detail["number"] == "1"
