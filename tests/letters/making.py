"""Makes .docx, .pdf and .xlsx files for the tests, in the shapes that offices send."""

import io
from pathlib import Path

import docx
import xlsxwriter
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"
ANNEX = [
    ["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm"],
    [
        "1",
        "Lắp đặt 20 trạm đo mưa tự động",
        "Sở Nông nghiệp và Môi trường",
        "Sở Khoa học và Công nghệ; UBND các xã",
        "30/6/2026",
        "Biên bản nghiệm thu",
    ],
    ["2", "Mua sắm vật tư dự phòng", "Bộ Chỉ huy Quân sự tỉnh", "Sở Tài chính", "Quý II/2026", "Hợp đồng"],
    ["3", "Tuyên truyền kỹ năng phòng tránh", "Sở Văn hóa, Thể thao và Du lịch", "", "Thường xuyên", ""],
]


def word_letter(path: Path, *, stamp: str = "", numbered: bool = False) -> Path:
    """A State letter in Word: head and signature in borderless tables, tasks in the text and in an annex."""
    document = docx.Document()
    head = document.add_table(rows=2, cols=2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nTỈNH VĨNH AN"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    head.cell(1, 0).text = "Số: 771/UBND-NNMT\nV/v chủ động phòng, chống thiên tai\nnăm 2026"
    head.cell(1, 1).text = "Vĩnh An, ngày 09 tháng 3 năm 2026"
    if stamp:
        _text_box(document, stamp)
    document.add_paragraph("Kính gửi:\n- Các sở, ban, ngành;\n- UBND các xã, phường.")
    document.add_paragraph(
        "Thực hiện Chỉ thị số 02/CT-TTg ngày 20/01/2026 của Thủ tướng Chính phủ, UBND tỉnh yêu cầu:"
    )
    style = "List Number" if numbered else None
    for order, (name, work) in enumerate(
        (
            ("Sở Xây dựng", " rà soát công trình xung yếu; hoàn thành trước ngày 15/4/2026."),
            (
                "UBND các xã, phường",
                " báo cáo kết quả về Sở Nông nghiệp và Môi trường chậm nhất ngày 20/4/2026.",
            ),
        ),
        start=1,
    ):
        paragraph = document.add_paragraph(style=style) if style else document.add_paragraph(f"{order}. ")
        paragraph.add_run(name).bold = True
        paragraph.add_run(work)
    sign = document.add_table(rows=1, cols=2)
    sign.cell(0, 0).text = "Nơi nhận:\n- Như trên;\n- Lưu: VT, NNMT."
    sign.cell(0, 1).text = "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n\nHoàng Văn Giả Định"
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("PHỤ LỤC")
    annex = document.add_table(rows=0, cols=6)
    for row in ANNEX:
        cells = annex.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    document.save(str(path))
    return path


def _text_box(document: "docx.document.Document", text: str) -> None:
    """A stamp in a text box, as Word keeps it: outside the running text."""
    paragraph = document.add_paragraph()
    picture, box, content = (
        OxmlElement("w:pict"),
        OxmlElement("w:object"),
        OxmlElement("w:txbxContent"),
    )
    inner, run, words = OxmlElement("w:p"), OxmlElement("w:r"), OxmlElement("w:t")
    words.text = text
    run.append(words)
    inner.append(run)
    content.append(inner)
    box.append(content)
    picture.append(box)
    holder = paragraph.add_run()
    holder._r.append(picture)
    assert document.element.body.iter(qn("w:txbxContent"))


def pdf_letter(path: Path) -> Path:
    """The same kind of letter as a PDF of three pages: columns side by side, a page number in a sentence."""
    pdfmetrics.registerFont(TTFont("Serif", FONT))
    page = canvas.Canvas(str(path), pagesize=A4)
    _, height = A4
    page.setFont("Serif", 11)

    def row(y: float, *columns: tuple[float, str]) -> None:
        for x, text in columns:
            page.drawString(x, height - y, text)

    row(60, (85, "TỈNH ỦY VĨNH AN"), (330, "ĐẢNG CỘNG SẢN VIỆT NAM"))
    row(76, (130, "*"))
    row(92, (85, "Số 902-CV/TU"), (300, "Vĩnh An, ngày 14 tháng 8 năm 2026"))
    row(108, (70, "V/v chuẩn bị sơ kết 6 tháng thực hiện"))
    row(124, (70, "Nghị quyết số 57-NQ/TW"))
    row(156, (150, "Kính gửi:"), (210, "- Đảng ủy UBND tỉnh,"))
    row(172, (210, "- Các đảng ủy xã, phường."))
    lines = [
        "Thực hiện Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị, Ban Thường",
        "vụ Tỉnh ủy yêu cầu:",
        "1. Đảng ủy UBND tỉnh lãnh đạo UBND tỉnh đánh giá kết quả thực hiện các chỉ tiêu,",
        "báo cáo Ban Thường vụ Tỉnh ủy trước ngày 05/9/2026.",
        "2. Các đảng ủy xã, phường",
        "a) Tổ chức sơ kết ở cơ sở; hoàn thành trong tháng 8/2026.",
        "b) Cập nhật đầy đủ số liệu, tài liệu minh",
    ]
    for order, line in enumerate(lines):
        row(210 + 17 * order, (85, line))
    page.showPage()
    page.setFont("Serif", 11)
    row(40, (290, "2"))
    rest = [
        "chứng lên Hệ thống theo dõi trước ngày 25 hằng tháng.",
        "Giao Văn phòng Tỉnh ủy theo dõi, đôn đốc việc thực hiện Công văn này.",
    ]
    for order, line in enumerate(rest):
        row(80 + 17 * order, (85, line))
    row(150, (85, "Nơi nhận:"), (360, "T/M BAN THƯỜNG VỤ"))
    row(166, (85, "- Như trên,"), (370, "PHÓ BÍ THƯ"))
    row(182, (85, "- Thường trực Tỉnh ủy,"))
    row(198, (85, "- Lưu VPTU."))
    row(240, (350, "Phạm Thị Giả Tưởng"))
    page.save()
    return path


def pdf_annex(path: Path, rows: int = 40) -> Path:
    """A PDF whose annex table runs over several pages."""
    pdfmetrics.registerFont(TTFont("Serif", FONT))
    plain = ParagraphStyle("plain", fontName="Serif", fontSize=10, leading=14)
    small = ParagraphStyle("small", fontName="Serif", fontSize=8, leading=10)
    flow = [Paragraph(line, plain) for line in (
        "ỦY BAN NHÂN DÂN", "TỈNH VĨNH AN", "Số: 15/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Vĩnh An, ngày 05 tháng 01 năm 2026", "KẾ HOẠCH", "Cải cách hành chính năm 2026")]  # fmt: skip
    flow += [
        Spacer(1, 20),
        Paragraph("UBND tỉnh ban hành Kế hoạch với các nhiệm vụ tại Phụ lục kèm theo./.", plain),
        Spacer(1, 12),
    ]
    flow += [
        Paragraph(line, plain)
        for line in ("Nơi nhận:", "- Các sở, ban, ngành;", "- Lưu: VT.", "CHỦ TỊCH", "Võ Văn Thử Nghiệm")
    ]
    flow += [PageBreak(), Paragraph("PHỤ LỤC", plain), Spacer(1, 10)]
    cells = [[Paragraph(text, small) for text in ANNEX[0]]]
    for order in range(1, rows + 1):
        row = [
            str(order),
            f"Nhiệm vụ thử nghiệm số hóa hồ sơ lĩnh vực thứ {order} của tỉnh",
            "Sở Nội vụ",
            "Sở Tài chính",
            f"{order % 28 + 1:02}/6/2026",
            "Báo cáo",
        ]
        cells.append([Paragraph(text, small) for text in row])
    table = Table(cells, colWidths=[30, 170, 90, 80, 70, 60], repeatRows=1)
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")]))
    SimpleDocTemplate(str(path), pagesize=A4).build([*flow, table])
    return path


def pdf_scan(path: Path) -> Path:
    """A PDF without a text layer."""
    page = canvas.Canvas(str(path), pagesize=A4)
    page.rect(50, 50, 300, 300, fill=1)
    page.showPage()
    page.save()
    return path


def tracker(path: Path, rows: list[list[object]], *, title: str = "BẢNG THEO DÕI NHIỆM VỤ") -> Path:
    """A tracker as offices keep it: a title, a heading row, then rows; dates as dates."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Theo dõi")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write(0, 0, title)
    for index, row in enumerate(rows, start=2):
        for column, value in enumerate(row):
            if hasattr(value, "year"):
                sheet.write_datetime(index, column, value, day)
            else:
                sheet.write(index, column, value)
    book.close()
    return path


def bomb() -> bytes:
    """A .docx whose one part unpacks to far more than any letter."""
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<w>" + b" " * 80_000_000 + b"</w>")
    return packed.getvalue()
