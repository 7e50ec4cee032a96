"""Months, quarters, halves and years, and their beginning, middle and end (Bộ luật Dân sự 2015, Điều 146)."""

import re
from datetime import date, timedelta

from directive.phrases.days import YEAR
from directive.phrases.moment import Moment, Scene, last_of_month, period, refuse, year_of
from directive.phrases.numbers import DAY_WORDS, MONTH_WORDS, ROMAN, YEAR_WORDS, either, value
from directive.phrases.reading import Offer, Period
from directive.phrases.weeks import NTH, read_week
from directive.regex import regex

YEAR_PART = rf"(?:\s*(?:[/.-]|,)\s*(?P<y2>\d{{2,6}})|\s*,?\s*(?:cua\s+)?{YEAR})"
END = r"(?![\d~]|/\d|-\d|-[a-z]{2})(?!\w)"
MONTH_WORD = either(MONTH_WORDS)
MONTH = regex(
    rf"(?:cac\s+)?thang\s*(?P<m>\d{{1,3}}|[\doli]{{2}}(?=/)|(?:{MONTH_WORD})(?!\w|\s*\d{{4}}))"
    rf"(?:\s*(?:-\s*(?:thang\s*)?|(?:,|va)\s*(?:thang\s*|(?=\d{{1,2}}\s*(?:/|nam\s*)\d{{4}})))"
    rf"(?P<m2>\d{{1,2}})(?!\d))?{YEAR_PART}?{END}"
)
MONTH_SLASH = regex(r"(?:t\s?)?(?P<m>\d{1,2})/(?P<y>(?:19|20)\d\d)" + END)
MONTH_REF = regex(r"thang\s*(?P<r>nay|sau|toi|ke tiep|tiep theo)(?!\w)")
MONTH_BLANK = regex(r"thang\s*(?:[.…]{1,}|_+)(?:\s*/\s*|\s*nam\s*)\d{4}")
NUMERAL = r"\d{1,2}|[ivxl]{1,4}|mot|hai|ba|bon|tu|nhat|dau(?:\s+tien)?|cuoi(?:\s+cung)?"
QUARTER = regex(
    rf"(?:cac\s+)?(?:qu[yi])\s*(?P<q>{NUMERAL})(?!\w)"
    rf"(?:\s*(?:-\s*(?:qu[yi]\s*)?|(?:,|va)\s*(?:qu[yi]\s*|(?=[iv\d]{{1,3}}\s*(?:/|nam\s*)\d{{4}})))"
    rf"(?P<q2>\d|[iv]{{1,3}})(?!\w))?{YEAR_PART}?{END}"
)
QUARTER_SHORT = regex(r"q\s?(?P<q>\d|[iv]{1,3})\s*[/.-]\s*(?P<y2>\d{4})" + END)
QUARTER_REF = regex(r"qu[yi]\s*(?P<r>nay|sau|toi|ke tiep|tiep theo)(?!\w)")
YEAR_ONLY = regex(YEAR + END)
HALF = regex(
    rf"(?:(?P<n>\d{{1,2}}|{either(DAY_WORDS)})\s*thang\s*(?:(?P<side>dau|cuoi)\s*(?:nam|/)?|nam(?=\s*\d{{4}}))"
    rf"|nua\s*(?P<side2>dau|cuoi)\s*nam)\s*(?P<y>\d{{4}}|nay|sau)?{END}"
)
HALF_MONTH = regex(r"nua\s*(?P<side>dau|cuoi)\s*(?=thang)")
DECADE = regex(r"(?P<p>thuong|trung|ha)\s*tuan\s*(?=thang)")
POINT = regex(r"(?:ngay\s+)?(?P<p>dau|giua|cuoi)(?:\s+(?:tien|cung))?\s*(?:cua\s+)?(?=thang|qu[yi]|nam|tuan)")
THIS = regex(r"(?P<u>thang|quy|qui|nam)(?!\s*[\d.…_/])(?=\s*(?:[,;.)]|$|phai|hoan|va\b))")
POINT_DAYS = {"dau": (1, 10), "giua": (11, 20), "cuoi": (21, 31)}


def read_span(scene: Scene, pos: int) -> Moment | None:
    """A period, or a point of one, at this place."""
    fold = scene.prose.fold
    opens = fold[pos : pos + 1]
    if opens in "ndgc" and (found := POINT.match(fold, pos)):
        whole = read_whole(scene, found.end()) or read_this(scene, found.end())
        return _point(found["p"], whole) if whole else None
    if opens in "nth" and (found := HALF_MONTH.match(fold, pos) or DECADE.match(fold, pos)):
        return _part_of_month(scene, found)
    return _half(scene, pos) or read_whole(scene, pos)


def read_this(scene: Scene, pos: int) -> Moment | None:
    """«cuối năm», «đến hết quý» without a number: the document's own."""
    found = THIS.match(scene.prose.fold, pos)
    if found is None:
        return None
    year, month, unit = scene.issued.year, scene.issued.month, found["u"]
    if unit == "nam":
        return Moment(found.end(), "year", date(year, 1, 1), date(year, 12, 31), rule="relative_day")
    first = month if unit == "thang" else month - (month - 1) % 3
    last = last_of_month(year, month if unit == "thang" else first + 2)
    return Moment(found.end(), "month" if unit == "thang" else "quarter", date(year, first, 1), last)


def read_whole(scene: Scene, pos: int) -> Moment | None:
    """A week, month, quarter or year at this place."""
    match scene.prose.fold[pos : pos + 1]:
        case "n":
            return _year(scene, pos)
        case "q":
            return _quarter(scene, pos)
        case "c":
            return read_month(scene, pos) or _quarter(scene, pos)
        case "t":
            return read_week(scene, pos, read_month) or read_month(scene, pos)
        case opens if opens.isdigit():
            return read_month(scene, pos)
        case _:
            return None


def _year_given(scene: Scene, found: re.Match[str]) -> tuple[int, str, bool]:
    groups = found.groupdict()
    digits = groups.get("y") or groups.get("y2")
    if digits in ("nay", "sau", "toi"):
        return scene.issued.year + (digits != "nay"), "", False
    if digits and not digits.isdigit():
        return value(digits, YEAR_WORDS), "", False
    year, error = year_of(digits, scene)
    return year, error, digits is None


def read_month(scene: Scene, pos: int) -> Moment | None:
    """A month, or several in a row, at this place."""
    fold = scene.prose.fold
    if found := MONTH_REF.match(fold, pos):
        return _month_ref(scene, found)
    if found := MONTH_BLANK.match(fold, pos):
        return refuse(found.end(), "placeholder", grain="month")
    found = MONTH.match(fold, pos) or MONTH_SLASH.match(fold, pos)
    if found is None:
        return None
    year, error, yearless = _year_given(scene, found)
    if not found["m"].isdigit() and any(c.isdigit() for c in found["m"]):
        return refuse(found.end(), "ocr_suspected", grain="month")
    if error:
        return refuse(found.end(), error, grain="month")
    first = value(found["m"], MONTH_WORDS)
    last = int(found.groupdict().get("m2") or first)
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return refuse(found.end(), "month_out_of_range", grain="month")
    if last < first:
        return refuse(found.end(), "range_reversed", grain="month")
    start, end = date(year, first, 1), last_of_month(year, last)
    return Moment(found.end(), "month", start, end, yearless=yearless, rule="month")


def _month_ref(scene: Scene, found: re.Match[str]) -> Moment | None:
    day, end = scene.issued.replace(day=1), found.end()
    if found["r"] == "sau" and not scene.prose.accented:
        june = date(day.year, 6, 1)
        following = last_of_month(day.year, day.month) + timedelta(days=1)
        offers = [period(d, last_of_month(d.year, d.month)) for d in dict.fromkeys((following, june))]
        return refuse(end, "ambiguous_month", *offers, grain="month")
    if found["r"] == "sau" and scene.prose.toned[found.start("r") : end] == "sáu":
        day = day.replace(month=6)
        return Moment(end, "month", day, last_of_month(day.year, 6), yearless=True, rule="month")
    if found["r"] != "nay":
        day = last_of_month(day.year, day.month) + timedelta(days=1)
    return Moment(end, "month", day, last_of_month(day.year, day.month), rule="month")


def _quarter(scene: Scene, pos: int) -> Moment | None:
    fold = scene.prose.fold
    if found := QUARTER_REF.match(fold, pos):
        number, year = (scene.issued.month - 1) // 3 + (found["r"] != "nay"), scene.issued.year
        year, number = year + number // 4, number % 4
        return Moment(
            found.end(), "quarter", date(year, 3 * number + 1, 1), last_of_month(year, 3 * number + 3)
        )
    found = QUARTER.match(fold, pos) or QUARTER_SHORT.match(fold, pos)
    if found is None or not scene.prose.toned[found.start("q") :].startswith(_toned(found["q"])):
        return None
    year, error, yearless = _year_given(scene, found)
    word = found["q"].split()[0]
    if word.strip("ivx") and "l" in word:
        return refuse(found.end(), "ocr_suspected", grain="quarter")
    first = _nth(word)
    last = _nth(found.groupdict().get("q2") or word)
    if error or not 1 <= first <= 4 or not 1 <= last <= 4:
        return refuse(found.end(), error or "quarter_out_of_range", grain="quarter")
    if last < first:
        return refuse(found.end(), "range_reversed", grain="quarter")
    start, end = date(year, 3 * first - 2, 1), last_of_month(year, 3 * last)
    return Moment(found.end(), "quarter", start, end, yearless=yearless)


def _toned(word: str) -> str:
    """Numerals have no accents, so «quý vị» is not quarter VI; words are checked by their letters only."""
    return word if word.isdigit() or not word.strip("ivxl") else ""


def _nth(word: str) -> int:
    return int(word) if word.isdigit() else ROMAN.get(word) or NTH.get(word, 99)


def _year(scene: Scene, pos: int) -> Moment | None:
    found = YEAR_ONLY.match(scene.prose.fold, pos)
    if found is None:
        return None
    if found["y"].isdigit() and len(found["y"]) < 4:
        return None
    year, error, _ = _year_given(scene, found)
    if error:
        return refuse(found.end(), error, grain="year")
    return Moment(found.end(), "year", date(year, 1, 1), date(year, 12, 31))


def _half(scene: Scene, pos: int) -> Moment | None:
    found = HALF.match(scene.prose.fold, pos)
    if found is None:
        return None
    year, error, yearless = _year_given(scene, found)
    months = value(found["n"], DAY_WORDS) if found["n"] else 6
    if error or not 1 <= months <= 12:
        return refuse(found.end(), error or "month_out_of_range", grain="half")
    first, last = date(year, 1, 1), last_of_month(year, months)
    if "cuoi" in (found["side"], found["side2"]):
        first, last = date(year, 13 - months, 1), date(year, 12, 31)
    return Moment(found.end(), "half", first, last, yearless=yearless)


def _part_of_month(scene: Scene, found: re.Match[str]) -> Moment | None:
    month = read_month(scene, found.end())
    if month is None or month.error:
        return month
    part = found.group().split()[0] if "tuan" in found.group() else found["side"]
    first, last = {"dau": (1, 15), "cuoi": (16, 31), "thuong": (1, 10), "trung": (11, 20), "ha": (21, 31)}[
        part
    ]
    month.last = min(month.first + timedelta(days=last - 1), month.last)
    month.first += timedelta(days=first - 1)
    month.rule = "part_of_month"
    return month


def _point(part: str, whole: Moment) -> Moment:
    """Điều 146: giữa tháng = the 15th, cuối = the last day, giữa năm = 30/6; in speech a range, so it is offered."""
    if whole.error:
        return whole
    first, last, year = whole.first, whole.last, whole.first.year
    offers: tuple[Offer, ...] = ()
    if whole.grain == "week":
        day = {"dau": first, "giua": first + timedelta(days=2)}.get(part, first + timedelta(days=4))
        offers = (last,) if part == "cuoi" else ()
    elif whole.grain == "month":
        start, end = POINT_DAYS[part]
        day = {"dau": first, "giua": first.replace(day=15)}.get(part, last)
        offers = (period(first.replace(day=start), min(first + timedelta(days=end - 1), last)),)
    elif whole.grain == "quarter":
        middle = date(year, first.month + 1, 15)
        day = {"dau": first, "giua": middle}.get(part, last)
        month = {"dau": first.month, "giua": middle.month}.get(part, last.month)
        offers = (period(date(year, month, 1), last_of_month(year, month)),)
    else:
        day = {"dau": first, "giua": date(year, 6, 30)}.get(part, last)
        ranges: dict[str, tuple[Period, ...]] = {
            "dau": (period(first, date(year, 3, 31)),),
            "cuoi": (period(date(year, 10, 1), last),),
        }
        offers = ranges.get(part, ())
    return Moment(whole.end, "point", day, day, offers=offers, yearless=whole.yearless, rule="point")
