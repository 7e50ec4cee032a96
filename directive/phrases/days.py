"""Days: 15/6/2026 and its spellings, in words, lunar, blank, misread by OCR; weekdays and «ngày mai»."""

import re
from datetime import date, timedelta

from directive.phrases.lunar import solar
from directive.phrases.moment import Moment, Scene, last_of_month, make_day, next_year, refuse, year_of
from directive.phrases.numbers import DAY_WORDS, MONTH_WORDS, WORDS, YEAR_WORDS, either, value
from directive.regex import regex

DAY_WORD = either(DAY_WORDS)
MONTH_WORD = either(MONTH_WORDS)
YEAR = rf"(?:nam\s*(?P<y>\d{{1,6}}|{either(YEAR_WORDS)}|nay|sau|toi))"
# What would make the digits part of a document number, an address, a decimal or a share of something counted.
STOP = r"(?![\da-z~]|\s?[/:]\s?\d|\.\d|[/-][a-z]|,\d|\s*%)"
COUNTED = regex(
    r"\s+(?:chi tieu|tieu chi|nhiem vu|xa|phuong|dac khu|huyen|tinh|don vi|so|nganh|nguoi"
    r"|dai bieu|thanh vien|ho|thon"
    r"|truong|co quan|phieu|y kien|du an|cong trinh|muc tieu|ban|noi dung|tieu chuan|diem"
    r"|dia phuong|san pham|lop)\b"
)
NUMERIC = regex(
    r"(?P<n>(?:vao\s+)?(?:ngay\s*)?(?:mung|mong)\s*"
    r"|(?:vao\s+)?ngay\s*)?(?P<d>\d{1,3})\s*(?P<s>[/.-])\s*(?P<m>\d{1,2})"
    r"(?:(?:\s*[/.-]\s*|\s*,?\s*nam\s*)(?P<y>\d{1,6}))?" + STOP
)
WORDED = regex(
    rf"(?P<n>(?:ngay\s*)?(?:mung|mong)\s*|ngay\s*)?(?P<d>\d{{1,3}}|{DAY_WORD})\s*,?\s*thang\s*"
    rf"(?P<m>\d{{1,3}}|(?:{MONTH_WORD})(?!\w|\s*\d{{4}}))"
    rf"(?:\s*,?\s*{YEAR}|\s*[/.-]\s*(?P<y2>\d{{1,6}})|,?\s+(?P<y3>(?:19|20)\d\d))?" + STOP
)
WORDED_OPENS = frozenset("0123456789nm") | {word[0] for word in DAY_WORDS}
NUMERIC_OPENS = frozenset("0123456789nmv")
"""The characters a pattern can begin with: asking only there saves most of the time."""
OCR_OPENS = frozenset("0123456789oli|")
LUNAR = regex(r"\s*\(?\s*(?:am lich|al)\b\s*\)?")
LUNAR_WORDED = regex(r"(?:ngay\s*)?(?P<d>ram)\s*thang\s*(?P<m>" + MONTH_WORD + r"|\d{1,2})\b")
BLANK = r"(?:[.…](?:\s?[.…])*+|_++|x{1,2}|\[[\s.…_]*\]|\([\s.…_]*\)|dd|mm|yyyy|-{2,})"
PLACEHOLDER = regex(
    rf"(?:(?:ngay|mung)\s*(?P<d>\d{{1,2}}|{BLANK})?\s*(?:/|thang)\s*(?P<m>\d{{1,2}}|{BLANK})?"
    rf"\s*(?:/|nam)\s*(?P<y>\d{{2,4}}|{BLANK})?"
    rf"|(?P<d2>{BLANK})\s*/\s*(?P<m2>\d{{1,2}}|{BLANK})(?:\s*/\s*(?P<y2>\d{{4}}|{BLANK}))?)"
)
OCR_HINT = regex(r"\d[oli|]|[oli|]\d|[oli|]{1,2}\s*/\s*\d")
OCR = regex(
    r"(?:ngay\s*)?(?P<d>[\doli|]{1,2})(?:\s*[/.-]\s*|\s+thang\s+)(?P<m>[\doli|]{1,2})"
    r"(?:(?:\s*[/.-]\s*|\s+nam\s+)(?P<y>[\dolsbz|]{4}))?(?![\w/])"
)
REPAIR = str.maketrans("oli|sbz", "0111582")
WEEKDAY = regex(
    r"(?:cac\s+)?(?:ngay\s+)?(?:thu\s*(?P<w>hai|ba|tu|nam|sau|bay|[2-7])"
    r"|(?P<cn>chu\s+nhat))(?![\w~])"
)
WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5} | {str(n): n - 2 for n in range(2, 8)}
BRIDGE = regex(r"\s*[,(-]?\s*(?:tuc\s+(?:la\s+)?)?(?:vao\s+)?(?=(?:ngay|mung|mong)?\s*\d)")
AFTER_DATE = regex(r"\s*[,(]\s*")
WEEK_REF = regex(r"\s*,?\s*(?:cua\s+)?(?:tuan\s+)(?P<r>nay|sau|toi|ke tiep|tiep theo)(?!\w)")
RELATIVE = regex(
    r"(?P<today>(?:ngay\s+)?hom nay|cuoi ngay hom nay)\b|(?P<tomorrow>(?:ngay\s+)?(?:mai|hom sau))(?!\w)"
    r"|(?P<after>ngay kia)\b|ngay\s*(?P<d>\d{1,2})\s*(?:cua\s+)?thang\s*(?P<r>nay|sau|toi)(?!\w)"
)
LONE_DAY = regex(
    r"(?:ngay\s*)?(?:ngay|mung|mong)\s*(?P<d>\d{1,2})" + STOP + r"(?!\s*(?:thang|ngay|gio|tuan|lan|ng\w*))"
)


def read_day(scene: Scene, pos: int) -> Moment | None:
    """A day at this place, with the weekday beside it checked."""
    day = (_weekday(scene, pos) if scene.prose.fold[pos : pos + 1] in "tcn" else None) or _day(scene, pos)
    return _with_weekday_after(scene, day) if day else None


def _day(scene: Scene, pos: int) -> Moment | None:
    fold = scene.prose.fold
    opens = fold[pos : pos + 1]
    if opens in WORDED_OPENS and (found := WORDED.match(fold, pos)):
        if (day := _lunar_or_solar(scene, found)) is not None:
            return day
    if opens in NUMERIC_OPENS and (found := NUMERIC.match(fold, pos)) and _is_date(found, fold):
        if (day := _lunar_or_solar(scene, found)) is not None:
            return day
    return _other_day(scene, pos, fold)


def _other_day(scene: Scene, pos: int, fold: str) -> Moment | None:
    """A day in lunar words, misread, left blank, or told from today."""
    if fold[pos : pos + 1] in "nr" and (found := LUNAR_WORDED.match(fold, pos)):
        return _lunar(scene, 15, value(found["m"], MONTH_WORDS), None, found.end())
    if (
        (fold[pos : pos + 1] in OCR_OPENS or fold.startswith("ngay", pos))
        and OCR_HINT.search(fold, pos, pos + 24)
        and (found := OCR.match(fold, pos))
    ):
        return _misread(scene, found)
    if not fold[pos : pos + 1].isdigit() and (found := PLACEHOLDER.match(fold, pos)):
        if not all((found["d"], found["m"], found["y"])) or not found["d"].isdigit() or found["d2"]:
            return refuse(found.end(), "placeholder") if _has_digit_or_blank(found.group()) else None
    if fold[pos : pos + 1] in "hmnc" and (found := RELATIVE.match(fold, pos)):
        return _relative(scene, found)
    return None


def _has_digit_or_blank(text: str) -> bool:
    return any(c.isdigit() or c in ".…_[" for c in text) or "dd" in text


def _is_date(found: re.Match[str], fold: str) -> bool:
    """15.6 and 15-6 need «ngày» or a year; 8/10 before something counted is a share."""
    if found["y"] is not None:
        return not (len(found["y"]) == 1 and found["n"] is None)
    if found["n"]:
        return True
    return found["s"] == "/" and not COUNTED.match(fold, found.end()) and int(found["d"]) <= 99


def _year_words(digits: str | None, scene: Scene) -> tuple[int, str]:
    if digits in ("nay", "sau", "toi"):
        return scene.issued.year + (digits != "nay"), ""
    if digits and not digits.isdigit():
        return value(digits, YEAR_WORDS), ""
    return year_of(digits, scene)


def _lunar_or_solar(scene: Scene, found: re.Match[str]) -> Moment | None:
    groups = found.groupdict()
    digits = groups.get("y") or groups.get("y2") or groups.get("y3")
    if not found["n"] and not found["d"].isdigit():
        return None
    month_words = scene.prose.toned[found.start("m") : found.end("m")]
    if scene.prose.accented and found["m"] == "sau" and month_words == "sau":
        return None
    day, month = value(found["d"], WORDS), value(found["m"], MONTH_WORDS)
    if lunar := LUNAR.match(scene.prose.fold, found.end()):
        return _lunar(scene, day, month, digits, lunar.end())
    year, error = _year_words(digits, scene)
    if error:
        return refuse(found.end(), error)
    made, error = make_day(year, month, day)
    if error:
        return refuse(found.end(), error)
    yearless = digits is None
    return Moment(
        found.end(), "day", made, made, yearless=yearless, qualified=bool(found["n"]) or not yearless
    )


def _lunar(scene: Scene, day: int, month: int, digits: str | None, end: int) -> Moment:
    year, error = _year_words(digits, scene)
    if error or not 1 <= month <= 12 or not 1 <= day <= 30:
        return refuse(end, error or ("month_out_of_range" if not 1 <= month <= 12 else "day_out_of_range"))
    made = solar(day, month, year)
    if digits is None and made < scene.issued:
        return refuse(end, "past_date_needs_confirmation", solar(day, month, year + 1))
    return Moment(end, "day", made, made, rule="lunar_day")


def _misread(scene: Scene, found: re.Match[str]) -> Moment | None:
    """A letter where a digit belongs: the suggestion is offered, never taken."""
    if found.group().translate(REPAIR) == found.group() or not any(c.isdigit() for c in found.group()):
        return None
    year, error = year_of(found["y"].translate(REPAIR) if found["y"] else None, scene)
    day, month = (int(found[part].translate(REPAIR)) for part in ("d", "m"))
    made, wrong = make_day(year, month, day)
    return refuse(found.end(), "ocr_suspected", *(() if error or wrong else (made,)))


def _relative(scene: Scene, found: re.Match[str]) -> Moment:
    day = scene.issued
    if found["tomorrow"] or found["after"]:
        day += timedelta(days=2 if found["after"] else 1)
    elif found["d"]:
        month = last_of_month(day.year, day.month) + timedelta(days=1) if found["r"] != "nay" else day
        day, error = make_day(month.year, month.month, int(found["d"]))
        if error:
            return refuse(found.end(), error)
    return Moment(found.end(), "day", day, day, rule="relative_day")


def read_weekday(scene: Scene, pos: int) -> tuple[int, int] | None:
    """(weekday from 0, end); «thứ tư» is the weekday by its accents, not «thứ tự»."""
    if found := WEEKDAY.match(scene.prose.fold, pos):
        return (6 if found["cn"] else WEEKDAYS[found["w"]]), found.end()
    return None


def _weekday(scene: Scene, pos: int) -> Moment | None:
    seen = read_weekday(scene, pos)
    if seen is None:
        return None
    weekday, end = seen
    fold = scene.prose.fold
    monday = scene.issued - timedelta(days=scene.issued.weekday())
    if found := WEEK_REF.match(fold, end):
        day = monday + timedelta(days=weekday + (0 if found["r"] == "nay" else 7))
        moment = Moment(found.end(), "day", day, day, rule="weekday")
        return _checked(moment, _dated(scene, found.end()), weekday)
    dated = _dated(scene, end)
    if dated is not None:
        return _checked(dated, None, weekday)
    ahead = (weekday - scene.issued.weekday()) % 7
    day = scene.issued + timedelta(days=ahead)
    offers = (day + timedelta(days=7),)
    return Moment(end, "day", day, day, offers=offers, qualified=False, rule="weekday")


def _dated(scene: Scene, end: int) -> Moment | None:
    bridge = BRIDGE.match(scene.prose.fold, end)
    day = _day(scene, bridge.end()) if bridge else None
    if day and "(" in scene.prose.fold[end : bridge.end() if bridge else end]:
        close = re.compile(r"\s*\)").match(scene.prose.fold, day.end)
        day.end = close.end() if close else day.end
    return day


def _checked(moment: Moment, beside: Moment | None, weekday: int) -> Moment:
    if beside is not None:
        if beside.error:
            return beside
        if beside.first != moment.first:
            return refuse(beside.end, "weekday_mismatch", beside.first, moment.first)
        moment.end = beside.end
        return moment
    if moment.error or moment.first.weekday() == weekday:
        moment.qualified = True
        return moment
    if moment.yearless and next_year(moment.first).weekday() == weekday:
        return refuse(moment.end, "weekday_mismatch", moment.first, next_year(moment.first))
    return refuse(moment.end, "weekday_mismatch", moment.first, _same_week(moment.first, weekday))


def _same_week(day: date, weekday: int) -> date:
    return day + timedelta(days=weekday - day.weekday())


def _with_weekday_after(scene: Scene, day: Moment) -> Moment:
    fold = scene.prose.fold
    opening = AFTER_DATE.match(fold, day.end)
    if day.error or not opening or (seen := read_weekday(scene, opening.end())) is None:
        return day
    weekday, end = seen
    if "(" in opening.group():
        close = fold.find(")", end)
        end = close + 1 if 0 <= close - end <= 2 else end
    elif _dated(scene, end) is not None:
        return day
    if day.first.weekday() == weekday:
        day.end = end
        return day
    return refuse(end, "weekday_mismatch", day.first, _same_week(day.first, weekday))
