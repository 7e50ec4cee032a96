"""Who may do what: roles are proved by the directory of the day, substitutes carry whom they stand in for."""

from datetime import UTC, date, datetime

import pytest

from desk import person
from desk.exit import Code, Stop
from directive.directory import Absence, Directory, Person, Unit
from directive.message import Act
from directive.question import CHOICES, Choice, Question, QuestionKind, Stage
from directive.task import Assignment, Facts, State

DAY = date(2026, 6, 1)
AT = datetime(2026, 6, 1, 1, tzinfo=UTC)
PEOPLE = ("gd", "cv", "cv2", "ct", "pct", "vp")
OFFICE = Directory(
    version="1",
    units=(
        Unit(code="so", name="Sở", head="gd", officers=("cv",)),
        Unit(code="tinh", name="Tỉnh", head="ct", approvers=("pct",), leadership=("ct",), assigners=("vp",)),
        Unit(code="vp", name="Văn phòng", head="vp"),
    ),
    people=tuple(Person(id=one, name=one.upper()) for one in PEOPLE),
    absences=(Absence(person="pct", start=DAY, end=date(2026, 6, 5), delegate="ct"),),
)
FACTS = Facts(
    task=Assignment(
        id="task:d:1:so", directive="d", code="1", unit="so", issuer="tinh", monitor="vp",
        route=(Stage(asks=("approver:tinh",)),),
    ),
    state=State.IN_PROGRESS, assigned_at=AT, last_at=AT, calendar="c", policy="p", cycle_since=AT, ack_since=AT,
)  # fmt: skip


def test_the_officer_reports_in_their_own_right() -> None:
    held = person.standing(OFFICE, FACTS, Act.REPORT, "cv", DAY)
    assert (held.role, held.seat.on_behalf_of) == ("officer:so", "")


def test_the_head_may_report_too() -> None:
    assert person.standing(OFFICE, FACTS, Act.REPORT, "gd", DAY).role == "head:so"


def test_another_officer_who_took_over_is_the_officer() -> None:
    facts = FACTS.having(officer="cv2")
    assert person.standing(OFFICE, facts, Act.REPORT, "cv2", DAY).role == "officer:so"
    with pytest.raises(Stop):
        person.standing(OFFICE, facts, Act.REPORT, "cv", DAY)


def test_a_substitute_carries_whom_they_stand_in_for() -> None:
    asked = Question(
        id="approval.1", kind=QuestionKind.APPROVAL, asked_at=AT, route=FACTS.task.route,
        choices=CHOICES[QuestionKind.APPROVAL],
    )  # fmt: skip
    facts = FACTS.having(state=State.REPORTED, questions=(asked,))
    held = person.standing(OFFICE, facts, Act.ANSWER, "ct", DAY, choice=Choice.APPROVE)
    assert (held.role, held.seat.on_behalf_of, held.question) == ("approver:tinh", "pct", "approval.1")
    with pytest.raises(Stop) as stop:
        person.standing(OFFICE, facts, Act.ANSWER, "ct", date(2026, 6, 8), choice=Choice.APPROVE)
    assert stop.value.code is Code.REFUSED
    assert "pct" in stop.value.remedy_vi


def test_an_answer_without_a_question_says_so() -> None:
    with pytest.raises(Stop) as stop:
        person.standing(OFFICE, FACTS, Act.ANSWER, "ct", DAY, choice=Choice.APPROVE)
    assert stop.value.kind == "no_question"


def test_an_act_of_the_assigning_side_is_not_the_units() -> None:
    with pytest.raises(Stop) as stop:
        person.standing(OFFICE, FACTS, Act.WITHDRAW, "gd", DAY)
    assert stop.value.kind == "wrong_role"
    assert "vp (" in stop.value.remedy_vi
    assert person.standing(OFFICE, FACTS, Act.WITHDRAW, "vp", DAY).role == "assigner:tinh"


def test_the_question_that_fits_the_answer_is_meant() -> None:
    escalation = Question(
        id="escalation.1", kind=QuestionKind.ESCALATION, asked_at=AT, route=(Stage(asks=("head:so",)),),
        choices=(Choice.COMMIT,),
    )  # fmt: skip
    counter = Question(
        id="counter.2", kind=QuestionKind.COUNTER, asked_at=AT, route=(Stage(asks=("head:so",)),),
        choices=(Choice.ACCEPT,),
    )  # fmt: skip
    facts = FACTS.having(questions=(escalation, counter))
    assert person.standing(OFFICE, facts, Act.ANSWER, "gd", DAY, choice=Choice.ACCEPT).question == "counter.2"
    assert (
        person.standing(OFFICE, facts, Act.ANSWER, "gd", DAY, choice=Choice.COMMIT).question == "escalation.1"
    )


@pytest.mark.parametrize("role", ["head", "boss:so"])
def test_a_role_that_is_none_is_bad_input(role: str) -> None:
    with pytest.raises(Stop) as stop:
        person.standing(OFFICE, FACTS, Act.REPORT, "gd", DAY, asked_role=role)
    assert stop.value.code is Code.USAGE


def test_an_unknown_person_gets_near_matches() -> None:
    with pytest.raises(Stop) as stop:
        person.known(OFFICE, "pctt")
    assert "pct" in stop.value.remedy_vi
