"""Rhythms: «ngày 25 hằng tháng», «thứ Sáu hằng tuần», «hằng quý trước ngày 20 tháng cuối quý»."""

import re
from dataclasses import dataclass, field

from directive.phrases.clock import CLOCK, weekly_clock
from directive.phrases.days import WEEKDAY, WEEKDAYS
from directive.phrases.finding import Finding
from directive.phrases.moment import Scene
from directive.phrases.numbers import DAY_WORDS, either, value
from directive.phrases.rhythm import Rhythm
from directive.regex import regex

UNIT = r"ngay|tuan|thang|quy|qui|nam"
SIGNAL = regex(
    rf"(?P<dk>dinh\s+ky\s+)?(?:(?:vao\s+)?(?P<edge>cuoi|dau)\s+)?(?:hang"
    rf"|moi)\s+(?P<u1>{UNIT})(?![\w~])(?:\s+(?:mot|0?1)\s+lan)?(?!\s*\d)"
    rf"|dinh\s+ky\s+(?:theo\s+|vao\s+)?(?:(?P<edge2>cuoi|dau)\s+)?(?P<u2>{UNIT})(?![\w~])(?!\s*[\divx])"
    rf"|dinh\s+ky\s+(?P<n1>\d{{1,2}}|{either(DAY_WORDS)})\s*(?P<u3>{UNIT})(?![\w~])(?:\s*(?:/|mot|1|01)\s*lan)?"
    rf"|(?:cu\s+)?(?P<n2>\d{{1,2}}|{either(DAY_WORDS)})\s*(?P<u4>{UNIT})\s*(?:/|\s(?:mot|1"
    rf"|01)\s)\s*(?:0?1\s+)?lan(?![\w~])"
    r"|ngay\s+(?P<lv>lam\s+viec\s+)?(?P<edge3>dau|cuoi)(?:\s+(?:tien|cung))?\s+(?:cua\s+)?(?:(?:hang|moi)\s+)?"
    r"(?P<u5>tuan|thang|quy)(?![\w~])(?!\s*(?:\d|[ivx]+\b|nay|sau|toi|mot|hai|ba))"
    r"|thang\s+(?:cuoi|dau)(?:\s+(?:cung|tien))?\s+(?:cua\s+)?(?:(?:moi|hang)\s+)?(?P<u6>quy"
    r"|qui)(?![\w~])(?!\s*[\divx])"
)
GOODS = regex(r"(?:ngan|cua|khach|ban|mat|don|kho|nhap|xep|mua|giao)\s+$")
# What a rhythm may be made of; anything else ends it.
PIECE = (
    r"(?:truoc|cham\s+nhat|muon\s+nhat|vao|cac|ngay|mung|mong|thu\s*(?:hai|ba|tu|nam|sau|bay"
    r"|[2-7])|chu\s+nhat|luc|cua|va|den|het"
    r"|hang|moi|dinh\s+ky|cuoi(?:\s+cung)?|dau(?:\s+tien)?|thang|quy|tuan|nam|lam\s+viec"
    r"|ke\s+tiep|tiep\s+theo|sau|lan"
    r"|lien\s+ke|sang|chieu|gio|phut|\d{1,2}\s*(?:h|g|:)\s*(?:\d{2})?'?|\d{1,2}/\d{1,2}(?![\d/])|\d{1,2}(?![\d/]))"
)
RIGHT = regex(rf"(?:\s*[,(]?\s*{PIECE}(?![\w~])\s*\)?)+")
LEFT = regex(rf"(?:{PIECE}(?![\w~])\s*(?:,\s*(?=ngay|thu|hang|moi|dinh|$)|va\s+)?)+$")
FAR = regex(
    rf"(?:truoc|cham\s+nhat|muon\s+nhat|vao)\s+(?:(?:ngay|thu|luc|\d{{1,2}}\s*(?:h|g|:"
    rf"|gio))(?:\s*[,(]?\s*{PIECE}(?![\w~]))+)"
)
BEFORE = regex(r"truoc\s+(?!va\s)(?:ngay|thu|chu|\d{1,2}(?:/|\s*(?:hang|cua|thang)))")
LISTED = regex(r"(?:ngay\s*(?:mung\s*|mong\s*)?|mung\s*|mong\s*)(\d{1,2})(?![\d/])(?!\s*thang\s*\d)")
ALSO = regex(r"(?:,|va)\s*(?:ngay\s*)?(\d{1,2})(?![\d/:hg])(?!\s*(?:gio|thang\s*\d))")
DATED = regex(r"(\d{1,2})(?:/|\s+thang\s+)(\d{1,2})(?![\d/])")
MONTH_OF_QUARTER = regex(
    r"thang\s+(cuoi|dau)(?:\s+(?:cung|tien))?\s+(?:cua\s+)?(?:(?:moi|hang)\s+)?(?:quy|ky)"
    r"|thang\s+dau"
)
REPORTING = regex(
    r"(?:bao\s+cao|tong\s+hop|gui|giao\s+ban|ra\s+soat|cap\s+nhat|danh\s+gia"
    r"|so\s+ket)[^,;]{0,60}$"
)
REPORTS = regex(r"\s*,?\s*(?:[a-z~]+\s+){0,6}?(?:bao\s+cao|tong\s+hop|gui)(?!\w)")
STEPS = {
    "ngay": ("DAILY", 1),
    "tuan": ("WEEKLY", 1),
    "thang": ("MONTHLY", 1),
    "quy": ("MONTHLY", 3),
    "qui": ("MONTHLY", 3),
}


@dataclass(slots=True)
class Parts:
    """What one rhythm says, as found in its words."""

    unit: str
    count: int
    words: str
    before: bool = False
    edge: str = ""
    working: bool = False
    days: list[int] = field(default_factory=list)
    dated: list[tuple[int, int]] = field(default_factory=list)
    weekdays: list[int] = field(default_factory=list)
    clock: tuple[int, int] | None = None
    quarter_month: str = ""


def read_recurring(scene: Scene) -> list[Finding]:
    """Every rhythm in the text, as findings with their spans."""
    fold = scene.prose.fold
    found: list[Finding] = []
    taken = 0
    for signal in SIGNAL.finditer(fold):
        goods = signal.group().startswith("hang") and GOODS.search(
            fold, max(0, signal.start() - 8), signal.start()
        )
        if signal.start() < taken or goods:
            continue
        start, end = _reach(fold, signal, taken)
        parts = _parts(fold, signal, start, end)
        if not (parts.days or parts.dated or parts.weekdays or parts.clock or parts.edge):
            start, end, parts = _look_further(fold, signal, start, end, parts)
        for finding in Rhythm(scene, parts).findings(start, end):
            if finding.need != "nothing" and _is_report(fold, signal):
                finding.need = "nothing"
            found.append(finding)
        taken = end
    return _merged(found)


def _reach(fold: str, signal: re.Match[str], taken: int) -> tuple[int, int]:
    left = LEFT.search(fold, max(taken, signal.start() - 60), signal.start())
    right = RIGHT.match(fold, signal.end())
    start = left.start() if left else signal.start()
    end = right.end() if right else signal.end()
    later = SIGNAL.search(fold, signal.end(), end)
    if later and later["dk"] is None and (later["u1"] or later["u3"]) and "ngay" not in later.group():
        end = later.start()
    if fold[end - 1] in "(," or fold[start:end].endswith((" va", ",")):
        end = len(fold[:end].rstrip(" ,(").removesuffix(" va"))
    return start, max(end, signal.end())


def _clause(fold: str, start: int, end: int) -> tuple[int, int]:
    first = max(fold.rfind(mark, 0, start) for mark in (";", "\n\n", ". ")) + 1
    lasts = [at for mark in (";", "\n\n", ". ") if (at := fold.find(mark, end)) >= 0]
    return first, min(lasts, default=len(fold))


def _look_further(
    fold: str, signal: re.Match[str], start: int, end: int, parts: Parts
) -> tuple[int, int, Parts]:
    """«Hằng tháng báo cáo kết quả về Sở trước ngày 25»: the day stands later in the same clause."""
    _, last = _clause(fold, start, end)
    far = FAR.search(fold, end, last)
    if far is None or re.search(r"\d/\d{1,2}/\d|\d{4}", fold[end : min(far.end() + 6, last)]):
        return start, end, parts
    more = _parts(fold, signal, far.start(), far.end())
    return start, far.end(), more


def _parts(fold: str, signal: re.Match[str], start: int, end: int) -> Parts:
    groups = signal.groupdict()
    unit = next(groups[name] for name in ("u1", "u2", "u3", "u4", "u5", "u6") if groups[name])
    words = fold[start:end]
    number = groups["n1"] or groups["n2"]
    parts = Parts(unit, value(number, DAY_WORDS) if number else 1, words)
    parts.edge = groups["edge"] or groups["edge2"] or groups["edge3"] or ""
    parts.working = bool(groups["lv"]) or bool(re.search(r"ngay\s+lam\s+viec\s+(?:dau|cuoi)", words))
    if not parts.edge and (edge := re.search(r"(?:ngay|vao)\s+(?:lam\s+viec\s+)?(cuoi|dau)", words)):
        parts.edge = edge[1]
    parts.before = BEFORE.search(words) is not None and "truoc va trong" not in words
    if month := MONTH_OF_QUARTER.search(words):
        parts.quarter_month = month[1] or "dau"
        if parts.edge and not parts.working and f"thang {parts.edge}" in words:
            parts.edge = ""
    parts.clock = weekly_clock(words)
    plain = CLOCK.sub(" ", words) if parts.clock else words
    parts.dated = [(int(d), int(m)) for d, m in DATED.findall(plain)]
    if first := LISTED.search(plain):
        parts.days = [int(first[1])]
        parts.days += [int(d) for d in LISTED.findall(plain, first.end())]
        parts.days += [int(d) for d in ALSO.findall(plain, first.end())]
    for weekday in WEEKDAY.finditer(words):
        parts.weekdays.append(6 if weekday["cn"] else WEEKDAYS[weekday["w"]])
    return parts


def _is_report(fold: str, signal: re.Match[str]) -> bool:
    """A rhythm of reporting is a task; a rhythm of something else («kế hoạch hằng năm») is not, by itself."""
    first, last = _clause(fold, signal.start(), signal.end())
    if re.match(r"(?:cu\s+|dinh\s+ky)", signal.group()):
        return True
    if re.search(r"bao\s+cao|giao\s+ban", fold[max(first, signal.start() - 24) : signal.start()]):
        return True
    return (
        not fold[first : signal.start()].strip(" -+*") and REPORTS.match(fold, signal.end(), last) is not None
    )


def _merged(found: list[Finding]) -> list[Finding]:
    """Yearly rhythms on the same day of several months are one: «trước ngày 15/6 và … trước ngày 15/12»."""
    if len(found) < 2 or any(f.rule != "every_year" for f in found):
        return found
    joined = Rhythm.join_years(found)
    return [joined] if joined else found
