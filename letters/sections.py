"""The outline read as sections and tasks: who answers, with whom, what, by when.

One item of the letter is one task, as a clerk enters it; a second unit told in the same item makes a second one.
Ids follow the outline: 1, 1a, 1.2, I.3; an unnumbered order at the end takes the next number.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from letters.clause import first_clause, main_clause, product_of, report_to
from letters.dates import DeadlineAt, FindDeadlines, placed
from letters.duty import Duty, after_lead_in, read_duty
from letters.letter import LeftOut, Section, Task
from letters.outline import Item, Rank
from letters.text import Passage, Source
from letters.units import Unit, in_capitals, is_head, read_units
from letters.words import DUTY_VERBS, folded, one_of

_VERB = one_of(DUTY_VERBS, flags=re.IGNORECASE)
_NO_DUTIES = re.compile(
    r"(?:về\s+)?(?:mục đích|yêu cầu(?! (?:các|đối|sở|ubnd))|mục đích, yêu cầu|quan điểm|mục tiêu|căn cứ|cơ sở pháp lý|tình hình|kết quả|đánh giá|tồn tại|"
    r"hạn chế|nguyên nhân|phạm vi|đối tượng|đặc điểm|bối cảnh|ưu điểm|khuyết điểm|thành phần|thời gian, địa điểm|nguyên tắc)(?!\w)",
    re.IGNORECASE,
)
_STATES = re.compile(
    r"(?:Đến nay|Hiện nay|Tính đến|Thời gian qua|Trong thời gian qua|Vừa qua|Toàn tỉnh|Qua (?:theo dõi|kiểm tra|rà soát|tổng hợp)|Kết quả|"
    r"Năm \d{4},|Tuy nhiên|Bên cạnh đó, (?:còn|vẫn)|Một số|Còn \d|Có \d|\d|Nguyên nhân|Ưu điểm|Hạn chế|Thời gian:|Địa điểm:|Thành phần:|Ghi chú|"
    r"(?:Đến|Hết) (?:hết )?(?:ngày|tháng|quý|năm) [\d/]+(?: năm \d{4})?,? (?:toàn|cả|có|tỷ lệ|đã|các \w+ đã))",
)
_CLOSING = re.compile(
    r"(?:Trong quá trình|Quá trình)\b.{0,60}(?:nếu|có)\b|Nếu (?:có|gặp|phát sinh)|Trên đây là|Trân trọng|Nhận được (?:Công văn|văn bản)|"
    r"(?:Yêu cầu|Đề nghị|Các)\b.{0,140}(?:nghiêm túc|khẩn trương|tích cực|quan tâm|phối hợp)?\s*,?\s*(?:triển khai\s*,?\s*|tổ chức\s*|phối hợp\s*,?\s*)"
    r"(?:nghiêm túc\s*)?thực hiện(?: nghiêm túc| tốt)?(?: (?:các )?(?:nội dung|nhiệm vụ)(?: nêu)? trên| nội dung này| Công văn này)?\s*[./]*$",
    re.IGNORECASE,
)
_NEXT_SENTENCE = re.compile(r"(?:;|\.)\s+")
_CONDITION = re.compile(r"(?:Trong quá trình|Quá trình)(?!\w).{0,80}?(?:nếu có|có|phát sinh|gặp) |Nếu ", re.IGNORECASE)


@dataclass
class Reading:
    """What the sections are read with, and what comes out."""

    source: Source
    find: FindDeadlines
    default_units: tuple[str, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    spelled: dict[str, str] = field(default_factory=dict)
    speakers: Callable[[str], bool] = lambda name: False
    sections: list[Section] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def name(self, unit: Unit) -> str:
        """The unit's name: an alias becomes what it stands for, capitals become the spelling used elsewhere."""
        if in_capitals(unit.name):
            return self.spelled.get(folded(unit.name).lower(), _small(unit.name))
        return self.names.get(unit.name, unit.name)

    def leave(self, passage: Passage, reason: str) -> None:
        """Keeps a sentence that is not a task, with the reason."""
        self.left_out.append(LeftOut(text=passage.text, reason=reason, span=self.source.span_of(passage)))


@dataclass
class Under:
    """What a heading hands down to the items under it."""

    path: str = ""
    rank: Rank = Rank.PART
    units: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    told: bool = False


@dataclass
class Open:
    """A section while its tasks are gathered."""

    label: str | None
    lead: str | None
    units: tuple[str, ...]
    span: Passage
    tasks: list[Task] = field(default_factory=list)


def read_sections(items: list[Item], reading: Reading) -> None:
    """Fills `reading` with the sections of the letter and with what was left out."""
    last = ""
    started = False
    numbered = any(item.rank is not Rank.TEXT for item in items)
    for item in items:
        if item.rank is Rank.TEXT:
            if numbered and not started:
                _preamble(item, reading)
                continue
            last = _loose(item, reading, last)
            continue
        started = True
        if item.rank >= Rank.DASH:
            last = _next_label(last)
            _top(item, last, None, reading)
        else:
            last = item.label
            _top(item, item.label, item.label, reading)


def _top(item: Item, path: str, label: str | None, reading: Reading) -> None:
    if _is_theme(item) and _says_no_duty(item):
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
            _close(own, reading)
        return
    duty = read_duty(text, found, inherited=under.told)
    units = _heading_units(text, duty, reading)
    if _contents_only(item, duty, found, reading):
        own = section or Open(label, None, under.units or reading.default_units, item.text)
        whole = item.text
        for child in item.children:
            whole = whole.join(child.text, "\n")
        _leaf(whole, under, own, found, reading, lone=section is None)
        if section is None:
            _close(own, reading)
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
    if section is None and not units and not handed.told and _children_are_told(item):
        opened = None
    elif units or section is None:
        lead = _lead(text, duty, bool(duty.carriers))
        opened = Open(label if section is None else under.path, lead, units or under.units or reading.default_units, item.text)
    if not duty.empty and _has_own_duty(text, duty, found) and opened is not None:
        _task(item.text, duty, Under(under.path, item.rank, handed.units), opened, found, reading)
    for order, child in enumerate(item.children, start=1):
        if _is_theme(child) and not handed.told and _says_no_duty(child):
            _leave_all(child, reading)
            continue
        path = _path(handed.path, item.rank, child, order, alone=len(item.children) == 1)
        _walk(child, Under(path, child.rank, handed.units, handed.carriers, handed.coordinators, handed.told), opened, path, reading)
    if opened is not None and opened is not section:
        _close(opened, reading)


def _leaf(passage: Passage, under: Under, section: Open, found: list[DeadlineAt], reading: Reading, *, lone: bool) -> None:
    """An item without items under it: one task, or one a unit where several are told one after the other."""
    text = passage.text
    if _STATES.match(text) and not any(at.dated for at in found):
        reading.leave(passage, "statement")
        return
    pieces = _by_unit(passage, reading)
    if lone:
        duty = read_duty(text, found, inherited=under.told)
        if duty.units:
            section.units = tuple(reading.name(unit) for unit in duty.units)
            section.lead = _lead(text, duty, False)
        else:
            section.lead = text[: first_clause(text, 0)] if not section.units else section.lead
    for order, piece in enumerate(pieces, start=1):
        own = found if len(pieces) == 1 else reading.find(piece.text)
        duty = read_duty(piece.text, own, inherited=under.told)
        path = under.path if order == 1 else f"{under.path}.{order}"
        _task(piece, duty, Under(path, under.rank, under.units, under.carriers, under.coordinators, under.told), section, own, reading)


def _by_unit(passage: Passage, reading: Reading) -> list[Passage]:
    """An item cut where another unit is told something: "Sở A rà soát; Sở B bố trí kinh phí"."""
    text = folded(passage.text)
    cuts = [0]
    for gap in _NEXT_SENTENCE.finditer(text):
        place = gap.end()
        order = re.compile(r"(?:đồng thời\s*,?\s*)?(?:giao|yêu cầu|đề nghị)\s+", re.IGNORECASE).match(text, place)
        at = order.end() if order else place
        if not is_head(text, at, in_list=bool(order)) or (not order and not text[at].isupper()):
            continue
        units = read_units(text, at, in_list=bool(order))
        rest = text[units[-1].end :].lstrip(" ,") if units else ""
        if units and re.match(r"(?:có trách nhiệm|chịu trách nhiệm|căn cứ|theo chức năng)", rest) or (units and _VERB.match(rest)):
            if _CONDITION.match(text, place):
                continue
            cuts.append(place)
    return [passage.cut(start, end) for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _task(passage: Passage, duty: Duty, under: Under, section: Open, found: list[DeadlineAt], reading: Reading) -> None:
    """One task into its section."""
    text = passage.text
    start = duty.work_from if duty.units or duty.work_from else 0
    if not text[start:].strip(" .;:/"):
        return
    begin, end = main_clause(text, start, found)
    if section.label is None and duty.ordered and re.match(r"(?:giao|yêu cầu|đề nghị|phân công)", folded(text).lower()):
        begin = 0
    dated = [at for at in found if at.dated]
    chosen = dated[0] if dated else _rhythm(found, text, end)
    own = tuple(reading.name(unit) for unit in duty.units)
    units = own or under.units or section.units or reading.default_units
    partners = [reading.name(unit) for unit in (*duty.carriers, *duty.coordinators)]
    if under.carriers and not re.search(r"(?:chỉ|lãnh) đạo", text[: max(end, begin)].split(",")[0], re.IGNORECASE):
        partners += [name for name in under.carriers if name not in partners]
    partners += [name for name in under.coordinators if name not in partners]
    real = bool(dated) and chosen is not None and chosen.deadline.kind != "invalid"
    questions = ("several_leads",) if len(units) > 1 and len(own) != 1 else ()
    section.tasks.append(
        Task(
            id=under.path,
            text=_text(text, begin, end),
            body=text,
            assignees=units,
            coordinators=tuple(name for name in dict.fromkeys(partners) if name not in units),
            deadline=placed(chosen, passage, reading.source) if chosen else None,
            other_deadlines=tuple(placed(at, passage, reading.source) for at in dated[1:]),
            deliverable=product_of(text[start:], dated=real),
            report_to=_receiver(text[start:], reading),
            span=reading.source.span_of(passage),
            confidence=0.95 if own or under.told else 0.7,
            questions=questions,
        )
    )


def _receiver(text: str, reading: Reading) -> str | None:
    named = report_to(text)
    return reading.names.get(named, named) if named else None


def _text(text: str, begin: int, end: int) -> str:
    return text[begin:end].strip(" ,;:").removesuffix("./").removesuffix(".").strip() or text.strip()


def _rhythm(found: list[DeadlineAt], text: str, end: int) -> DeadlineAt | None:
    """Of the wordings without a date, the one that says most: a rule before a habit before haste.

    An adjective is none ("nhiệm vụ trọng tâm, thường xuyên"), nor is haste about something by the way.
    """
    kept: list[tuple[int, DeadlineAt]] = []
    for at in found:
        words = folded(at.deadline.text).lower()
        verb = bool(_VERB.match(folded(text), len(text) - len(text[at.end :].lstrip())))
        if "quy định" in words or "yêu cầu" in words or "tiến độ" in words:
            kept.append((0, at))
        elif "thường xuyên" in words:
            kept += [(1, at)] if verb or not text[at.end :].strip(" ./;") else []
        elif at.start < end and verb:
            kept.append((2, at))
    return min(kept, key=lambda pair: pair[0], default=(0, None))[1]


def _preamble(item: Item, reading: Reading) -> None:
    """Before the first item: "… yêu cầu các sở, ban, ngành thực hiện:" names who is meant when no item does."""
    text = folded(item.text.text)
    for found in re.finditer(r"(?:yêu cầu|đề nghị|giao)\s+(?:cho\s+)?", text):
        units = read_units(text, found.end(), in_list=True)
        if units and text.rstrip(" .").endswith(":"):
            reading.default_units = tuple(reading.name(unit) for unit in units)


def _loose(item: Item, reading: Reading, last: str) -> str:
    """An unnumbered paragraph that speaks for the whole letter: a task when it tells someone to do something."""
    text = item.text.text
    found = reading.find(text)
    if _CLOSING.match(text) and not any(at.dated for at in found):
        reading.leave(item.text, "closing")
        return last
    told = False
    for piece in _sentences(item.text):
        own = reading.find(piece.text)
        duty = read_duty(piece.text, own, inherited=False)
        place = after_lead_in(piece.text, own)
        verb = bool(_VERB.match(folded(piece.text), place))
        if _CLOSING.match(piece.text) and not any(at.dated for at in own):
            reading.leave(piece, "closing")
            continue
        works = bool(_VERB.match(folded(piece.text), duty.work_from)) or any(at.dated for at in own)
        if duty.units and not duty.ordered and reading.speakers(duty.units[0].name):
            reading.leave(piece, "issuer_speaks")
            continue
        if not (duty.units and (duty.ordered or works)) and not (verb and any(at.dated for at in own)):
            if re.search(r"(?<!\w)(?:yêu cầu|đề nghị|giao|phải)(?!\w)", piece.text.lower()):
                reading.leave(piece, "no_unit")
            continue
        last = _next_label(last)
        told = True
        section = Open(None, _lead(piece.text, duty, piece.text.startswith(("Giao", "Yêu cầu", "Đề nghị"))), (), piece)
        for order, part in enumerate(_by_unit(piece, reading), start=1):
            parts = reading.find(part.text)
            path = last if order == 1 else f"{last}.{order}"
            _task(part, read_duty(part.text, parts, inherited=False), Under(path), section, parts, reading)
        section.units = section.units or (section.tasks[0].assignees if section.tasks else ())
        _close(section, reading)
    if not told and not found:
        reading.leave(item.text, "introduction")
    return last


def _sentences(passage: Passage) -> list[Passage]:
    cuts = [0, *(gap.end() for gap in re.finditer(r"(?<=[^\W\d_]{2})\.\s+(?=[A-ZĐÀ-Ỵ])", passage.text))]
    return [passage.cut(start, end) for start, end in zip(cuts, [*cuts[1:], len(passage.text)], strict=True)]


def _children_are_told(item: Item) -> bool:
    """Whether the items under a theme name their own units: each is then a section by itself."""
    return any(read_duty(child.text.text, [], inherited=False).units for child in item.children)


def _contents_only(item: Item, duty: Duty, found: list[DeadlineAt], reading: Reading) -> bool:
    """Whether the items under a dated duty are its contents ("gồm: - số lượng; - kết quả"), not tasks."""
    if duty.empty or not any(at.dated for at in found):
        return False
    return not any(
        _VERB.match(folded(child.text.text)) or read_units(child.text.text) or any(at.dated for at in reading.find(child.text.text))
        for child in item.children
    )


def _has_own_duty(text: str, duty: Duty, found: list[DeadlineAt]) -> bool:
    if text.rstrip().endswith(":"):
        return any(at.dated for at in found)
    return any(at.dated for at in found) or (bool(duty.units) and bool(_VERB.match(folded(text), duty.work_from)) and "." in text)


def _heading_units(text: str, duty: Duty, reading: Reading) -> tuple[str, ...]:
    """The units of a heading; what follows the last without a verb belongs to its name ("… các xã ven biển")."""
    units = [reading.name(unit) for unit in duty.units]
    rest = text[duty.units[-1].end :] if duty.units else ""
    if rest.strip(" .:") and len(rest.split()) <= 6 and not re.search(r"[,;:(]", rest.rstrip(" :")) and not _VERB.search(folded(rest)):
        units[-1] = (duty.units[-1].name + rest).rstrip(" .:")
    return tuple(units)


def _says_no_duty(item: Item) -> bool:
    """A heading such as "MỤC ĐÍCH, YÊU CẦU": short, and no unit is told anything."""
    text = folded(item.text.text)
    if not _NO_DUTIES.match(text) or len(text.split()) > 14:
        return False
    return not read_duty(text, [], inherited=False).units


def _is_theme(item: Item) -> bool:
    return bool(item.children) or in_capitals(item.text.text)


def _leave_all(item: Item, reading: Reading) -> None:
    reading.leave(item.text, "not_duties")
    for child in item.children:
        _leave_all(child, reading)


def _lead(text: str, duty: Duty, whole: bool) -> str:
    if whole:
        until = duty.carriers[-1].end if duty.carriers else (duty.units[-1].end if duty.units else len(text))
        return text[:until].strip()
    if duty.units:
        return text[duty.units[0].start : duty.units[-1].end]
    return text.strip(" .:")


def _close(section: Open, reading: Reading) -> None:
    if section.tasks:
        units = section.units or tuple(dict.fromkeys(name for task in section.tasks for name in task.assignees))
        reading.sections.append(
            Section(label=section.label, lead=section.lead, assigned_to=units, tasks=tuple(section.tasks), span=reading.source.span_of(section.span))
        )


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


_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI")


def _next_label(last: str) -> str:
    if last in _ROMANS[:-1]:
        return _ROMANS[_ROMANS.index(last) + 1]
    return str(int(last) + 1) if last.isdigit() else f"{last}+1" if last else "1"


def _small(name: str) -> str:
    """A name in capitals in the usual spelling: the first letter stays, well-known names keep theirs."""
    words = name.lower()
    for known in ("UBND", "HĐND", "UBMTTQ"):
        words = re.sub(rf"(?<!\w){known.lower()}(?!\w)", known, words)
    for known in ("Sở ", "Tỉnh ủy", "Thành ủy", "Đảng ủy", "Công an", "Văn phòng", "Ban ", "Ủy ban"):
        words = re.sub(rf"(?<!\w){known.lower()}", known, words)
    return words[:1].upper() + words[1:]
