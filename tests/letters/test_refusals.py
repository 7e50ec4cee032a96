"""What is refused: secrecy marks, and files that cannot be read within their bounds."""

import contextlib
import resource
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.read import read_letter
from letters.refusals import NotALetter, Reason, Refused, Secret, Unreadable
from letters.words import folded
from register.calendars import shipped_calendar
from tests.letters import making

CALENDAR = shipped_calendar()
LETTER = """UBND TỈNH VĨNH AN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
{stamp}                          Độc lập - Tự do - Hạnh phúc
Số: 5/UBND-NC                Vĩnh An, ngày 02 tháng 3 năm 2026
V/v {subject}

Kính gửi: Công an tỉnh.

1. Công an tỉnh {work} trước ngày 10/4/2026./.

Nơi nhận:                     CHỦ TỊCH
- Như trên;
- Lưu: VT.
                              Nguyễn Văn Thử
"""


def letter(stamp: str = "", subject: str = "rà soát", work: str = "rà soát hồ sơ") -> str:
    return LETTER.format(stamp=stamp, subject=subject, work=work)


@pytest.mark.parametrize(
    "stamp", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "  [ MẬT ]", "Độ mật: Tối mật", "Mật", "TUYỆT  MẬT", "* MẬT *"]
)
def test_a_document_with_a_secrecy_mark_is_refused(stamp: str) -> None:
    with pytest.raises(Secret) as refusal:
        read_letter(letter(stamp), calendar=CALENDAR)
    said = f"{refusal.value} {refusal.value.message_vi} {refusal.value.args} {vars(refusal.value)}"
    assert "Công an" not in said
    assert "5/UBND-NC" not in said


@pytest.mark.parametrize(
    "words",
    [
        "bảo vệ bí mật nhà nước",
        "đổi mật khẩu",
        "giảm mật độ",
        "kiểm tra nước mật ong",
        "bảo mật thông tin",
        "MẬT KHẨU hệ thống",
    ],
)
def test_a_word_in_prose_is_no_secrecy_mark(words: str) -> None:
    assert read_letter(letter(subject=words, work=f"tuyên truyền {words}"), calendar=CALENDAR).tasks


def test_a_stamp_in_a_text_box_is_seen(tmp_path: Path) -> None:
    with pytest.raises(Secret):
        read_letter(making.word_letter(tmp_path / "a.docx", stamp="TỐI MẬT"), calendar=CALENDAR)


@pytest.mark.parametrize(
    ("mark", "urgency"),
    [
        ("KHẨN", "khẩn"),
        ("THƯỢNG KHẨN", "thượng khẩn"),
        ("HỎA TỐC", "hỏa tốc"),
        ("HOẢ TỐC", "hỏa tốc"),
        ("", "none"),
    ],
)
def test_urgency_marks_are_read(mark: str, urgency: str) -> None:
    assert read_letter(letter(mark), calendar=CALENDAR).urgency.value == urgency


def refused(path: Path) -> Reason:
    with pytest.raises(Unreadable) as refusal:
        read_letter(path, calendar=CALENDAR)
    assert refusal.value.remedy
    assert refusal.value.message_en
    return refusal.value.reason


@pytest.mark.timeout(60)
def test_hostile_files_are_refused_within_bounds(tmp_path: Path) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    big = tmp_path / "big.txt"
    big.write_bytes(b"a " * 25_000_000)
    assert refused(big) is Reason.TOO_LARGE
    bomb = tmp_path / "bomb.docx"
    bomb.write_bytes(making.bomb())
    assert refused(bomb) is Reason.TOO_LARGE
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - used < 400_000  # KiB


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", Reason.EMPTY),
        ("a.txt", b" \n\t ", Reason.EMPTY),
        ("a.txt", bytes(range(256)) * 40, Reason.BINARY),
        ("a.docx", b"PK\x03\x04 no archive", Reason.DAMAGED),
        ("a.docx", b"not a docx", Reason.DAMAGED),
        ("a.pdf", b"%PDF-1.7 broken", Reason.DAMAGED),
        ("a.doc", b"\xd0\xcf\x11\xe0" + b"x" * 100, Reason.UNKNOWN_FORMAT),
    ],
)
def test_what_is_not_a_text_is_named(tmp_path: Path, name: str, content: bytes, reason: Reason) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert refused(path) is reason


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.txt") is Reason.MISSING


def test_a_scan_without_text_is_refused_with_the_way_to_make_it_searchable(tmp_path: Path) -> None:
    path = making.pdf_scan(tmp_path / "scan.pdf")
    with pytest.raises(Unreadable) as refusal:
        read_letter(path, calendar=CALENDAR)
    assert refusal.value.reason is Reason.SCAN
    assert "ocrmypdf" in refusal.value.remedy


def test_control_characters_do_not_hide_a_letter() -> None:
    text = letter().replace("Công an", "Công\u200b an\x07").replace("Số", "\ufeffSố")
    assert read_letter(text, calendar=CALENDAR).full_number == "5/UBND-NC"


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from(list("1.ab)-+IVX\n\t |:;,/MẬT SởUBNDngàyVềviệcKínhgửi2026“(")), max_size=400
    )
)
def test_any_text_gives_a_letter_or_a_typed_refusal(text: str) -> None:
    try:
        read_letter(text, calendar=CALENDAR)
    except Refused:
        return


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 400), max_size=6),
    st.sampled_from(["\n", " ", "\f", "\n\n2\n\n", ";", "1. ", "a) "]),
)
def test_a_damaged_letter_gives_a_letter_or_a_typed_refusal(places: list[int], piece: str) -> None:
    text = letter()
    for place in places:
        text = text[:place] + piece + text[place:]
    try:
        read = read_letter(text, calendar=CALENDAR)
    except (NotALetter, Unreadable, Secret):
        return
    assert all(task.text.strip() for task in read.tasks)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    ["rà soát, ", "Sở Nội vụ, ", "Báo cáo số ", "Luật a b c ", "; hoàn thành ", "(sau đây gọi tắt là ", "1/",
     "trước ngày ", "ABC ", "phối hợp với các sở, "],
)  # fmt: skip
def test_no_repeated_words_take_long(piece: str) -> None:
    with contextlib.suppress(Refused):
        read_letter(letter(work=(piece * 4000)[:8000]), calendar=CALENDAR)


def test_a_paragraph_longer_than_any_letter_has_is_refused() -> None:
    with pytest.raises(Unreadable):
        read_letter(letter(work="rà soát " * 60_000), calendar=CALENDAR)


def test_nothing_of_a_secret_document_is_remembered() -> None:
    folded.cache_clear()
    with pytest.raises(Secret):
        read_letter(letter("TUYỆT MẬT"), calendar=CALENDAR)
    assert folded.cache_info().currsize == 0
