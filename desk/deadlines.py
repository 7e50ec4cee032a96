"""What a deadline phrase means, shown to a person or written as `corpus/deadlines.jsonl` is."""

import json
from datetime import date
from pathlib import Path

from desk import screen, typed, words
from desk.exit import Stop, bad_input
from desk.language import lang, text
from directive.deadline import Answer, Kind, Reading, plain, read_deadline
from register.calendars import shipped_calendar

LIMIT = 200_000
"""Characters of one phrase; a letter with more is read by `read`."""


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
        answer = _read(phrase, typed.day(issued))
        screen.answer(_record(answer))
        _show(answer)


def _read(phrase: str, issued: date) -> Answer:
    if not phrase.strip() or len(phrase) > LIMIT:
        raise bad_input(
            "cụm từ trống hoặc quá dài",
            "the phrase is empty or too long",
            "chỉ đưa đoạn có thời hạn; cả văn bản thì dùng `read`",
            "give the passage with the deadline; a whole letter is for `read`",
        )
    return read_deadline(phrase, issued=issued, calendar=shipped_calendar())


def _many(file: Path, issued: date | None) -> None:
    answers = []
    for number, line in enumerate(_lines(file), start=1):
        if not line.strip():
            continue
        given = _object(line, file, number)
        dated = given.get("document_date") or given.get("issued")
        day = typed.day(str(dated)) if dated else issued
        if day is None:
            raise _no_date()
        answer = _read(str(given["text"]), day)
        answers.append((given, answer))
    if screen.json_asked():
        screen.lines([{"id": given.get("id", ""), **_record(answer)} for given, answer in answers])
        return
    rows = [[_short(answer.text), _kind(answer.kind), _meant(answer)] for _, answer in answers]
    screen.table([text("Cụm từ", "Phrase"), text("Loại", "Kind"), text("Nghĩa là", "Means")], rows)


def _lines(file: Path) -> list[str]:
    from desk.files import read_text

    return read_text(file).splitlines()


def _object(line: str, file: Path, number: int) -> dict[str, object]:
    try:
        given = json.loads(line)
    except ValueError:
        given = None
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise bad_input(
            f"{file}:{number}: không phải một JSON có «text»",
            f"{file}:{number}: not a JSON object with «text»",
            'mỗi dòng viết như {"text": "trước ngày 15/7", "document_date": "2026-05-29"}',
            'write each line as {"text": "trước ngày 15/7", "document_date": "2026-05-29"}',
        )
    return given


def _no_date() -> Stop:
    return bad_input(
        "thiếu ngày của văn bản",
        "the date of the letter is missing",
        "thêm --issued NGÀY, ví dụ --issued 29/05/2026",
        "add --issued DATE, for example --issued 2026-05-29",
        kind="usage",
    )


def _record(answer: Answer) -> dict[str, object]:
    explained = [one.explanation_vi if lang() == "vi" else one.explanation_en for one in answer.readings]
    warnings = [warning for one in answer.readings for warning in one.warnings]
    return {
        "text": answer.text,
        "document_date": answer.issued.isoformat(),
        **answer.as_record(),
        "explanation": " ".join(explained),
        "warnings": warnings,
    }


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


def _meant(answer: Answer) -> str:
    return "; ".join(_value(plain(one.expected)) for one in answer.readings if _shown(one)) or "—"


def _shown(reading: Reading) -> bool:
    return reading.expected is not None


def _value(meant: object) -> str:
    """A reading in words: a day, an instant, or the fields of a period, rhythm or anchor."""
    if isinstance(meant, str):
        return words.moment(meant) if "T" in meant else words.day(meant)
    if isinstance(meant, dict) and {"start", "end"} <= meant.keys():
        return f"{words.day(meant['start'])} – {words.day(meant['end'])}"
    if isinstance(meant, dict):
        return ", ".join(f"{key} {value}" for key, value in meant.items() if value is not None)
    return str(meant)


def _short(phrase: str) -> str:
    one = " ".join(phrase.split())
    return one if len(one) <= 120 else one[:119] + "…"
