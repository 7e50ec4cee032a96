"""A rehearsal as one HTML page for people who do not sit at the terminal: the plan, the timeline, the final table."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from desk import words
from desk.language import lang, text
from desk.timeline import Entry
from directive.due import OFFICE_ZONE, local_day
from directive.event import EventKind

_WEEKDAYS = (
    ("Thứ Hai", "Monday"), ("Thứ Ba", "Tuesday"), ("Thứ Tư", "Wednesday"), ("Thứ Năm", "Thursday"),
    ("Thứ Sáu", "Friday"), ("Thứ Bảy", "Saturday"), ("Chủ nhật", "Sunday"),
)  # fmt: skip
_ASKS = {
    EventKind.ACKNOWLEDGEMENT_ESCALATED,
    EventKind.ESCALATED,
    EventKind.ESCALATED_AGAIN,
    EventKind.FINAL_NOTICE,
    EventKind.LISTED,
    EventKind.QUESTION_FINAL,
    EventKind.QUESTION_LISTED,
    EventKind.QUESTION_LAPSED,
    EventKind.SKIPPED,
}
_ENDS = {EventKind.APPROVED, EventKind.WITHDRAWN, EventKind.NOT_OURS_AGREED}


def page(told: Sequence[Entry], **shown: object) -> str:
    """The page: no script, no font, no address outside. `shown` is what `templates/rehearsal.html.j2` names."""
    labels = {
        "title": text("chạy thử", "rehearsal"),
        "plan": text("Kế hoạch", "Plan"),
        "timeline": text("Diễn biến", "Timeline"),
        "outcome": text("Kết quả", "Outcome"),
        "mark": text("hệ thống nhắc", "the system reminds"),
        "ask": text("hỏi cấp trên", "a level above is asked"),
        "act": text("đơn vị, lãnh đạo xử lý", "people act"),
        "done": text("kết thúc", "closed"),
    }
    return str(_template().render(lang=lang(), label=labels, days=_days(told), **shown))


@cache
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    return Environment(
        loader=PackageLoader("desk"),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template("rehearsal.html.j2")


def _days(told: Sequence[Entry]) -> list[tuple[str, list[tuple[str, str, Entry]]]]:
    """Each day in words with its entries: the time, how it is drawn, and the entry."""
    days: dict[date, list[tuple[str, str, Entry]]] = {}
    for one in told:
        days.setdefault(local_day(one.at), []).append((_time(one.at), _sort(one), one))
    return [(_day(day), entries) for day, entries in days.items()]


def _day(day: date) -> str:
    return f"{text(*_WEEKDAYS[day.weekday()])}, {words.day(day)}"


def _time(at: datetime) -> str:
    return at.astimezone(OFFICE_ZONE).strftime("%H:%M")


def _sort(one: Entry) -> str:
    if one.kind in _ENDS:
        return "done"
    if one.kind in _ASKS:
        return "ask"
    return "act" if one.by_person else "mark"
