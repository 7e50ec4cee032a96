"""Paragraphs without a number: the words before the first item, and the orders and closing words after the last."""

import re

from directive.regex import regex
from letters.duty import after_lead_in, read_duty
from letters.outline import Item
from letters.reading import Open, Reading, Under
from letters.tasks import add_task, by_unit, close_section, lead_of
from letters.text import Passage
from letters.units import read_units
from letters.words import DUTY, folded

# "Các cơ quan, đơn vị" after "đề nghị" are those to whom the letter is addressed.
_GENERIC = regex(
    r"(?:các|quý) (?:cơ quan|đơn vị|địa phương|đồng chí|cấp ủy|ngành)(?:, (?:cơ quan|đơn vị|địa phương|ngành|tổ chức))*"
    r"(?: (?:trực thuộc|liên quan|nêu trên|trên))?$",
    re.IGNORECASE,
)
_CLOSING = regex(
    r"(?:Trong quá trình|Quá trình)\b.{0,60}(?:nếu|có)\b|Nếu (?:có|gặp|phát sinh)|Trên đây là|Trân trọng|"
    r"Nhận được (?:Công văn|văn bản)|"
    r"(?:Yêu cầu|Đề nghị|Các)\b.{0,140}(?:nghiêm túc|khẩn trương|tích cực|quan tâm|"
    r"phối hợp|chủ động)?\s*,?\s*(?:triển khai\s*,?\s*|tổ chức\s*|phối hợp\s*,?\s*)?"
    r"(?:nghiêm túc\s*)?thực hiện(?: nghiêm túc| tốt)?(?: (?:các )?(?:nội dung|nhiệm vụ)(?: nêu)? trên|"
    r" (?:theo )?(?:các |những )?nội dung(?: này| trên)?| (?:Công văn|Kế hoạch|Chỉ thị|Công điện) này)?\s*[./]*$",
    re.IGNORECASE,
)


def read_preamble(item: Item, reading: Reading) -> None:
    """Before the first item: "… yêu cầu các sở, ban, ngành thực hiện:" names who is meant when no item does."""
    text = folded(item.text.text)
    for found in re.finditer(r"(?:yêu cầu|đề nghị|giao)\s+(?:cho\s+)?", text):
        units = read_units(text, found.end(), in_list=True)
        generic = all(_GENERIC.match(unit.name) for unit in units)
        if units and text.rstrip(" .").endswith(":") and not (generic and reading.default_units):
            reading.default_units = tuple(reading.name(unit) for unit in units)


def read_loose(item: Item, reading: Reading, last: str) -> str:
    """An unnumbered paragraph that speaks for the whole letter: a task when it tells someone to do something."""
    text = item.text.text
    found = reading.find(text)
    if _CLOSING.match(text) and not any(at.dated for at in found):
        reading.leave(item.text, "closing")
        return last
    told = False
    before = len(reading.left_out)
    for piece in _sentences(item.text):
        own = reading.find(piece.text)
        duty = read_duty(piece.text, own, inherited=False, own=reading.own)
        place = after_lead_in(piece.text, own)
        verb = bool(DUTY.at(folded(piece.text), place))
        if _CLOSING.match(piece.text) and not any(at.dated for at in own):
            reading.leave(piece, "closing")
            continue
        works = bool(DUTY.at(folded(piece.text), duty.work_from)) or any(at.dated for at in own)
        if duty.units and not duty.ordered and reading.speakers(duty.units[0].name):
            reading.leave(piece, "issuer_speaks")
            continue
        if not (duty.units and (duty.ordered or works)) and not (verb and any(at.dated for at in own)):
            if re.search(r"(?<!\w)(?:yêu cầu|đề nghị|giao|phải)(?!\w)", piece.text.lower()):
                reading.leave(piece, "no_unit")
            continue
        last = next_label(last)
        told = True
        section = Open(
            None, lead_of(piece.text, duty, piece.text.startswith(("Giao", "Yêu cầu", "Đề nghị"))), (), piece
        )
        for order, part in enumerate(by_unit(piece, reading), start=1):
            parts = reading.find(part.text)
            path = last if order == 1 else f"{last}.{order}"
            add_task(
                part,
                read_duty(part.text, parts, inherited=False, own=reading.own),
                Under(path),
                section,
                parts,
                reading,
            )
        section.units = section.units or (section.tasks[0].assignees if section.tasks else ())
        close_section(section, reading)
    if not told and not found and len(reading.left_out) == before:
        reading.leave(item.text, "introduction")
    return last


def _sentences(passage: Passage) -> list[Passage]:
    cuts = [0, *(gap.end() for gap in re.finditer(r"(?<=[^\W\d_]{2})\.\s+(?=[A-ZĐÀ-Ỵ])", passage.text))]
    return [passage.cut(start, end) for start, end in zip(cuts, [*cuts[1:], len(passage.text)], strict=True)]


_ROMANS = (
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
    "XVI",
)


def next_label(last: str) -> str:
    if last in _ROMANS[:-1]:
        return _ROMANS[_ROMANS.index(last) + 1]
    return str(int(last) + 1) if last.isdigit() else f"{last}+1" if last else "1"
