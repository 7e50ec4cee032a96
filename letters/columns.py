"""Tables of tasks: which column is which, and each row as a task. For annexes and for trackers alike.

The usual columns: TT, Nhiệm vụ, Chủ trì, Phối hợp, Thời hạn, Sản phẩm, Lãnh đạo phụ trách, Thẩm quyền. [M]
"""

import re
from enum import StrEnum
from typing import NamedTuple

from directive.regex import regex
from letters.dates import FindDeadlines
from letters.letter import Task
from letters.text import Source, Table, clean
from letters.units import read_units
from letters.words import toned

_EMPTY = regex(r"[\s.\-–—…/]*$")


class Column(StrEnum):
    """What a column of a table of tasks holds."""

    NUMBER = "number"
    TASK = "task"
    LEAD = "lead"
    SUPPORT = "support"
    DEADLINE = "deadline"
    PRODUCT = "product"
    LEADER = "leader"
    AUTHORITY = "authority"
    NOTE = "note"


_TITLES: tuple[tuple[Column, re.Pattern[str]], ...] = (
    (Column.NUMBER, regex(r"(?:tt|stt|số tt|số thứ tự|tt\.)$")),
    (Column.LEADER, regex(r".*(?:lãnh đạo|người) (?:\w+ ){0,3}(?:phụ trách|chỉ đạo|theo dõi)")),
    (Column.SUPPORT, regex(r".*phối hợp(?!.*chủ trì)")),
    (Column.LEAD, regex(
        r".*(?:chủ trì|đơn vị thực hiện|cơ quan thực hiện|đơn vị được giao|cơ quan được giao|"
        r"trách nhiệm thực hiện|đầu mối)"
    )),
    (Column.DEADLINE, regex(
        r".*(?:thời hạn|thời gian|hạn hoàn thành|hạn xử lý|hạn báo cáo|tiến độ|^hạn$|mốc hoàn thành)|hạn$"
    )),
    (Column.PRODUCT, regex(r".*(?:sản phẩm|kết quả|đầu ra|hồ sơ trình)")),
    (Column.AUTHORITY, regex(r".*(?:thẩm quyền|cấp trình|cấp ban hành|cấp phê duyệt|cấp quyết định)")),
    (Column.TASK, regex(r".*(?:nhiệm vụ|nội dung|công việc|tên việc)")),
    (Column.NOTE, regex(r".*(?:ghi chú)")),
)  # fmt: skip


class Heading(NamedTuple):
    """The heading row of a table: its index and which column is which."""

    row: int
    columns: dict[Column, int]


def title_of(cell: str) -> Column | None:
    """Which column a heading's cell names."""
    text = re.sub(r"\s+", " ", toned(clean(cell)).lower()).strip(" .:*")
    if not text or len(text) > 60:
        return None
    return next((column for column, pattern in _TITLES if pattern.match(text)), None)


def find_heading(rows: tuple[tuple[str, ...], ...], *, within: int = 15) -> Heading | None:
    """The first row that names a column of tasks and one more of who or when. Two-row headings are joined."""
    for index, row in enumerate(rows[:within]):
        columns = _columns(row)
        if (
            Column.TASK in columns
            and len(columns.keys() & {Column.LEAD, Column.DEADLINE, Column.SUPPORT, Column.PRODUCT}) >= 1
        ):
            if index + 1 < len(rows):
                below = _columns(rows[index + 1])
                if len(below) >= 2 and Column.TASK not in below and Column.NUMBER not in below:
                    return Heading(index + 1, {**below, **columns, **below})
            return Heading(index, columns)
    return None


def _columns(row: tuple[str, ...]) -> dict[Column, int]:
    columns: dict[Column, int] = {}
    for index, cell in enumerate(row):
        column = title_of(cell)
        if column and column not in columns:
            columns[column] = index
    if Column.TASK not in columns and {Column.LEAD, Column.DEADLINE} <= columns.keys():
        # "Cuộc kiểm tra", "Tên đề án": with who and when beside it, the first other column says what.
        other = [at for at, cell in enumerate(row) if cell.strip() and title_of(cell) is None]
        if other and other[0] < columns[Column.LEAD]:
            columns[Column.TASK] = other[0]
    return columns


def repeats(row: tuple[str, ...], heading: Heading) -> bool:
    """Whether a row is the heading again, as printed at the top of a new page."""
    named = [title_of(row[at]) is column for column, at in heading.columns.items() if at < len(row)]
    return sum(named) >= max(2, len(named) - 1)


def units_in(cell: str) -> tuple[str, ...]:
    """The units of a cell: one a line, or parted by semicolons or as a list in words."""
    names: list[str] = []
    for raw in re.split(r"[\n;]+", clean(cell)):
        part = re.sub(r"^\s*[-–+*•]\s*", "", raw).strip(" .,")
        if _EMPTY.match(part):
            continue
        units = read_units(part, 0, in_list=True)
        whole = bool(units) and not part[units[-1].end :].strip(" .,")
        names += (
            [unit.name for unit in units]
            if whole
            else [piece.strip() for piece in re.split(r",\s+(?=[A-ZĐ])", part)]
        )
    return tuple(dict.fromkeys(names))


def read_row(
    row: tuple[str, ...], heading: Heading, find: FindDeadlines, *, path: str, context: str = ""
) -> Task | None:
    """One row as a task; None for an empty row, a repeated heading, a row of column numbers or a group's title."""

    def cell(column: Column) -> str:
        at = heading.columns.get(column)
        return re.sub(r"[ \t]+", " ", clean(row[at])).strip() if at is not None and at < len(row) else ""

    work = re.sub(r"\s+", " ", cell(Column.TASK)).strip()
    if _EMPTY.match(work) or repeats(row, heading) or re.fullmatch(r"\(?\d{1,2}\)?", work):
        return None
    lead, when, product = (
        cell(Column.LEAD),
        re.sub(r"\s+", " ", cell(Column.DEADLINE)),
        re.sub(r"\s+", " ", cell(Column.PRODUCT)),
    )
    if all(_EMPTY.match(value) for value in (lead, when, product, cell(Column.SUPPORT))):
        return None
    found = find(when) if when else []
    inner = [at for at in find(work) if at.dated] if not found else []
    chosen = next(iter([*found, *inner]), None)
    number = cell(Column.NUMBER).rstrip(".)") or path
    return Task(
        id=re.sub(r"\.0$", "", number) if re.match(r"[\w.]+$", number) else path,
        text=work.rstrip(" .;"),
        body=work if not context else f"{context}: {work}",
        assignees=units_in(lead),
        coordinators=units_in(cell(Column.SUPPORT)),
        deadline=chosen.deadline if chosen is not None else None,
        other_deadlines=tuple(at.deadline for at in found[1:]),
        deliverable=product or None,
        leader=cell(Column.LEADER) or None,
        authority=cell(Column.AUTHORITY) or None,
        confidence=0.9,
    )


def is_group(row: tuple[str, ...], heading: Heading) -> str | None:
    """The title of a group of rows ("I. Về thể chế"), or None."""
    at = heading.columns[Column.TASK]
    values = [clean(cell).strip() for cell in row]
    others = {
        value
        for index, value in enumerate(values)
        if index not in {at, heading.columns.get(Column.NUMBER)} and value
    }
    title = values[at] if at < len(values) else ""
    shown = title or next((value for value in values if len(value) > 4), "")
    return shown if shown and not others - {shown} and not repeats(row, heading) and len(shown) > 4 else None


def read_table(source: Source, table: Table, find: FindDeadlines, *, prefix: str) -> list[Task]:
    """All tasks of a table in an annex, or nothing when it is not a table of tasks."""
    heading = find_heading(table.rows)
    if heading is None:
        return []
    tasks: list[Task] = []
    context = ""
    for index in range(heading.row + 1, len(table.rows)):
        row = table.rows[index]
        group = is_group(row, heading)
        task = read_row(row, heading, find, path=f"{prefix}.{len(tasks) + 1}", context="")
        if task is None:
            context = group or context
            continue
        line = source.lines[table.lines[index] - 1]
        tasks.append(
            task._replace(
                id=f"{prefix}.{task.id}",
                span=source.span(line.start, line.start + len(line.text)),
            )
        )
    return tasks
