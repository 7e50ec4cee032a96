"""Periods as an office speaks of them: a month, a quarter, a year, six or nine months, or any two days."""

import re
from calendar import monthrange
from datetime import date

from desk import typed
from desk.exit import Stop, bad_input
from desk.language import text
from register.summary import Period

_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_QUARTER = re.compile(r"(\d{4})-[Qq]([1-4])")
_YEAR = re.compile(r"\d{4}")
_ROMAN = ("", "I", "II", "III", "IV")


def period(code: str) -> Period:
    """`2026-06`, `2026-Q2` or `2026`. Raises Stop."""
    try:
        if found := _QUARTER.fullmatch(code.strip()):
            year, quarter = int(found[1]), int(found[2])
            return months(year, 3 * quarter - 2, 3 * quarter)
        if found := _MONTH.fullmatch(code.strip()):
            return months(int(found[1]), int(found[2]), int(found[2]))
        if _YEAR.fullmatch(code.strip()):
            return months(int(code), 1, 12)
    except ValueError as error:
        raise _bad(code) from error
    raise _bad(code)


def between(first: str | None, last: str | None) -> Period:
    """The days typed, both included; an empty one leaves that side open. Raises Stop."""
    made = Period(first=typed.optional_day(first), last=typed.optional_day(last))
    for one in (made.first, made.last):
        if one and not 1900 < one.year < 2200:  # a slip that no calendar holds
            raise _bad(str(one))
    if made.first and made.last and made.first > made.last:
        raise bad_input(
            "ngày đầu kỳ sau ngày cuối kỳ",
            "the period ends before it begins",
            "đổi lại hai ngày",
            "exchange the two days",
            kind="bad_period",
        )
    return made


def months(year: int, first: int, last: int) -> Period:
    """From the first day of one month to the last day of another of the same year. Raises ValueError."""
    if not 1900 < year < 2200 or not 1 <= last <= 12:
        raise ValueError(f"no such month: {year}-{last}")
    return Period(first=date(year, first, 1), last=date(year, last, monthrange(year, last)[1]))


def code(asked: Period) -> str:
    """What `period` reads; empty where the period is no month, quarter or year."""
    named = _named(asked)
    return named[0] if named else ""


def words(asked: Period) -> str:
    """`tháng 6 năm 2026`, `quý II năm 2026`, `6 tháng đầu năm 2026`, or the two days."""
    if named := _named(asked):
        return text(*named[1:])
    first, last = (f"{one:%d/%m/%Y}" if one else "" for one in (asked.first, asked.last))
    if first and last:
        return (
            text(f"từ ngày {first} đến ngày {last}", f"{first} to {last}")
            if first != last
            else text(f"ngày {first}", first)
        )
    if last:
        return text(f"đến hết ngày {last}", f"up to {last}")
    return (
        text(f"từ ngày {first} đến nay", f"since {first}") if first else text("từ trước đến nay", "all time")
    )


def recent(today: date) -> list[tuple[str, str]]:
    """The months, quarters and years that a report is made for: codes and words, the latest first."""
    year, month, quarter = today.year, today.month, (today.month + 2) // 3
    codes = [f"{year - (month - ago <= 0)}-{(month - ago - 1) % 12 + 1:02}" for ago in range(7)]
    codes += [f"{year - (quarter - ago <= 0)}-Q{(quarter - ago - 1) % 4 + 1}" for ago in range(4)]
    codes += [str(year), str(year - 1)]
    return [(one, words(period(one))) for one in codes]


def _named(asked: Period) -> tuple[str, str, str] | None:
    """The code, and the words in both languages, of a period that has a name."""
    first, last = asked.first, asked.last
    if first is None or last is None or first.year != last.year or first.day != 1:
        return None
    year, begins, ends = first.year, first.month, last.month
    if last.day != monthrange(year, ends)[1]:
        return None
    if begins == ends:
        return f"{year}-{begins:02}", f"tháng {begins} năm {year}", f"{first:%B} {year}"
    if ends == begins + 2 and ends % 3 == 0:
        quarter = ends // 3
        return f"{year}-Q{quarter}", f"quý {_ROMAN[quarter]} năm {year}", f"quarter {quarter} of {year}"
    if (begins, ends) == (1, 12):
        return str(year), f"năm {year}", f"the year {year}"
    if begins == 1 and ends in (6, 9):
        return "", f"{ends} tháng đầu năm {year}", f"the first {ends} months of {year}"
    return None


def _bad(typed_words: str) -> Stop:
    return bad_input(
        f"«{typed_words}» không phải một kỳ báo cáo",
        f"«{typed_words}» is no period",
        "viết như 2026-06 (tháng), 2026-Q2 (quý), 2026 (năm)",
        "write it as 2026-06 (month), 2026-Q2 (quarter) or 2026 (year)",
        kind="bad_period",
    )
