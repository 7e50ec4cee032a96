"""What an office's papers in Word are put together from: pages, paragraphs, lines and tables.

Page and type as Nghị định 30/2020/NĐ-CP, Phụ lục I, says: A4; margins 20 mm above and below, 30 left, 20 right; Times
New Roman; page numbers in the middle above, from the second page on. Hướng dẫn 36-HD/VPTW allows the same.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

FONT, SIZE = "Times New Roman", 14
WIDE, HIGH = 210, 297
ABOVE, BELOW, LEFT, RIGHT = 20, 20, 30, 20

ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def written(made: Any) -> bytes:
    """The file's content: the same paper is the same file, so that nothing in it tells when it was written."""
    saved, same = BytesIO(), BytesIO()
    made.save(saved)
    with ZipFile(saved) as parts, ZipFile(same, "w", ZIP_DEFLATED) as kept:
        for part in parts.infolist():
            named = ZipInfo(part.filename)
            named.compress_type = ZIP_DEFLATED
            kept.writestr(named, parts.read(part))
    return same.getvalue()


class Cell(NamedTuple):
    """One cell of a table. `down` is how it takes part in a cell of several rows: it begins one, or goes on with it."""

    said: str
    align: str = "left"
    bold: bool = False
    across: int = 1
    down: str = ""  # restart | continue


def paper() -> Any:
    """An empty A4 page."""
    made = Document()
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(SIZE)
    fonts = normal.element.rPr.rFonts
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(kind), FONT)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    _language(normal)
    _page(made.sections[0])
    return made


def _language(style: Any) -> None:
    """Vietnamese, so that the office's spelling checker does not underline everything."""
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), "vi-VN")
    style.element.rPr.append(spoken)


def _page(section: Any, *, landscape: bool = False) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(HIGH if landscape else WIDE), Mm(WIDE if landscape else HIGH)
    section.top_margin, section.bottom_margin = Mm(ABOVE), Mm(BELOW)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    line = section.header.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = line.add_run()
    for kind, said in (("begin", ""), ("", " PAGE "), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = said
        run._r.append(part)


def annex(made: Any) -> None:
    """Begin an annex: a page across, its pages counted anew."""
    section = made.add_section(WD_SECTION.NEW_PAGE)
    _page(section, landscape=True)
    counted = OxmlElement("w:pgNumType")
    counted.set(qn("w:start"), "1")
    before = section._sectPr.find(qn("w:cols"))
    before.addprevious(counted)


def line(
    where: Any,
    said: str,
    *,
    size: float = SIZE,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    align: str = "center",
    before: float = 0,
    first: bool = False,
) -> Any:
    """A paragraph; the `first` one of a cell is there already."""
    made = where.paragraphs[0] if first else where.add_paragraph()
    made.alignment = ALIGN[align]
    made.paragraph_format.space_before = Pt(before)
    run = made.add_run(said)
    run.font.size, run.bold, run.italic, run.underline = Pt(size), bold, italic, underline
    return made


def body(where: Any, said: str, *, bold: bool = False) -> None:
    """A paragraph of the text: first line set in by 1,27 cm, 6 pt apart."""
    made = line(where, said, bold=bold, align="both", before=6)
    made.paragraph_format.first_line_indent = Mm(12.7)
    made.paragraph_format.line_spacing = 1.15


def rule(where: Any, wide: float, among: float) -> None:
    """A line drawn across the middle, `wide` of `among` millimetres."""
    made = where.add_paragraph()
    made.paragraph_format.left_indent = made.paragraph_format.right_indent = Mm((among - wide) / 2)
    made.paragraph_format.line_spacing = Pt(4)
    edge = f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
    made._p.get_or_add_pPr().insert_element_before(parse_xml(edge), "w:spacing", "w:ind", "w:jc")


def columns(made: Any, *wide: float) -> Any:
    """One row of cells without lines, as wide as said in millimetres."""
    grid = made.add_table(rows=1, cols=len(wide))
    grid.autofit = False
    for cell, width in zip(grid.rows[0].cells, wide, strict=True):
        cell.width = Mm(width)
    return grid.rows[0].cells


def table(
    made: Any, wide: Sequence[float], heads: Sequence[Sequence[Cell]], rows: Sequence[Sequence[Cell]]
) -> None:
    """A table with lines; its heading comes again on every page. Widths are millimetres."""
    grid = "".join(f'<w:gridCol w:w="{_twips(one)}"/>' for one in wide)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    sides = '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
    lines = "".join(_row(cells, wide, head=True) for cells in heads)
    lines += "".join(_row(cells, wide, head=False) for cells in rows)
    drawn = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{_twips(sum(wide))}" w:type="dxa"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>{sides}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"
    )
    made.element.body.insert_element_before(parse_xml(drawn), "w:sectPr")
    line(made, "", size=2)  # Word wants a paragraph behind a table


def _row(cells: Sequence[Cell], wide: Sequence[float], *, head: bool) -> str:
    again = "<w:tblHeader/>" if head else ""
    drawn, at = [], 0
    for cell in cells:
        drawn.append(_cell(cell, sum(wide[at : at + cell.across])))
        at += cell.across
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{''.join(drawn)}</w:tr>"


def _cell(cell: Cell, wide: float) -> str:
    across = f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
    down = f'<w:vMerge w:val="{cell.down}"/>' if cell.down else ""
    bold = "<w:b/>" if cell.bold else ""
    said = escape("".join(one if one.isprintable() else " " for one in cell.said))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(wide)}" w:type="dxa"/>{across}{down}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:before="20" w:after="20"/><w:jc w:val="{cell.align}"/></w:pPr>'
        f'<w:r><w:rPr>{bold}<w:sz w:val="24"/></w:rPr><w:t xml:space="preserve">{said}</w:t></w:r></w:p></w:tc>'
    )


def _twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)
