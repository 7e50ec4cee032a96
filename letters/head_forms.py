"""What has a fixed form in a head: motto, number, place and date, marks; taken out of its lines first."""

import re
from dataclasses import dataclass, field
from datetime import date

from directive.regex import regex
from letters.letter import System, Urgency
from letters.text import Line, Passage, Source
from letters.units import in_capitals
from letters.words import TYPE_CODES, folded

MOTTO = regex(
    r"C[ỘO]NG H[ÒO][AÀ]? X[ÃA] H[ỘO]I CH[ỦU] NGH[ĨI]A VI[ỆE]T NAM|"
    r"Đ[ộo]c l[ậa]p\s*[-–—]\s*T[ựu] do\s*[-–—]\s*H[ạa]nh ph[úu]c"
    r"|ĐẢNG CỘNG SẢN VIỆT NAM",
    re.IGNORECASE,
)


_PARTY_MOTTO = regex(r"ĐẢNG CỘNG SẢN VIỆT NAM")


_UPPER = "A-ZÀ-ỴĐ"


_PLACE_WORD = rf"(?:[{_UPPER}][^\W\d_]*)"


PLACE_DATE = regex(
    rf"(?:(?P<place>(?:T\S*\. ?)?{_PLACE_WORD}(?:[ -]{_PLACE_WORD}){{0,6}})\s*,\s*)?"
    r"[Nn]gày\s*(?P<day>\d{1,2}|[….\s]+)"
    r"\s*tháng\s*(?P<month>\d{1,2}|[….\s]+)\s*năm\s*(?P<year>\d{4})"
)


NUMBER = regex(
    r"(?<![\w])[Ss][ốô]\s*:?\s*(?P<digits>\d+[a-zA-Z]?|[….\s]*)\s*(?P<joint>[-/–])\s*"
    rf"(?P<symbol>[{_UPPER}][\w{_UPPER}&.]*(?:\s?[-/–]\s?[{_UPPER}][\w{_UPPER}&]*)*)"
)


_URGENCY = regex(r"(?<![^\s\[(*])(HỎA TỐC(?: HẸN GIỜ)?|HOẢ TỐC|THƯỢNG KHẨN|KHẨN)(?![^\s\])*:!.])")


RULE_LINE = regex(r"[\s*_=~\-–—.]+$")


@dataclass
class Header:
    """What the head says, each value with the passage it was read from."""

    values: dict[str, str] = field(default_factory=dict)
    places: dict[str, Passage] = field(default_factory=dict)
    issue_date: date | None = None
    addressees: list[Passage] = field(default_factory=list)
    urgency: Urgency = Urgency.NONE
    system: System | None = None
    title: str | None = None
    body_from: int = 0
    addressed: bool = False
    problems: list[str] = field(default_factory=list)

    def put(self, name: str, passage: Passage, value: str | None = None) -> None:
        """Keeps the first value found for a field."""
        if passage.text and name not in self.values:
            self.values[name] = value if value is not None else passage.text
            self.places[name] = passage


def cells(source: Source, line: Line) -> list[Passage]:
    """A line cut at tabs and at gaps of two or more spaces: the columns of a head or of a signature block."""
    return _columns(Passage(line.text, tuple(range(line.start, line.start + len(line.text)))))


def _columns(whole: Passage) -> list[Passage]:
    if not whole.places:
        return [whole]
    return [whole.cut(part.start(), part.end()) for part in re.finditer(r"\S+(?: \S+)*", whole.text)]


def plain_cells(source: Source, line: Line, header: Header) -> list[Passage]:
    """The cells of a line after everything of fixed form was taken out of it."""
    whole = source.passage(line)
    text = folded(whole.text)
    if _PARTY_MOTTO.search(text):
        header.system = System.PARTY
    elif MOTTO.search(text):
        header.system = header.system or System.STATE
    pieces = [whole]
    for pattern in (MOTTO, NUMBER, PLACE_DATE):
        pieces = [part for piece in pieces for part in _without(piece, pattern, header)]
    pieces = [part for piece in pieces for part in _columns(piece)]
    pieces = [part for piece in pieces for part in _without(piece, _URGENCY, header)]
    return [piece for piece in pieces if piece.text and not RULE_LINE.match(piece.text)]


def _without(piece: Passage, pattern: re.Pattern[str], header: Header) -> list[Passage]:
    text = folded(piece.text)
    found = pattern.search(text)
    if not found or (
        pattern is NUMBER
        and (
            text[: found.start()].rstrip(" *\t") != text[: found.start()][:-2].rstrip(" *\t")
            or "number" in header.values
            or "symbol" in header.values
        )
    ):
        return [piece]
    if pattern is PLACE_DATE and "issue_date" in header.values:
        return [piece]
    if pattern is _URGENCY:
        if not in_capitals(text) or len(text.split()) > 6:
            return [piece]
        words = found.group().lower().replace("hoả", "hỏa")
        header.urgency = next((mark for mark in Urgency if words.startswith(mark.value)), Urgency.NONE)
        header.put("urgency", piece.cut(found.start(), found.end()), header.urgency.value)
        return [
            rest
            for rest in (piece.cut(0, found.start()), piece.cut(found.end()))
            if rest.text and rest.text != "HẸN GIỜ"
        ]
    if pattern is NUMBER:
        _set_number(found, piece, header)
    elif pattern is PLACE_DATE:
        start = _set_date(found, piece, header)
        return [piece.cut(0, start), piece.cut(found.end())]
    marker = [Passage("\0number", ())] if pattern is NUMBER else []
    return [piece.cut(0, found.start()), *marker, piece.cut(found.end())]


def _set_number(found: re.Match[str], piece: Passage, header: Header) -> None:
    digits = found["digits"].strip(" .…")
    symbol = re.sub(r"\s*([-/–])\s*", lambda joint: joint.group(1).replace("–", "-"), found["symbol"]).rstrip(
        "."
    )
    joint = "-" if found["joint"] in "-–" else "/"
    place = piece.cut(found.start("digits"), found.end("symbol"))
    if digits:
        header.put("number", place, digits)
        header.put("full_number", place, f"{digits}{joint}{symbol}")
    else:
        header.problems.append("no_number")
    header.put("symbol", piece.cut(found.start("symbol"), found.end("symbol")), symbol)
    header.put("doc_type", place, _type_code(symbol, joint))
    if joint == "-":
        header.system = System.PARTY


def _type_code(symbol: str, joint: str) -> str:
    """The type in a number: `CV/ĐU` → CV, `KH-UBND` → KH, `UBND-KGVX` → CV (a công văn names no type)."""
    first = re.split(r"[-/]", symbol)[0]
    return first if first in TYPE_CODES or joint == "-" else "CV"


def _set_date(found: re.Match[str], piece: Passage, header: Header) -> int:
    """Keeps place and date; returns where the place begins: capitals before it belong to the other column."""
    first = found.start()
    if found["place"]:
        words = found["place"].split(" ")
        while len(words) > 1 and len(words[0]) > 1 and words[0].isupper():
            words.pop(0)
        first = found.end("place") - len(" ".join(words))
        header.put("place", piece.cut(first, found.end("place")))
    try:
        header.issue_date = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        header.problems.append("no_issue_date")
        return first
    start = found.end("place") + 1 if found["place"] else found.start()
    header.put("issue_date", piece.cut(start, found.end()), header.issue_date.isoformat())
    return first
