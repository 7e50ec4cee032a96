"""The tables of a report's figures, ready to be drawn: words, class and link of each cell."""

from typing import NamedTuple

from answers.report_asked import Asked
from desk import report_words
from register.counted import Figure
from register.models import SummaryRow
from register.report import Report


class Cell(NamedTuple):
    """A figure in words under its column's; `href` leads to the tasks it counts, and is empty where there are none."""

    label: str
    number: str
    kind: str
    href: str


class Figures(NamedTuple):
    """The rows of a table by name, and their total; `labels` are its columns."""

    labels: list[str]
    lines: list[tuple[str, list[Cell]]]
    total: list[Cell]


def tables(report: Report, asked: Asked) -> tuple[Figures, Figures]:
    """The figures by unit and by directive, in the language spoken."""
    labels = [column.label for column in report_words.COLUMNS]
    total = _cells(report.total, labels, asked.lists())
    names = report.names
    by_unit = [
        (names.get(row.key, row.key), _cells(row, labels, asked.lists(unit=row.key)))
        for row in report.by_unit
    ]
    by_directive = [
        (names.get(row.key, row.key), _cells(row, labels, asked.lists(directive=row.key)))
        for row in report.by_directive
    ]
    return Figures(labels, by_unit, total), Figures(labels, by_directive, total)


def _cells(row: SummaryRow, labels: list[str], lists: str) -> list[Cell]:
    """The cells of a row; `lists` begins the address of the tasks behind each of its figures."""
    cells = []
    for column, label in zip(report_words.COLUMNS, labels, strict=True):
        value, figure = column.value(row), column.figure
        kind = "number" if value else "number zero blank"
        if value and figure is Figure.RUNNING_OVERDUE:
            kind = "number late"
        href = lists + figure.value if value and figure else ""
        cells.append(Cell(label, report_words.number(value), kind, href))
    return cells
