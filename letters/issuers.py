"""The issuer among the lines of a head: the higher body, a name over two lines, State or Party."""

import re

from directive.regex import regex
from letters.head_forms import Header
from letters.letter import System
from letters.text import Passage, Source
from letters.words import folded

_BODY_HEADS = ("TỈNH ỦY", "THÀNH ỦY", "HUYỆN ỦY", "ĐẢNG ỦY", "ĐẢNG BỘ", "CHI BỘ", "SỞ", "BAN", "BỘ", "VĂN PHÒNG",
               "CÔNG AN",
               "UBND", "ỦY BAN", "HỘI ĐỒNG", "HĐND", "THANH TRA", "CỤC", "CHI CỤC", "TRUNG TÂM", "TRƯỜNG", "CÔNG TY",
               "PHÒNG", "HỘI", "LIÊN ĐOÀN", "TỔNG", "VIỆN", "BẢO HIỂM", "KHO BẠC", "THUẾ", "ĐOÀN",
               "BAN CHỈ ĐẠO")  # fmt: skip


_UNFINISHED = regex(
    r"(?:^|\s)(?:ỦY BAN|UBND|ỦY BAN NHÂN DÂN|ĐẢNG ỦY|BAN CHẤP HÀNH|VĂN PHÒNG|VÀ|CỦA|VỀ|HỘI ĐỒNG NHÂN DÂN|HĐND|"
    r"BAN CHỈ ĐẠO|BAN QUẢN LÝ|,)$"
)


def set_issuer(header: Header, parts: list[Passage]) -> None:
    """The issuer's lines: the higher body stands first, a name may run over two lines."""
    names: list[Passage] = []
    for part in parts:
        if names and (
            (_UNFINISHED.search(folded(names[-1].text)) and not _own_name(names[-1], part))
            or not _opens_body(part)
        ):
            names[-1] = names[-1].join(part)
        else:
            names.append(part)
    if not names:
        return
    header.put("issuer", names[-1], tidy(names[-1].text))
    if len(names) > 1:
        header.put("issuer_parent", names[-2], tidy(names[-2].text))


def _opens_body(part: Passage) -> bool:
    text = folded(part.text)
    return any(
        text.startswith(head) and not text[len(head) : len(head) + 1].isalpha() for head in _BODY_HEADS
    )


def _own_name(before: Passage, part: Passage) -> bool:
    """ "VĂN PHÒNG" under "UBND TỈNH" starts anew; "ỦY BAN NHÂN DÂN TỈNH" under "ĐẢNG ỦY" goes on."""
    return folded(part.text).startswith(("VĂN PHÒNG", "SỞ ", "BAN ")) and len(before.text.split()) > 2


def system_of(source: Source, header: Header) -> System | None:
    if header.system:
        return header.system
    issuer = folded(header.values.get("issuer", ""))
    if re.search(r"TỈNH ỦY|THÀNH ỦY|ĐẢNG|HUYỆN ỦY|CHI BỘ", issuer):
        return System.PARTY
    return System.STATE if header.values.get("symbol") else None


def tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" *")
