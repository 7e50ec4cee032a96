"""A file of phrases, one JSON object a line: checked whole first, then answered line by line.

Two passes, so that a bad line is told before anything is printed and a hundred thousand lines need no more memory
than one: half an answer would look like a whole one to the program that reads it.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from desk import files, typed
from desk.exit import Stop, bad_input
from desk.language import text

LONGEST = 200_000
"""Characters of one phrase; a letter with more is read by `read`."""
LONGEST_LINE = 2_000_000
"""Bytes of one line: the longest phrase, each letter as a JSON escape, and its other fields."""
TOLD = 20
"""Bad lines told by number; the rest are counted."""


@dataclass(slots=True)
class Line:
    """One phrase as given: its id is handed back, whatever it is."""

    id: object
    phrase: str
    issued: date


class _Bad(Exception):
    """What is wrong with one line, in the language in use."""


def open_phrases(file: Path) -> BinaryIO:
    """The file, ready to be read twice: a pipe is first put aside on disk. Raises Stop."""
    try:
        opened = file.open("rb")
        if opened.seekable():
            return opened
        aside = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the caller, as the file is
        with opened:
            shutil.copyfileobj(opened, aside)
        aside.seek(0)
        return aside
    except FileNotFoundError as error:
        raise files.missing(file) from error
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise bad_input(
            f"{file} không mở được ({why})",
            f"{file} cannot be opened ({why})",
            "chọn một tệp chữ UTF-8, mỗi dòng một JSON",
            "name a UTF-8 text file, one JSON object a line",
            kind="bad_file",
        ) from error


def check_phrases(opened: BinaryIO, file: Path, issued: date | None) -> None:
    """Read the whole file once. Raises Stop that names the bad lines by number."""
    bad: list[tuple[int, str]] = []
    for number, raw in _lines(opened):
        try:
            _line(raw, issued)
        except _Bad as slip:
            bad.append((number, str(slip)))
            if len(raw) > LONGEST_LINE:
                break  # what follows is the same line
    if bad:
        raise _told(file, bad)


def phrases(opened: BinaryIO, issued: date | None) -> Iterator[Line]:
    """Every phrase in order, from the beginning; after `check_phrases`."""
    opened.seek(0)
    for _, raw in _lines(opened):
        yield _line(raw, issued)


def _lines(opened: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Numbered lines that are not blank. Only «\\n» ends a line: a phrase may hold U+2028."""
    number = 0
    while raw := opened.readline(LONGEST_LINE + 1):
        number += 1
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if not raw.isspace() and raw:
            yield number, raw


def _line(raw: bytes, issued: date | None) -> Line:
    if len(raw) > LONGEST_LINE:
        raise _Bad(text("dòng quá dài", "the line is too long"))
    try:
        given = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        given = None
    phrase = given.get("text") if isinstance(given, dict) else None
    if given is None or not isinstance(phrase, str):
        raise _Bad(text("không phải một JSON có «text»", "not a JSON object with «text»"))
    if len(phrase) > LONGEST or not phrase.strip():
        raise _Bad(text("cụm từ trống hoặc quá dài", "the phrase is empty or too long"))
    return Line(given.get("id", ""), phrase, _day(given.get("document_date") or given.get("issued"), issued))


def _day(dated: object, issued: date | None) -> date:
    if dated is None or dated == "":
        if issued is None:
            raise _Bad(text("thiếu ngày của văn bản (--issued)", "no date of the letter (--issued)"))
        return issued
    try:
        return date.fromisoformat(str(dated))
    except ValueError:
        pass
    try:
        return typed.day(str(dated))
    except Stop as stop:
        raise _Bad(stop.message) from stop


def _told(file: Path, bad: list[tuple[int, str]]) -> Stop:
    lines = "; ".join(f"{number}: {why}" for number, why in bad[:TOLD])
    more = f"; … (+{len(bad) - TOLD})" if len(bad) > TOLD else ""
    stop = bad_input(
        f"{file}: dòng {lines}{more}",
        f"{file}: line {lines}{more}",
        'chưa đọc dòng nào; sửa rồi chạy lại, mỗi dòng như {"text": "trước ngày 15/7", "document_date": "2026-05-29"}',
        'nothing was read; mend them, each line as {"text": "trước ngày 15/7", "document_date": "2026-05-29"}',
    )
    stop.detail["lines"] = [number for number, _ in bad]
    return stop
