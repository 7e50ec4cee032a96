"""Whether a file of evidence carries a secrecy mark: such a document is refused everywhere, and nothing of it is kept.

Read are texts, Word files and the first page of a PDF, where the mark stands (Nghị định 30/2020/NĐ-CP, phụ lục I);
a scan or a picture cannot be read, and the page says so beside the field.
"""

from pathlib import Path

from desk.exit import bad_input

_READ = {
    "text/plain",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def refuse_secret_file(file: Path, kind: str) -> None:
    """Raises Stop where the content carries a mark; a file that cannot be read is taken to carry none."""
    if kind not in _READ:
        return
    from letters.refusals import Secret, Unreadable

    try:
        _look(file, kind)
    except Secret as mark:
        raise bad_input(
            "tệp mang dấu chỉ độ mật: hệ thống này không đọc, không lưu, không ghi lại tài liệu đó",
            "the file carries a secrecy mark: this system does not read, keep or log it",
            "xử lý tài liệu theo quy định về bảo vệ bí mật nhà nước; tại đây chỉ ghi số và ngày nếu được phép",
            "handle it by the rules for state secrets; give only its number and date here, where that is allowed",
            kind="evidence_secret",
        ) from mark
    except Unreadable:
        return


def _look(file: Path, kind: str) -> None:
    from letters.files import Opened
    from letters.kinds import refuse_secret
    from letters.text import decode, source_of

    if kind == "application/pdf":
        opened = Opened(source_of(_first_page(file)))
    elif kind == "text/plain":
        opened = Opened(source_of(decode(file.read_bytes())))
    else:
        from letters.docx import read_docx

        opened = read_docx(file.read_bytes(), name=file.name)
    refuse_secret(opened.source, *opened.stamps)


def _first_page(file: Path) -> str:
    import pdfplumber

    from letters.refusals import Reason, Unreadable

    try:
        with pdfplumber.open(file, pages=[1]) as pdf:
            return "\n".join(page.extract_text() or "" for page in pdf.pages)
    except Exception as fault:
        raise Unreadable(Reason.DAMAGED) from fault
