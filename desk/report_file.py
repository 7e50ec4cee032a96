"""A report as a file: which form the name asks for, and what it is called."""

from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple

from desk import periods
from desk.exit import bad_input
from desk.report_words import period_of
from register.report import Report

Form = Literal["xlsx", "docx"]
MEDIA: dict[Form, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class Frozen(NamedTuple):
    """What a file says of a report that was sent: its id, when and by whom (a name), and the one it replaces."""

    id: str
    sent_at: datetime
    sent_by: str
    replaces: str = ""
    reason: str = ""


def form_of(file: Path) -> Form:
    """By the end of its name. Raises Stop."""
    for form in MEDIA:
        if file.suffix.lower() == f".{form}":
            return form
    raise bad_input(
        f"không biết ghi báo cáo vào {file.name}",
        f"a report cannot be written as {file.name}",
        "đặt tên tệp kết thúc bằng .xlsx hoặc .docx",
        "let the name end with .xlsx or .docx",
        kind="bad_file",
    )


def content(report: Report, form: Form, frozen: Frozen | None = None) -> bytes:
    """The file's content. The forms of an office are Vietnamese, whatever language a door speaks."""
    from desk.language import speaking

    with speaking("vi"):
        if form == "xlsx":
            from desk.report_xlsx import workbook

            return workbook(report, frozen)
        from desk.report_docx import document

        return document(report, frozen)


def name_of(report: Report, form: Form) -> str:
    """`bao-cao-2026-Q2.docx`; with the days where the period has no name."""
    asked = period_of(report)
    days = [f"{one:%Y%m%d}" for one in (asked.first, asked.last) if one]
    return f"bao-cao-{periods.code(asked) or '-'.join(days) or 'tat-ca'}.{form}"
