"""Tables in plain text: neighbouring lines with cells between "|" or tabs."""

import re

from letters.text import Source, Table, source_of

_MIN_CELLS = 3
_RULE = re.compile(r"[\s|+\-–—=_:]*$")


def with_tables(text: str, *, name: str | None = None) -> Source:
    """The source of a text, its ruled tables read as cells."""
    plain = source_of(text, name=name)
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
    return source_of(text, name=name, tables=tuple(tables)) if tables else plain


def _cells(text: str) -> tuple[str, ...] | None:
    mark = "|" if text.count("|") >= _MIN_CELLS - 1 else "\t" if text.count("\t") >= _MIN_CELLS - 1 else None
    if mark is None or _RULE.match(text):
        return None
    inner = text.strip().strip("|") if mark == "|" and text.strip().startswith("|") else text
    return tuple(cell.strip() for cell in inner.split(mark))


def _keep(rows: list[tuple[str, ...]], numbers: list[int], tables: list[Table]) -> None:
    if len(rows) >= 2 and sum(bool(cell) for cell in rows[0]) >= _MIN_CELLS:
        tables.append(Table(tuple(rows), tuple(numbers)))
