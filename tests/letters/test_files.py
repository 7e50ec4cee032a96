"""Word, PDF and spreadsheet files, in the shapes that offices send."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from letters.read import read_letter
from letters.refusals import Reason, Unreadable
from letters.sheet import read_tracker
from register.calendars import shipped_calendar
from tests.letters import making

CALENDAR = shipped_calendar()


@pytest.mark.parametrize("numbered", [False, True], ids=["typed numbers", "numbers drawn by Word"])
def test_a_word_letter_reads_with_its_annex_row_by_row(tmp_path: Path, numbered: bool) -> None:
    letter = read_letter(making.word_letter(tmp_path / "a.docx", numbered=numbered), calendar=CALENDAR)
    assert letter.full_number == "771/UBND-NNMT"
    assert letter.issuer == "ỦY BAN NHÂN DÂN TỈNH VĨNH AN"
    assert letter.subject == "V/v chủ động phòng, chống thiên tai năm 2026"
    assert letter.signer == "Hoàng Văn Giả Định"
    assert letter.recipients == ("Như trên", "Lưu: VT, NNMT")
    assert [(task.id, task.deadline.expected if task.deadline else None) for task in letter.tasks] == [
        ("1", "2026-04-14"),
        ("2", "2026-04-20"),
        ("PL.1", "2026-06-30"),
        ("PL.2", {"start": "2026-04-01", "end": "2026-06-30"}),
        ("PL.3", None),
    ]
    annex = letter.tasks[2]
    assert annex.coordinators == ("Sở Khoa học và Công nghệ", "UBND các xã")
    assert annex.deliverable == "Biên bản nghiệm thu"


def test_a_pdf_with_two_columns_and_a_page_number_in_a_sentence_reads(tmp_path: Path) -> None:
    letter = read_letter(making.pdf_letter(tmp_path / "a.pdf"), calendar=CALENDAR)
    assert (letter.full_number, letter.place, letter.issuer) == ("902-CV/TU", "Vĩnh An", "TỈNH ỦY VĨNH AN")
    assert letter.subject == "V/v chuẩn bị sơ kết 6 tháng thực hiện Nghị quyết số 57-NQ/TW"
    assert letter.addressees == ("Đảng ủy UBND tỉnh", "Các đảng ủy xã, phường")
    assert [task.id for task in letter.tasks] == ["1", "2a", "2b", "3"]
    assert "tài liệu minh chứng lên Hệ thống" in letter.tasks[2].body
    assert letter.signer == "Phạm Thị Giả Tưởng"


def test_a_pdf_annex_over_several_pages_is_one_table(tmp_path: Path) -> None:
    letter = read_letter(making.pdf_annex(tmp_path / "a.pdf"), calendar=CALENDAR)
    assert [task.id for task in letter.tasks] == [f"PL.{order}" for order in range(1, 41)]
    assert all(task.assignees == ("Sở Nội vụ",) and task.deadline for task in letter.tasks)


HEADING: list[object] = [
    "TT",
    "Nhiệm vụ",
    "Chủ trì",
    "Phối hợp",
    "Thời hạn",
    "Sản phẩm",
    "Lãnh đạo phụ trách",
    "Thẩm quyền",
]


def test_a_tracker_gives_its_tasks_and_its_errors_by_row(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        HEADING,
        ["I", "Về thể chế"],
        [
            1,
            "Ban hành Quy chế dữ liệu",
            "Sở KH&CN",
            "Sở Nội vụ; Công an tỉnh",
            datetime(2026, 7, 31, tzinfo=UTC).replace(tzinfo=None),
            "Quy chế",
            "PCT A",
            "UBND tỉnh",
        ],
        [2, "Nhiệm vụ không có chủ trì", "", "", "30/6/2026", ""],
        [3, "Ngày sai", "Sở Y tế", "", "31/6/2026", ""],
        [4, "", "Sở Y tế", "", "30/6/2026", ""],
        [4, "Thường xuyên cập nhật", "Sở Y tế", "", "thường xuyên", ""],
        [4, "Số trùng", "Sở Y tế, Sở Nội vụ", "", "quý III/2026", ""],
    ]
    tracker = read_tracker(
        making.tracker(tmp_path / "t.xlsx", rows), issued=date(2026, 5, 1), calendar=CALENDAR
    )
    assert [task.id for task in tracker.tasks] == ["1", "2", "3", "4", "4-10"]
    first = tracker.tasks[0]
    assert first.coordinators == ("Sở Nội vụ", "Công an tỉnh")
    assert first.deadline is not None
    assert (first.deadline.expected, first.leader, first.authority) == ("2026-07-31", "PCT A", "UBND tỉnh")
    assert [(problem.row, problem.code) for problem in tracker.problems] == [
        (6, "no_lead"),
        (7, "deadline_invalid"),
        (8, "no_task"),
        (10, "several_leads"),
        (10, "number_twice"),
    ]


def test_a_tracker_with_a_thousand_columns_is_refused(tmp_path: Path) -> None:
    path = making.tracker(tmp_path / "t.xlsx", [[f"Cột {order}" for order in range(1000)]])
    with pytest.raises(Unreadable) as refusal:
        read_tracker(path, issued=date(2026, 5, 1), calendar=CALENDAR)
    assert refusal.value.reason is Reason.TOO_MANY_COLUMNS


def test_a_tracker_without_known_columns_is_refused(tmp_path: Path) -> None:
    path = making.tracker(tmp_path / "t.xlsx", [["Tên", "Tuổi"], ["A", 3]])
    with pytest.raises(Unreadable) as refusal:
        read_tracker(path, issued=date(2026, 5, 1), calendar=CALENDAR)
    assert refusal.value.reason is Reason.NO_COLUMNS


def test_a_letter_of_fifty_pages_with_three_hundred_tasks_reads_in_five_seconds() -> None:
    head = (
        "ỦY BAN NHÂN DÂN        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH VĨNH AN       Độc lập - Tự do - Hạnh phúc\n"
        "Số: 9/KH-UBND      Vĩnh An, ngày 05 tháng 01 năm 2026\n\nKẾ HOẠCH\nCải cách hành chính\n\nUBND tỉnh yêu "
        "cầu:\n\n"
    )
    body = "".join(
        f"{section}. Sở Nội vụ\n"
        + "".join(
            f"{letter}) Chủ trì, phối hợp với Sở Tài chính, các cơ quan liên quan rà soát nội dung thứ "
            f"{section}{letter} trong việc giải quyết "
            f"thủ tục hành chính, nâng cao chất lượng phục vụ người dân và doanh nghiệp trên địa bàn tỉnh theo "
            f"Quyết định số "
            f"{section}/QĐ-UBND ngày 12/01/2025 của UBND tỉnh; hoàn thành trước ngày 15/{section % 12 + 1}/2026.\n"
            for letter in "abcdeghikl"
        )
        for section in range(1, 31)
    )
    end = "\nNơi nhận:            CHỦ TỊCH\n- Như trên;\n- Lưu: VT.\n                     Nguyễn Văn Thử\n"
    letter = read_letter(head + body + end, calendar=CALENDAR)
    assert len(letter.tasks) == 300
