"""Clock times and parts of a day, with the day they belong to."""

import re
from datetime import datetime, time

from directive.phrases.days import read_day
from directive.phrases.moment import Moment, Scene, clock_on, refuse
from directive.regex import regex

CLOCK = regex(
    r"(?P<h>\d{1,3})\s*(?:(?P<c>:)\s*(?P<m1>\d{2})(?:\s*(?:gio|h)\b)?"
    r"|(?P<u>h|g|gio)(?![a-z~])\s*(?P<m2>\d{1,2}(?!\d|\s*[/-]\s*\d|\s*thang))?)"
    r"\s*(?:'|phut\b|ph\b|p\b)?(?:\s*(?P<r>ruoi)\b)?"
    r"(?:\s*(?:buoi\s+)?(?P<p>sang|trua|chieu|toi|dem)(?!\w))?(?![\w~])"
)
PART = regex(
    r"(?:(?:(?P<edge>dau|cuoi|het|truoc)\s+)?gio\s+|(?P<edge2>dau|cuoi|het)\s+)?(?:buoi\s+)?"
    r"(?P<p>sang|trua|chieu|toi|lam\s+viec|hanh\s+chinh|ngay\s+lam\s+viec)\b(?:\s+(?:cua|cac))?\s*,?\s*"
)
AFTER = regex(r"\s*(?:,|-|luc|vao(?:\s+luc)?)?\s*" + CLOCK.pattern)
LINK = regex(r"\s*(?:,|-|\(|cua|vao|trong|cua\s+cac)?\s*")
NOW = regex(r"(?P<nay>nay)(?!\w)|(?P<mai>mai)(?!\w)|cung\s+ngay\b")


def read_clock(scene: Scene, pos: int) -> Moment | None:
    """A clock time with its day (`day_missing` when there is none), or a part of a named day."""
    return _exact(scene, pos) if scene.prose.fold[pos : pos + 1].isdigit() else _part(scene, pos)


def clock_time(found: re.Match[str]) -> tuple[int, int, str]:
    """Hour, minute, and the reason why there is no such time."""
    hour, minute = int(found["h"]), int(found["m1"] or found["m2"] or (30 if found["r"] else 0))
    part = found["p"]
    if (part in ("chieu", "toi") and hour < 12) or (part == "dem" and 6 <= hour < 12):
        hour += 12
    if part == "dem" and hour == 12:
        hour = 24
    if hour > 24 or (hour == 24 and minute):
        return 0, 0, "hour_out_of_range"
    return hour, minute, "minute_out_of_range" if minute > 59 else ""


def _exact(scene: Scene, pos: int) -> Moment | None:
    found = CLOCK.match(scene.prose.fold, pos)
    if found is None:
        return None
    day = _day_after(scene, found.end())
    hour, minute, error = clock_time(found)
    if day is None:
        if error or int(found["h"]) > 24 or (found["u"] == "gio" and not found["m2"] and not found["p"]):
            return None
        return refuse(found.end(), "day_missing", clock_on(scene.issued, hour, minute), grain="clock")
    if error or day.error:
        return refuse(day.end, day.error or error, *(day.offers if day.error else ()), grain="clock")
    return _at(scene, day, clock_on(day.first, hour, minute), ())


def _at(scene: Scene, day: Moment, at: datetime, offers: tuple[datetime, ...]) -> Moment:
    return Moment(
        day.end, "clock", day.first, day.last, at=at, offers=offers, yearless=day.yearless, rule="clock"
    )


def _day_after(scene: Scene, end: int) -> Moment | None:
    fold = scene.prose.fold
    link = LINK.match(fold, end)
    at = link.end() if link else end
    if now := NOW.match(fold, at):
        day = scene.issued if not now["mai"] else scene.issued.fromordinal(scene.issued.toordinal() + 1)
        return Moment(now.end(), "day", day, day)
    day_found = read_day(scene, at)
    if day_found and link and "(" in link.group() and fold[day_found.end : day_found.end + 1] == ")":
        day_found.end += 1
    return day_found


def _part(scene: Scene, pos: int) -> Moment | None:
    """«sáng», «cuối giờ chiều», «giờ làm việc» of a day, by the office's hours; the common hour is offered."""
    found = PART.match(scene.prose.fold, pos)
    if found is None:
        return None
    day = _day_after(scene, found.end())
    if day is None or day.error:
        return day
    hours = scene.calendar.hours
    part, edge = found["p"], found["edge"] or found["edge2"] or ""
    if part == "sang" and edge in ("dau", "truoc"):
        chosen, other = hours.morning_start, time(8, 0)
    elif part == "sang":
        chosen, other = (hours.morning_end, time(12)) if edge else (time(12), hours.morning_end)
    elif part == "trua":
        chosen, other = time(12), hours.morning_end
    elif part == "chieu" and edge in ("dau", "truoc"):
        chosen, other = hours.afternoon_start, time(14, 0)
    elif part == "toi":
        chosen, other = time(22), time(20)
    elif part in ("lam viec", "hanh chinh") and edge == "dau":
        chosen, other = hours.morning_start, time(8, 0)
    else:
        late = edge or part != "chieu"
        chosen, other = hours.afternoon_end, time(16, 30) if late else time(18)
    at = clock_on(day.first, chosen.hour, chosen.minute)
    return _at(scene, day, at, (clock_on(day.first, other.hour, other.minute),))


def weekly_clock(fold: str) -> tuple[int, int] | None:
    """The clock time inside a rhythm («trước 16 giờ 30 phút thứ Sáu hằng tuần»), if one stands there."""
    for found in CLOCK.finditer(fold):
        hour, minute, error = clock_time(found)
        if not error and (found["c"] or found["u"]):
            return hour, minute
    return None


def with_clock_after(day: Moment, fold: str) -> Moment:
    """«hạn: 05/06/2026 17:00»: the clock time may also stand after the day."""
    found = AFTER.match(fold, day.end) if day.grain == "day" and not day.error else None
    if found is None:
        return day
    hour, minute, error = clock_time(found)
    if error:
        return refuse(found.end(), error, grain="clock")
    at = clock_on(day.first, hour, minute)
    return Moment(found.end(), "clock", day.first, day.last, at=at, yearless=day.yearless, rule="clock")
