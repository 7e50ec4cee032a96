"""What a draft asks the clerk: sentences that may hold a duty, tasks without a date, rows of a tracker, urgency."""

from datetime import date
from pathlib import Path

import pytest

from directive.policy import Policy
from letters.draft import draft_plan
from letters.files import is_tracker
from letters.letter import LeftOut, Letter, Urgency
from letters.plan_file import load_plan
from letters.policy_file import policies_beside, shipped_policy
from letters.sheet import letter_of_tracker, read_tracker
from tests.letters import making
from tests.letters_files.office import CALENDAR, EXAMPLE, directory
from tests.letters_files.test_draft import SPAN, letter, task


def drafted(what: Letter, policy: Policy | None = None) -> tuple[str, set[str]]:
    office = directory()
    text = draft_plan(what, office, CALENDAR, policy or shipped_policy())
    _, problems = load_plan(text, directory=office, calendar=CALENDAR, policies=policies_beside(EXAMPLE))
    return text, {one.code for one in problems}


def test_a_task_without_a_date_is_a_question_only_where_the_policy_says_so() -> None:
    asking = shipped_policy().model_copy(update={"no_deadline": "ask"})
    assert drafted(letter(task()))[1] == set()
    text, codes = drafted(letter(task()), asking)
    assert "# ? chưa có hạn" in text
    assert codes == {"undecided"}


@pytest.mark.parametrize("reason", ["no_unit", "common_deadline"])
def test_a_sentence_that_may_hold_a_duty_is_a_question(reason: str) -> None:
    left = LeftOut(text="Yêu cầu báo cáo trước ngày 30/6/2026", reason=reason, span=SPAN)
    text, codes = drafted(letter(task())._replace(left_out=(left,)))
    assert "# ? dòng 12-13: «Yêu cầu báo cáo" in text
    assert codes == {"undecided"}


def test_a_closing_sentence_is_shown_and_asks_nothing() -> None:
    left = LeftOut(text="Trân trọng", reason="closing", span=SPAN)
    text, codes = drafted(letter(task())._replace(left_out=(left,)))
    assert "Trân trọng (câu kết)" in text
    assert codes == set()


@pytest.mark.parametrize("mark", [Urgency.KHAN, Urgency.THUONG_KHAN, Urgency.HOA_TOC])
def test_an_urgent_letter_offers_its_urgency_with_what_it_changes(mark: Urgency) -> None:
    text, codes = drafted(letter(task())._replace(urgency=mark))
    assert f"  urgency: {mark.value}  # văn bản có dấu {mark.value.upper()}" in text
    assert codes == set()


def test_no_code_of_the_program_reaches_the_clerk() -> None:
    two = task()._replace(questions=("several_leads",))
    text, _ = drafted(letter(two))
    assert "several_leads" not in text
    assert "mỗi đơn vị một nhiệm vụ" in text


def test_places_listed_after_a_group_are_units_one_by_one() -> None:
    text, codes = drafted(letter(task(("các sở: Nội vụ, Khoa học và Công nghệ",))))
    assert "lead: [so-nv, so-khcn]" in text
    assert codes == set()


def test_a_tracker_becomes_a_draft_that_asks_row_by_row(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm"],
        [1, "Ban hành Quy chế", "Sở KH&CN", "", "31/12/2026", "Quy chế"],
        [2, "Việc chưa rõ ai làm", "", "", "31/6/2026", ""],
        [3, "", "Sở Nội vụ", "", "31/12/2026", ""],
    ]
    file = making.tracker(tmp_path / "t.xlsx", rows)
    assert is_tracker(file)
    assert not is_tracker(making.word_letter(tmp_path / "a.docx"))
    tracker = read_tracker(file, issued=date(2026, 5, 29), calendar=CALENDAR)
    text, codes = drafted(letter_of_tracker(tracker))
    assert 'work: "Ban hành Quy chế"' in text
    assert "lead: [so-khcn]  # Sở KH&CN" in text
    assert 'lines: "4"' in text
    assert "# ? văn bản không nói rõ đơn vị chủ trì" in text
    assert "# ? thời hạn không đúng (tháng không có ngày này)" in text
    assert "# ? dòng 6: «3 | | Sở Nội vụ | | 31/12/2026 |»" in text
    assert "undecided" in codes
