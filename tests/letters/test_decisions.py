"""A decision (quyết định): its grounds are no signature, its articles are its items."""

from pathlib import Path

from letters.read import read_letter
from register.calendars import shipped_calendar

FILE = Path(__file__).parents[1] / "data" / "letters" / "blind" / "q02_1201-QD-UBND_2026.txt"


def test_the_articles_of_a_decision_are_read_as_its_items() -> None:
    letter = read_letter(FILE, calendar=shipped_calendar())
    assert letter.subject == "Ban hành Kế hoạch hành động phòng, chống đuối nước trẻ em năm 2026"
    assert (letter.sign_authority, letter.signer_title) == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert [(task.id, task.assignees[0]) for task in letter.tasks] == [
        ("2", "Sở Y tế"),
        ("3", "Sở Giáo dục và Đào tạo"),
        ("4", "Chánh Văn phòng UBND tỉnh"),
    ]
    assert [left.reason for left in letter.left_out if left.text.startswith("Ban hành kèm theo")] == [
        "statement"
    ]
