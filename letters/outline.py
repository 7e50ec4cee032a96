"""The body as a tree: lines become paragraphs again, paragraphs become items under their headings.

A page number or a page break does not end a sentence; a wrapped line does not start a paragraph. Outlines of both
systems: I. I- / 1. 1) / 1.1. / a) / - / + (Nghị định 30/2020/NĐ-CP Phụ lục I; Hướng dẫn 36-HD/VPTW).
"""

import re
from dataclasses import dataclass, field
from enum import IntEnum

from directive.regex import regex
from letters.refusals import Reason, Unreadable
from letters.text import Line, Passage, Source
from letters.units import in_capitals, read_units
from letters.words import DUTY, folded


class Rank(IntEnum):
    """How deep a marker stands."""

    PART = 0
    ROMAN = 1
    CAPITAL = 2
    NUMBER = 3
    DOTTED = 4
    LETTER = 5
    DASH = 6
    PLUS = 7
    TEXT = 9


@dataclass
class Item:
    """A paragraph with its marker, and the items under it."""

    rank: Rank
    label: str
    text: Passage
    spaced: bool = False
    children: list["Item"] = field(default_factory=list)


_MARKERS: tuple[tuple[Rank, re.Pattern[str]], ...] = (
    (Rank.PART, regex(r"(?:Phần|PHẦN|Chương|CHƯƠNG)\s+(?P<label>[IVX]+|thứ \w+)\s*[.:\-–]?\s*")),
    (Rank.PART, regex(r"Điều\s+(?P<label>\d{1,3})\s*[.:]\s+(?=[A-ZĐÀ-Ỵ])")),
    (Rank.ROMAN, regex(r"(?P<label>[IVX]{1,5})\s?(?:[.)/]|[.]?\s*[-–])\s*(?=\S)")),
    (Rank.CAPITAL, regex(r"(?P<label>[A-EĐ])\s?(?:[.)]|[.]?\s*[-–])\s+(?=\S)")),
    (Rank.DOTTED, regex(r"(?P<label>\d{1,2}(?:\.\d{1,2}){1,3})\s*(?:[.)]?\s+|[.)]?\s?[-–]\s+)(?=\D)")),
    (
        Rank.NUMBER,
        regex(r"(?P<label>\d{1,3})\s?[.)/](?:\s+|(?=[^\W\d_]))|(?P<dash>\d{1,2})\s?[-–]\s+(?=[^\W\d_])"),
    ),
    (Rank.LETTER, regex(r"(?P<label>[a-zđ])\s?(?:[).]|[-–](?=\s))\s*(?=\S)")),
    (Rank.PLUS, regex(r"(?P<label>\+)\s*(?=\S)")),
    (Rank.DASH, regex(r"(?P<label>[-–—•*▪●])\s*(?=\S)")),
)
_PAGE_NUMBER = regex(r"\s*(?:[Tt]rang\s+)?[-–]?\s*\d{1,3}\s*(?:/\s*\d{1,3})?\s*[-–]?\s*$")
MAX_PARAGRAPH = 12_000  # characters; the longest paragraphs of real letters have some 4,000
_RULE_LINE = regex(r"[\s*_=~\-–—.]{3,}$")
_ENDED = regex(r"[.;:!?…](?:/\.)?[”\"»)]?$")
_ORDERS = regex(
    r"(?:Giao|Trân trọng|Rất mong|Yêu cầu|Đề nghị|Kính đề nghị|Phân công|Trong quá trình|Quá trình|Trên đây|Nhận được|"
    r"Đây là|Căn cứ|Trường hợp|Sau khi|Với |Định kỳ|Thời gian)(?!\w)"
)


def read_outline(source: Source, first: int, stop: int) -> list[Item]:
    """The items of the body, in order, as a forest. Lines of tables are left to the tables."""
    return _tree(_paragraphs(source, source.lines[first:stop]))


def _marker(text: str) -> tuple[Rank, str, int] | None:
    for rank, pattern in _MARKERS:
        found = pattern.match(text)
        if found:
            label = found["label"] or found.groupdict().get("dash") or ""
            return rank, label, found.end()
    return None


def _paragraphs(source: Source, lines: tuple[Line, ...]) -> list[Item]:
    """The paragraphs, each with its marker taken off."""
    items: list[Item] = []
    widths = [
        len(line.text.rstrip())
        for line in lines
        if line.text.strip() and line.number not in source.table_lines
    ]
    width = max(widths, default=0)
    blank = page = False
    before = ""
    for line in lines:
        if line.number in source.table_lines:
            blank = True
            continue
        page = page or line.new_page
        passage = source.passage(line)
        if not passage.text:
            blank = True
            continue
        if _RULE_LINE.match(passage.text):
            blank = True
            continue
        if _PAGE_NUMBER.match(line.text) and (
            blank or page or len(passage.text) <= 3 or passage.text[-1] in "-–" or "/" in passage.text
        ):
            page = True
            continue
        mark = _marker(passage.text)
        full = 40 < width <= 140 and len(before.rstrip()) >= 0.82 * width
        if items and _continues(items, passage, mark, blank=blank, page=page, full=full):
            items[-1].text = items[-1].text.join(passage)
            if len(items[-1].text.text) > MAX_PARAGRAPH:
                raise Unreadable(Reason.TOO_LARGE)
        else:
            rank, label, end = mark or (Rank.TEXT, "", 0)
            items.append(Item(rank, label, passage.cut(end), spaced=blank))
        before, blank, page = line.text, False, False
    return items


def _continues(
    items: list[Item],
    passage: Passage,
    mark: tuple[Rank, str, int] | None,
    *,
    blank: bool,
    page: bool,
    full: bool,
) -> bool:
    """Whether a line goes on with the paragraph before it."""
    last = items[-1]
    ended = bool(_ENDED.search(last.text.text))
    if mark is not None:
        return _false_marker(items, passage, mark, ended=ended)
    if not ended:
        if _is_heading(last) and not passage.text[0].islower():
            return in_capitals(last.text.text) and in_capitals(passage.text) and not blank
        return not blank or page or not passage.text[0].isupper()
    if last.text.text.endswith(":"):
        return False
    if page and not passage.text[0].isupper():
        return True
    return not blank and full and not _ORDERS.match(passage.text)


def _false_marker(items: list[Item], passage: Passage, mark: tuple[Rank, str, int], *, ended: bool) -> bool:
    """A wrapped line that merely looks like an item: "kinh tế / - xã hội", "Nghị quyết số / 57. …"."""
    rank, label, end = mark
    rest = passage.text[end:]
    if rank is Rank.DASH:
        if ended or not rest[:1].islower():
            return False
        return not DUTY.at(rest) or (items[-1].rank is not Rank.DASH and not _is_heading(items[-1]))
    if rank is Rank.NUMBER and not ended and not _is_heading(items[-1]):
        numbers = [int(item.label) for item in items if item.rank is Rank.NUMBER and item.label.isdigit()]
        return int(label) not in {1, *(number + 1 for number in numbers)}
    if rank is Rank.DOTTED:
        return not ended and not _is_heading(items[-1]) and rest[:1].islower()
    return rank is Rank.LETTER and not ended and passage.text[1:2] in ".-–" and not _is_heading(items[-1])


def _is_heading(item: Item) -> bool:
    """A line that names a unit or a theme and says nothing about it yet."""
    text = item.text.text
    if in_capitals(text):
        return True
    if item.rank is Rank.TEXT or len(text) > 160:
        return False
    units = read_units(text)
    if units:
        return not text[units[-1].end :].strip(" .")
    return len(text.split()) <= 14 and not DUTY.at(text) and item.rank < Rank.LETTER


def _tree(items: list[Item]) -> list[Item]:
    roots: list[Item] = []
    path: list[Item] = []
    for item in items:
        if item.rank is Rank.TEXT:
            parent = _parent_of_text(path, item)
            (parent.children if parent else roots).append(item)
            if parent is None:
                path = [item]
            continue
        while path and (path[-1].rank >= item.rank):
            path.pop()
        if path and path[-1].rank is Rank.TEXT:
            path.pop()
        (path[-1].children if path else roots).append(item)
        path.append(item)
    return roots


def _parent_of_text(path: list[Item], item: Item) -> Item | None:
    """The heading that an unmarked paragraph stands under, or None when it speaks for the whole letter."""
    heading = path[-1] if path else None
    if heading is None or heading.rank is Rank.TEXT:
        return None
    text = folded(item.text.text)
    if not heading.children and (_is_heading(heading) or heading.text.text.endswith(":")):
        return heading
    if _ORDERS.match(text) or read_units(text):
        return None
    if heading.children and all(child.rank is Rank.TEXT for child in heading.children):
        return heading
    return heading if not item.spaced else None
