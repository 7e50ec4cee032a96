"""One wording of duty as one task: its clause, its units, its deadline, its product."""

import re

from directive.regex import regex
from letters.clause import main_clause, product_of, report_to
from letters.dates import DeadlineAt, placed
from letters.duty import Duty
from letters.letter import Section, Task
from letters.reading import Open, Reading, Under
from letters.text import Passage
from letters.units import is_head, read_units
from letters.words import DUTY, folded

_NEXT_SENTENCE = regex(r"(?:;|\.)\s+")


_CONDITION = regex(
    r"(?:Trong quá trình|Quá trình)(?!\w).{0,80}?(?:nếu có|có|phát sinh|gặp) |Nếu ", re.IGNORECASE
)


# What a unit is to promise has a date of its own, later than the date of handing the promise in.
_PROMISE = regex(r"(?<!\w)cam kết(?!\w)[^;,.]*$", re.IGNORECASE)


def add_task(
    passage: Passage, duty: Duty, under: Under, section: Open, found: list[DeadlineAt], reading: Reading
) -> None:
    """One task into its section."""
    text = passage.text
    start = duty.work_from if duty.units or duty.work_from else 0
    if not text[start:].strip(" .;:/"):
        return
    begin, end = main_clause(text, start, found)
    if (
        section.label is None
        and duty.ordered
        and re.match(r"(?:giao|yêu cầu|đề nghị|phân công)", folded(text).lower())
    ):
        begin = 0
    dated = [at for at in found if at.dated]
    sound = [at for at in dated if at.deadline.kind != "invalid"]
    sound = [at for at in sound if not _PROMISE.search(text, 0, at.start)] or sound
    chosen = (sound or dated)[0] if dated else _rhythm(found, text, end)
    own = tuple(reading.name(unit) for unit in duty.units)
    units = own or under.units or section.units or reading.default_units
    partners = [reading.name(unit) for unit in (*duty.carriers, *duty.coordinators)]
    if under.carriers and not re.search(
        r"(?:chỉ|lãnh) đạo", text[: max(end, begin)].split(",")[0], re.IGNORECASE
    ):
        partners += [name for name in under.carriers if name not in partners]
    partners += [name for name in under.coordinators if name not in partners]
    real = bool(dated) and chosen is not None and chosen.deadline.kind != "invalid"
    questions = ("several_leads",) if len(units) > 1 and len(own) != 1 else ()
    section.tasks.append(
        Task(
            id=under.path,
            text=_text(text, begin, end),
            body=text,
            assignees=units,
            coordinators=tuple(name for name in dict.fromkeys(partners) if name not in units),
            deadline=placed(chosen, passage, reading.source) if chosen else None,
            other_deadlines=tuple(placed(at, passage, reading.source) for at in dated if at is not chosen),
            deliverable=product_of(text[start:], dated=real),
            report_to=_receiver(text[start:], reading),
            span=reading.source.span_of(passage),
            confidence=0.95 if own or under.told else 0.7,
            questions=questions,
        )
    )


def _text(text: str, begin: int, end: int) -> str:
    return text[begin:end].strip(" ,;:").removesuffix("./").removesuffix(".").strip() or text.strip()


def _receiver(text: str, reading: Reading) -> str | None:
    named = report_to(text)
    return reading.names.get(named, named) if named else None


def _rhythm(found: list[DeadlineAt], text: str, end: int) -> DeadlineAt | None:
    """Of the wordings without a date, the one that says most: a rule before a habit before haste.

    An adjective is none ("nhiệm vụ trọng tâm, thường xuyên"), nor is haste about something by the way.
    """
    kept: list[tuple[int, DeadlineAt]] = []
    for at in found:
        words = folded(at.deadline.text).lower()
        verb = bool(DUTY.at(folded(text), len(text) - len(text[at.end :].lstrip())))
        if "quy định" in words or "yêu cầu" in words or "tiến độ" in words:
            kept.append((0, at))
        elif "thường xuyên" in words:
            kept += [(1, at)] if verb or not text[at.end :].strip(" ./;") else []
        elif at.start < end and verb:
            kept.append((2, at))
    return min(kept, key=lambda pair: pair[0], default=(0, None))[1]


def by_unit(passage: Passage, reading: Reading) -> list[Passage]:
    """An item cut where another unit is told something: "Sở A rà soát; Sở B bố trí kinh phí"."""
    text = folded(passage.text)
    cuts = [0]
    for gap in _NEXT_SENTENCE.finditer(text):
        place = gap.end()
        told = read_units(text, cuts[-1], own=reading.own)
        if (
            told and told[-1].start >= place
        ):  # the list of those who are told goes on: "UBND các phường: A, B; UBND xã C"
            continue
        order = re.compile(r"(?:đồng thời\s*,?\s*)?(?:giao|yêu cầu|đề nghị)\s+", re.IGNORECASE).match(
            text, place
        )
        at = order.end() if order else place
        if not is_head(text, at, in_list=bool(order)) or (not order and not text[at].isupper()):
            continue
        units = read_units(text, at, in_list=bool(order), own=reading.own)
        rest = text[units[-1].end :].lstrip(" ,") if units else ""
        if (units and re.match(r"(?:có trách nhiệm|chịu trách nhiệm|căn cứ|theo chức năng)", rest)) or (
            units and DUTY.at(rest)
        ):
            if _CONDITION.match(text, place):
                continue
            if not order and reading.speakers(units[0].name) and len(units) == 1:
                reading.leave(passage.cut(place), "issuer_speaks")
                return [part for part in _cut(passage, [*cuts, place])[:-1] if part.text]
            cuts.append(place)
    return _cut(passage, cuts)


def _cut(passage: Passage, cuts: list[int]) -> list[Passage]:
    ends = [*cuts[1:], len(passage.text)]
    return [passage.cut(start, end) for start, end in zip(cuts, ends, strict=True)]


def lead_of(text: str, duty: Duty, whole: bool) -> str:
    if whole:
        until = duty.carriers[-1].end if duty.carriers else (duty.units[-1].end if duty.units else len(text))
        return text[:until].strip()
    if duty.units:
        return text[duty.units[0].start : duty.units[-1].end]
    return text.strip(" .:")


def close_section(section: Open, reading: Reading) -> None:
    if section.tasks:
        units = section.units or tuple(
            dict.fromkeys(name for task in section.tasks for name in task.assignees)
        )
        reading.sections.append(
            Section(
                label=section.label,
                lead=section.lead,
                assigned_to=units,
                tasks=tuple(section.tasks),
                span=reading.source.span_of(section.span),
            )
        )
