"""What a file of evidence is, by its content: the few kinds that an office hands in, and nothing that can run.

The name's ending must fit the content, so that what a person opens later is what it says it is. Old Office files
(.doc, .xls), archives and pages are not taken: they carry programs, or hide what they carry.
"""

import codecs
import email.policy
import re
import zipfile
import zlib
from email.parser import BytesParser
from pathlib import Path

import filetype  # type: ignore[import-untyped]  # it has no types

from desk.exit import Stop, bad_input

_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS: dict[str, tuple[str, ...]] = {
    "application/pdf": ("pdf",),
    f"{_OFFICE}wordprocessingml.document": ("docx",),
    f"{_OFFICE}spreadsheetml.sheet": ("xlsx",),
    f"{_OFFICE}presentationml.presentation": ("pptx",),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "image/heic": ("heic", "heif"),
    "message/rfc822": ("eml",),
    "text/plain": ("txt",),
}
"""The kinds that are taken, by media type, with the endings their names may have."""

ENDINGS = tuple(ending for endings in KINDS.values() for ending in endings)
_PLAIN = {"application/pdf", "image/jpeg", "image/png", "image/heic"}
_PARTS = {f"{_OFFICE}wordprocessingml.document": "word/document.xml",
          f"{_OFFICE}spreadsheetml.sheet": "xl/workbook.xml",
          f"{_OFFICE}presentationml.presentation": "ppt/presentation.xml"}  # fmt: skip
_MACROS = re.compile(r"vbaproject|(^|/)(basic|scripts)/|\.(exe|dll|js|vbs|bin\.exe)$", re.IGNORECASE)
_MARKUP = re.compile(r"\s*(<(!doctype|\?xml|[a-z!])|#!|%!ps|\{\\rtf)", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_MOST_PARTS = 5_000
_HEAD = 8_192


def kind_of(file: Path, name: str) -> str:
    """The media type of a file whose name a person gave. Raises Stop for what is not taken, in words."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    kind = _by_content(file, ending)
    if kind is None:
        raise _not_taken(name)
    if ending not in KINDS[kind]:
        raise _other_ending(name, KINDS[kind][0])
    return kind


def _by_content(file: Path, ending: str) -> str | None:
    with file.open("rb") as content:
        head = content.read(_HEAD)
    if head.startswith(b"PK\x03\x04"):
        return _archive(file)
    guessed = filetype.guess(head)
    if guessed is not None:
        return guessed.mime if guessed.mime in _PLAIN else None
    return _written(file, ending)


def _archive(file: Path) -> str | None:
    """An office document in its archive, without macros; any other archive is None."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            declared = _declared(archive) if "mimetype" in names else ""
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error):
        return None
    if len(names) > _MOST_PARTS or any(_MACROS.search(one) for one in names):
        return None
    if "[Content_Types].xml" in names:
        return next((kind for kind, part in _PARTS.items() if part in names), None)
    return declared if declared in KINDS and declared not in _PLAIN else None


def _declared(archive: zipfile.ZipFile) -> str:
    """What the archive says that it is; no more is unpacked than that takes (a megabyte may hold gigabytes)."""
    with archive.open("mimetype") as said:
        return said.read(100).decode("ascii", "replace")


def _written(file: Path, ending: str) -> str | None:
    """A plain text or a mail; a page, a drawing in markup and a script are text too, and are not taken."""
    raw = file.read_bytes()
    encoding = "utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return "message/rfc822" if ending == "eml" and _is_mail(raw) else None
    if _CONTROL.search(text) or _MARKUP.match(text):
        return None
    if ending == "eml":
        return "message/rfc822" if _is_mail(raw) else None
    return "text/plain"


def _is_mail(raw: bytes) -> bool:
    """A mail with a sender and a date whose attachments are of the kinds that are taken, by their names."""
    try:
        mail = BytesParser(policy=email.policy.default).parsebytes(raw)
        attached = [part.get_filename() or "" for part in mail.walk()]
        whole = bool(mail["From"]) and bool(mail["Date"] or mail["Received"])
    except (
        ValueError,
        LookupError,
        AttributeError,
        TypeError,
        RecursionError,
    ):  # no headers, a thousand parts deep
        return False
    return whole and all(not one or one.rpartition(".")[2].lower() in ENDINGS for one in attached)


def _not_taken(name: str) -> Stop:
    listed = ", ".join(f".{one}" for one in ENDINGS)
    return bad_input(
        f"tệp «{name}» không thuộc loại được nhận (xét theo nội dung)",
        f"the file «{name}» is of no kind that is taken (judged by its content)",
        f"gửi một trong các loại {listed}; tệp .doc, .xls, tệp nén, trang web: lưu thành PDF hoặc gửi từng tệp",
        f"send one of {listed}; a .doc, .xls, an archive or a page: save it as PDF, or send file by file",
        kind="evidence_type",
    )


def _other_ending(name: str, fitting: str) -> Stop:
    return bad_input(
        f"đuôi của tệp «{name}» không khớp nội dung, vốn là tệp .{fitting}",
        f"the ending of «{name}» does not fit its content, which is a .{fitting} file",
        f"đổi đuôi tệp thành .{fitting}, nếu đúng là tệp cần gửi",
        f"rename it to end in .{fitting}, if it is the file you mean to send",
        kind="evidence_ending",
    )
