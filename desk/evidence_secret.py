"""Whether a file of evidence carries a secrecy mark: such a document is refused everywhere, and nothing of it is kept.

Read are texts, Word files and the first page of a PDF, where the mark stands (Nghị định 30/2020/NĐ-CP, phụ lục I);
a scan or a picture cannot be read, and the page says so beside the field.
"""

from pathlib import Path

from desk.evidence_look import is_marked, look
from desk.exit import bad_input

_BESIDE = {
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""What has to be unpacked first: by a process of its own."""


def refuse_secret_file(file: Path, kind: str) -> None:
    """Raises Stop where the content carries a mark; a file that cannot be read is taken to carry none."""
    if _carries_mark(file, kind):
        raise bad_input(
            "tệp mang dấu chỉ độ mật: hệ thống này không đọc, không lưu, không ghi lại tài liệu đó",
            "the file carries a secrecy mark: this system does not read, keep or log it",
            "xử lý tài liệu theo quy định về bảo vệ bí mật nhà nước; tại đây chỉ ghi số và ngày nếu được phép",
            "handle it by the rules for state secrets; give only its number and date here, where that is allowed",
            kind="evidence_secret",
        )


def _carries_mark(file: Path, kind: str) -> bool:
    from letters.refusals import Secret, Unreadable

    if kind in _BESIDE:
        return is_marked(file, kind)
    if kind != "text/plain":
        return False
    try:
        look(file, kind)
    except Secret:
        return True
    except Unreadable:
        return False
    return False
