"""The timeline of a rehearsal: what happened, in order, and who was told; what many units share is one entry."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from desk import skipped, words
from desk.language import text
from desk.rehearse import Rehearsal
from directive.directory import Vacancy
from directive.event import Event, EventKind
from directive.roles import RoleKind, parse_role
from register.models import TaskRow
from register.outbox_models import Notice

FEW = 3
"""Units that are named one by one."""

_QUIET = {EventKind.SUPERSEDED}


class Entry(NamedTuple):
    """One moment: the tasks it concerns, what happened, and in which role who heard of it."""

    at: datetime
    tasks: str
    said: str
    told: tuple[tuple[str, str], ...]
    kind: EventKind
    by_person: bool


class _Happened(NamedTuple):
    row: TaskRow
    event: Event
    notices: tuple[Notice, ...]


def entries(done: Rehearsal, names: words.Names) -> list[Entry]:
    """Everything that happened, in order; the same thing happening to many units at once is one entry."""
    groups: dict[tuple[object, ...], list[_Happened]] = {}
    for one in sorted(_all(done), key=_place):
        groups.setdefault(_alike(one), []).append(one)
    return [_entry(group, names) for group in groups.values()]


def _all(done: Rehearsal) -> Iterator[_Happened]:
    told: dict[tuple[str, str], list[Notice]] = {}
    for notice in done.notices:
        told.setdefault((notice.task, notice.event_id), []).append(notice)
    for row in done.rows:
        for event in skipped.in_one_line(done.events[row.id]):
            if event.kind not in _QUIET:
                cause = event.id.removesuffix(skipped.NOBODY)
                yield _Happened(row, event, tuple(told.get((row.id, cause), ())))


def _alike(one: _Happened) -> tuple[object, ...]:
    """What many units share: the minute and the mark. What a person does stands alone."""
    event = one.event
    if event.actor:
        return (event.at, one.row.id, event.id)
    why = event.reason if event.kind is EventKind.SKIPPED else ""
    return (_minute(event.at), event.kind, event.level, one.row.code, event.detail.get("offset", ""), why)


def _place(one: _Happened) -> tuple[object, ...]:
    """By minute, then as people count the tasks; within one task as it happened."""
    code = tuple((part.isdigit(), int(part) if part.isdigit() else part) for part in one.row.code.split("."))
    return (_minute(one.event.at), code, one.event.at)


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _entry(group: list[_Happened], names: words.Names) -> Entry:
    first = group[0]
    units = [one.row.unit for one in group]
    shown = (
        ", ".join(names(unit) for unit in units)
        if len(units) <= FEW
        else f"{len(units)} {text('đơn vị', 'units')}"
    )
    tasks = f"{first.row.code} · {shown}"
    if first.event.actor or len(group) == 1:
        said = words.event(first.event, names)
    else:
        said = words.mark_name(first.event.kind, first.event.level, first.event.detail.get("offset", ""))
        said += _why_skipped(first.event)
    told = tuple(_told(group, names))
    return Entry(first.event.at, tasks, said, told, first.event.kind, bool(first.event.actor))


def _why_skipped(event: Event) -> str:
    """The level that nobody could be asked at, and why: the same for all units of the entry."""
    if event.kind is not EventKind.SKIPPED:
        return ""
    level = f" ({text('mức', 'level')} {event.level})" if event.level else ""
    return f"{level}: «{words.word(Vacancy(event.reason))}»"


def _told(group: list[_Happened], names: words.Names) -> Iterator[tuple[str, str]]:
    roles: dict[tuple[str, bool], list[str]] = {}
    for one in group:
        for notice in one.notices:
            kind = _kind(notice)
            who = names(notice.person)
            if notice.on_behalf_of:
                who += f" ({text('thay', 'for')} {names(notice.on_behalf_of)})"
            roles.setdefault((kind, notice.copied), []).append(who)
    for (kind, copied), people in sorted(
        roles.items(), key=lambda one: one[0][1]
    ):  # who is asked comes first
        everyone = list(dict.fromkeys(people))
        who = ", ".join(everyone) if len(everyone) <= FEW else f"{len(everyone)} {text('người', 'people')}"
        yield f"{kind} ({text('đồng gửi', 'copy')})" if copied else kind, who


def _kind(notice: Notice) -> str:
    """The reader's role; a head of another unit than the task's is the monitoring office's."""
    if not notice.role:
        return text("người gửi", "sender")
    kind, unit = parse_role(notice.role)
    if kind is RoleKind.HEAD and unit != notice.unit:
        return text("lãnh đạo cơ quan theo dõi", "head of the monitoring office")
    return words.word(kind)
