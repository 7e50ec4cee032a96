"""Weeks: of the document, of the year (ISO), and of a month."""

from collections.abc import Callable
from datetime import date, timedelta

from directive.phrases.moment import Moment, Scene, period, refuse
from directive.regex import regex

WEEK = regex(
    r"tuan\s*(?:le\s+)?(?:thu\s*)?(?P<w>\d{1,2}|nhat|hai|ba|tu|nam|dau(?:\s+tien)?|cuoi(?:\s+cung)?)\s*"
    r"(?:(?:cua\s+)?(?=thang)|(?:/|(?:cua\s+)?nam\s*)(?P<y>\d{4})(?!\d))"
)
WEEK_REF = regex(r"tuan\s*(?P<r>nay|sau|toi|ke tiep|tiep theo)(?!\w)")
NTH = {"nhat": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "dau": 1, "mot": 1, "bon": 4, "cuoi": 4}


def read_week(scene: Scene, pos: int, read_month: Callable[[Scene, int], Moment | None]) -> Moment | None:
    """A week at this place; `read_month` reads the month that a numbered week belongs to."""
    fold = scene.prose.fold
    if found := WEEK_REF.match(fold, pos):
        monday = scene.issued - timedelta(days=scene.issued.weekday())
        if found["r"] == "nay":
            friday = max(monday + timedelta(days=4), scene.issued)
            offers = (period(scene.issued, friday),)
            return Moment(found.end(), "week", monday, monday + timedelta(days=6), offers=offers)
        monday += timedelta(days=7)
        return Moment(found.end(), "week", monday, monday + timedelta(days=6))
    found = WEEK.match(fold, pos)
    if found is None:
        return None
    word = found["w"].split()[0]
    number = int(word) if word.isdigit() else NTH[word]
    if found["y"]:
        try:
            monday = date.fromisocalendar(int(found["y"]), number, 1)
        except ValueError:
            return refuse(found.end(), "week_out_of_range", grain="week")
        return Moment(found.end(), "week", monday, monday + timedelta(days=6))
    month = read_month(scene, found.end())
    return _week_of_month(month, number, word == "cuoi") if month else None


def _week_of_month(month: Moment, number: int, final: bool) -> Moment:
    if month.error or not 1 <= number <= 5:
        return month if month.error else refuse(month.end, "week_out_of_range", grain="week")
    if final:
        return Moment(month.end, "week", month.last - timedelta(days=6), month.last, yearless=month.yearless)
    monday = month.first - timedelta(days=month.first.weekday()) + timedelta(weeks=number - 1)
    by_days = month.first + timedelta(weeks=number - 1)
    full = monday if month.first.weekday() == 0 else monday + timedelta(weeks=1)
    starts = [start for start in dict.fromkeys((by_days, full)) if start != monday and start <= month.last]
    offers = tuple(period(start, min(start + timedelta(days=6), month.last)) for start in starts[:1])
    offers += tuple(period(start, start + timedelta(days=6)) for start in starts[1:])
    return Moment(
        month.end, "week", monday, monday + timedelta(days=6), offers=offers, yearless=month.yearless
    )
