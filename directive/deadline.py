"""What a deadline phrase means: one function in, typed readings out. Pure: no clock, no I/O.

Read `docs/domain` words by the rules of Bộ luật Dân sự 2015, Điều 146–148 and the practice of Vietnamese offices.
A date is refused rather than repaired, and a text that only mentions dates has no deadline.
"""

from datetime import date, datetime

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
    plain,
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
    prose = read_prose(text)
    scene = Scene(prose, issued, calendar, received, settings.before_day == "inclusive")
    accepted, declined = findings_of(scene)
    if not accepted:
        readings: tuple[Reading, ...] = (_no_deadline(scene, declined),)
    else:
        readings = tuple(_reading(scene, finding) for finding in accepted)
    return Answer(text=text, issued=issued, readings=readings)


def _reading(scene: Scene, finding: Finding) -> Reading:
    first, last = scene.prose.span(finding.start, finding.end)
    rule = RULES[finding.rule]
    vi, en = REASONS[finding.reason] if finding.reason else (rule.vi, rule.en)
    return Reading(
        kind=finding.kind,
        span=(first, last),
        text=scene.prose.original[first:last],
        expected=finding.expected,
        alternatives=finding.alternatives,
        rule=finding.rule,
        source=rule.source,
        reason=finding.reason,
        explanation_vi=vi,
        explanation_en=en,
        warnings=tuple(_warnings(scene, finding)),
    )


def _no_deadline(scene: Scene, declined: list[Finding]) -> Reading:
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
    return Reading(
        kind=kind,
        span=(0, len(scene.prose.original)),
        text=scene.prose.original,
        expected=None,
        alternatives=tuple(offers),
        rule=name,
        source=rule.source,
        reason="",
        explanation_vi=rule.vi,
        explanation_en=rule.en,
        warnings=(),
    )


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
