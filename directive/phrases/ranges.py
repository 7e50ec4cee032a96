"""Ranges with two ends, programme periods («giai đoạn 2026–2030»), and the one door to every moment."""

from datetime import date

from directive.phrases.clock import read_clock
from directive.phrases.days import read_day
from directive.phrases.feasts import read_feast
from directive.phrases.moment import Moment, Scene, make_day, refuse, year_of
from directive.phrases.spans import read_span
from directive.regex import regex

DAY_RANGE = regex(
    r"(?:tu\s+)?(?:ngay\s*)?(?P<a>\d{1,2})\s*(?:-|den(?:\s+het)?(?:\s+ngay)?)\s*(?P<b>\d{1,2})"
    r"\s*(?:/|thang\s*)\s*(?P<m>\d{1,2})(?:\s*(?:/|,?\s*nam\s*)\s*(?P<y>\d{2,5}))?(?![\d/]|-[a-z])"
)
FROM = regex(r"(?:ke\s+)?tu\s+(?:dau\s+)?(?=\S)")
TO = regex(r"\s*,?\s*(?:cho\s+)?(?:(?:den|toi)\s+|-\s*)(?P<before>truoc\s+)?(?:het\s+)?")
JOINED = regex(r"-|den\b|toi\b")
NAMED = ("ngay", "thang", "quy")
PROGRAMME = regex(
    r"(?:(?:giai\s+doan|nhiem\s+ky|nam\s+hoc|thoi\s+ky)\s*)?\(?\s*(?:tu\s+)?(?:nam\s+)?"
    r"(?P<a>(?:19|20)\d\d)\s*(?:-|den)\s*(?:nam\s+)?(?P<b>(?:19|20)\d\d)(?!\d|/)"
)


def read_moment(scene: Scene, pos: int) -> Moment | None:
    """Whatever time is named at this place, the most specific reading first."""
    return (
        _programme(scene, pos)
        or _range(scene, pos)
        or read_clock(scene, pos)
        or read_day(scene, pos)
        or read_span(scene, pos)
        or read_feast(scene, pos)
    )


def _programme(scene: Scene, pos: int) -> Moment | None:
    if scene.prose.fold[pos : pos + 1] not in "12gntg(":
        return None
    found = PROGRAMME.match(scene.prose.fold, pos)
    if found is None or int(found["b"]) <= int(found["a"]):
        return None
    return Moment(found.end(), "programme", date(int(found["a"]), 1, 1), date(int(found["b"]), 12, 31))


def _range(scene: Scene, pos: int) -> Moment | None:
    fold = scene.prose.fold
    if fold[pos : pos + 1] in "0123456789nt" and (found := DAY_RANGE.match(fold, pos)):
        year, error = year_of(found["y"], scene)
        first, wrong = make_day(year, int(found["m"]), int(found["a"]))
        last, wrong2 = make_day(year, int(found["m"]), int(found["b"]))
        if error or wrong or wrong2:
            return refuse(found.end(), error or wrong or wrong2, grain="range")
        if last < first:
            return refuse(found.end(), "range_reversed", grain="range")
        return Moment(found.end(), "range", first, last, yearless=found["y"] is None)
    if not JOINED.search(fold, pos):
        return None
    opening = FROM.match(fold, pos)
    if opening is None and not fold[pos : pos + 1].isdigit() and not fold.startswith(NAMED, pos):
        return None
    start = read_day(scene, opening.end() if opening else pos)
    if start is None and (opening is not None or fold.startswith(NAMED[1:], pos)):
        start = read_span(scene, opening.end() if opening else pos)
    if start is None:
        return None
    link = TO.match(fold, start.end)
    if link is None and opening is not None and start.grain in ("month", "quarter") and not start.error:
        if start.last.month - start.first.month > (2 if start.grain == "quarter" else 0):
            return Moment(start.end, "range", start.first, start.last, yearless=start.yearless)
    if link is None or (
        opening is None and "-" not in link.group() and not fold.startswith(NAMED, link.end())
    ):
        return None
    end = read_day(scene, link.end()) or read_span(scene, link.end())
    if end is None or (start.grain == "day") != (end.grain == "day"):
        return None
    return _joined(start, end, link["before"] is not None)


def _joined(start: Moment, end: Moment, before: bool) -> Moment:
    if start.error or end.error:
        wrong = start if start.error else end
        return refuse(end.end, wrong.error, *wrong.offers, grain="range")
    first, last = start.first, end.first if before else end.last
    if before:
        last = date.fromordinal(last.toordinal() - 1)
    if start.yearless != end.yearless:
        year = last.year if start.yearless else first.year
        first, last = (_in_year(first, year), last) if start.yearless else (first, _in_year(last, year))
    if last < first and first.month - last.month >= 6 and (start.yearless or end.yearless):
        # From November to February runs over New Year; from 30/6 to 15/6 is a slip.
        if end.yearless:
            last = _in_year(last, last.year + 1)
        else:
            first = _in_year(first, first.year - 1)
    if last < first:
        return refuse(end.end, "range_reversed", grain="range")
    grain = "programme" if start.grain == "year" and end.grain == "year" else "range"
    return Moment(end.end, grain, first, last, yearless=start.yearless and end.yearless)  # type: ignore[arg-type]


def _in_year(day: date, year: int) -> date:
    made, error = make_day(year, day.month, day.day)
    return date(year, day.month, 28) if error else made
