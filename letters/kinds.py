"""What a text is before it is read further: secret, news, an invitation, a notice, or a letter.

Secrecy marks are marks of the document (a line, a cell or a stamp of its own), never words in prose such as
"bí mật nhà nước" or "mật khẩu" (Luật Bảo vệ bí mật nhà nước 2018, Điều 8; Nghị định 26/2020/NĐ-CP, Điều 2).
"""

import re

from directive.regex import regex
from letters.head_forms import MOTTO, NUMBER, PLACE_DATE, Header, cells
from letters.refusals import LetterKind, Secret
from letters.text import Source, clean
from letters.words import toned

_GRADE = r"(?:(?:TUYỆT|TUYÊT|TUYET|TỐI|TÔI|TOI)\s*)?(?:M\s?Ậ\s?T|MÂT|MẠT|MAT)"
_MARK = regex(
    rf"[\W_]*(?:(?:Đ[ỘO]|MỨC ĐỘ|DẤU|TÀI LIỆU|VĂN BẢN|BẢN)\s*(?:CHỈ ĐỘ )?(?:MẬT)?\s*:?\s*)?{_GRADE}[\W_]*$"
)
_LABELLED = regex(
    rf"[\W_]*(?:độ mật|mức độ mật|dấu chỉ độ mật|độ bảo mật)\s*[:\-–]\s*{_GRADE}(?!\w)", re.IGNORECASE
)
_SMALL_MARK = regex(r"[\W_]*(?:(?:Tuyệt|Tối) mật|Mật|(?:Tuyệt|Tối) Mật)[\W_]*$")
_SPLIT_WORD = regex(r"(?:BẢO|BÍ|CƠ|BẢO VỆ BÍ|TUẦN)\s*$")
_MARKED_NUMBER = regex(r"(?:Số|số)\s*:?\s*\d+\s*[-/]\s*(?:M|TM|TuM)(?=[-/])")

_NEWS = (
    regex(r"\([^)\d]{3,40}\)\s*[-–]\s*(?:Chiều|Sáng|Tối|Trưa|Ngày|Để|Tại|Vừa|Theo|Hôm|[A-ZĐ])"),
    regex(r"(?<!\w)Ảnh\s*:|(?<!\w)(?:Tin|Bài)\s*,\s*ảnh\s*:"),
    regex(
        r"(?:Thứ \w+|Chủ nhật),?\s+(?:ngày )?\d{1,2}/\d{1,2}/\d{4},?\s*[-–|,]?\s*\d{1,2}[:h]\d{2}",
        re.IGNORECASE,
    ),
    regex(
        r"bình luận|bạn đọc|phóng viên|Theo dõi Báo|Chia sẻ bài viết|Tags?:|Từ khóa:|Xem thêm|Tin liên quan|"
        r"Tin bài khác|Nguồn:",
        re.IGNORECASE,
    ),
    regex(r"(?<!\w)(?:phát biểu (?:kết luận|chỉ đạo|khai mạc|tại)|cho biết|cho hay|nhấn mạnh|chia sẻ)(?!\w)"),
    regex(r"(?:Sáng|Chiều|Tối|Trưa)\s+(?:nay|ngày|\d)"),
)
_INVITES = regex(
    r"(?:kính|trân trọng)\s+mời|mời\s+(?:các|đại diện|đồng chí|lãnh đạo|dự|tham dự|họp|ông|bà)", re.IGNORECASE
)
_INVITED = regex(
    r"(?:V/v|về việc)?\s*(?:kính )?mời\s+(?:dự|tham dự|họp|đại biểu|làm việc|tham gia)", re.IGNORECASE
)


def refuse_secret(source: Source, *extra: str) -> None:
    """Raises `Secret` when the text, a table or an extra part (stamps, page headers) carries a secrecy mark."""
    previous = ""
    for line in source.lines:
        parts = [line.text, *(cell.text for cell in cells(source, line))] if len(line.text) < 400 else []
        for part in parts:
            _refuse_mark(part, previous, top=line.number <= 30)
        previous = line.text if line.text.strip() else previous
    for table in source.tables:
        for row in table.rows:
            for cell in row:
                for part in clean(cell).split("\n"):
                    _refuse_mark(part, "", top=False)
    for text in extra:
        for part in clean(text).split("\n"):
            _refuse_mark(part, "", top=True)


def _refuse_mark(part: str, previous: str, *, top: bool) -> None:
    text = toned(part)
    for fixed in (MOTTO, PLACE_DATE, NUMBER):
        text = fixed.sub(" ", text)
    text = text.strip()
    if not text or len(text) > 60:
        return
    if (
        (_MARK.match(text) and not _SPLIT_WORD.search(previous))
        or _LABELLED.match(text)
        or _MARKED_NUMBER.match(part.strip())
    ):
        raise Secret()
    if top and _SMALL_MARK.match(text):
        raise Secret()


def looks_like_news(source: Source, header: Header) -> bool:
    """Whether the text is an article: bylines and captions, and none of the parts of a letter."""
    if "symbol" in header.values and header.addressed:
        return False
    return sum(bool(pattern.search(source.text)) for pattern in _NEWS) >= 2


def is_letter(header: Header, *, has_end: bool) -> bool:
    """Whether the parts of an official document are there: at least two of number, addressees, date, end."""
    parts = (
        "symbol" in header.values,
        header.addressed,
        header.issue_date is not None,
        has_end,
        header.title is not None,
    )
    return sum(parts) >= 2


def kind_without_tasks(source: Source, header: Header) -> LetterKind:
    """What an official document without tasks is."""
    if is_invitation(source, header):
        return LetterKind.INVITATION
    return LetterKind.NOTICE


def is_invitation(source: Source, header: Header) -> bool:
    """Whether the document asks people to a meeting."""
    if header.title == "Giấy mời" or header.values.get("doc_type") in {"GM", "TrM"}:
        return True
    subject = header.values.get("subject", "")
    if _INVITED.match(subject):
        return True
    meets = re.search(r"(?<!\w)họp(?!\w)|hội nghị", subject) and re.search(r"Thời gian\s*:", source.text)
    return bool(meets and _INVITES.search(source.text))
