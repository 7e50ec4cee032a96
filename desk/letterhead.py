"""The head and the end of an office's own letters, as a State body and as a Party body write them.

State: Nghị định 30/2020/NĐ-CP, Phụ lục I and III (mẫu 1.4). Party: Hướng dẫn 36-HD/VPTW (2018). Number and signature
are left for the office: a clerk enters the one, a person the other.
"""

import re
from datetime import date
from typing import Any

from desk.paper import body, columns, line, rule
from register.report import Office

_PLACE = re.compile(r"(?:tỉnh|thành phố|Thành phố|TP\.?) (\S.*)$")
_SIGNS = (
    ("văn phòng", "CHÁNH VĂN PHÒNG"), ("sở", "GIÁM ĐỐC"), ("ubnd", "CHỦ TỊCH"), ("ủy ban nhân dân", "CHỦ TỊCH"),
    ("ủy ban kiểm tra", "CHỦ NHIỆM"), ("ban", "TRƯỞNG BAN"), ("đảng ủy", "BÍ THƯ"), ("chi ủy", "BÍ THƯ"),
)  # fmt: skip
HEAD = (62, 98)
DOTS = "……"


def place(office: Office) -> str:
    """The province or city in its name or in that of the body above; else dots for a clerk to fill in."""
    for name in (office.name, office.above):
        if found := _PLACE.search(name):
            return found[1]
    return DOTS


def dated(office: Office, on: date | None) -> str:
    """Place and date: a day under 10 and a month under 3 with a nought before it (Phụ lục I, II.4)."""
    if on is None:
        return f"{place(office)}, ngày      tháng      năm      "
    month = f"{on.month:02}" if on.month < 3 else str(on.month)
    return f"{place(office)}, ngày {on.day:02} tháng {month} năm {on.year}"


def number(office: Office) -> str:
    """Where the number goes."""
    return f"Số {DOTS}-BC/{DOTS}" if office.system == "party" else f"Số: {DOTS}/BC-{DOTS}"


def head(made: Any, office: Office, on: date | None, kind: str, subject: str) -> None:
    """The whole head, down to the line under the subject."""
    left, right = columns(made, *HEAD)
    if office.system == "party":
        _party(left, right, office, on)
    else:
        _state(left, right, office, on)
    line(made, kind, size=16 if office.system == "party" else 14, bold=True, before=18)
    line(made, subject, bold=True)
    if office.system == "party":
        line(made, "-----")
    else:
        rule(made, 40, 160)


def _state(left: Any, right: Any, office: Office, on: date | None) -> None:
    if office.above:
        line(left, office.above.upper(), size=12, first=True)
    line(left, (office.name or DOTS).upper(), size=12, bold=True, first=not office.above)
    rule(left, 22, HEAD[0])
    line(left, number(office), size=13, before=4)
    line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True, first=True)
    line(right, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True)
    rule(right, 55, HEAD[1])
    line(right, dated(office, on), size=13, italic=True, before=4)


def _party(left: Any, right: Any, office: Office, on: date | None) -> None:
    if office.above:
        line(left, office.above.upper(), size=13, first=True)
    line(left, (office.name or DOTS).upper(), size=13, bold=True, first=not office.above)
    line(left, "*")
    line(left, number(office))
    line(right, "ĐẢNG CỘNG SẢN VIỆT NAM", size=15, bold=True, first=True)
    rule(right, 72, HEAD[1])
    line(right, dated(office, on), italic=True, before=4)


def end(made: Any, office: Office) -> None:
    """Who gets it, and room for the signature."""
    body(made, "")
    left, right = columns(made, 80, 80)
    if office.system == "party":
        line(left, "Nơi nhận:", underline=True, align="left", first=True)
        kept, small = "- Lưu Văn phòng.", 12
    else:
        line(left, "Nơi nhận:", size=12, bold=True, italic=True, align="left", first=True)
        kept, small = "- Lưu: VT.", 11
    gets = [f"- {office.above};"] if office.above else []
    for one in (*gets, "- Các đơn vị có tên trong báo cáo;", kept):
        line(left, one, size=small, align="left")
    line(right, signs(office), bold=True, first=True)
    for _ in range(4):
        line(right, "")
    line(right, DOTS * 3)


def signs(office: Office) -> str:
    """The title of whoever signs for such a body."""
    name = office.name.lower()
    return next((title for begins, title in _SIGNS if name.startswith(begins)), "THỦ TRƯỞNG CƠ QUAN")
