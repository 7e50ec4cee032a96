"""A file or a text → a letter, or a typed refusal. The one door of this room."""

import re
from pathlib import Path

from directive.calendar import WorkCalendar
from letters import kinds
from letters.citations import ALIAS, read_aliases, read_references
from letters.columns import read_table
from letters.dates import FindDeadlines
from letters.ending import Ending, read_ending
from letters.files import Opened, open_file
from letters.head_forms import Header
from letters.header import read_header
from letters.letter import Found, Letter, Section, Task
from letters.misprints import read_misprints
from letters.outline import MAX_PARAGRAPH, Item, read_outline
from letters.own_names import own_names
from letters.phrases import deadlines_on
from letters.reading import Reading
from letters.refusals import LetterKind, NotALetter, Reason, Unreadable
from letters.ruled import with_tables
from letters.sections import read_sections
from letters.speakers import speakers_of
from letters.text import Passage, Source
from letters.units import read_units
from letters.words import folded

MAX_ITEMS = 5_000


def read_letter(path_or_text: Path | str, *, calendar: WorkCalendar) -> Letter:
    """The letter in a file (`Path`) or in a text (`str`).

    Raises `Unreadable` (cannot be read within its bounds), `Secret` (carries a secrecy mark; nothing is kept) and
    `NotALetter` (an article, an invitation, a notice without duties, or something else).
    """
    opened = open_file(path_or_text) if isinstance(path_or_text, Path) else Opened(with_tables(path_or_text))
    return letter_of(opened.source, calendar=calendar, stamps=opened.stamps)


def letter_of(source: Source, *, calendar: WorkCalendar, stamps: tuple[str, ...] = ()) -> Letter:
    """The letter that a source holds; the same refusals as `read_letter`."""
    kinds.refuse_secret(source, *stamps)
    if any(len(line.text) > MAX_PARAGRAPH for line in source.lines):
        raise Unreadable(Reason.TOO_LARGE)
    header = read_header(source)
    if kinds.looks_like_news(source, header):
        raise NotALetter(LetterKind.NEWS)
    ending = read_ending(source, header.body_from)
    if not kinds.is_letter(header, has_end=bool(ending.recipients or ending.signer)):
        raise NotALetter(LetterKind.UNKNOWN)
    find = deadlines_on(header.issue_date, calendar)
    items = read_outline(source, header.body_from, ending.body_to)
    if len(_passages(items)) > MAX_ITEMS:
        raise Unreadable(Reason.TOO_LARGE)
    reading = _reading(source, header, ending, items, find)
    read_sections(items, reading)
    annexes = _annexes(source, find, reading)
    sections = [*reading.sections, *annexes]
    if kinds.is_invitation(source, header):
        sections = [section for section in sections if any(_is_work(task) for task in section.tasks)]
    if not any(section.tasks for section in sections):
        raise NotALetter(kinds.kind_without_tasks(source, header))
    return _letter(source, header, ending, items, reading, tuple(sections))


def _is_work(task: Task) -> bool:
    """In an invitation only a dated piece of work is a task; coming to the meeting is not."""
    return task.deadline is not None and task.deadline.kind in {"instant", "period"} and not re.search(
        r"(?:dự|tham dự) (?:họp|hội nghị|đúng|đầy đủ)|mời|vắng mặt|đến dự", task.body)  # fmt: skip


def _reading(
    source: Source, header: Header, ending: Ending, items: list[Item], find: FindDeadlines
) -> Reading:
    passages = _passages(items)
    aliases = read_aliases(source, header.addressees + passages)
    addressees = [name for passage in header.addressees for name in _names(_flat(passage.text))]
    spelled = {folded(name).lower(): name for name in addressees}
    return Reading(
        source=source,
        find=find,
        default_units=tuple(addressees),
        names={
            alias.short: alias.full
            for alias in aliases
            if len(alias.full.split()) <= 12 and " số " not in alias.full
        },
        spelled=spelled,
        own=own_names(header.addressees + _headings(items)),
        speakers=speakers_of(header, ending),
    )


def _headings(items: list[Item]) -> list[Passage]:
    """The words that stand alone over other items, or before a colon: what names a unit there is its whole name."""
    gathered: list[Passage] = []
    for item in items:
        before, colon, _ = item.text.text.partition(":")
        if item.children or colon:
            gathered.append(item.text.cut(0, len(before)))
        gathered += _headings(item.children)
    return gathered


def _names(text: str) -> list[str]:
    """An addressee's line may list several units."""
    units = read_units(text, 0, in_list=True)
    return [unit.name for unit in units] if units and not text[units[-1].end :].strip(" .;,") else [text]


def _passages(items: list[Item]) -> list[Passage]:
    gathered: list[Passage] = []
    for item in items:
        gathered += [item.text, *_passages(item.children)]
    return gathered


def _annexes(source: Source, find: FindDeadlines, reading: Reading) -> list[Section]:
    """Each table of tasks is a section of its own, named PL, PL2, …"""
    sections: list[Section] = []
    for table in source.tables:
        label = "PL" if not sections else f"PL{len(sections) + 1}"
        tasks = read_table(source, table, find, prefix=label)
        if tasks:
            named = tuple(
                task if task.assignees else task._replace(assignees=reading.default_units) for task in tasks
            )
            units = tuple(dict.fromkeys(name for task in named for name in task.assignees))
            sections.append(Section(label=label, lead="Phụ lục", assigned_to=units, tasks=named))
    return sections


def _letter(
    source: Source,
    header: Header,
    ending: Ending,
    items: list[Item],
    reading: Reading,
    sections: tuple[Section, ...],
) -> Letter:
    values = header.values
    passages = _passages(items)
    subject = [header.places["subject"]] if "subject" in header.places else []
    places = [
        *header.places.items(),
        *(("addressees", place) for place in header.addressees),
        *_ending_places(ending),
    ]
    found = [Found(field=name, span=span) for name, place in places for span in source.spans_of(place)]
    return Letter(
        text=source.text,
        file=source.name,
        system=header.system,
        doc_type=values.get("doc_type"),
        number=values.get("number"),
        symbol=values.get("symbol"),
        full_number=values.get("full_number"),
        issue_date=header.issue_date,
        place=values.get("place"),
        issuer_parent=values.get("issuer_parent"),
        issuer=values.get("issuer"),
        subject=values.get("subject"),
        addressees=tuple(_flat(place.text) for place in header.addressees),
        references=read_references(source, subject + passages, values.get("full_number")),
        sections=sections,
        recipients=tuple(_flat(place.text) for place in ending.recipients),
        archive=_flat(ending.archive.text) if ending.archive else None,
        drafter_code=ending.drafter_code.text if ending.drafter_code else None,
        sign_authority=" ".join(_flat(part.text) for part in ending.authority) or None,
        signer_title=" ".join(_flat(part.text) for part in ending.title) or None,
        signer=ending.signer.text if ending.signer else None,
        urgency=header.urgency,
        aliases=read_aliases(source, header.addressees + passages),
        suggestions=read_misprints(source),
        left_out=tuple(reading.left_out),
        found=tuple(found),
        problems=tuple(_problems(header)),
    )


def _ending_places(ending: Ending) -> list[tuple[str, Passage]]:
    places = [("recipients", part) for part in ending.recipients]
    places += [("sign_authority", part) for part in ending.authority] + [
        ("signer_title", part) for part in ending.title
    ]
    return places + [
        (name, part)
        for name, part in (("signer", ending.signer), ("drafter_code", ending.drafter_code))
        if part
    ]


def _problems(header: Header) -> list[str]:
    """What a letter should have and this one has not: the clerk fills it in."""
    needed = {
        "number": "no_number",
        "issue_date": "no_issue_date",
        "issuer": "no_issuer",
        "subject": "no_subject",
    }
    missing = [code for name, code in needed.items() if name not in header.values]
    return list(dict.fromkeys([*header.problems, *missing]))


def _flat(text: str) -> str:
    """One line, without the bracket that only defines a short name."""
    return re.sub(r"\s+", " ", ALIAS.sub("", text)).strip()
