"""A tracker in .xlsx → tasks, with errors by row. The first sheet with a heading row of tasks is read.

Usual columns: TT, Nhiệm vụ, Chủ trì, Phối hợp, Thời hạn, Sản phẩm, Lãnh đạo phụ trách, Thẩm quyền. [M]
"""

import io
import re
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from python_calamine import CalamineError, CalamineWorkbook

from directive.calendar import WorkCalendar
from directive.value import Value
from letters.columns import Column, find_heading, is_group, read_row
from letters.docx import check_archive
from letters.kinds import refuse_secret
from letters.letter import LeftOut, Letter, Section, Span, Task
from letters.phrases import deadlines_on
from letters.refusals import Reason, Unreadable
from letters.text import Table, read_bytes, source_of

MAX_COLUMNS = 200
MAX_ROWS = 20_000


class RowProblem(Value):
    """What is wrong with one row, by its number in the sheet (from 1)."""

    row: int
    code: str
    message_vi: str
    message_en: str


class Tracker(NamedTuple):
    """The tasks of a tracker, each with its row, and what is wrong by row."""

    file: str | None = None
    sheet: str = ""
    tasks: tuple[Task, ...] = ()
    rows: tuple[int, ...] = ()
    text: str = ""
    problems: tuple[RowProblem, ...] = ()


def read_tracker(path: Path, *, issued: date, calendar: WorkCalendar) -> Tracker:
    """The tracker in a file; `issued` is the day that phrases such as "trong tháng" and "sau 10 ngày" count from.

    Raises `Unreadable` (damaged, too large, too many columns, no known columns) and `Secret`.
    """
    raw = read_bytes(path)
    if not raw.startswith(b"PK"):
        raise Unreadable(Reason.UNKNOWN_FORMAT if raw else Reason.EMPTY)
    check_archive(raw, part="xl/workbook.xml")
    for name, rows in _sheets(raw):
        heading = find_heading(rows)
        refuse_secret(source_of(name or "-", tables=(Table(rows, (1,) * len(rows)),)))
        if heading is not None:
            return _tracker(path.name, name, rows, issued, calendar)
    raise Unreadable(Reason.NO_COLUMNS)


def _sheets(raw: bytes) -> list[tuple[str, tuple[tuple[str, ...], ...]]]:
    """All sheets in cells of text, bounded."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        sheets: list[tuple[str, tuple[tuple[str, ...], ...]]] = []
        for name in book.sheet_names[:20]:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_width > MAX_COLUMNS:
                raise Unreadable(Reason.TOO_MANY_COLUMNS)
            if sheet.total_height > MAX_ROWS:
                raise Unreadable(Reason.TOO_MANY_ROWS)
            rows = tuple(tuple(_text(cell) for cell in row) for row in sheet.to_python(skip_empty_area=False))
            sheets.append((name, rows))
    except CalamineError:
        raise Unreadable(Reason.DAMAGED) from None
    return sheets


def _text(cell: object) -> str:
    """A cell as a person sees it: a date in the office's way, a whole number without ".0"."""
    match cell:
        case datetime() if cell.hour or cell.minute:
            return f"{cell.hour} giờ {cell.minute:02} ngày {cell.day:02}/{cell.month:02}/{cell.year}"
        case date():
            return f"{cell.day:02}/{cell.month:02}/{cell.year}"
        case float() if cell.is_integer():
            return str(int(cell))
        case None:
            return ""
        case _:
            return str(cell)


def _tracker(
    file: str, sheet: str, rows: tuple[tuple[str, ...], ...], issued: date, calendar: WorkCalendar
) -> Tracker:
    heading = find_heading(rows)
    if heading is None:
        raise Unreadable(Reason.NO_COLUMNS)
    find = deadlines_on(issued, calendar)
    source = source_of("\n".join(" | ".join(re.sub(r"\s+", " ", cell) for cell in row) for row in rows))
    tasks: list[Task] = []
    numbers: list[int] = []
    problems: list[RowProblem] = []
    seen: dict[str, int] = {}
    for index in range(heading.row + 1, len(rows)):
        number = index + 1
        task = read_row(rows[index], heading, find, path=str(len(tasks) + 1))
        if task is None:
            if (
                any(cell.strip() for cell in rows[index])
                and is_group(rows[index], heading) is None
                and _has_work_missing(rows[index], heading.columns)
            ):
                problems.append(_problem(number, "no_task"))
            continue
        when = heading.columns.get(Column.DEADLINE)
        worded = rows[index][when].strip() if when is not None and when < len(rows[index]) else ""
        if not task.assignees:
            problems.append(_problem(number, "no_lead"))
        elif len(task.assignees) > 1:
            problems.append(_problem(number, "several_leads"))
        if worded and task.deadline is None:
            problems.append(_problem(number, "deadline_not_read"))
        elif task.deadline is not None and task.deadline.kind == "invalid":
            problems.append(_problem(number, "deadline_invalid"))
        if task.id in seen:
            problems.append(_problem(number, "number_twice"))
            task = task._replace(id=f"{task.id}-{number}")
        seen[task.id] = number
        tasks.append(task._replace(span=source.spans_of(source.passage(source.lines[index]))[0]))
        numbers.append(number)
    return Tracker(
        file=file,
        sheet=sheet,
        tasks=tuple(tasks),
        rows=tuple(numbers),
        text=source.text,
        problems=tuple(problems),
    )


def letter_of_tracker(tracker: Tracker) -> Letter:
    """The tracker as a letter without a head, for a draft: what is wrong with a row is asked at its task."""
    asked: dict[int, list[str]] = {}
    for problem in tracker.problems:
        if problem.code in {"no_lead", "deadline_invalid"}:  # the draft asks these by itself
            continue
        asked.setdefault(problem.row, []).append(f"dòng {problem.row}: {problem.message_vi}")
    tasks = tuple(
        task._replace(questions=tuple(asked.pop(row, [])))
        for task, row in zip(tracker.tasks, tracker.rows, strict=True)
    )
    lines = source_of(tracker.text).lines
    left = tuple(
        LeftOut(text=lines[row - 1].text, reason="no_task", span=Span(
            start=lines[row - 1].start, end=lines[row - 1].start, first_line=row, last_line=row))
        for row in asked
    )  # fmt: skip
    section = Section(label=None, lead=tracker.sheet or None, tasks=tasks)
    return Letter(text=tracker.text, file=tracker.file, sections=(section,), left_out=left)


def _has_work_missing(row: tuple[str, ...], columns: dict[Column, int]) -> bool:
    """A row that says who or when, and not what."""
    wanted = (Column.LEAD, Column.DEADLINE)
    others = [
        row[at].strip() for column in wanted if (at := columns.get(column)) is not None and at < len(row)
    ]
    return not row[columns[Column.TASK]].strip() and any(others)


_PROBLEMS = {
    "no_task": ("Dòng này không có nội dung nhiệm vụ.", "This row has no task."),
    "no_lead": ("Chưa có đơn vị chủ trì.", "There is no lead unit."),
    "several_leads": (
        "Có nhiều hơn một đơn vị chủ trì; cần chọn một.",
        "There is more than one lead unit; choose one.",
    ),
    "deadline_not_read": (
        "Không hiểu thời hạn ghi ở dòng này.",
        "The deadline of this row is not understood.",
    ),
    "deadline_invalid": ("Thời hạn không hợp lệ.", "The deadline is not valid."),
    "number_twice": ("Số thứ tự bị trùng.", "The number stands twice."),
}


def _problem(row: int, code: str) -> RowProblem:
    vi, en = _PROBLEMS[code]
    return RowProblem(row=row, code=code, message_vi=vi, message_en=en)
