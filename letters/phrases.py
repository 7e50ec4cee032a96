"""Deadlines of a wording, asked of `directive.deadline` and put in the shape of the letters.

A wording without a date ("thường xuyên", "báo cáo theo quy định") is kept as such: it asks for a review date.
"""

import re
from datetime import date
from functools import lru_cache

from pydantic import JsonValue

from directive.calendar import WorkCalendar
from directive.deadline import Kind, Reading, plain, read_deadline
from directive.regex import regex
from letters.dates import DATED, DeadlineAt, FindDeadlines
from letters.letter import Deadline
from letters.words import folded

_OPEN = regex(
    r"(?<!\w)(?:thường xuyên|theo quy định(?! (?:của|tại|về))|kịp thời|khẩn trương|khi có yêu cầu|đột xuất|"
    r"theo tiến độ(?: chung)?|ngay(?= (?:sau|khi|từ)|[.;,]|$))(?!\w)",
    re.IGNORECASE,
)
_ANNOUNCES = regex(
    r"(?:[;,]|\.\s)\s*(?=(?:phải |và )?(?:hoàn thành|xong|thời gian|thời hạn|hạn|trình|gửi|báo cáo|kết thúc)(?!\w))"
    r"|(?<!\w)(?=(?:từ nay (?:đến|cho đến)|chậm nhất|muộn nhất|không muộn hơn|không chậm hơn)\s|"
    r"(?:vào )?ngày \d{1,2} (?:hằng|hàng) tháng)",
    re.IGNORECASE,
)
_LED_BY = regex(
    r"(?:phải |cần )?(?:hoàn thành(?: xong)?|xong|thời gian(?: hoàn thành| thực hiện| xong)?|"
    r"(?:thời hạn|thời gian|hạn)(?: \w+){0,3}\s*:|tuần(?= trước)|"
    r"vào(?= ngày)|định kỳ(?= (?:trước|vào|chậm|đến|ngày)))[\s:,]+",
    re.IGNORECASE,
)
# What a reading may carry at its end beyond the date: the first word of the next clause.
_STRAY = regex(r"\s*,\s*(?:các|những|và|để|đồng thời|từng)\s*$", re.IGNORECASE)
# The hours of a counter or of a meeting are the rhythm of the work itself, not a date to hand something in by.
_HABIT = regex(
    r"(?<!\w)(?:trực|tiếp công dân|họp|giao ban|sinh hoạt|chào cờ|ra quân|tổng vệ sinh|mở cửa|làm việc)"
    r"(?: vào| cả| các| lúc| định kỳ)*\s+$",
    re.IGNORECASE,
)
_REPORTED = regex(r"báo cáo|định kỳ|gửi", re.IGNORECASE)


def deadlines_on(issued: date | None, calendar: WorkCalendar) -> FindDeadlines:
    """A finder for a letter of this date. Without a date no phrase can be resolved, so none is read."""

    @lru_cache(maxsize=4096)
    def found(text: str) -> tuple[DeadlineAt, ...]:
        if issued is None:
            return tuple(_open_wordings(text))
        answer = read_deadline(text, issued=issued, calendar=calendar)
        dated = [
            _placed(reading)
            for reading in answer.readings
            if reading.kind.value in DATED
            and not (reading.kind is Kind.RECURRING and _HABIT.search(text, 0, reading.span[0]))
        ]
        dated += [
            at
            for at in _announced(text, issued, calendar)
            if all(at.end <= other.start or at.start >= other.end for other in dated)
        ]
        return tuple(sorted(dated, key=lambda at: at.start)) or tuple(_open_wordings(text))

    return lambda text: list(found(text))


def _announced(text: str, issued: date, calendar: WorkCalendar) -> list[DeadlineAt]:
    """A clause that announces an end ("…; hoàn thành trong quý III") is read by itself as well."""
    marks: list[DeadlineAt] = []
    for found in _ANNOUNCES.finditer(text):
        clause = re.split(r"[;]|\.\s", text[found.end() :])[0]
        for reading in read_deadline(clause, issued=issued, calendar=calendar).readings:
            if reading.kind.value in DATED:
                mark = _placed(reading, shift=found.end())
                marks += (
                    [mark]
                    if all(mark.start >= other.end or mark.end <= other.start for other in marks)
                    else []
                )
    return marks


def _placed(reading: Reading, shift: int = 0) -> DeadlineAt:
    """A reading with the words that mean the date: "hoàn thành", "xong", "Định kỳ" before it are not part of them."""
    start, end = reading.span
    words = reading.text
    led = _LED_BY.match(folded(words))
    start, words = (
        (start + led.end(), words[led.end() :]) if led and led.end() < len(words) else (start, words)
    )
    words = _STRAY.sub("", words)
    end = start + len(words.rstrip(" ,;./"))
    start, end = start + shift, end + shift
    expected = {"error": reading.reason} if reading.kind is Kind.INVALID else plain(reading.expected)
    if isinstance(expected, dict) and expected.get("direction") == "after":
        expected = {key: value for key, value in expected.items() if key != "direction"}
    deadline = Deadline(
        text=words.strip(" ,;./"),
        kind=reading.kind.value,
        expected=expected,
        alt=tuple(_offer(plain(offer)) for offer in reading.alternatives),
        rule=reading.rule,
        source=reading.source,
        reason=reading.reason,
    )
    return DeadlineAt(start, end, deadline)


def _offer(value: JsonValue) -> JsonValue:
    """An offered rhythm is shown by its next date, as the labels do."""
    return value["next"] if isinstance(value, dict) and value.get("next") else value


def _open_wordings(text: str) -> list[DeadlineAt]:
    """The wordings that set no date; "theo quy định" only where a report is asked for in the same clause."""
    marks: list[DeadlineAt] = []
    for found in _OPEN.finditer(folded(text)):
        clause = re.split(r"[;.]", text[: found.start()])[-1]
        if found.group().lower().startswith("theo quy định") and not _REPORTED.search(clause):
            continue
        words = text[found.start() : found.end()]
        marks.append(
            DeadlineAt(found.start(), found.end(), Deadline(text=words, kind="none", rule="open_wording"))
        )
    return marks
