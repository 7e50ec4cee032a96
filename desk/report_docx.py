"""A report as an office's paper: what stands in a page, the tables in annexes, room for number and signature."""

from collections.abc import Sequence
from datetime import UTC
from itertools import groupby
from typing import Any

from desk import letterhead, words
from desk.paper import Cell, annex, body, line, paper, table, written
from desk.report_file import Frozen
from desk.report_words import COLUMNS, OVERDUE_COLUMNS, as_of, late, number, part, pressed, title, whole
from directive.due import local_day
from register.models import SummaryRow
from register.report import Report

FIGURES = (9.0, 44.0, *([14.4] * len(COLUMNS)))
OVERDUE = (9.0, 28.0, 13.0, 72.0, 40.0, 26.0, 22.0, 13.0, 12.0, 12.0)
_ANNEX = ("I", "II", "III")


def document(report: Report, frozen: Frozen | None) -> bytes:
    """The file's content, in Vietnamese. The day is that of the sending; a draft has room for it."""
    made = paper()
    day = local_day(frozen.sent_at) if frozen else None
    stamp = (frozen.sent_at if frozen else report.as_of).astimezone(UTC).replace(tzinfo=None)
    made.core_properties.title, made.core_properties.author = title(report), report.office.name
    made.core_properties.created = made.core_properties.modified = stamp
    made.core_properties.identifier = frozen.id if frozen else ""
    letterhead.head(made, report.office, day, "BÁO CÁO", title(report))
    _text(made, report)
    letterhead.end(made, report.office)
    names = ["theo đơn vị", "theo văn bản chỉ đạo"]
    for place, rows in enumerate((report.by_unit, report.by_directive)):
        _annex(made, report, frozen, place, f"TỔNG HỢP NHIỆM VỤ {names[place].upper()}")
        _figures(made, report, rows, "Đơn vị" if place == 0 else "Văn bản")
    _annex(made, report, frozen, 2, "DANH SÁCH NHIỆM VỤ ĐANG THỰC HIỆN QUÁ HẠN")
    _overdue(made, report)
    return written(made)


def _text(made: Any, report: Report) -> None:
    office = report.office.name or "Cơ quan theo dõi"
    body(
        made,
        f"{office} báo cáo tình hình thực hiện nhiệm vụ được giao, số liệu tính đến {as_of(report.as_of)}, như sau:",
    )
    if report.units is not None:
        body(made, part(report))
    body(made, "1. Kết quả thực hiện", bold=True)
    body(made, f"{whole(report)} Số liệu theo đơn vị tại Phụ lục I, theo văn bản chỉ đạo tại Phụ lục II.")
    body(made, "2. Đôn đốc, gia hạn", bold=True)
    body(made, pressed(report))
    body(made, "3. Nhiệm vụ quá hạn", bold=True)
    end = "." if report.office.system == "party" else "./."
    body(made, (f"{late(report)} Danh sách tại Phụ lục III." if report.overdue else late(report))[:-1] + end)


def _annex(made: Any, report: Report, frozen: Frozen | None, place: int, name: str) -> None:
    annex(made)
    line(made, f"Phụ lục {_ANNEX[place]}", bold=True)
    line(made, name, size=13, bold=True)
    paper_number = letterhead.number(report.office).replace("Số:", "số").replace("Số", "số")
    line(made, f"(Kèm theo Báo cáo {paper_number} của {report.office.name or '……'})", size=13, italic=True)
    line(made, _standing(report, frozen), size=12, italic=True, align="right", before=6)


def _standing(report: Report, frozen: Frozen | None) -> str:
    said = f"Số liệu tính đến {as_of(report.as_of)}; "
    if frozen is None:
        return said + "bản nháp, chưa chốt"
    said += f"chốt lúc {words.moment(frozen.sent_at)}, mã {frozen.id}"
    return said + (f", thay báo cáo {frozen.replaces}" if frozen.replaces else "")


def _figures(made: Any, report: Report, rows: Sequence[SummaryRow], keyed: str) -> None:
    told = [
        [Cell(str(place), "center"), Cell(report.names.get(row.key, row.key)), *_counts(row)]
        for place, row in enumerate(rows, 1)
    ]
    told.append([Cell(""), Cell("Tổng cộng", bold=True), *_counts(report.total, bold=True)])
    table(made, FIGURES, _headings(keyed), told)


def _counts(row: SummaryRow, *, bold: bool = False) -> list[Cell]:
    return [Cell(number(column.value(row)), "right", bold) for column in COLUMNS]


def _headings(keyed: str) -> list[list[Cell]]:
    """Two rows: groups of columns, and the columns under them."""
    above = [Cell(said, "center", bold=True, down="restart") for said in ("TT", keyed)]
    below = [Cell("", down="continue")] * 2
    for (group, _), columns in groupby(COLUMNS, key=lambda one: one.group):
        under = list(columns)
        if group:
            above.append(Cell(group, "center", bold=True, across=len(under)))
            below += [Cell(_capital(one.name[0]), "center", bold=True) for one in under]
        else:
            above += [Cell(one.label, "center", bold=True, down="restart") for one in under]
            below += [Cell("", down="continue")] * len(under)
    return [above, below]


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def _overdue(made: Any, report: Report) -> None:
    if not report.overdue:
        line(made, late(report), align="left", before=6)
        return
    rows = [
        [
            Cell(str(place), "center"),
            Cell(report.names.get(one.directive, one.directive)),
            Cell(one.code, "center"),
            Cell(one.work),
            Cell(report.names.get(one.unit, one.unit)),
            Cell(words.word(one.state)),
            Cell(words.day(one.due_day), "center"),
            Cell(number(one.days) if one.days else "–", "right"),  # its clock stands
            *(Cell(number(count), "right") for count in (one.nudges, one.extensions)),
        ]
        for place, one in enumerate(report.overdue, 1)
    ]
    table(made, OVERDUE, [[Cell(vi, "center", bold=True) for vi, _ in OVERDUE_COLUMNS]], rows)
