"""What reading a phrase gives: the values that `directive/deadline.py` hands out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Literal, Protocol

from directive.calendar import WorkCalendar
from directive.due import OFFICE_ZONE, Due, end_of_day, local_day, utc
from directive.value import Value


class Kind(StrEnum):
    """What a phrase is, as a deadline."""

    INSTANT = "instant"
    PERIOD = "period"
    RECURRING = "recurring"
    NEEDS_ANCHOR = "needs_anchor"
    NONE = "none"
    INVALID = "invalid"
    NOT_DEADLINE = "not_deadline"


class DeadlineSettings(Value):
    """What an organisation chooses: how it reads «trước ngày», and when its days end (00:00 means 24:00)."""

    before_day: Literal["strict", "inclusive"] = "strict"
    day_ends_at: time = time(0)


class Period(Value):
    """Local days from start to end; the task is due at the end of the last."""

    start: date
    end: date


class Recurrence(Value):
    """A rhythm as an RRULE, and its first date on or after the document's; `next` is None when a part is missing."""

    rrule: str | None = None
    next: datetime | date | None = None


Unit = Literal["hour", "working_hour", "day", "working_day", "week", "month", "quarter", "year"]
Direction = Literal["after", "before"]


class Anchor(Value):
    """A count that starts (or ends) at something the document does not date: a receipt, a meeting."""

    anchor: str
    count: int
    unit: Unit
    direction: Direction = "after"


Instant = datetime
Expected = datetime | date | Period | Recurrence | Anchor | None
Offer = datetime | date | Period | Recurrence


class Told(Protocol):
    """What a record needs of a reading; `Said` and `Reading` have it."""

    @property
    def kind(self) -> Kind: ...
    @property
    def span(self) -> tuple[int, int]: ...
    @property
    def expected(self) -> Expected: ...
    @property
    def alternatives(self) -> tuple[Offer, ...]: ...
    @property
    def rule(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def reason(self) -> str: ...


@dataclass(slots=True)
class Said:
    """A reading before it is handed out: the same fields, unchecked, for those who read a hundred thousand lines."""

    kind: Kind
    span: tuple[int, int]
    expected: Expected
    alternatives: tuple[Offer, ...]
    rule: str
    source: str
    reason: str
    explanation_vi: str
    explanation_en: str
    warnings: tuple[str, ...]


class Reading(Value):
    """One deadline found, or one refusal, or the one statement that there is none.

    `span` are offsets into the original text; `reason` is a machine code, empty unless refused; local dates
    mean until their end; local clock times carry their offset.
    """

    kind: Kind
    span: tuple[int, int]
    text: str
    expected: Expected = None
    alternatives: tuple[Offer, ...] = ()
    rule: str = ""
    source: str = ""
    reason: str = ""
    explanation_vi: str = ""
    explanation_en: str = ""
    warnings: tuple[str, ...] = ()

    def due(
        self, settings: DeadlineSettings | None = None, calendar: WorkCalendar | None = None
    ) -> Due | None:
        """The deadline as an instant, or None where there is none yet (no anchor, no next date, refused).

        A clock time at 00:00 belongs to the day that ends then: 24h00 ngày 30/6 has the day 30/6.
        """
        ends_at = (settings or DeadlineSettings()).day_ends_at
        meant: Expected = self.expected
        if isinstance(meant, Recurrence):
            meant = meant.next
        if isinstance(meant, Period):
            meant = meant.end
        if isinstance(meant, datetime):
            at = utc(meant)
            midnight = meant.astimezone(OFFICE_ZONE).time() == time(0)
            day = local_day(at) if not midnight else date.fromordinal(local_day(at).toordinal() - 1)
            return Due(day=day, instant=at, clock_time=True, worded=self.text, rule=self.rule)
        if isinstance(meant, date):
            instant = end_of_day(meant, ends_at)
            return Due(day=meant, instant=instant, worded=self.text, rule=self.rule)
        return None


class Answer(Value):
    """Everything read in one text."""

    text: str
    issued: date
    readings: tuple[Reading, ...]

    @property
    def kind(self) -> Kind:
        """The kind of the whole: a refusal first, since a person must look; else that of the first deadline."""
        kinds = [reading.kind for reading in self.readings]
        return Kind.INVALID if Kind.INVALID in kinds else kinds[0]

    def as_record(self) -> dict[str, Any]:
        """The answer in the shape of `corpus/deadlines.jsonl`; lists where the text holds several deadlines."""
        return record_of(self.readings)


def record_of(readings: Sequence[Told]) -> dict[str, Any]:
    """Readings of one text in the shape of `corpus/deadlines.jsonl`; a refusal first, since a person must look."""
    chosen = [r for r in readings if r.kind is Kind.INVALID] or readings
    first = chosen[0]
    if len(chosen) == 1:
        alt: list[Any] = [plain(offer) for offer in first.alternatives]
        expected = {"error": first.reason} if first.kind is Kind.INVALID else plain(first.expected)
        span: Any = list(first.span)
    elif first.kind is Kind.INVALID:
        expected = {"error": first.reason}
        alt, span = [plain(o) for r in chosen for o in r.alternatives], [list(r.span) for r in chosen]
    else:
        expected = [plain(r.expected) for r in chosen]
        others = [plain(r.alternatives[0] if r.alternatives else r.expected) for r in chosen]
        alt, span = ([others] if others != expected else []), [list(r.span) for r in chosen]
    return {
        "kind": first.kind.value,
        "expected": expected,
        "alt": alt,
        "span": span,
        "rule": first.rule,
        "source": first.source,
        "reason": first.reason,
    }


def plain(meant: Expected) -> Any:
    """A value as JSON: `2026-06-15`, `2026-06-15T17:00+07:00`, or an object with the value's own fields."""
    if isinstance(meant, datetime):
        return meant.isoformat(timespec="minutes")
    if isinstance(meant, date):
        return meant.isoformat()
    if isinstance(meant, Recurrence):
        following = {"next": plain(meant.next)}
        return following if meant.rrule is None else {"rrule": meant.rrule} | following
    if isinstance(meant, Period):
        return {"start": meant.start.isoformat(), "end": meant.end.isoformat()}
    return None if meant is None else meant.model_dump(mode="json")
