"""What people type, as values: dates, documents, evidence. Each slip is told with what to type instead."""

import re
from datetime import date, datetime, time

from desk.exit import Stop, bad_input
from directive.due import OFFICE_ZONE, Due, utc
from directive.message import Document, Evidence, Grade

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_VIETNAMESE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_DOCUMENT = re.compile(r"(?P<number>.*\S)\s*[/,;]\s*(?P<dated>\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{4})")


def day(typed: str) -> date:
    """`15/07/2026` or `2026-07-15`. Raises Stop."""
    text = typed.strip()
    if found := _ISO.fullmatch(text):
        year, month, number = (int(part) for part in found.groups())
    elif found := _VIETNAMESE.fullmatch(text):
        number, month, year = (int(part) for part in found.groups())
    else:
        raise _bad_day(typed)
    try:
        return date(year, month, number)
    except ValueError as error:
        raise _bad_day(typed) from error


def optional_day(typed: str | None) -> date | None:
    """A day, or None where none was typed."""
    return day(typed) if typed else None


def _bad_day(typed: str) -> Stop:
    return bad_input(
        f"«{typed}» không phải là một ngày",
        f"«{typed}» is no date",
        "viết như 15/07/2026 hoặc 2026-07-15",
        "write it as 15/07/2026 or 2026-07-15",
        kind="bad_date",
    )


def instant(on: date, clock: str) -> datetime:
    """The instant of a local clock time (`17:00`, `17h30`) on a day, in UTC. Raises Stop."""
    text = clock.strip().lower().replace("h", ":")
    try:
        return utc(
            datetime.combine(on, time.fromisoformat(f"{text}00" if text.endswith(":") else text), OFFICE_ZONE)
        )
    except ValueError as error:
        raise bad_input(
            f"«{clock}» không phải là một giờ",
            f"«{clock}» is no clock time",
            "viết như 17:00 hoặc 17h30",
            "write it as 17:00 or 17h30",
            kind="bad_time",
        ) from error


def clock_due(on: date | None, clock: str | None) -> Due | None:
    """A deadline with a clock time; None where only a day was typed, which the policy's end of day completes."""
    if clock is None:
        return None
    if on is None:
        raise bad_input(
            "--time cần có --day", "--time needs --day", "thêm --day NGÀY", "add --day DATE", kind="bad_time"
        )
    at = instant(on, clock)
    worded = f"{clock} {on:%d/%m/%Y}"
    return Due(day=on, instant=at, clock_time=True, worded=worded, rule="decision")


def as_of(typed: str | None) -> datetime | None:
    """The office's instant at which a look or a rehearsal begins: the start of a day, or an instant with its hour."""
    if not typed:
        return None
    words = typed.replace("T", " ").split()
    if len(words) == 1:
        return instant(day(words[0]), "08:00")
    return instant(day(words[0]), words[1])


def document(typed: str | None) -> Document | None:
    """`45/BC-SKHCN/30/06/2026`: a number and, behind the last slash, its date. Raises Stop."""
    if not typed:
        return None
    found = _DOCUMENT.fullmatch(typed.strip())
    if not found:
        raise bad_input(
            f"«{typed}» không có dạng SỐ/NGÀY",
            f"«{typed}» is not NUMBER/DATE",
            "viết như 45/BC-SKHCN/30/06/2026",
            "write it as 45/BC-SKHCN/2026-06-30",
            kind="bad_document",
        )
    return Document(number=found["number"], dated=day(found["dated"]))


def grade(typed: str) -> Grade:
    """`phe-binh`: how strongly the assigning side urges. Raises Stop."""
    wanted = typed.strip().lower().replace("-", "_")
    if wanted in set(Grade):
        return Grade(wanted)
    known = ", ".join(one.value.replace("_", "-") for one in Grade)
    raise bad_input(
        f"không có mức «{typed}»",
        f"there is no grade «{typed}»",
        f"một trong: {known}",
        f"one of: {known}",
        kind="bad_grade",
    )


def evidence(typed: list[str] | None) -> tuple[Evidence, ...]:
    """`name=link` or `name=file`, as often as needed; a file is kept when the act is sent. Raises Stop."""
    made = []
    for one in typed or []:
        name, equals, where = one.partition("=")
        if not (equals and name.strip() and where.strip()):
            raise bad_input(
                f"«{one}» không có dạng TÊN=LIÊN-KẾT hoặc TÊN=TỆP",
                f"«{one}» is not NAME=LINK or NAME=FILE",
                'viết như "Báo cáo=https://…" hoặc "Báo cáo=./bao-cao.pdf"',
                'write it as "Report=https://…" or "Report=./report.pdf"',
                kind="bad_evidence",
            )
        made.append(Evidence(name=name.strip(), where=where.strip()))
    return tuple(made)
