"""What a deadline phrase means, shown to a person or written as `corpus/deadlines.jsonl` is."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from desk import dates, screen, typed
from desk.exit import Stop, bad_input
from desk.language import lang, text
from desk.phrases import LONGEST, check_phrases, open_phrases, phrases
from directive.deadline import Answer, Kind, deadline_record, plain, read_deadline
from register.calendars import shipped_calendar


def deadline(phrase: str | None, issued: str | None, file: Path | None) -> None:
    """Read one phrase, or all of a file."""
    if (phrase is None) == (file is None):
        raise bad_input(
            "cần một cụm từ hoặc --file, không phải cả hai",
            "give a phrase or --file, not both",
            'ví dụ: deadline "trước ngày 15/7" --issued 29/05/2026',
            'for example: deadline "trước ngày 15/7" --issued 2026-05-29',
            kind="usage",
        )
    if file is not None:
        _many(file, typed.optional_day(issued))
    elif phrase is not None:
        if issued is None:
            raise _no_date()
        day = typed.day(issued)
        answer = _read(phrase, day)
        if screen.json_asked():
            screen.answer(
                _dated(phrase, day, deadline_record(phrase, issued=day, calendar=shipped_calendar()))
            )
        _show(answer)


def _read(phrase: str, issued: date) -> Answer:
    if not phrase.strip() or len(phrase) > LONGEST:
        raise bad_input(
            "cụm từ trống hoặc quá dài",
            "the phrase is empty or too long",
            "chỉ đưa đoạn có thời hạn; cả văn bản thì dùng `read`",
            "give the passage with the deadline; a whole letter is for `read`",
        )
    return read_deadline(phrase, issued=issued, calendar=shipped_calendar())


def _many(file: Path, issued: date | None) -> None:
    """Every line of a file, in its order; nothing at all where one line is bad."""
    calendar, write = shipped_calendar(), json.JSONEncoder(ensure_ascii=False).encode
    with open_phrases(file) as opened:
        check_phrases(opened, file, issued)
        found = (
            (line, deadline_record(line.phrase, issued=line.issued, calendar=calendar))
            for line in phrases(opened, issued)
        )
        if screen.json_asked():
            for line, record in found:
                told = {"id": line.id, **_dated(line.phrase, line.issued, record)}
                sys.stdout.write(write(told) + "\n")
            return
        rows = [[_short(line.phrase), _kind(Kind(record["kind"])), _meant(record)] for line, record in found]
    screen.table([text("Cụm từ", "Phrase"), text("Loại", "Kind"), text("Nghĩa là", "Means")], rows)


def _no_date() -> Stop:
    return bad_input(
        "thiếu ngày của văn bản",
        "the date of the letter is missing",
        "thêm --issued NGÀY, ví dụ --issued 29/05/2026",
        "add --issued DATE, for example --issued 2026-05-29",
        kind="usage",
    )


def _dated(phrase: str, issued: date, record: dict[str, Any]) -> dict[str, object]:
    """A record in the shape of the corpus, with the explanation in the language in use."""
    vi, en = record.pop("explanation_vi"), record.pop("explanation_en")
    explained = vi if lang() == "vi" else en
    return {"text": phrase, "document_date": issued.isoformat(), **record, "explanation": explained}


def _show(answer: Answer) -> None:
    for one in answer.readings:
        screen.say(f"«{one.text.strip()}»", "bold")
        screen.say(f"  {text('loại', 'kind')}: {_kind(one.kind)}")
        if one.expected is not None:
            screen.say(f"  {text('nghĩa là', 'means')}: {_value(plain(one.expected))}", "green")
        for offer in one.alternatives:
            screen.say(f"  {text('cách hiểu khác', 'another reading')}: {_value(plain(offer))}")
        explained = one.explanation_vi if lang() == "vi" else one.explanation_en
        if explained:
            screen.say(f"  {explained}")
        if one.source:
            screen.say(f"  {text('căn cứ', 'source')}: {one.source} ({one.rule})", "dim")
        for warning in one.warnings:
            screen.say(f"  ! {warning}", "yellow")


_KINDS = {
    Kind.INSTANT: ("một thời điểm", "an instant"),
    Kind.PERIOD: ("một khoảng thời gian, hạn là ngày cuối", "a period, due at its end"),
    Kind.RECURRING: ("định kỳ", "recurring"),
    Kind.NEEDS_ANCHOR: ("cần biết ngày bắt đầu tính", "needs the day it counts from"),
    Kind.NONE: ("không có hạn cụ thể", "no definite deadline"),
    Kind.INVALID: ("ngày không hợp lệ", "an impossible date"),
    Kind.NOT_DEADLINE: ("không phải thời hạn", "not a deadline"),
}


def _kind(kind: Kind) -> str:
    return _KINDS[kind][0 if lang() == "vi" else 1]


def _meant(record: dict[str, Any]) -> str:
    expected = record["expected"]
    if record["kind"] == Kind.INVALID or expected is None:
        return "—"
    return "; ".join(_value(one) for one in (expected if isinstance(expected, list) else [expected]))


def _value(meant: object) -> str:
    """A reading in words: a day, an instant, or the fields of a period, rhythm or anchor."""
    if isinstance(meant, str):
        return dates.moment(meant) if "T" in meant else dates.day(meant)
    if isinstance(meant, dict) and {"start", "end"} <= meant.keys():
        return f"{dates.day(meant['start'])} – {dates.day(meant['end'])}"
    if isinstance(meant, dict):
        return ", ".join(f"{key} {value}" for key, value in meant.items() if value is not None)
    return str(meant)


def _short(phrase: str) -> str:
    one = " ".join(phrase.split())
    return one if len(one) <= 120 else one[:119] + "…"
