"""The end of a letter: copies, archive, drafter's mark, authority, title and name of the signer.

"Nơi nhận" and the signature stand side by side or one after the other, in either order.
"""

import re
from dataclasses import dataclass, field

from directive.regex import regex
from letters.addressees import BULLET
from letters.head_forms import cells
from letters.text import Line, Passage, Source
from letters.units import in_capitals
from letters.words import folded

COPIES = regex(r"N[ơo]i\s+nh[ậa]n\s*:?", re.IGNORECASE)
AUTHORITY = regex(
    r"(?:T/M|K/T|T/L|TU/Q|T/UQ|Q/|TM\.|KT\.|TL\.|TUQ\.|Q\.|TM|KT|TL|TUQ)\s*[A-ZÀ-ỴĐ][A-ZÀ-ỴĐ ,\-–]+$")  # fmt: skip
TITLE = regex(
    r"(?:PHÓ |Q\. ?|QUYỀN )?(?:CHỦ TỊCH|BÍ THƯ|GIÁM ĐỐC|CHÁNH VĂN PHÒNG|TRƯỞNG|BỘ TRƯỞNG|THỨ TRƯỞNG|CỤC TRƯỞNG|"
    r"CHỦ NHIỆM|"
    r"CHÁNH|HIỆU TRƯỞNG|TỔNG|VIỆN TRƯỞNG|ỦY VIÊN|CHI CỤC TRƯỞNG|THỦ TƯỚNG|BÍ THƯ|CHỈ HUY|TƯ LỆNH|THƯỜNG TRỰC)"
)
_NAME = regex(
    r"(?:(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy) |(?:GS|PGS|TS|ThS|"
    r"BS)\.\s?)*(?:[A-ZÀ-ỴĐ][a-zà-ỹđ]*)(?: [A-ZÀ-ỴĐ][a-zà-ỹđ]*){1,5}$"
)
_ARCHIVE = regex(r"L[ưu]u(?:\s*:|\s+)")
_MARK = regex(r"(?=.*[./_])[\w./\-]{3,30}$")
ANNEX = regex(r"\s*(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|BIỂU MẪU)(?:\s+(?:SỐ\s+|số\s+)?[IVX\d]+)?\s*[:.]?\s*$")
_GLUED = regex(rf"(?<=[;,:])\s+(?=(?:(?:{AUTHORITY.pattern})|(?:{TITLE.pattern}[A-ZÀ-ỴĐ ,\-–]*$)))")
_SIGNED = regex(r"\(?\s*(?:đã ký|Đã ký|ký tên, đóng dấu|Chữ ký.*|dấu)\s*\)?$")


@dataclass
class Ending:
    """What the end says; `body_to` is the index after the last line of the body."""

    recipients: list[Passage] = field(default_factory=list)
    archive: Passage | None = None
    drafter_code: Passage | None = None
    authority: list[Passage] = field(default_factory=list)
    title: list[Passage] = field(default_factory=list)
    signer: Passage | None = None
    body_to: int = 0
    annex_from: int | None = None


def read_ending(source: Source, body_from: int) -> Ending:
    """The end of the letter, looked for from the end of the body on."""
    ending = Ending()
    start = _body_end(source, body_from)
    ending.body_to = start
    stop = len(source.lines)
    for index in range(start, len(source.lines)):
        if ANNEX.match(source.lines[index].text):
            ending.annex_from, stop = index, index
            break
    _read_zone(source, start, stop, ending)
    return ending


def _body_end(source: Source, body_from: int) -> int:
    """The first line that belongs to copies or signature."""
    for index in range(body_from, len(source.lines)):
        line = source.lines[index]
        if line.number in source.table_lines:
            continue
        parts = cells(source, line)
        if any(_opens_end(part) for part in parts) and not _decides(source, index):
            return index
        if ANNEX.match(line.text):
            return index
    return len(source.lines)


def _decides(source: Source, index: int) -> bool:
    """In a decision the office stands in capitals before its grounds: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH / Căn cứ …"."""
    below = next((line.text.strip() for line in source.lines[index + 1 :] if line.text.strip()), "")
    return below.startswith(("Căn cứ", "Theo ", "Xét "))


def _opens_end(part: Passage) -> bool:
    text = folded(part.text)
    if COPIES.match(text) and len(text.split()) <= 12 and (":" in text[:12] or len(text) <= 10):
        return True
    return bool(
        (AUTHORITY.match(text) or TITLE.match(text))
        and in_capitals(text)
        and len(text.split()) <= 12
        and not text.rstrip().endswith(":")
    )


def _read_zone(source: Source, start: int, stop: int, ending: Ending) -> None:
    in_copies = False
    loose: list[Passage] = []
    for line in source.lines[start:stop]:
        if not line.text.strip() or re.fullmatch(r"\s*[-–]?\s*\d{1,3}\s*[-–]?\s*", line.text):
            continue
        parts = [piece for cell in cells(source, line) for piece in _unglued(cell)]
        for order, part in enumerate(parts):
            in_copies = _take(
                part, ending, loose, in_copies, alone=len(parts) == 1, left=_left(line, part, order)
            )
    _settle_signature(ending, loose)


def _unglued(cell: Passage) -> list[Passage]:
    found = _GLUED.search(cell.text)
    return [cell.cut(0, found.start()), cell.cut(found.end())] if found else [cell]


def _left(line: Line, part: Passage, order: int) -> bool:
    """Whether a cell stands in the left column."""
    return order == 0 and (not part.places or part.places[0] - line.start < 12)


def _take(
    part: Passage, ending: Ending, loose: list[Passage], in_copies: bool, *, alone: bool, left: bool
) -> bool:
    """Gives one cell to copies or signature; returns whether copies are still being listed."""
    opened = COPIES.match(part.text)
    if opened:
        rest = part.cut(opened.end())
        if rest.text:
            _add_copies(rest, ending)
        return True
    text = folded(part.text)
    if in_capitals(text) and (AUTHORITY.match(text) or (ending.authority and not ending.title and not left)):
        (ending.authority if AUTHORITY.match(text) else ending.title).append(part)
        return in_copies
    if (
        in_capitals(text)
        and not BULLET.match(part.text)
        and (TITLE.match(text) or ending.authority or ending.title)
    ):
        ending.title.append(part)
        return in_copies
    if ending.title and text.lower() == "kiêm":
        ending.title.append(part)
        return in_copies
    if _SIGNED.match(part.text):
        return in_copies
    if in_copies and left and not _ends_copies(part, ending):
        _add_copies(part, ending)
        return True
    loose.append(part)
    return in_copies


def _ends_copies(part: Passage, ending: Ending) -> bool:
    """After the archive's line the list is over, unless another item follows."""
    if BULLET.match(part.text) and not _MARK.match(part.text):
        return False
    if ending.archive is not None:
        return True
    unfinished = bool(ending.recipients) and not ending.recipients[-1].text.endswith((";", ".", ","))
    return not unfinished and bool(_NAME.match(part.text) and ending.title)


def _add_copies(part: Passage, ending: Ending) -> None:
    bullet = BULLET.match(part.text)
    # In a list with bullets one bullet is one receiver: "- TT. Tỉnh ủy; TT. HĐND tỉnh (để b/c);".
    several = (
        [part] if bullet else [part.cut(at.start(), at.end()) for at in re.finditer(r"[^;]+;?", part.text)]
    )
    pieces = [piece for piece in several if piece.text]
    for order, piece in enumerate(pieces):
        starts = bool(bullet) if order == 0 else True
        closed = not ending.recipients or ending.recipients[-1].text.endswith((";", ".", ","))
        if starts or closed:
            mark = BULLET.match(piece.text)
            ending.recipients.append(piece.cut(mark.end() if mark else 0))
        else:
            ending.recipients[-1] = ending.recipients[-1].join(piece)
    last = ending.recipients[-1] if ending.recipients else None
    if last is not None and _ARCHIVE.match(last.text):
        ending.archive = last


def _settle_signature(ending: Ending, loose: list[Passage]) -> None:
    """The signer is the last name that stands loose; a mark without spaces is the drafter's."""
    for part in loose:
        if " " not in part.text and _MARK.match(part.text):
            ending.drafter_code = ending.drafter_code or part
    names = [part for part in loose if _NAME.match(part.text)]
    if names and (ending.title or ending.authority):
        ending.signer = names[-1]
    ending.recipients = [trimmed for part in ending.recipients if (trimmed := _trim(part)).text]
    ending.archive = next((part for part in ending.recipients if _ARCHIVE.match(part.text)), None)


def _trim(part: Passage) -> Passage:
    return part.cut(0, len(part.text.rstrip(" ;,.")))
