""".docx → source: paragraphs with their list numbers, tables in place, and the words of stamps and page headers.

The archive is opened with bounds first: a zip bomb is refused by the sizes its directory declares and by what it
really unpacks to.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from letters.files import Opened
from letters.numbering import Numbering
from letters.refusals import Reason, Unreadable
from letters.text import MAX_CHARS, Table, source_of

MAX_UNPACKED = 60_000_000
MAX_PARTS = 3_000
MAX_RATIO = 200
MAX_CELLS = 200_000
MAX_TABLE_COLUMNS = 60
_WORD = "word/document.xml"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_HIDDEN = frozenset(
    {*(qn(f"w:{name}") for name in ("del", "moveFrom", "txbxContent", "pPr", "rPr")), _COMPATIBLE}
)
_DOCTYPE = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)


def check_archive(raw: bytes, *, part: str) -> None:
    """Refuses an archive that unpacks to too much, or lacks `part`. Raises `Unreadable`."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Unreadable(Reason.DAMAGED) from None
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_PARTS or total > MAX_UNPACKED:
        raise Unreadable(Reason.TOO_LARGE)
    if any(
        entry.file_size > 1_000_000 and entry.file_size > MAX_RATIO * max(1, entry.compress_size)
        for entry in entries
    ):
        raise Unreadable(Reason.TOO_LARGE)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Unreadable(Reason.PROTECTED)
    if part not in {entry.filename for entry in entries}:
        raise Unreadable(Reason.UNKNOWN_FORMAT)
    _check_parts(archive, entries)


def _check_parts(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Unpacks every part against its declared size, and refuses XML that declares entities."""
    for entry in entries:
        try:
            with archive.open(entry) as stream:
                head = stream.read(4096)
                rest = len(head)
                while chunk := stream.read(1 << 16):
                    rest += len(chunk)
                    if rest > entry.file_size:
                        raise Unreadable(Reason.TOO_LARGE)
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError, RuntimeError):
            raise Unreadable(Reason.DAMAGED) from None
        except Exception as fault:  # zlib.error has no common base with the others
            if isinstance(fault, Unreadable):
                raise
            raise Unreadable(Reason.DAMAGED) from None
        if entry.filename.endswith((".xml", ".rels")) and _DOCTYPE.search(head):
            raise Unreadable(Reason.DAMAGED)


def read_docx(raw: bytes, *, name: str | None = None) -> Opened:
    """A Word file. Raises `Unreadable` (too large, damaged, protected, no text)."""
    check_archive(raw, part=_WORD)
    try:
        document = docx.Document(io.BytesIO(raw))
        lines, tables = _Reader(document).read()
        stamps = tuple(_stamps(document))
    except Unreadable:
        raise
    except Exception:  # noqa: BLE001 - python-docx and lxml raise many kinds for a damaged part
        raise Unreadable(Reason.DAMAGED) from None
    return Opened(source_of("\n".join(lines), name=name, tables=tuple(tables)), stamps)


class _Reader:
    """Walks the body in order; a table of tasks is kept as cells, a table of layout becomes lines of columns."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.numbering = Numbering(document)
        self.lines: list[str] = []
        self.tables: list[Table] = []
        self.size = 0

    def read(self) -> tuple[list[str], list[Table]]:
        for block in self.document.iter_inner_content():
            if isinstance(block, Paragraph):
                self._paragraph(block)
            else:
                self._table(block)
        return self.lines, self.tables

    def _add(self, text: str) -> None:
        self.size += len(text)
        if self.size > MAX_CHARS:
            raise Unreadable(Reason.TOO_LARGE)
        self.lines += text.split("\n")

    def _paragraph(self, paragraph: Paragraph) -> None:
        text = paragraph_text(paragraph._p)
        label = self.numbering.label(paragraph) if text.strip() else ""
        self._add(f"{label} {text}" if label else text)

    def _table(self, table: WordTable) -> None:
        rows = _rows(table)
        if _is_layout(rows):
            for row in rows:
                self._side_by_side([cell.split("\n") for cell in row if cell.strip()])
            self._add("")
            return
        first = len(self.lines) + 1
        for row in rows:
            self._add(" | ".join(cell.replace("\n", " / ") for cell in row))
        self.tables.append(Table(tuple(tuple(row) for row in rows), tuple(range(first, first + len(rows)))))

    def _side_by_side(self, columns: list[list[str]]) -> None:
        """The columns of a head or of a signature block, one after the other: no reading order is lost."""
        for column in columns:
            for line in column:
                self._add(line)
            self._add("")


def _rows(table: WordTable) -> list[list[str]]:
    """The cells of a table, merged ones once; bounded."""
    rows: list[list[str]] = []
    count = 0
    for row in table._tbl.tr_lst:
        cells: list[str] = []
        for cell in row.tc_lst:
            span = max(1, cell.grid_span)
            count += span
            if count > MAX_CELLS:
                raise Unreadable(Reason.TOO_MANY_ROWS)
            if len(cells) + span > MAX_TABLE_COLUMNS:
                raise Unreadable(Reason.TOO_MANY_COLUMNS)
            text = "\n".join(paragraph_text(p) for p in cell.iter(qn("w:p")))
            text = "" if cell.vMerge == "continue" else text.strip("\n")
            cells += [text] + [""] * (span - 1)
        rows.append(cells)
    return rows


def _is_layout(rows: list[list[str]]) -> bool:
    """A table that only puts a head or a signature block side by side."""
    filled = max((sum(bool(cell.strip()) for cell in row) for row in rows), default=0)
    return (len(rows) <= 6 and filled <= 2) or filled <= 1


def paragraph_text(paragraph: Any) -> str:
    """The visible text: insertions kept, deletions and field codes left out, breaks as line ends."""
    parts: list[str] = []
    for element in _visible(paragraph):
        if element.tag == qn("w:t"):
            parts.append(element.text or "")
        elif element.tag == qn("w:tab"):
            parts.append("\t")
        elif element.tag == qn("w:br"):
            parts.append("\f" if element.get(qn("w:type")) == "page" else "\n")
        elif element.tag == qn("w:cr"):
            parts.append("\n")
        elif element.tag == qn("w:noBreakHyphen"):
            parts.append("-")
    return "".join(parts)


def _visible(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag in _HIDDEN:
            continue
        yield child
        yield from _visible(child)


def _stamps(document: Document) -> Iterator[str]:
    """What stands outside the running text: text boxes, page headers and footers."""
    body = document.element.body
    for box in body.iter(qn("w:txbxContent")):
        for paragraph in box.iter(qn("w:p")):
            yield "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            for paragraph in part._element.iter(qn("w:p")):
                yield "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
