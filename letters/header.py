"""The head of a letter: issuer, number, place and date, subject, addressees, urgency.

The two columns of a head come side by side, line by line in turn, or one after the other. Everything that has a
fixed form (motto, place and date, number, marks) is taken out first; what is left is the issuer before the number
and the subject after it. Form: Nghị định 30/2020/NĐ-CP Phụ lục I; Hướng dẫn 36-HD/VPTW and 05-HD/VPTW.
"""

from directive.regex import regex
from letters.addressees import BODY_OPENING, find_addressed, read_addressees
from letters.head_forms import Header, plain_cells
from letters.issuers import set_issuer, system_of, tidy
from letters.text import Passage, Source
from letters.units import in_capitals
from letters.words import DOC_TYPES, folded

_SUBJECT = regex(r"(?:V/v|V/V|v/v|Vv|[Vv]ề việc|VỀ VIỆC)[:.]?(?=\s)")


_BY_WHOM = regex(r"CỦA (?:BAN|THƯỜNG TRỰC|CHỦ TỊCH|ỦY BAN|TỈNH ỦY|THÀNH ỦY|ĐẢNG ỦY|BỘ|HỘI ĐỒNG)(?!\w)")
_TITLES = {kind.upper(): kind for kind in DOC_TYPES}


def read_header(source: Source) -> Header:
    """The head of the letter. `body_from` is the index of the first line of the body."""
    header = Header()
    addressed = find_addressed(source)
    end = addressed if addressed is not None else min(len(source.lines), 40)
    issuer: list[Passage] = []
    subject: list[Passage] = []
    state = "issuer"
    blank = False
    last = 0
    for index in range(end):
        line = source.lines[index]
        if not line.text.strip():
            blank = True
            state = "done" if state == "subject" and not _goes_on(source, index) else state
            continue
        if (
            addressed is None
            and state != "issuer"
            and "number" in header.values
            and BODY_OPENING.match(line.text)
            and not (state == "subject" and not blank and _still_subject(line.text, subject))
        ):
            break
        blank = False
        left = plain_cells(source, line, header)
        if (
            addressed is None
            and state == "done"
            and "symbol" in header.values
            and any(cell.places for cell in left)
        ):
            break
        last = index + 1
        for cell in left:
            state = _take_cell(cell, header, issuer, subject, state)
    set_issuer(header, issuer)
    if subject:
        whole = subject[0]
        for more in subject[1:]:
            whole = whole.join(more)
        header.put("subject", whole, tidy(whole.text))
    header.body_from = last
    if addressed is not None:
        header.addressed = True
        header.body_from = read_addressees(source, addressed, header)
    header.system = system_of(source, header)
    return header


def _still_subject(text: str, subject: list[Passage]) -> bool:
    """A subject may begin as a body does: "KẾ HOẠCH / Triển khai …"; its lines follow at once and are short."""
    return not subject or len(text.strip()) < 70


def _goes_on(source: Source, index: int) -> bool:
    """Whether the subject goes on after an empty line: the next words are in small letters."""
    for line in source.lines[index + 1 : index + 3]:
        words = line.text.strip()
        if words:
            return words[0].islower() and not _SUBJECT.match(words)
    return False


def _take_cell(
    cell: Passage, header: Header, issuer: list[Passage], subject: list[Passage], state: str
) -> str:
    """Gives one cell to the issuer, the title or the subject; the state says what the letter is telling now."""
    if cell.text == "\0number":
        return "number"
    opened = _SUBJECT.match(cell.text)
    if opened and not subject:
        subject.append(cell)
        return "subject"
    if state == "subject":
        if not subject and header.title and _BY_WHOM.match(folded(cell.text)) and in_capitals(cell.text):
            return state
        if not in_capitals(cell.text) or header.title:
            subject.append(cell)
            return state
    named = _TITLES.get(folded(cell.text).strip(" .:").upper()) if in_capitals(cell.text) else None
    if named and not header.title and "symbol" in header.values:
        header.title = named
        header.put("title", cell, named)
        return "subject" if not subject else state
    if in_capitals(cell.text) and not subject and len(issuer) < 4 and "title" not in header.values:
        issuer.append(cell)
    return state
