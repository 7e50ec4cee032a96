"""The list of a board as a workbook: one line a task, with its light, days and cause."""

import asyncio
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from desk import causes, words
from desk.language import text
from directive.light import LightKind
from register.late import Late

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COLUMNS = (
    (("Văn bản", "Directive"), 18),
    (("Mã", "Code"), 9),
    (("Đơn vị chủ trì", "Lead unit"), 34),
    (("Nhiệm vụ", "Task"), 70),
    (("Trạng thái", "State"), 18),
    (("Thời hạn", "Due"), 12),
    (("Đèn", "Light"), 26),
    (("Số ngày quá hạn", "Days overdue"), 10),
    (("Nguyên nhân", "Cause"), 60),
    (("Gia hạn", "Extensions"), 9),
    (("Đôn đốc", "Nudges"), 9),
)


async def sheet(found: list[Late], names: words.Names, now: datetime) -> bytes:
    """The workbook; the lights are those at `now` (UTC). Made beside the page's loop, since it takes a while."""
    return await asyncio.to_thread(_made, found, names, now)


def _made(found: list[Late], names: words.Names, now: datetime) -> bytes:
    import xlsxwriter  # only whoever asks for a file waits for it

    held = BytesIO()
    # What people wrote is never a formula or a link.
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(held, safe) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        dated = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
        page = book.add_worksheet(text("Bảng theo dõi", "Board"))
        page.write_string(0, 0, _title(len(found), now))
        for place, (named, width) in enumerate(_COLUMNS):
            page.set_column(place, place, width)
            page.write_string(2, place, text(*named), bold)
        for place, one in enumerate(found, start=3):
            _line(page, place, one, names, (plain, dated))
        page.freeze_panes(3, 0)
        page.autofilter(2, 0, max(len(found), 1) + 2, len(_COLUMNS) - 1)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(2)
    return held.getvalue()


def _title(count: int, now: datetime) -> str:
    return text(
        f"{count} nhiệm vụ, tính lúc {words.moment(now)}", f"{count} tasks, as of {words.moment(now)}"
    )


def _line(page: "Worksheet", place: int, one: Late, names: words.Names, looks: tuple[object, object]) -> None:
    row, (plain, dated) = one.row, looks
    overdue = one.late.kind is LightKind.OVERDUE and row.closed_at is None
    ended = words.word(row.outcome) if row.closed_at and row.outcome else words.light(row.light)
    cause = "" if row.closed_at else causes.said(one.why, names)
    values = (
        row.number,
        row.code,
        names(row.unit),
        row.work,
        words.word(row.state),
        row.due_day,
        ended,
        one.late.days if overdue else None,
        cause,
        row.extensions,
        row.nudges,
    )
    for column, value in enumerate(values):
        if isinstance(value, date):
            page.write_datetime(place, column, value, dated)
        elif isinstance(value, str):
            page.write_string(place, column, value, plain)
        elif value is not None:
            page.write_number(place, column, value, plain)
