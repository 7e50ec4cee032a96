"""Bytes or text → NFC text with numbered lines; and `Passage`, text that remembers where it came from."""

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from directive.regex import regex
from letters.letter import Span
from letters.refusals import Reason, Unreadable

MAX_BYTES = 20_000_000
MAX_CHARS = 600_000  # some 200 pages; the longest plans have 60
_ENCODINGS = ("utf-8-sig", "cp1258")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# C0 and C1 controls, zero-width characters and direction marks: invisible, so never part of what a person read.
_INVISIBLE = regex(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_SPACES = regex("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_NEWLINES = regex("\r\n|\r|\x0b|\u0085|\u2028|\u2029")


class Line(NamedTuple):
    """One line: its number from 1, where it starts in the text, its characters, and whether a page starts here."""

    number: int
    start: int
    text: str
    new_page: bool = False


class Passage(NamedTuple):
    """A piece of text whose every character knows its place in the source."""

    text: str
    places: tuple[int, ...]

    def cut(self, start: int, end: int | None = None) -> "Passage":
        """The part from `start` to `end`, without white space around it."""
        stop = len(self.text) if end is None else end
        while start < stop and self.text[start].isspace():
            start += 1
        while stop > start and self.text[stop - 1].isspace():
            stop -= 1
        return Passage(self.text[start:stop], self.places[start:stop])

    def join(self, other: "Passage", between: str = " ") -> "Passage":
        """Both passages; what stands between them belongs to the end of the first."""
        if not self.text or not other.text:
            return self if self.text else other
        gap = (self.places[-1] + 1,) * len(between)
        return Passage(self.text + between + other.text, self.places + gap + other.places)


class Table(NamedTuple):
    """A table in its cells; `lines` holds, row by row, the line of the source where the row stands."""

    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Source:
    """What a file says: its text in lines, and the tables that stand in it."""

    text: str
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    name: str | None = None
    table_lines: frozenset[int] = field(default_factory=frozenset)

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_at(self, place: int) -> int:
        """The number of the line that holds this character."""
        return max(1, bisect_right(self._starts, place))

    def span(self, start: int, end: int) -> Span:
        """The span of these characters, with its lines."""
        last = self.line_at(max(start, end - 1))
        return Span(start=start, end=end, first_line=self.line_at(start), last_line=last)

    def span_of(self, passage: Passage) -> Span | None:
        """The span of a passage, from its first to its last character; None for an empty one."""
        if not passage.places:
            return None
        return self.span(passage.places[0], passage.places[-1] + 1)

    def spans_of(self, passage: Passage) -> list[Span]:
        """The spans of a passage that runs over several lines: one for each piece that stands together."""
        spans: list[Span] = []
        first = 0
        for index in range(1, len(passage.places) + 1):
            if index == len(passage.places) or passage.places[index] - passage.places[index - 1] > 1:
                spans.append(self.span(passage.places[first], passage.places[index - 1] + 1))
                first = index
        return spans

    def passage(self, line: Line) -> Passage:
        """A line as a passage, without white space around it."""
        return Passage(line.text, tuple(range(line.start, line.start + len(line.text)))).cut(0)


def clean(text: str) -> str:
    """NFC, plain spaces, `\\n` line ends, no invisible characters. Form feeds stay: they are page breaks."""
    text = _NEWLINES.sub("\n", text)
    return unicodedata.normalize("NFC", _SPACES.sub(" ", _INVISIBLE.sub("", text)))


def source_of(text: str, *, name: str | None = None, tables: tuple[Table, ...] = ()) -> Source:
    """A source from text that may be in any Unicode form. Raises `Unreadable` for nothing or far too much."""
    if len(text) > MAX_CHARS:
        raise Unreadable(Reason.TOO_LARGE)
    text = clean(text)
    if not text.strip():
        raise Unreadable(Reason.EMPTY)
    lines: list[Line] = []
    start = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        shown = raw.replace("\f", " ")
        lines.append(Line(number=number, start=start, text=shown, new_page="\f" in raw))
        start += len(raw) + 1
    table_lines = frozenset(number for table in tables for number in table.lines)
    return Source(text=text, lines=tuple(lines), tables=tables, name=name, table_lines=table_lines)


def decode(raw: bytes) -> str:
    """Text from bytes: UTF-8, UTF-16 with its mark, or Windows-1258. Raises `Unreadable` for binary content."""
    if len(raw) > MAX_BYTES:
        raise Unreadable(Reason.TOO_LARGE)
    if not raw.strip():
        raise Unreadable(Reason.EMPTY)
    if raw.startswith(_UTF16_MARKS):
        try:
            return raw.decode("utf-16")
        except UnicodeDecodeError:
            raise Unreadable(Reason.BINARY) from None
    sample = raw[:65536]
    if b"\x00" in sample or sum(byte < 9 or 13 < byte < 32 for byte in sample) > len(sample) // 50:
        raise Unreadable(Reason.BINARY)
    for encoding in _ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(Reason.BINARY)


def read_bytes(path: Path) -> bytes:
    """The file's bytes, never more than the bound. Raises `Unreadable` (missing, too large)."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Unreadable(Reason.TOO_LARGE)
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError:
        raise Unreadable(Reason.MISSING) from None


def read_text(path: Path) -> Source:
    """A .txt file as a source."""
    return source_of(decode(read_bytes(path)), name=path.name)
