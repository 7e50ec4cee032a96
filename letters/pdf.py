""".pdf with text → source: lines in reading order with their column gaps, annex tables in cells.

A scan without text is refused with the way to make it searchable. Pages, characters and drawn objects are
bounded, and with them the time.
"""

import io
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfparser import PDFSyntaxError

from letters.files import Opened
from letters.refusals import Reason, Unreadable
from letters.text import MAX_CHARS, Table, source_of

MAX_PAGES = 300
COLUMN_GAP = 12.0  # points between words that belong to different columns
MAX_PAGE_OBJECTS = 60_000
MAX_OBJECTS = 2_000_000  # over all pages: what bounds the time


def read_pdf(raw: bytes, *, name: str | None = None) -> Opened:
    """A PDF. Raises `Unreadable` (scan, damaged, protected, too large)."""
    pages = _Pages()
    try:
        with pdfplumber.open(io.BytesIO(raw)) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise Unreadable(Reason.TOO_LARGE)
            for page in pdf.pages:
                pages.add(page)
                page.close()
                if pages.size > MAX_CHARS or pages.objects > MAX_OBJECTS:
                    raise Unreadable(Reason.TOO_LARGE)
    except Unreadable:
        raise
    except PDFPasswordIncorrect:
        raise Unreadable(Reason.PROTECTED) from None
    except PDFSyntaxError:
        raise Unreadable(Reason.DAMAGED) from None
    except Exception as fault:  # noqa: BLE001 - pdfminer raises many kinds for a damaged file
        raise Unreadable(Reason.PROTECTED if "assword" in repr(fault) else Reason.DAMAGED) from None
    if not any(line.strip() for line in pages.lines):
        raise Unreadable(Reason.SCAN)
    return Opened(source_of("\n".join(pages.lines), name=name, tables=tuple(pages.whole_tables())))


class _Pages:
    """Gathers lines and tables page by page."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.tables: list[tuple[list[tuple[str, ...]], list[int]]] = []
        self.size = 0
        self.objects = 0
        self.in_table = False

    def add(self, page: Any) -> None:
        """One page: its text outside tables, and its tables where they stand."""
        drawn = len(page.chars) + len(page.rects) + len(page.lines) + len(page.curves)
        self.objects += drawn
        if drawn > MAX_PAGE_OBJECTS:
            raise Unreadable(Reason.TOO_LARGE)
        found = [table for table in page.find_tables() if _is_grid(table)] if page.rects or page.lines else []
        words = page.extract_words(
            keep_blank_chars=False, use_text_flow=False, x_tolerance=1.5, y_tolerance=3
        )
        boxes = [table.bbox for table in found]
        free = [word for word in words if not any(_inside(word, box) for box in boxes)]
        blocks: list[tuple[float, Any]] = [(line[0]["top"], line) for line in _lines(free)]
        blocks += [(table.bbox[1], table) for table in found]
        first, bottom, gaps = True, 0.0, _usual_gap([line for _, line in blocks if isinstance(line, list)])
        for top, block in sorted(blocks, key=lambda pair: pair[0]):
            if isinstance(block, list):
                if not first and top - bottom > gaps:
                    self._line("")
                self._line(("\f" if first and self.lines else "") + _spaced(block))
                bottom = max(word["bottom"] for word in block)
                continues = all(char in "0123456789-– /" for char in _spaced(block))
                self.in_table = self.in_table and continues
            else:
                self._table(block, page)
                bottom = block.bbox[3]
            first = False

    def _line(self, text: str) -> None:
        self.size += len(text)
        self.lines.append(text)

    def _table(self, table: Any, page: Any) -> None:
        rows = [tuple((cell or "").strip() for cell in row) for row in table.extract(x_tolerance=1.5)]
        if self.in_table and self.tables and len(self.tables[-1][0][0]) == len(rows[0]):
            kept, numbers = self.tables[-1]
        else:
            kept, numbers = [], []
            self.tables.append((kept, numbers))
        for row in rows:
            self._line(" | ".join(cell.replace("\n", " ") for cell in row))
            kept.append(row)
            numbers.append(len(self.lines))
        self.in_table = True

    def whole_tables(self) -> list[Table]:
        """The tables; one that runs over a page break is one table, and a row cut by the break is one row."""
        return [
            Table(tuple(rows), tuple(numbers)) for rows, numbers in (_healed(*table) for table in self.tables)
        ]


def _healed(rows: list[tuple[str, ...]], numbers: list[int]) -> tuple[list[tuple[str, ...]], list[int]]:
    """A row without a number in its first cell goes on with the row before it."""
    whole: list[tuple[str, ...]] = []
    kept: list[int] = []
    for row, number in zip(rows, numbers, strict=True):
        starts_small = any(cell[:1].islower() for cell in row)
        if whole and not row[0].strip() and starts_small and sum(bool(cell) for cell in row) >= 1:
            whole[-1] = tuple(f"{old} {more}".strip() for old, more in zip(whole[-1], row, strict=True))
        else:
            whole.append(row)
            kept.append(number)
    return whole, kept


def _is_grid(table: Any) -> bool:
    rows = table.rows
    return len(rows) >= 2 and max(len(row.cells) for row in rows) >= 3


def _inside(word: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    middle = (word["top"] + word["bottom"]) / 2
    return bool(box[0] - 1 <= word["x0"] and word["x1"] <= box[2] + 1 and box[1] - 1 <= middle <= box[3] + 1)


def _lines(words: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Words gathered into lines by their height on the page."""
    lines: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda word: (word["bottom"], word["x0"])):
        if lines and abs(lines[-1][-1]["bottom"] - word["bottom"]) <= 3:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word["x0"]) for line in lines]


def _usual_gap(lines: list[list[dict[str, Any]]]) -> float:
    """The gap between lines above which a paragraph ends: well more than the usual one on this page."""
    gaps = sorted(max(0.0, below[0]["top"] - above[0]["bottom"]) for above, below in pairwise(lines))
    usual = gaps[len(gaps) // 3] if gaps else 0.0
    return usual + 4.0


def _spaced(line: list[dict[str, Any]]) -> str:
    """A line with wide gaps kept as spaces, so that columns stay apart; the margin as an indent."""
    text = " " * max(0, int((line[0]["x0"] - 60) / 6))
    for before, word in zip([None, *line], line, strict=False):
        gap = word["x0"] - before["x1"] if before else 0.0
        text += (" " * max(3, int(gap / 6)) if gap > COLUMN_GAP else " " if before else "") + word["text"]
    return text
