"""The list numbers that Word draws but does not store as text: "1.", "a)", "-" worked out from numbering.xml."""

from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class Numbering:
    """Counts the numbered paragraphs of a document in order. `label` is called once for each paragraph."""

    def __init__(self, document: Document) -> None:
        self.levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self.counts: dict[tuple[str, int], int] = {}
        self.styles: dict[str, Any] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {item.get(qn("w:abstractNumId")): item for item in root.iter(qn("w:abstractNum"))}
        for number in root.iter(qn("w:num")):
            of = number.find(qn("w:abstractNumId"))
            base = abstract.get(of.get(qn("w:val"))) if of is not None else None
            if base is not None:
                self._levels(number.get(qn("w:numId")), base)

    def _levels(self, number: str, base: Any) -> None:
        for level in base.iter(qn("w:lvl")):
            depth = int(level.get(qn("w:ilvl"), "0"))
            kind, text, start = (level.find(qn(f"w:{name}")) for name in ("numFmt", "lvlText", "start"))
            first = start.get(qn("w:val"), "1") if start is not None else "1"
            self.levels[number, depth] = (
                kind.get(qn("w:val"), "decimal") if kind is not None else "decimal",
                text.get(qn("w:val"), "") if text is not None else "",
                int(first) if first.isdigit() else 1,
            )

    def label(self, paragraph: Paragraph) -> str:
        """What Word draws before this paragraph, or an empty text."""
        place = _place(paragraph)
        if place is None or place not in self.levels:
            return ""
        number, depth = place
        kind, text, start = self.levels[place]
        if kind in {"bullet", "none"}:
            return "-" if kind == "bullet" else ""
        self.counts[place] = self.counts.get(place, start - 1) + 1
        for other in [key for key in self.counts if key[0] == number and key[1] > depth]:
            del self.counts[other]
        shown = text
        for level in range(depth + 1):
            form, _, first = self.levels.get((number, level), ("decimal", "", 1))
            shown = shown.replace(f"%{level + 1}", _drawn(self.counts.get((number, level), first), form))
        return shown


def _place(paragraph: Paragraph) -> tuple[str, int] | None:
    """The list and level of a paragraph, from itself or from its style."""
    properties = paragraph._p.pPr
    own = properties.find(qn("w:numPr")) if properties is not None else None
    if own is None:
        try:
            style = paragraph.style.element if paragraph.style is not None else None
        except (AttributeError, KeyError):
            style = None
        own = next(style.iter(qn("w:numPr")), None) if style is not None else None
    if own is None:
        return None
    number, level = own.find(qn("w:numId")), own.find(qn("w:ilvl"))
    if number is None:
        return None
    return number.get(qn("w:val"), "0"), int(level.get(qn("w:val"), "0")) if level is not None else 0


def _drawn(count: int, form: str) -> str:
    if form in {"upperRoman", "lowerRoman"}:
        shown = ""
        for value, letter in _ROMAN:
            while count >= value:
                shown, count = shown + letter, count - value
        return shown if form == "upperRoman" else shown.lower()
    if form in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (count - 1) % 26)
        return letter if form == "lowerLetter" else letter.upper()
    return str(count)
