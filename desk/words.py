"""All words of the command line, in Vietnamese and English: one door to the tables in `desk/wording/`."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from desk.dates import day as day
from desk.dates import moment as moment
from desk.dates import until as until
from desk.language import lang, many
from desk.matter import named, own_words, telling
from desk.wording import states
from desk.wording.events import DECISIONS
from desk.wording.refusals import REFUSALS
from directive.directory import Vacancy
from directive.due import Due
from directive.event import Event, EventKind
from directive.light import Light, LightKind
from directive.mark import Mark
from directive.message import Act, Grade
from directive.question import Choice
from directive.refusal import Reason
from directive.roles import parse_role
from directive.task import State

Names = Callable[[str], str]
"""From a unit's code or a person's id to the name that people know."""

_TABLES = (
    states.STATES, states.LIGHTS, states.OUTCOMES, states.ROLES, states.VACANCIES, states.DOORS,
    states.ACTS, states.GRADES, states.QUESTIONS, states.CHOICES, states.AWAITS,
)  # fmt: skip


def same(code: str) -> str:
    """The name of nobody in particular: the code itself."""
    return code


def word(code: StrEnum) -> str:
    """The word for a state, light, outcome, role, door, act, question, choice, vacancy or duty."""
    tables: tuple[Mapping[Any, tuple[str, str]], ...] = (*own_words(), *_TABLES)
    for table in tables:
        if code in table and type(next(iter(table))) is type(code):
            return table[code][_place()]
    raise KeyError(code)


def role(wire: str, names: Names = same) -> str:
    """A wire role in words: `người đứng đầu Sở Khoa học và Công nghệ`."""
    try:
        kind, unit = parse_role(wire)
    except ValueError:
        return wire
    return f"{word(kind)} {names(unit)}" if lang() == "vi" else f"{word(kind)} of {names(unit)}"


def roles(wires: tuple[str, ...], names: Names = same) -> str:
    """Several wire roles in words."""
    return ", ".join(role(wire, names) for wire in wires)


def due(value: Due | None) -> str:
    """A deadline: the end of its day, or its clock time."""
    if value is None:
        return word(LightKind.NO_DEADLINE)
    if value.clock_time:
        return moment(value.instant)
    return f"hết ngày {day(value.day)}" if lang() == "vi" else f"the end of {day(value.day)}"


def light(value: Light) -> str:
    """A light with its days: `quá hạn 3 ngày`; with its hours where every hour counts: `sắp đến hạn, còn 2 giờ`."""
    named, vi = word(value.kind), lang() == "vi"
    if value.kind is LightKind.OVERDUE:
        if value.hours:
            return f"{named} {value.hours} giờ" if vi else f"{named} by {many(value.hours, 'hour')}"
        return f"{named} {value.days} ngày" if vi else f"{named} by {many(value.days, 'day')}"
    if value.kind not in (LightKind.DUE_SOON, LightKind.IN_TIME):
        return named
    if value.hours:
        return f"{named}, còn {value.hours} giờ" if vi else f"{named}, {many(value.hours, 'hour')} left"
    if value.every_day:
        return f"{named}, còn {value.days} ngày" if vi else f"{named}, {many(value.days, 'day')} left"
    left = many(value.days, "working day")
    return f"{named}, còn {value.days} ngày làm việc" if vi else f"{named}, {left} left"


def mark_name(kind: EventKind, level: int = 0, offset: str = "") -> str:
    """The short name of an event or mark, with its level or its distance from the deadline."""
    named = telling(kind)[_place()].format(level=level or 1)
    return f"{named} ({offset_word(offset)})" if offset else named


def offset_word(code: str) -> str:
    """How far before the deadline a reminder is: `-3w` is "trước 3 ngày làm việc", `-4h` "trước 4 giờ"."""
    count = code[:-1].lstrip("-")
    if count == "0":
        return "ngày đến hạn" if lang() == "vi" else "the day itself"
    vi, en = states.OFFSETS[code[-1]]
    return f"trước {count} {vi}" if lang() == "vi" else f"{count} {en[: -1 if count == '1' else None]} before"


def mark(one: Mark, names: Names = same) -> str:
    """A mark that lies ahead, with whom it tells."""
    copies = (
        f" ({'đồng gửi' if lang() == 'vi' else 'copy'}: {roles(one.copy_to, names)})" if one.copy_to else ""
    )
    return f"{mark_name(one.kind, one.level, one.offset)} → {roles(one.to, names)}{copies}"


def event(one: Event, names: Names = same) -> str:
    """What happened, as a sentence; the reason and the text follow."""
    who = names(one.actor) if one.actor else ""
    if one.on_behalf_of:
        who += f" ({'thay' if lang() == 'vi' else 'for'} {names(one.on_behalf_of)})"
    detail = one.detail
    choice = detail.get("choice", "")
    before = detail.get("before", "—")
    said = _sentence(one)[_place()].format(
        who=who or _nobody(detail.get("rule", "")),
        to=roles(one.to or (tuple(detail) or (one.role,) if one.kind is EventKind.SKIPPED else ()), names)
        or "—",
        day=day(detail.get("day")),
        before=day(before) if before != "—" else before,
        level=one.level or 1,
        number=detail.get("number", "—"),
        document=detail.get("document", "—"),
        dated=day(detail.get("dated")),
        round=detail.get("round", "—"),
        count=detail.get("count", "—"),
        person=names(detail["person"]) if "person" in detail else "—",
        choice=word(Choice(choice)) if choice in set(Choice) else choice,
        calendar=detail.get("calendar", "—"),
        other=one.reason,
    )
    if one.kind is EventKind.REMINDED and detail.get("offset"):
        said += f" ({offset_word(detail['offset'])})"
    if one.kind is EventKind.SKIPPED and one.level:
        said += f" ({'mức' if lang() == 'vi' else 'level'} {one.level})"
    if one.kind is EventKind.REPLANNED and detail.get("day"):
        said += _recounted(detail)
    reason = one.reason if one.kind is not EventKind.SUPERSEDED else ""
    if reason in set(Reason):
        reason = refusal(Reason(reason), dict(detail), "")[0]
    if reason in set(Vacancy):
        reason = word(Vacancy(reason))
    parts = [said, *(f"«{part}»" for part in (reason, one.text) if part)]
    return said if len(parts) == 1 else f"{parts[0]}: {' '.join(parts[1:])}"


def _recounted(detail: dict[str, str]) -> str:
    after, before = day(detail["day"]), day(detail.get("day_before"))
    if lang() == "vi":
        return f"; thời hạn đếm lại thành {after} (trước đó {before})"
    return f"; the deadline, counted anew, is {after} (before: {before})"


def _sentence(one: Event) -> tuple[str, str]:
    """What happened, in both languages; a nudge in the words of its grade."""
    grade = one.detail.get("grade", "")
    if one.kind is EventKind.NUDGED and grade in DECISIONS:
        return DECISIONS[Grade(grade)]
    return telling(one.kind)[2:]


def _nobody(rule: str) -> str:
    """Who did what nobody did: the system, perhaps by a policy's rule on silence."""
    if lang() == "vi":
        return f"hệ thống, theo chính sách {rule}," if rule else "hệ thống"
    return f"the system, by the policy {rule}," if rule else "the system"


def refusal(reason: Reason, detail: dict[str, object], task: str, names: Names = same) -> tuple[str, str]:
    """Why an act was refused, and what to do instead, in the language in use."""
    filled = _Details({key: _detail(key, str(value), names) for key, value in detail.items()}, task=task)
    entry = tuple(named(sentence) for sentence in REFUSALS[reason])
    return entry[_place()].format_map(filled), entry[2 + _place()].format_map(filled)


class _Details(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def _detail(key: str, value: str, names: Names) -> str:
    """One detail of a refusal in words."""
    match key:
        case "state":
            return word(State(value)) if value in set(State) else value
        case "act" | "grade":
            return _act(value)
        case "field":
            return states.FIELDS.get(value, (value, value))[_place()]
        case "role":
            return role(value, names)
        case "choice":
            return _choice(value)
        case "allowed":
            allowed = [one.strip() for one in value.split(",") if one.strip()]
            return ", ".join(f"{one} ({_choice(one)})" for one in allowed) or "—"
        case "day" | "due" | "furthest" | "asked":
            return day(value)
        case "at" | "now" | "last":
            return moment(value)
        case "person":
            return names(value)
        case _:
            return value or "—"


def _act(value: str) -> str:
    """What was attempted: an act, a grade of a nudge, or an answer that is an act."""
    for kind in (Act, Grade):
        if value in set(kind):
            return word(kind(value))
    return _choice(value)


def _choice(value: str) -> str:
    return word(Choice(value)) if value in set(Choice) else value or "—"


def _place() -> int:
    return 0 if lang() == "vi" else 1
