"""Feasts by name: «trước Tết Nguyên đán», «trước kỳ nghỉ Lễ Quốc khánh 02/9»."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from directive.phrases.lunar import solar, tet
from directive.phrases.moment import Moment, Scene
from directive.regex import regex

DETAIL = r"(?:\s*\(?\s*(?:nam\s*)?(?:{name}|(?P<y>20\d\d)|{day}(?:\s*/\s*(?P<y2>20\d\d))?)\s*\)?)*"
STEMS = "giap|at|binh|dinh|mau|ky|canh|tan|nham|quy"
BRANCHES = "ty|suu|dan|mao|thin|ngo|mui|than|dau|tuat|hoi"
LUNAR_NAME = rf"(?:{STEMS})\s+(?:{BRANCHES})\b"

# name → (pattern, the feast's day in a year)
FEASTS: tuple[tuple[re.Pattern[str], Callable[[int], date]], ...] = tuple(
    (regex(rf"(?P<head>{head})" + DETAIL.format(name=LUNAR_NAME, day=day) + r"(?![\w/])"), when)
    for head, day, when in (
        (r"tet\s+duong\s+lich", r"0?1/0?1", lambda year: date(year, 1, 1)),
        (r"(?:ram\s+)?tet\s+trung\s+thu", r"15/8", lambda year: solar(15, 8, year)),
        (rf"tet(?:\s+(?:nguyen\s+dan|am\s+lich|co\s+truyen|{LUNAR_NAME}))?", r"0?1/0?1", tet),
        (r"gio\s+to(?:\s+hung\s+vuong)?", r"10/0?3(?:\s*am\s+lich)?", lambda year: solar(10, 3, year)),
        (r"(?:ngay\s+)?quoc\s+khanh", r"0?2/0?9", lambda year: date(year, 9, 2)),
        (r"quoc\s+te\s+lao\s+dong", r"0?1/0?5", lambda year: date(year, 5, 1)),
        (r"(?:ngay\s+)?giai\s+phong(?:\s+mien\s+nam)?", r"30/0?4", lambda year: date(year, 4, 30)),
        (r"ngay\s+van\s+hoa(?:\s+viet\s+~~~|\s+viet\s+nam)?", r"24/11", lambda year: date(year, 11, 24)),
    )
)
PREFIX = regex(
    r"(?:dip\s+)?(?P<rest>(?:ky\s+|dip\s+)?nghi\s+)?(?:dip\s+)?(?:ngay\s+)?(?:le\s*,?\s+)?(?=tet|gio\s|ngay|quoc|giai)"
)


def read_feast(scene: Scene, pos: int) -> Moment | None:
    """A named feast: `first` is its day; a feast without a year is the next one after the document."""
    fold = scene.prose.fold
    prefix = PREFIX.match(fold, pos) if fold[pos : pos + 1] in "dknltgq" else None
    if prefix is None:
        return None
    for pattern, when in FEASTS:
        if found := pattern.match(fold, prefix.end()):
            year = found["y"] or found["y2"]
            day = when(int(year) if year else scene.issued.year)
            if not year and day <= scene.issued:
                day = when(scene.issued.year + 1)
            return Moment(
                found.end(), "feast", day, day, rule="before_feast", words={"rest": prefix["rest"] or ""}
            )
    return None


def before_feast(scene: Scene, feast: Moment) -> tuple[date, date]:
    """(reading, alternative): the day before, or before a «kỳ nghỉ» the last working day before the break."""
    eve = feast.first - timedelta(days=1)
    working = scene.calendar.roll_back(eve)
    return (working, eve) if feast.words["rest"] else (eve, working)
