"""One sentence of duty: who is told to do it, with whom, and where the work itself begins.

"Giao X chủ trì, phối hợp với A, B …"; "Đề nghị X chỉ đạo A, B …": X leads, A and B carry it out under it [M].
"""

import re
from dataclasses import dataclass, field

from directive.regex import regex
from letters.dates import DeadlineAt
from letters.units import Own, Unit, in_capitals, is_head, read_units
from letters.words import DUTY, folded

_ORDER = regex(
    r"(?:(?:[Tt]hống nhất |[Tt]rân trọng |[Kk]ính )?(?:[Gg]iao|[Yy]êu cầu|[Đđ]ề nghị|[Pp]hân công|"
    r"[Gg]iao trách nhiệm|[Ủủ]y quyền|[Đđ]ồng ý giao|"
    r"[Gg]iao nhiệm vụ))(?:\s+(?:cho|đối với))?\s*:?\s+"
)
_ORDERED_BY = regex(r"\s*(?:đề nghị|kính đề nghị|yêu cầu|giao|phân công|chỉ đạo)\s+(?:cho\s+)?")
_DIRECTS = regex(r"\s*(?:lãnh đạo,?\s+)?(?:chỉ đạo|đôn đốc|lãnh đạo)\s+")
_DUTIES = regex(
    r"\s*,?\s*(?:theo chức năng,? nhiệm vụ(?: được giao)?|có trách nhiệm|chịu trách nhiệm(?= (?:chủ trì|"
    r"tổ chức)))\s*,?\s*"
)
_LEADS = regex(r"\s*,?\s*(?:là cơ quan |là đơn vị )?[Cc]hủ trì\s*,?\s*")
_WITH = regex(
    r"(?:[Pp]hối hợp|[Cc]ùng|[Ll]iên hệ)(?:\s+(?:chặt chẽ|thường xuyên|kịp thời|,))*\s+(?:(?:với|cùng với|"
    r"cùng)\s+(?:với\s+)?|(?=[A-ZĐỦ]|các\s))"
)
_QUALIFIED = regex(r"\s*(?:chưa|đã|có(?! trách nhiệm)|được|đang|còn|không|nào|thuộc|nêu trên|khi|nếu)(?!\w)")
_HEAD_PERSON = regex(
    r"(?:Người đứng đầu|Thủ trưởng|Lãnh đạo|Từng|Mỗi|Các (?:tổ chức|đồng chí|chi bộ trực thuộc))"
)
_ON_GROUNDS = regex(
    r"(?:Trên cơ sở|Căn cứ|Theo|Từ|Để|Trong|Trước|Sau|Định kỳ|Hằng|Hàng|Chậm nhất|Đến|Ngay|Khi|Với|Đối với|Riêng)(?!\w)"
)
_THEME = regex(r"(?:Về|Đối với) [^:;.]{3,120}:\s*")
_CONCERNING = regex(r"(?:riêng )?(?:đối với|về phía)\s+", re.IGNORECASE)


_SAYS = regex(
    r"(?:cơ bản |hoàn toàn )?(?:(?:ban hành|phê duyệt) kèm theo|đánh giá cao|ghi nhận|biểu dương|"
    r"hoan nghênh|đồng ý|nhất trí|tán thành|chúc mừng|"
    r"cảm ơn|thống nhất (?:chủ trương|với (?:đề xuất|đề nghị|"
    r"ý kiến|nội dung|báo cáo|kết quả|đánh giá|kiến nghị|phương án)|như đề nghị))(?! giao)(?!\w)",
    re.IGNORECASE,
)


@dataclass
class Duty:
    """What a sentence says about who does what; places are in the sentence."""

    units: list[Unit] = field(default_factory=list)
    carriers: list[Unit] = field(default_factory=list)
    coordinators: list[Unit] = field(default_factory=list)
    ordered: bool = False
    work_from: int = 0
    empty: bool = False


def read_duty(text: str, deadlines: list[DeadlineAt], *, inherited: bool, own: Own = None) -> Duty:
    """Who a sentence speaks to. `inherited`: a heading above names the unit already. `own`: the letter's own names."""
    text = folded(text)
    duty = Duty()
    place = after_lead_in(text, deadlines)
    concerning = _CONCERNING.match(text, place)
    if concerning:
        place = concerning.end()
    order = _ORDER.match(text, place)
    units: list[Unit] = []
    if order and not (
        inherited and order.group().strip().lower().startswith(("đề nghị", "yêu cầu", "kính đề nghị"))
    ):
        units = read_units(text, order.end(), in_list=True, own=own)
        duty.ordered = bool(units)
    elif _starts_unit(text, place) or ((concerning or place) and is_head(text, place, in_list=True)):
        units = read_units(text, place, in_list=bool(concerning or place), own=own)
        told = _ORDERED_BY.match(text, units[-1].end) if units else None
        if told:
            receivers = read_units(text, told.end(), in_list=True, own=own)
            if receivers and not (inherited and told.group().strip() == "chỉ đạo"):
                if told.group().strip() == "chỉ đạo":
                    duty.carriers = receivers
                    place = receivers[-1].end
                    duty.units, duty.work_from = units, _skip(text, place)
                    duty.empty = not text[duty.work_from :].strip(" .:;")
                    return duty
                units, duty.ordered = receivers, True
    if (
        units
        and inherited
        and not duty.ordered
        and (_HEAD_PERSON.match(text, place) or _QUALIFIED.match(text, units[-1].end))
    ):
        if not _QUALIFIED.match(text, units[-1].end):
            place = units[-1].end
        units = []
    if units:
        if not inherited:
            units[-1] = _with_qualifier(text, units[-1])
        place = units[-1].end
        duty.units = units
        directs = _DIRECTS.match(text, place)
        carriers = read_units(text, directs.end(), in_list=True, own=own) if directs and duty.ordered else []
        if carriers:
            duty.carriers, place = carriers, carriers[-1].end
        place = _past_partners(text, _past_bracket(text, place), duty, own)
    duty.work_from = _skip(text, place)
    duty.empty = not text[duty.work_from :].strip(" .:;-")
    _partners_anywhere(text, duty, own)
    return duty


def after_lead_in(text: str, deadlines: list[DeadlineAt]) -> int:
    """Where the sentence proper begins: after "Định kỳ trước ngày 25 hằng tháng" or "Trên cơ sở …,"."""
    place = 0
    for found in deadlines:
        lead = text[place : found.start].strip(" ,")
        if found.dated and found.start - place <= 24 and (not lead or _ON_GROUNDS.match(lead)):
            place = re.compile(r"[\s,]*(?:là\s+)?").match(text, found.end).end()  # type: ignore[union-attr]
        else:
            break
    if place:
        return place
    theme = _THEME.match(text)
    if theme and (_ORDER.match(text, theme.end()) or is_head(text, theme.end())):
        return theme.end()
    if _ON_GROUNDS.match(text):
        for comma in re.finditer(r",\s+", text[:400]):
            if _ORDER.match(text, comma.end()):
                return comma.end()
            if is_head(text, comma.end()):
                units = read_units(text, comma.end())
                after = text[units[-1].end :].lstrip() if units else ""
                if units and DUTY.at(after):
                    return comma.end()
    return 0


def says_only(text: str, deadlines: list[DeadlineAt]) -> bool:
    """Praise, consent, or nothing but a time: words in which nobody is told to do anything."""
    plain = folded(text)
    units = read_units(plain) if is_head(plain, 0) else []
    place = _skip(plain, units[-1].end) if units else 0
    if _SAYS.match(plain, place):
        return not any(found.dated for found in deadlines)
    if not re.match(r"(?:Từ|Trong|Ngày|Vào|Bắt đầu|Dự kiến|Đến|Sáng|Chiều)(?!\w)", plain[place:]):
        return False
    return not DUTY.opens_word_in(plain[place:])


def _starts_unit(text: str, place: int) -> bool:
    return is_head(text, place) or in_capitals(text[place:])


def _with_qualifier(text: str, unit: Unit) -> Unit:
    """ "UBND các xã, phường có dự án hoàn thành …": the words up to the verb say which of them are meant."""
    found = re.compile(
        r"\s+(?:có(?! trách nhiệm| ý kiến)|thuộc|chưa|nơi)(?:\s+[^\s,;:.()]+){1,6}?(?=\s)"
    ).match(text, unit.end)
    while found:
        after = re.compile(r"\s*").match(text, found.end())
        if after and DUTY.at(text, after.end()) and text[after.end()].islower():
            return Unit(name=text[unit.start : found.end()], start=unit.start, end=found.end())
        more = re.compile(r"\s+[^\s,;:.()]+(?=\s)").match(text, found.end())
        if more is None or len(text[unit.end : more.end()].split()) > 7:
            break
        found = more
    return unit


def _past_bracket(text: str, place: int) -> int:
    """ "Sở Khoa học và Công nghệ (sau đây viết tắt là Sở KH&CN) chủ trì"."""
    found = re.compile(r"\s*\([^)]*\)").match(text, place)
    return found.end() if found else place


def _past_partners(text: str, place: int, duty: Duty, own: Own) -> int:
    """After the unit: "theo chức năng …", "có trách nhiệm", "chủ trì, phối hợp với A, B"."""
    for _ in range(4):
        step = _DUTIES.match(text, place) or _LEADS.match(text, place)
        if step is None:
            break
        place = step.end()
    joined = re.compile(r"[\s,]*(?=(?:[Pp]hối hợp|cùng)\s)").match(text, place)
    with_whom = _WITH.match(text, joined.end()) if joined else None
    partners = read_units(text, with_whom.end(), in_list=True, own=own) if with_whom else []
    if partners:
        duty.coordinators += partners
        place = partners[-1].end
        step = _DUTIES.match(text, place)
        place = step.end() if step else place
    return place


def _partners_anywhere(text: str, duty: Duty, own: Own) -> None:
    """Every "phối hợp với A, B" names supporting units."""
    known = {unit.start for unit in duty.coordinators}
    for found in _WITH.finditer(text):
        if found.group().lower().startswith(("cùng", "liên hệ")):
            continue
        for unit in read_units(text, found.end(), in_list=True, own=own):
            if unit.start not in known and unit.name not in {other.name for other in duty.coordinators}:
                duty.coordinators.append(unit)


def _skip(text: str, place: int) -> int:
    found = re.compile(r"[\s,:]*").match(text, place)
    return found.end() if found else place
