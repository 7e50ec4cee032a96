"""A draft says what it read, from which line; what it does not know it asks, and `check` waits for the answer."""

from datetime import date

import pytest

from letters.draft import draft_plan
from letters.letter import Deadline, Letter, Section, Span, Task
from letters.plan_file import load_plan
from letters.policy_file import policies_beside, shipped_policy
from letters.problem import Problem
from tests.letters_files.office import CALENDAR, EXAMPLE, directory

SPAN = Span(start=0, end=1, first_line=12, last_line=13)


def letter(*tasks: Task, issuer: str | None = "ĐẢNG ỦY") -> Letter:
    return Letter(
        text="",
        full_number="1346-CV/ĐU",
        issue_date=date(2026, 5, 29),
        issuer=issuer,
        subject="V/v thử: «#» và ': '",
        sections=(Section(label="1", lead=None, tasks=tasks),),
    )


def task(
    units: tuple[str, ...] = ("Sở Nội vụ",), deadline: Deadline | None = None, work: str = "Việc"
) -> Task:
    return Task(id="1a", text=work, body=work, assignees=units, deadline=deadline, span=SPAN)


def drafted(*tasks: Task, issuer: str | None = "ĐẢNG ỦY") -> tuple[str, list[Problem]]:
    office = directory()
    text = draft_plan(letter(*tasks, issuer=issuer), office, CALENDAR, shipped_policy())
    policies = policies_beside(EXAMPLE)
    _, problems = load_plan(text, directory=office, calendar=CALENDAR, policies=policies)
    return text, problems


def test_what_is_certain_needs_no_question() -> None:
    text, problems = drafted(task(("Sở KH&CN", "Sở Nội vụ")), task(("Các sở",)))
    assert problems == []
    assert "lead: [so-khcn, so-nv]  # Sở KH&CN; Sở Nội vụ" in text
    assert "lead: [cac-so]  # Các sở" in text
    assert 'lines: "12-13"' in text
    assert "monitor: vp  # Văn phòng" in text


@pytest.mark.parametrize("units", [("Sở Khoa học và Công nghê",), ("Sở Ngoại vụ",), ()])
def test_a_unit_that_is_not_certain_is_a_question(units: tuple[str, ...]) -> None:
    text, problems = drafted(task(units))
    assert "    lead: []" in text
    assert {one.code for one in problems} == {"undecided", "no_lead"}


def test_an_issuer_that_is_not_known_is_a_question() -> None:
    _, problems = drafted(task(), issuer="TỔNG CÔNG TY LẠ")
    assert "undecided" in {one.code for one in problems}


@pytest.mark.parametrize(
    ("kind", "wording"),
    [
        ("needs_anchor", "trong 5 ngày làm việc kể từ ngày nhận được văn bản"),
        ("invalid", "chậm nhất ngày 31/6/2026"),
        ("recurring", "định kỳ"),
    ],
)
def test_a_deadline_that_is_not_certain_is_a_question(kind: str, wording: str) -> None:
    text, problems = drafted(task(deadline=Deadline(text=wording, kind=kind, span=SPAN)))
    assert "# ?" in text
    assert "undecided" in {one.code for one in problems}


def test_the_other_reading_stands_beside_the_chosen_one() -> None:
    found = Deadline(
        text="trước ngày 16/6/2026", kind="instant", expected="2026-06-15", alt=("2026-06-16",), span=SPAN
    )
    text, problems = drafted(task(deadline=found))
    assert problems == []
    assert "    due: 2026-06-15" in text
    assert "    # hoặc 2026-06-16" in text


@pytest.mark.parametrize("work", ["a: b # ? c", "- [x", '"', "'", "| >", "x" * 300, "Việc # ?\n\t- y " * 30])
def test_any_wording_stands_in_a_draft_unharmed(work: str) -> None:
    office = directory()
    text = draft_plan(letter(task(work=work)), office, CALENDAR, shipped_policy())
    plan, problems = load_plan(text, directory=office, calendar=CALENDAR, policies=policies_beside(EXAMPLE))
    assert plan is not None, problems
    assert plan.tasks[0].work == " ".join(work.split())


def test_two_tasks_of_one_number_get_codes_of_their_own() -> None:
    text, problems = drafted(task(), task())
    assert problems == []
    assert 'code: "1a"' in text
    assert 'code: "1a-2"' in text
