"""The outline read as sections and tasks: who answers, with whom, what, by when.

One item of the letter is one task, as a clerk enters it; a second unit told in the same item makes a second one.
Ids follow the outline: 1, 1a, 1.2, I.3; an unnumbered order at the end takes the next number.
"""

import re

from directive.regex import regex
from letters.clause import first_clause
from letters.dates import DeadlineAt
from letters.duty import Duty, read_duty, says_only
from letters.loose import next_label, read_loose, read_preamble
from letters.outline import Item, Rank
from letters.reading import Open, Reading, Under
from letters.tasks import add_task, by_unit, close_section, lead_of
from letters.text import Passage
from letters.units import in_capitals, read_units
from letters.words import DUTY, folded

_NO_DUTIES = regex(
    r"(?:về\s+)?(?:nội dung báo cáo|đề cương|mục đích|yêu cầu(?! (?:các|đối|sở|ubnd))|mục đích, yêu cầu|quan điểm|"
    r"mục tiêu|căn cứ|cơ sở pháp lý|tình hình|kết quả|đánh giá|tồn tại|"
    r"hạn chế|nguyên nhân|phạm vi|đối tượng|đặc điểm|bối cảnh|ưu điểm|khuyết điểm|thành phần|thời gian, địa điểm|"
    r"nguyên tắc)(?!\w)",
    re.IGNORECASE,
)


_STATES = regex(
    r"(?:Đến nay|Hiện nay|Tính đến|Thời gian qua|Trong thời gian qua|Vừa qua|Toàn tỉnh|Qua (?:theo dõi|kiểm tra|"
    r"rà soát|tổng hợp)|Kết quả|"
    r"Năm \d{4},|Tuy nhiên|Bên cạnh đó, (?:còn|vẫn)|Một số|Còn \d|Có \d|\d|Nguyên nhân|Ưu điểm|Hạn chế|Thời gian:|"
    r"Địa điểm:|Thành phần:|Ghi chú|"
    r"(?:Phiên họp|Cuộc họp|Hội nghị|Buổi làm việc)(?: \w+){0,8}? (?:dự kiến|sẽ|được|tiếp theo)|"
    r"(?:Quyết định|Chỉ thị|Kế hoạch|Quy chế|Công văn|Thông báo) này (?:có hiệu lực|thay thế|phổ biến)|"
    r"(?:Đến|Hết) (?:hết )?(?:ngày|tháng|quý|năm) [\d/]+(?: năm \d{4})?,? (?:toàn|cả|có|tỷ lệ|đã|các \w+ đã))",
)


_COMMON = regex(
    r"(?:Thời gian|Thời hạn|Tiến độ)(?: (?:thực hiện|hoàn thành|báo cáo|triển khai|gửi))*\s*:", re.IGNORECASE
)


def read_sections(items: list[Item], reading: Reading) -> None:
    """Fills `reading` with the sections of the letter and with what was left out."""
    last = ""
    started = False
    numbered = any(item.rank is not Rank.TEXT for item in items)
    for item in items:
        if item.rank is Rank.TEXT:
            if numbered and not started:
                read_preamble(item, reading)
                continue
            last = read_loose(item, reading, last)
            continue
        started = True
        if item.rank >= Rank.DASH:
            last = next_label(last)
            _top(item, last, None, reading)
        else:
            last = item.label
            _top(item, item.label, item.label, reading)


def _top(item: Item, path: str, label: str | None, reading: Reading) -> None:
    if _is_theme(item) and _says_no_duty(item, reading):
        _leave_all(item, reading)
        return
    _walk(item, Under(path=path, rank=item.rank), None, label, reading)


def _walk(item: Item, under: Under, section: Open | None, label: str | None, reading: Reading) -> None:
    """One item with all that is under it. Opens a section where a unit is named, or at the top."""
    text = item.text.text
    found = reading.find(text)
    if not item.children:
        own = section or Open(label, None, under.units or reading.default_units, item.text)
        _leaf(item.text, under, own, found, reading, lone=section is None)
        if section is None:
            close_section(own, reading)
        return
    duty = read_duty(text, found, inherited=under.told, own=reading.own)
    units = _heading_units(text, duty, reading)
    if _contents_only(item, duty, found, reading):
        own = section or Open(label, None, under.units or reading.default_units, item.text)
        whole = item.text
        for child in item.children:
            whole = whole.join(child.text, "\n")
        _leaf(whole, under, own, found, reading, lone=section is None)
        if section is None:
            close_section(own, reading)
        return
    handed = Under(
        path=under.path,
        rank=item.rank,
        units=units or under.units,
        carriers=tuple(reading.name(unit) for unit in duty.carriers) or under.carriers,
        coordinators=tuple(reading.name(unit) for unit in duty.coordinators) if units else under.coordinators,
        told=bool(units) or under.told,
    )
    opened = section
    if section is None and not units and not handed.told and _children_are_told(item, reading):
        opened = None
    elif units or section is None:
        lead = lead_of(text, duty, bool(duty.carriers))
        opened = Open(
            label if section is None else under.path,
            lead,
            units or under.units or reading.default_units,
            item.text,
        )
    if not duty.empty and _has_own_duty(text, duty, found) and opened is not None:
        add_task(item.text, duty, Under(under.path, item.rank, handed.units), opened, found, reading)
    for order, child in enumerate(item.children, start=1):
        if _is_theme(child) and not handed.told and _says_no_duty(child, reading):
            _leave_all(child, reading)
            continue
        path = _path(handed.path, item.rank, child, order, alone=len(item.children) == 1)
        _walk(
            child,
            Under(path, child.rank, handed.units, handed.carriers, handed.coordinators, handed.told),
            opened,
            path,
            reading,
        )
    if opened is not None and opened is not section:
        close_section(opened, reading)


def _leaf(
    passage: Passage, under: Under, section: Open, found: list[DeadlineAt], reading: Reading, *, lone: bool
) -> None:
    """An item without items under it: one task, or one a unit where several are told one after the other."""
    text = passage.text
    if _COMMON.match(text) and any(at.dated for at in found):
        reading.leave(passage, "common_deadline")
        return
    if _STATES.match(text) and (not any(at.dated for at in found) or not DUTY.within(folded(text[:60]))):
        reading.leave(passage, "statement")
        return
    pieces = []
    for piece in by_unit(passage, reading):
        if says_only(piece.text, reading.find(piece.text)):
            reading.leave(piece, "statement")
        else:
            pieces.append(piece)
    if lone:
        duty = read_duty(text, found, inherited=under.told, own=reading.own)
        if duty.units:
            section.units = tuple(reading.name(unit) for unit in duty.units)
            section.lead = lead_of(text, duty, False)
        else:
            section.lead = text[: first_clause(text, 0)] if not section.units else section.lead
    for order, piece in enumerate(pieces, start=1):
        own = found if len(pieces) == 1 else reading.find(piece.text)
        duty = read_duty(piece.text, own, inherited=under.told, own=reading.own)
        path = under.path if order == 1 else f"{under.path}.{order}"
        add_task(
            piece,
            duty,
            Under(path, under.rank, under.units, under.carriers, under.coordinators, under.told),
            section,
            own,
            reading,
        )


def _children_are_told(item: Item, reading: Reading) -> bool:
    """Whether the items under a theme name their own units: each is then a section by itself."""
    return any(
        read_duty(child.text.text, [], inherited=False, own=reading.own).units for child in item.children
    )


def _contents_only(item: Item, duty: Duty, found: list[DeadlineAt], reading: Reading) -> bool:
    """Whether the items under a dated duty are its contents ("gồm: - số lượng; - kết quả"), not tasks."""
    if duty.empty or not any(at.dated for at in found):
        return False
    return not any(
        DUTY.at(folded(child.text.text))
        or read_units(child.text.text)
        or any(at.dated for at in reading.find(child.text.text))
        for child in item.children
    )


def _has_own_duty(text: str, duty: Duty, found: list[DeadlineAt]) -> bool:
    if text.rstrip().endswith(":"):
        return any(at.dated for at in found)
    return any(at.dated for at in found) or (
        bool(duty.units) and bool(DUTY.at(folded(text), duty.work_from)) and "." in text
    )


def _heading_units(text: str, duty: Duty, reading: Reading) -> tuple[str, ...]:
    """The units of a heading; what follows the last without a verb belongs to its name ("… các xã ven biển")."""
    units = [reading.name(unit) for unit in duty.units]
    rest = text[duty.units[-1].end :] if duty.units and duty.work_from <= len(text.rstrip(" :.")) else ""
    rest = "" if re.search(r"trách nhiệm|chức năng|thực hiện", rest) else rest
    if (
        rest.strip(" .:")
        and len(rest.split()) <= 6
        and not re.search(r"[,;:(]", rest.rstrip(" :"))
        and not DUTY.within(folded(rest))
    ):
        units[-1] = (duty.units[-1].name + rest).rstrip(" .:")
    return tuple(units)


def _says_no_duty(item: Item, reading: Reading) -> bool:
    """A heading such as "MỤC ĐÍCH, YÊU CẦU": short, and no unit is told anything."""
    text = folded(item.text.text)
    if not _NO_DUTIES.match(text) or len(text.split()) > 14:
        return False
    return not read_duty(text, [], inherited=False, own=reading.own).units


def _is_theme(item: Item) -> bool:
    return bool(item.children) or in_capitals(item.text.text)


def _leave_all(item: Item, reading: Reading) -> None:
    reading.leave(item.text, "not_duties")
    for child in item.children:
        _leave_all(child, reading)


def _path(path: str, above: Rank, child: Item, order: int, *, alone: bool) -> str:
    if child.rank is Rank.TEXT and alone:
        return path
    if child.rank is Rank.DOTTED:
        return child.label
    if child.rank is Rank.LETTER:
        return f"{path}{child.label}" if above >= Rank.NUMBER else f"{path}.{child.label}"
    if child.rank >= Rank.DASH:
        return f"{path}.{order}"
    return f"{path}.{child.label}"
