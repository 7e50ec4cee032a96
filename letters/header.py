"""The head of a letter: issuer, number, place and date, subject, addressees, urgency.

The two columns of a head come side by side, line by line in turn, or one after the other. Everything that has a
fixed form (motto, place and date, number, marks) is taken out first; what is left is the issuer before the number
and the subject after it. Form: Nghị định 30/2020/NĐ-CP Phụ lục I; Hướng dẫn 36-HD/VPTW and 05-HD/VPTW.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from letters.letter import System, Urgency
from letters.text import Line, Passage, Source
from letters.units import in_capitals
from letters.words import DOC_TYPES, TYPE_CODES, folded

MOTTO = re.compile(
    r"C[ỘO]NG H[ÒO][AÀ]? X[ÃA] H[ỘO]I CH[ỦU] NGH[ĨI]A VI[ỆE]T NAM|Đ[ộo]c l[ậa]p\s*[-–—]\s*T[ựu] do\s*[-–—]\s*H[ạa]nh ph[úu]c"
    r"|ĐẢNG CỘNG SẢN VIỆT NAM",
    re.IGNORECASE,
)
_PARTY_MOTTO = re.compile(r"ĐẢNG CỘNG SẢN VIỆT NAM")
_UPPER = "A-ZÀ-ỴĐ"
_PLACE_WORD = rf"(?:[{_UPPER}][^\W\d_]*)"
PLACE_DATE = re.compile(
    rf"(?:(?P<place>(?:T\S*\. ?)?{_PLACE_WORD}(?:[ -]{_PLACE_WORD})*)\s*,\s*)?[Nn]gày\s*(?P<day>\d{{1,2}}|[….\s]+)"
    r"\s*tháng\s*(?P<month>\d{1,2}|[….\s]+)\s*năm\s*(?P<year>\d{4})"
)
NUMBER = re.compile(
    r"(?<![\w])[Ss][ốô]\s*:?\s*(?P<digits>\d+[a-zA-Z]?|[….\s]*)\s*(?P<joint>[-/–])\s*"
    rf"(?P<symbol>[{_UPPER}][\w{_UPPER}&.]*(?:\s?[-/–]\s?[{_UPPER}][\w{_UPPER}&]*)*)"
)
_SUBJECT = re.compile(r"(?:V/v|V/V|v/v|Vv|[Vv]ề việc|VỀ VIỆC)[:.]?(?=\s)")
_ADDRESSED = re.compile(r"K[íi]nh\s*g[ửu]i\s*:?", re.IGNORECASE)
_WIRED = re.compile(r"(?<!\w)điện\s*:?\s*$")
_URGENCY = re.compile(r"(?<![^\s\[(*])(HỎA TỐC(?: HẸN GIỜ)?|HOẢ TỐC|THƯỢNG KHẨN|KHẨN)(?![^\s\])*:!.])")
_RULE_LINE = re.compile(r"[\s*_=~\-–—.]+$")
BULLET = re.compile(r"\s*(?:[-–—•*+]|\d{1,2}[.)])\s*(?=\S)")
_BODY_OPENING = re.compile(
    r"\s*(?:Thực hiện|Căn cứ|Tiếp theo|Triển khai|Theo|Để|Trong|Sau khi|Xét|Qua|Ngày|Vừa qua|Nhằm|Hiện nay|Thời gian qua"
    r"|Phúc đáp|Trên cơ sở|Ủy ban nhân dân .* (?:nhận được|đề nghị|yêu cầu)|I\s*[.\-–/]|1\.)(?!\w)"
)
_TITLES = {kind.upper(): kind for kind in DOC_TYPES}
_BODY_HEADS = ("TỈNH ỦY", "THÀNH ỦY", "HUYỆN ỦY", "ĐẢNG ỦY", "ĐẢNG BỘ", "CHI BỘ", "SỞ", "BAN", "BỘ", "VĂN PHÒNG", "CÔNG AN",
               "UBND", "ỦY BAN", "HỘI ĐỒNG", "HĐND", "THANH TRA", "CỤC", "CHI CỤC", "TRUNG TÂM", "TRƯỜNG", "CÔNG TY",
               "PHÒNG", "HỘI", "LIÊN ĐOÀN", "TỔNG", "VIỆN", "BẢO HIỂM", "KHO BẠC", "THUẾ", "ĐOÀN", "BAN CHỈ ĐẠO")  # fmt: skip
_UNFINISHED = re.compile(r"(?:^|\s)(?:ỦY BAN|UBND|ỦY BAN NHÂN DÂN|ĐẢNG ỦY|BAN CHẤP HÀNH|VĂN PHÒNG|VÀ|CỦA|VỀ|HỘI ĐỒNG NHÂN DÂN"
                         r"|HĐND|BAN CHỈ ĐẠO|BAN QUẢN LÝ|,)$")  # fmt: skip


@dataclass
class Header:
    """What the head says, each value with the passage it was read from."""

    values: dict[str, str] = field(default_factory=dict)
    places: dict[str, Passage] = field(default_factory=dict)
    issue_date: date | None = None
    addressees: list[Passage] = field(default_factory=list)
    urgency: Urgency = Urgency.NONE
    system: System | None = None
    title: str | None = None
    body_from: int = 0
    addressed: bool = False
    problems: list[str] = field(default_factory=list)

    def put(self, name: str, passage: Passage, value: str | None = None) -> None:
        """Keeps the first value found for a field."""
        if passage.text and name not in self.values:
            self.values[name] = value if value is not None else passage.text
            self.places[name] = passage


def cells(source: Source, line: Line) -> list[Passage]:
    """A line cut at tabs and at gaps of two or more spaces: the columns of a head or of a signature block."""
    whole = Passage(line.text, tuple(range(line.start, line.start + len(line.text))))
    return [whole.cut(part.start(), part.end()) for part in re.finditer(r"\S+(?: \S+)*", whole.text)]


def read_header(source: Source) -> Header:
    """The head of the letter. `body_from` is the index of the first line of the body."""
    header = Header()
    addressed = _find_addressed(source)
    end = addressed if addressed is not None else min(len(source.lines), 40)
    issuer: list[Passage] = []
    subject: list[Passage] = []
    state = "issuer"
    last = 0
    for index in range(end):
        line = source.lines[index]
        if not line.text.strip():
            state = "done" if state == "subject" and not _goes_on(source, index) else state
            continue
        if addressed is None and state != "issuer" and "number" in header.values and _BODY_OPENING.match(line.text):
            break
        left = _plain_cells(source, line, header)
        if addressed is None and state == "done" and "symbol" in header.values and any(cell.places for cell in left):
            break
        last = index + 1
        for cell in left:
            state = _take_cell(cell, header, issuer, subject, state)
    _set_issuer(header, issuer)
    if subject:
        whole = subject[0]
        for more in subject[1:]:
            whole = whole.join(more)
        header.put("subject", whole, _tidy(whole.text))
    header.body_from = last
    if addressed is not None:
        header.addressed = True
        header.body_from = _read_addressees(source, addressed, header)
    header.system = _system(source, header)
    return header


def _find_addressed(source: Source) -> int | None:
    for index, line in enumerate(source.lines[:120]):
        if _ADDRESSED.match(line.text.strip()):
            return index
        if _WIRED.search(line.text) and any("CÔNG ĐIỆN" in before.text.upper() for before in source.lines[:index]):
            return index
    return None


def _goes_on(source: Source, index: int) -> bool:
    """Whether the subject goes on after an empty line: the next words are in small letters."""
    for line in source.lines[index + 1 : index + 3]:
        words = line.text.strip()
        if words:
            return words[0].islower() and not _SUBJECT.match(words)
    return False


def _plain_cells(source: Source, line: Line, header: Header) -> list[Passage]:
    """The cells of a line after everything of fixed form was taken out of it."""
    left: list[Passage] = []
    for cell in cells(source, line):
        text = folded(cell.text)
        if _PARTY_MOTTO.search(text):
            header.system = System.PARTY
        elif MOTTO.search(text):
            header.system = header.system or System.STATE
        pieces = [cell]
        for pattern in (MOTTO, NUMBER, PLACE_DATE, _URGENCY):
            pieces = [part for piece in pieces for part in _without(piece, pattern, header)]
        left += [piece for piece in pieces if piece.text and not _RULE_LINE.match(piece.text)]
    return left


def _without(piece: Passage, pattern: re.Pattern[str], header: Header) -> list[Passage]:
    text = folded(piece.text)
    found = pattern.search(text)
    if not found or (pattern is NUMBER and (found.start() > 0 or "number" in header.values or "symbol" in header.values)):
        return [piece]
    if pattern is PLACE_DATE and "issue_date" in header.values:
        return [piece]
    if pattern is _URGENCY:
        if not in_capitals(text) or len(text.split()) > 6:
            return [piece]
        words = found.group().lower().replace("hoả", "hỏa")
        header.urgency = next((mark for mark in Urgency if words.startswith(mark.value)), Urgency.NONE)
        header.put("urgency", piece.cut(found.start(), found.end()), header.urgency.value)
        return [rest for rest in (piece.cut(0, found.start()), piece.cut(found.end())) if rest.text and rest.text != "HẸN GIỜ"]
    if pattern is NUMBER:
        _set_number(found, piece, header)
    elif pattern is PLACE_DATE:
        _set_date(found, piece, header)
    marker = [Passage("\0number", ())] if pattern is NUMBER else []
    return [piece.cut(0, found.start()), *marker, piece.cut(found.end())]


def _set_number(found: re.Match[str], piece: Passage, header: Header) -> None:
    digits = found["digits"].strip(" .…")
    symbol = re.sub(r"\s*([-/–])\s*", lambda joint: joint.group(1).replace("–", "-"), found["symbol"]).rstrip(".")
    joint = "-" if found["joint"] in "-–" else "/"
    place = piece.cut(found.start("digits"), found.end("symbol"))
    if digits:
        header.put("number", place, digits)
        header.put("full_number", place, f"{digits}{joint}{symbol}")
    else:
        header.problems.append("no_number")
    header.put("symbol", piece.cut(found.start("symbol"), found.end("symbol")), symbol)
    header.put("doc_type", place, _type_code(symbol, joint))
    if joint == "-":
        header.system = System.PARTY


def _type_code(symbol: str, joint: str) -> str:
    """The type in a number: `CV/ĐU` → CV, `KH-UBND` → KH, `UBND-KGVX` → CV (a công văn names no type)."""
    first = re.split(r"[-/]", symbol)[0]
    return first if first in TYPE_CODES or joint == "-" else "CV"


def _set_date(found: re.Match[str], piece: Passage, header: Header) -> None:
    if found["place"]:
        header.put("place", piece.cut(found.start("place"), found.end("place")))
    try:
        header.issue_date = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        header.problems.append("no_issue_date")
        return
    start = found.end("place") + 1 if found["place"] else found.start()
    header.put("issue_date", piece.cut(start, found.end()), header.issue_date.isoformat())


def _take_cell(cell: Passage, header: Header, issuer: list[Passage], subject: list[Passage], state: str) -> str:
    """Gives one cell to the issuer, the title or the subject; the state says what the letter is telling now."""
    if cell.text == "\0number":
        return "number"
    opened = _SUBJECT.match(cell.text)
    if opened and not subject:
        subject.append(cell)
        return "subject"
    if state == "subject":
        if not in_capitals(cell.text) or header.title:
            subject.append(cell)
            return state
    named = _TITLES.get(folded(cell.text).strip(" .:").upper()) if in_capitals(cell.text) else None
    if named and not header.title and "symbol" in header.values:
        header.title = named
        header.put("title", cell, named)
        return "subject" if not subject else state
    if in_capitals(cell.text) and not subject and len(issuer) < 4 and "title" not in header.values:
        issuer.append(cell)
    return state


def _set_issuer(header: Header, parts: list[Passage]) -> None:
    """The issuer's lines: the higher body stands first, a name may run over two lines."""
    names: list[Passage] = []
    for part in parts:
        if names and (_UNFINISHED.search(folded(names[-1].text)) and not _own_name(names[-1], part) or not _opens_body(part)):
            names[-1] = names[-1].join(part)
        else:
            names.append(part)
    if not names:
        return
    header.put("issuer", names[-1], _tidy(names[-1].text))
    if len(names) > 1:
        header.put("issuer_parent", names[-2], _tidy(names[-2].text))


def _opens_body(part: Passage) -> bool:
    text = folded(part.text)
    return any(text.startswith(head) and not text[len(head) : len(head) + 1].isalpha() for head in _BODY_HEADS)


def _own_name(before: Passage, part: Passage) -> bool:
    """"VĂN PHÒNG" under "UBND TỈNH" starts anew; "ỦY BAN NHÂN DÂN TỈNH" under "ĐẢNG ỦY" goes on."""
    return folded(part.text).startswith(("VĂN PHÒNG", "SỞ ", "BAN ")) and len(before.text.split()) > 2


def _read_addressees(source: Source, index: int, header: Header) -> int:
    """The list after "Kính gửi"; returns the index of the first line of the body."""
    first = source.passage(source.lines[index])
    opened = _ADDRESSED.match(first.text) or _WIRED.search(first.text)
    rest = first.cut(opened.end() if opened else 0)
    items: list[Passage] = [rest] if rest.text else []
    blank = False
    position = index + 1
    while position < len(source.lines):
        line = source.passage(source.lines[position])
        if not line.text:
            blank = bool(items)
        elif BULLET.match(line.text) and not line.text[0].isdigit() and not (blank and items and _closed(items[-1])):
            items.append(line)
            blank = False
        elif _BODY_OPENING.match(line.text) or (items and _closed(items[-1])) or (blank and items):
            break
        elif items and not items[-1].text.endswith((";", ",")):
            items[-1] = items[-1].join(line)
        else:
            items.append(line)
        position += 1
    header.addressees = [part for item in items for part in _split_items(item)]
    return position


def _closed(item: Passage) -> bool:
    return item.text.endswith(".") and not item.text.endswith("...")


def _split_items(item: Passage) -> list[Passage]:
    """One line of addressees may hold several, parted by semicolons."""
    bullet = BULLET.match(item.text)
    item = item.cut(bullet.end() if bullet else 0)
    parts = [item.cut(found.start(), found.end()) for found in re.finditer(r"[^;]+", item.text)]
    return [part.cut(0, len(part.text.rstrip(" ,.;"))) for part in parts if part.text.strip(" ,.;")]


def _system(source: Source, header: Header) -> System | None:
    if header.system:
        return header.system
    issuer = folded(header.values.get("issuer", ""))
    if re.search(r"TỈNH ỦY|THÀNH ỦY|ĐẢNG|HUYỆN ỦY|CHI BỘ", issuer):
        return System.PARTY
    return System.STATE if header.values.get("symbol") else None


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" *")
