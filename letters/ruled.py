"""Tables in plain text: cells between "|" or tabs, or columns kept apart by spaces under a heading."""

import re

from directive.regex import regex
from letters.columns import title_of
from letters.text import Line, Source, Table, source_of

_MIN_CELLS = 3
_RULE = regex(r"[\s|+\-–—=_:]*$")
_CELL = regex(r"\S+(?: \S+)*")


def with_tables(text: str, *, name: str | None = None) -> Source:
    """The source of a text, its tables read as cells."""
    plain = source_of(text, name=name)
    tables = [*_ruled(plain), *_aligned(plain)]
    return source_of(text, name=name, tables=tuple(tables)) if tables else plain


def _ruled(plain: Source) -> list[Table]:
    tables: list[Table] = []
    rows: list[tuple[str, ...]] = []
    numbers: list[int] = []
    for line in plain.lines:
        cells = _cells(line.text)
        if cells is not None and (not rows or abs(len(cells) - len(rows[0])) <= 1):
            rows.append(cells)
            numbers.append(line.number)
        elif not (rows and line.text.strip() and _RULE.match(line.text)):
            _keep(rows, numbers, tables)
            rows, numbers = [], []
    _keep(rows, numbers, tables)
    return tables


def _cells(text: str) -> tuple[str, ...] | None:
    mark = "|" if text.count("|") >= _MIN_CELLS - 1 else "\t" if text.count("\t") >= _MIN_CELLS - 1 else None
    if mark is None or _RULE.match(text):
        return None
    inner = text.strip().strip("|") if mark == "|" and text.strip().startswith("|") else text
    return tuple(cell.strip() for cell in inner.split(mark))


def _keep(rows: list[tuple[str, ...]], numbers: list[int], tables: list[Table]) -> None:
    if len(rows) >= 2 and sum(bool(cell) for cell in rows[0]) >= _MIN_CELLS:
        tables.append(Table(tuple(rows), tuple(numbers)))


def _aligned(plain: Source) -> list[Table]:
    """Tables whose heading names at least three usual columns, set apart by spaces."""
    tables: list[Table] = []
    index = 0
    while index < len(plain.lines):
        parts = list(_CELL.finditer(plain.lines[index].text))
        if (
            "|" not in plain.lines[index].text
            and sum(title_of(part.group()) is not None for part in parts) >= _MIN_CELLS
        ):
            table, index = _under(plain.lines, index, [part.start() for part in parts])
            tables += [table] if len(table.rows) > 1 else []
        else:
            index += 1
    return tables


def _under(lines: tuple[Line, ...], first: int, starts: list[int]) -> tuple[Table, int]:
    """The rows under a heading: one that has no number goes on with the row before it."""
    rows: list[list[str]] = [[part.group() for part in _CELL.finditer(lines[first].text)]]
    numbers = [lines[first].number]
    index = first + 1
    blanks = 0
    while index < len(lines) and blanks < 2:
        text = lines[index].text
        parts = list(_CELL.finditer(text))
        blanks = blanks + 1 if not parts else 0
        if parts and not _RULE.match(text):
            row = [""] * len(starts)
            for part in parts:
                column = min(range(len(starts)), key=lambda at: abs(starts[at] - part.start()))
                row[column] = f"{row[column]} {part.group()}".strip()
            if not row[0] and len(parts) == 1 and not (0 < parts[0].start() <= starts[-1] + 8):
                break
            if row[0] and not re.match(r"[\dIVX]{1,5}[.)]?$", row[0]):
                break
            if row[0] or len(rows) == 1:
                rows.append(row)
                numbers.append(lines[index].number)
            else:
                rows[-1] = [f"{old} {more}".strip() for old, more in zip(rows[-1], row, strict=True)]
        index += 1
    return Table(tuple(tuple(row) for row in rows), tuple(numbers)), index
