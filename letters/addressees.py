"""The list after "Kính gửi", or after "điện:" in a wire: where it starts, its items, where the body begins."""

import re

from directive.regex import regex
from letters.head_forms import RULE_LINE, Header
from letters.text import Passage, Source

_ADDRESSED = regex(r"K[íi]nh\s*g[ửu]i\s*:?", re.IGNORECASE)


_WIRED = regex(r"(?<!\w)điện\s*:?\s*$|(?<!CÔNG )(?<!\w)ĐIỆN\s*:\s*$")


BULLET = regex(r"\s*(?:[-–—•*+]|\d{1,2}[.)])\s*(?=\S)")


BODY_OPENING = regex(
    r"\s*(?:Thực hiện|Căn cứ|Tiếp theo|Triển khai|Theo|Để|Trong|Sau khi|Xét|Qua|Ngày|Vừa qua|Nhằm|Hiện nay|"
    r"Thời gian qua"
    r"|Phúc đáp|Trên cơ sở|Ủy ban nhân dân .* (?:nhận được|đề nghị|yêu cầu)|I\s*[.\-–/]|1\.)(?!\w)"
)


def find_addressed(source: Source) -> int | None:
    for index, line in enumerate(source.lines[:120]):
        if _ADDRESSED.match(line.text.strip()):
            return index
        if _WIRED.search(line.text) and any(
            "CÔNG ĐIỆN" in before.text.upper() for before in source.lines[:index]
        ):
            return index
    return None


def read_addressees(source: Source, index: int, header: Header) -> int:
    """The list after "Kính gửi"; returns the index of the first line of the body."""
    first = source.passage(source.lines[index])
    opened = _ADDRESSED.match(first.text) or _WIRED.search(first.text)
    rest = first.cut(opened.end() if opened else 0)
    items: list[Passage] = [rest] if rest.text else []
    blank = False
    position = index + 1
    while position < len(source.lines):
        line = source.passage(source.lines[position])
        if not line.text or RULE_LINE.match(line.text):
            blank = bool(items)
        elif (
            BULLET.match(line.text)
            and not line.text[0].isdigit()
            and not (blank and items and _closed(items[-1]))
        ):
            items.append(line)
            blank = False
        elif BODY_OPENING.match(line.text) or (items and _closed(items[-1])) or (blank and items):
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
