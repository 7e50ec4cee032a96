"""A report as a workbook: figures by unit, by directive, the overdue list. Numbers are numbers and days are days."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from itertools import groupby
from typing import Any

from xlsxwriter import Workbook

from desk import words
from desk.language import text
from desk.report_file import Frozen
from desk.report_words import COLUMNS, OVERDUE_COLUMNS, as_of, late, part, pressed, title, whole
from register.models import SummaryRow
from register.report import Report

FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
A4 = 9
HEAD = 5
"""The first row of a table's heading, counted from 0; two rows of heading follow the lines above it."""


def workbook(report: Report, frozen: Frozen | None) -> bytes:
    """The file's content."""
    file = BytesIO()
    book = Workbook(file, {"in_memory": True})
    # the same report is the same file: nothing in it tells when it was written
    made = (frozen.sent_at if frozen else report.as_of).astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": title(report), "company": report.office.name, "created": made})
    forms = _forms(book)
    _figures(book, forms, text("Theo đơn vị", "By unit"), report, report.by_unit, frozen)
    _figures(book, forms, text("Theo văn bản", "By directive"), report, report.by_directive, frozen)
    _overdue(book, forms, report, frozen)
    book.close()
    return file.getvalue()


def _forms(book: Any) -> dict[str, Any]:
    edge = {**FONT, "border": 1}
    head = {**edge, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#EDEDED"}
    return {
        "office": book.add_format({**FONT, "bold": True}),
        "title": book.add_format({**FONT, "bold": True, "font_size": 14}),
        "line": book.add_format({**FONT, "italic": True, "text_wrap": True}),
        "head": book.add_format(head),
        "text": book.add_format({**edge, "text_wrap": True}),
        "number": book.add_format({**edge, "num_format": "#,##0", "align": "right"}),
        "day": book.add_format({**edge, "num_format": "dd/mm/yyyy", "align": "center"}),
        "total": book.add_format({**edge, "bold": True}),
        "sum": book.add_format({**edge, "bold": True, "num_format": "#,##0", "align": "right"}),
    }


def _sheet(
    book: Any,
    forms: dict[str, Any],
    name: str,
    report: Report,
    frozen: Frozen | None,
    frozen_at: tuple[int, int],
    last: int,
) -> Any:
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f'&C&"Times New Roman"{text("Trang", "Page")} &P/&N')
    sheet.freeze_panes(*frozen_at)
    sheet.hide_gridlines(2)
    lines = (
        (report.office.name.upper(), "office"),
        (f"{title(report)} – {name[:1].lower()}{name[1:]}", "title"),
        (_standing(report, frozen), "line"),
        (" ".join((whole(report), pressed(report), late(report))), "line"),
    )
    for place, (said, form) in enumerate(lines):
        sheet.merge_range(place, 0, place, last, said, forms[form])
    sheet.set_row(1, 24)
    sheet.set_row(3, 50)
    return sheet


def _standing(report: Report, frozen: Frozen | None) -> str:
    """The instant of the figures, and whether they may still change."""
    said = text(f"Số liệu tính đến {as_of(report.as_of)}.", f"Figures of {as_of(report.as_of)}.")
    said += f" {part(report)}" if report.units is not None else ""
    if frozen is None:
        return said + text(" Bản nháp, chưa chốt.", " A draft, not sent.")
    sent = words.moment(frozen.sent_at)
    said += text(f" Đã chốt lúc {sent}, mã {frozen.id}.", f" Sent {sent}, id {frozen.id}.")
    return said + (
        text(f" Thay báo cáo {frozen.replaces}.", f" Replaces {frozen.replaces}.") if frozen.replaces else ""
    )


def _figures(
    book: Any,
    forms: dict[str, Any],
    name: str,
    report: Report,
    rows: Sequence[SummaryRow],
    frozen: Frozen | None,
) -> None:
    sheet = _sheet(book, forms, name, report, frozen, (HEAD + 2, 2), 1 + len(COLUMNS))
    of_units = rows is report.by_unit
    keyed = text("Đơn vị", "Unit") if of_units else text("Văn bản", "Directive")
    _headings(sheet, forms, ["TT", keyed])
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 38)
    sheet.set_column(2, 1 + len(COLUMNS), 10)
    for place, row in enumerate(rows):
        at = HEAD + 2 + place
        sheet.write_number(at, 0, place + 1, forms["number"])
        sheet.write_string(at, 1, report.names.get(row.key, row.key), forms["text"])
        for across, column in enumerate(COLUMNS, 2):
            sheet.write_number(at, across, column.value(row), forms["number"])
    _total(sheet, forms, HEAD + 2 + len(rows), report)
    sheet.repeat_rows(HEAD, HEAD + 1)


def _headings(sheet: Any, forms: dict[str, Any], first: list[str]) -> None:
    sheet.set_row(HEAD + 1, 48)
    for across, label in enumerate(first):
        sheet.merge_range(HEAD, across, HEAD + 1, across, label, forms["head"])
    across = len(first)
    for group, columns in groupby(COLUMNS, key=lambda one: one.group):
        under = list(columns)
        if text(*group):
            sheet.merge_range(HEAD, across, HEAD, across + len(under) - 1, text(*group), forms["head"])
            for place, column in enumerate(under):
                name = text(*column.name)
                sheet.write_string(HEAD + 1, across + place, name[:1].upper() + name[1:], forms["head"])
        else:
            for place, column in enumerate(under):
                sheet.merge_range(HEAD, across + place, HEAD + 1, across + place, column.label, forms["head"])
        across += len(under)


def _total(sheet: Any, forms: dict[str, Any], at: int, report: Report) -> None:
    sheet.write_blank(at, 0, None, forms["total"])
    sheet.write_string(at, 1, text("Tổng cộng", "Total"), forms["total"])
    for across, column in enumerate(COLUMNS, 2):
        sheet.write_number(at, across, column.value(report.total), forms["sum"])


def _overdue(book: Any, forms: dict[str, Any], report: Report, frozen: Frozen | None) -> None:
    sheet = _sheet(
        book, forms, text("Quá hạn", "Overdue"), report, frozen, (HEAD + 1, 0), len(OVERDUE_COLUMNS) - 1
    )
    for across, (label, wide) in enumerate(
        zip(OVERDUE_COLUMNS, (5, 18, 8, 60, 34, 18, 13, 11, 10, 10), strict=True)
    ):
        sheet.set_column(across, across, wide)
        sheet.write_string(HEAD, across, text(*label), forms["head"])
    for place, one in enumerate(report.overdue):
        at = HEAD + 1 + place
        sheet.write_number(at, 0, place + 1, forms["number"])
        told = (report.names.get(one.directive, one.directive), one.code, one.work)
        unit, state = report.names.get(one.unit, one.unit), words.word(one.state)
        for across, said in enumerate((*told, unit, state), 1):
            sheet.write_string(at, across, said, forms["text"])
        if one.due_day:
            sheet.write_datetime(at, 6, datetime.combine(one.due_day, datetime.min.time()), forms["day"])
        counts = (one.days or None, one.nudges, one.extensions)  # no days where the clock stands
        for across, count in enumerate(counts, 7):
            sheet.write(at, across, count, forms["number"])
    if report.overdue:
        sheet.autofilter(HEAD, 0, HEAD + len(report.overdue), len(OVERDUE_COLUMNS) - 1)
    else:
        sheet.write_string(
            HEAD + 1, 1, text("Không có nhiệm vụ quá hạn.", "No task is overdue."), forms["line"]
        )
    sheet.repeat_rows(HEAD)
