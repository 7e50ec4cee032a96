"""The documents that a letter cites, and the short names it defines.

"Báo cáo số 23-BC/CQTTBCĐ, ngày 27/5/2026 của Cơ quan Thường trực …" → type, number, date, issuer. A document cited
twice is one reference; what the second mention adds is kept.
"""

import re
from datetime import date

from directive.regex import regex
from letters.letter import Alias, Reference
from letters.text import Passage, Source
from letters.units import read_unit
from letters.words import DOC_TYPES, folded

_TYPE = "|".join(sorted((re.escape(kind) for kind in DOC_TYPES), key=len, reverse=True))
_SYMBOL = r"[^\W\d_][\w&]*(?:\s?[-/]\s?[^\W\d_][\w&]*)*"
_CITED = regex(
    rf"(?<!\w)(?:(?P<type>(?:Luật|Bộ luật|Pháp lệnh)(?=\s)|{_TYPE})\s+"
    rf"(?P<between>(?:(?!(?:{_TYPE})(?!\w)|tại\s)[^\W\d_,;.()]+,?\s+){{0,9}}?))?số\s*:?\s*"
    rf"(?P<number>\d+[A-Za-z]?\s?(?:/\s?\d{{4}}\s?)?[-/–]\s?{_SYMBOL}\d*)"
    r"(?P<rest>(?:\s*\([^)]{0,40}\))?\s*,?\s*(?:ký\s+)?(?:ngày\s*(?P<day>\d{1,2})\s*(?:[/.-]|"
    r"\s*tháng\s*)\s*(?P<month>\d{1,2})\s*(?:[/.-]|\s*năm\s*)"
    r"\s*(?P<year>\d{4}))?)",
    re.IGNORECASE,
)
_OF = regex(r"\s*,?\s*(?:\([^)]{0,60}\)\s*)?của\s+(?:liên ngành\s+)?")
_AT = regex(r"của\s+(?P<who>[^,;.()]{2,80}?)\s+tại\s+(?:các\s+)?$")
_OFFICES = regex(
    r"(?:Thủ tướng Chính phủ|Chính phủ|Quốc hội|Ủy ban Thường vụ Quốc hội|Bộ Chính trị|Ban Bí thư(?: Trung ương Đảng)?|"
    r"Ban Chấp hành (?:Trung ương|Đảng bộ tỉnh)(?: Đảng)?(?: khóa \w+)?|Trung ương|Ban Thường vụ (?:Tỉnh ủy|"
    r"Thành ủy|Đảng ủy UBND tỉnh|Đảng ủy)|"
    r"Tổng Bí thư|Bộ trưởng Bộ [^,;.()]+?(?= về| quy định)|Thường trực (?:Tỉnh ủy|Ban Bí thư)|Liên bộ)(?!\w)"
)
ALIAS = regex(
    r"\((?:sau đây|dưới đây|từ đây|sau này)?\s*,?\s*(?:được\s+)?(?:viết tắt|gọi tắt|gọi chung|gọi|"
    r"viết gọn)\s*(?:tắt\s*|chung\s*)?là\s*:?\s*"
    r"[“\"«']?(?P<short>[^)”\"»']{1,80})[”\"»']?\s*\)",
    re.IGNORECASE,
)


def read_references(source: Source, passages: list[Passage], own: str | None) -> tuple[Reference, ...]:
    """All cited documents in the order of their first mention, without the letter itself."""
    found: dict[str, Reference] = {}
    for passage in passages:
        kind = issuer_of_chain = ""
        plain = folded(passage.text)
        for match in _CITED.finditer(plain):
            number = re.sub(
                r"\s*([-/–])\s*", lambda joint: joint.group(1).replace("–", "-"), match["number"]
            ).rstrip(".-/")
            kind = _kind(match, plain, kind)
            if not kind or number == own:
                continue
            if (
                not match["type"]
                and issuer_of_chain
                and (before := found.get(issuer_of_chain))
                and before.issuer is None
            ):
                found[issuer_of_chain] = before._replace(issuer=_issuer(passage.text, plain, match))
            issuer_of_chain = number
            seen = found.get(number)
            day, issuer = _date(match), _issuer(passage.text, plain, match)
            if seen is None:
                span = source.span_of(passage.cut(match.start(), match.end()))
                found[number] = Reference(type=kind, number=number, date=day, issuer=issuer, span=span)
            else:
                found[number] = seen._replace(date=seen.date or day, issuer=seen.issuer or issuer)
    return tuple(found.values())


def _kind(match: re.Match[str], plain: str, last: str) -> str:
    """The type of the cited document; "số 15/… và số 16/…" go on with the type before them."""
    if match["type"]:
        words = match["type"]
        between = (match["between"] or "").strip()
        named = next(kind for kind in DOC_TYPES if kind.lower() == words.lower())
        law = named in {"Luật", "Bộ luật", "Pháp lệnh"}
        if between and not law:
            return last if "," in between or len(between.split()) > 3 else named
        return f"{named} {between}".strip() if law and between else named
    before = plain[max(0, match.start() - 40) : match.start()]
    return last if re.search(r"(?:,|và|;)\s*$", before) else ""


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"])) if match["year"] else None
    except ValueError:
        return None


def _issuer(text: str, plain: str, match: re.Match[str]) -> str | None:
    """Who issued it: "của X" after it, or "đề nghị của X tại Tờ trình số …" before it."""
    of = _OF.match(plain, match.end())
    if of:
        office = _OFFICES.match(plain, of.end())
        if office:
            return text[of.end() : office.end()]
        unit = read_unit(plain, of.end())
        return text[unit.start : _at_level(plain, unit.end)].strip() if unit else None
    at = _AT.search(plain[max(0, match.start() - 120) : match.start()])
    if at is None:
        return None
    start = max(0, match.start() - 120)
    return text[start + at.start("who") : start + at.end("who")].strip()


def _at_level(plain: str, end: int) -> int:
    found = re.compile(r"\s+cấp (?:tỉnh|xã|trên)").match(plain, end)
    return found.end() if found else end


def read_aliases(source: Source, passages: list[Passage]) -> tuple[Alias, ...]:
    """The short names that the letter defines, with what they stand for."""
    aliases: list[Alias] = []
    for passage in passages:
        for match in ALIAS.finditer(passage.text):
            short = match["short"].strip(" .,;")
            full = _full_name(passage.text[: match.start()].rstrip(), short)
            if full and not any(alias.short == short for alias in aliases):
                span = source.span_of(passage.cut(match.start(), match.end()))
                aliases.append(Alias(short=short, full=full, span=span))
    return tuple(aliases)


def _full_name(before: str, short: str) -> str | None:
    """The words before the bracket that the short name stands for: from its own first words, or the last unit."""
    opening = " ".join(short.split()[:2])
    at = before.rfind(opening)
    if at >= 0 and len(before) - at <= 400:
        return before[at:]
    places = [found.start() for found in re.finditer(r"(?<!\w)(?=\w)", before[-160:])]
    base = max(0, len(before) - 160)
    for place in places:
        unit = read_unit(before, base + place, in_list=True)
        if unit and unit.end >= len(before):
            return unit.name
    cited = [found.start() for found in re.finditer(rf"(?:{_TYPE})(?!\w)", before)]
    last = before[cited[-1] :] if cited else ""
    return last if last and len(last) <= 240 and ")" not in last else None
