"""What a deadline phrase means: one function in, typed readings out. Pure: no clock, no I/O.

Read `docs/domain` words by the rules of Bộ luật Dân sự 2015, Điều 146–148 and the practice of Vietnamese offices.
A date is refused rather than repaired, and a text that only mentions dates has no deadline.
"""

from datetime import date, datetime
from typing import Any

from directive.calendar import WorkCalendar
from directive.phrases.anchor import resolve_anchor
from directive.phrases.finding import Finding
from directive.phrases.moment import Scene
from directive.phrases.reading import (
    Anchor,
    Answer,
    DeadlineSettings,
    Expected,
    Kind,
    Offer,
    Period,
    Reading,
    Recurrence,
    Said,
    plain,
    record_of,
)
from directive.phrases.rules import REASONS, RULES
from directive.phrases.scan import findings_of, without_deadline
from directive.phrases.text import read_prose

__all__ = [
    "Anchor",
    "Answer",
    "DeadlineSettings",
    "Expected",
    "Kind",
    "Offer",
    "Period",
    "Reading",
    "Recurrence",
    "deadline_record",
    "plain",
    "read_deadline",
    "resolve_anchor",
]

OFFERED = ("range", "clock", "")
"""What is still shown of a date that is no deadline: data periods, meetings and rhythms, in case it was one."""

STRICT = DeadlineSettings()


def read_deadline(
    text: str,
    *,
    issued: date,
    calendar: WorkCalendar,
    settings: DeadlineSettings = STRICT,
    received: date | None = None,
) -> Answer:
    """Read every deadline in a phrase, sentence, paragraph or table cell of a document issued on that day.

    `received` dates the anchor of «kể từ ngày nhận được văn bản» where it is known. Never raises on any text;
    spans are offsets into `text` as given.
    """
    readings = tuple(
        Reading(
            kind=said.kind,
            span=said.span,
            text=text[said.span[0] : said.span[1]],
            expected=said.expected,
            alternatives=said.alternatives,
            rule=said.rule,
            source=said.source,
            reason=said.reason,
            explanation_vi=said.explanation_vi,
            explanation_en=said.explanation_en,
            warnings=said.warnings,
        )
        for said in _said(text, issued, calendar, settings, received)
    )
    return Answer(text=text, issued=issued, readings=readings)


def deadline_record(
    text: str, *, issued: date, calendar: WorkCalendar, settings: DeadlineSettings = STRICT
) -> dict[str, Any]:
    """`read_deadline(…).as_record()` with explanations and warnings, without making the values on the way.

    For files of a hundred thousand phrases; the reading is the same one.
    """
    said = _said(text, issued, calendar, settings, None)
    return record_of(said) | {
        "explanation_vi": " ".join([one.explanation_vi for one in said]),
        "explanation_en": " ".join([one.explanation_en for one in said]),
        "warnings": [warning for one in said for warning in one.warnings],
    }


def _said(
    text: str, issued: date, calendar: WorkCalendar, settings: DeadlineSettings, received: date | None
) -> list[Said]:
    scene = Scene(read_prose(text), issued, calendar, received, settings.before_day == "inclusive")
    accepted, declined = findings_of(scene)
    if not accepted:
        return [_no_deadline(scene, declined)]
    return [_reading(scene, finding) for finding in accepted]


def _reading(scene: Scene, finding: Finding) -> Said:
    rule = RULES[finding.rule]
    vi, en = REASONS[finding.reason] if finding.reason else (rule.vi, rule.en)
    return Said(
        finding.kind,
        scene.prose.span(finding.start, finding.end),
        finding.expected,
        finding.alternatives,
        finding.rule,
        rule.source,
        finding.reason,
        vi,
        en,
        tuple(_warnings(scene, finding)),
    )


def _no_deadline(scene: Scene, declined: list[Finding]) -> Said:
    kind = without_deadline(scene, declined)
    offers: list[Offer] = []
    for finding in declined:
        meant = finding.expected
        if finding.kind is Kind.NOT_DEADLINE:
            offers.extend(finding.alternatives)
        elif meant is not None and not isinstance(meant, Anchor) and finding.grain in OFFERED:
            offers.append(meant)
    name = "not_deadline" if kind is Kind.NOT_DEADLINE else "open_wording"
    rule = RULES[name]
    whole = (0, len(scene.prose.original))
    return Said(kind, whole, None, tuple(offers), name, rule.source, "", rule.vi, rule.en, ())


def _warnings(scene: Scene, finding: Finding) -> list[str]:
    meant = finding.expected
    if isinstance(meant, Recurrence | Anchor) or meant is None:
        return []
    day = meant.end if isinstance(meant, Period) else meant.date() if isinstance(meant, datetime) else meant
    calendar, told = scene.calendar, []
    if (off := calendar.day_off(day)) is not None:
        eve = calendar.roll_back(day)
        told.append(
            f"Hạn {day:%d/%m/%Y} là ngày nghỉ ({off}); nhắc vào ngày làm việc trước đó, {eve:%d/%m/%Y}."
        )
    if calendar.is_provisional(day):
        told.append(f"Lịch làm việc năm {day.year} chưa được công bố chính thức.")
    return told
