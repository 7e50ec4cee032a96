"""Which reader opens a file: by its first bytes, not by its name alone."""

import zipfile
from pathlib import Path
from typing import NamedTuple

from letters.refusals import Reason, Unreadable
from letters.ruled import with_tables
from letters.text import MAX_BYTES, Source, decode, read_bytes


class Opened(NamedTuple):
    """A file's source, and the words outside its text (stamps in text boxes, page headers and footers)."""

    source: Source
    stamps: tuple[str, ...] = ()


def open_file(path: Path) -> Opened:
    """The file as a source. Raises `Unreadable`."""
    raw = read_bytes(path)
    if raw.startswith(b"%PDF"):
        from letters.pdf import read_pdf

        return read_pdf(raw, name=path.name)
    if raw.startswith(b"PK"):
        from letters.docx import read_docx

        return read_docx(raw, name=path.name)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):  # an old .doc, or a .docx under a password
        raise Unreadable(Reason.PROTECTED if path.suffix.lower() == ".docx" else Reason.UNKNOWN_FORMAT)
    if path.suffix.lower() in {".docx", ".xlsx", ".pdf"} and raw.strip():
        raise Unreadable(Reason.DAMAGED)
    return Opened(with_tables(decode(raw), name=path.name))


def is_tracker(path: Path) -> bool:
    """Whether a file is a workbook, whatever its name is."""
    named = path.suffix.lower() in {".xlsx", ".xlsm"}
    try:
        if path.stat().st_size > MAX_BYTES:  # refused by its reader, before its directory is looked at
            return named
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return named
