"""Why a notice was sent: its mark's rule, counted from what the record says had happened by then."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from desk.counting import Start
from desk.foreseen import comes_after, given, last, nobody, put_off, rested, too_late
from desk.why import ACKNOWLEDGEMENT, RUNGS, Why, why
from directive.days import TaskDays
from directive.due import local_day
from directive.event import Event
from directive.event import EventKind as E
from directive.mark import Mark
from directive.task import Facts
from register.telling import NOBODY

DEADLINE = ("next", "day", "before", "day_before")
"""Where an event's detail names a deadline: the newest first."""
_NAMES_ONE = {E.DEADLINE_AMENDED, E.EXTENSION_GRANTED, E.RESUMED, E.RETURNED, E.REPLANNED, E.APPROVED}
_RESTS = {
    E.COMMITTED, E.REASSIGNED, E.EXTENSION_REQUESTED, E.EXTENSION_REFUSED, E.COUNTER_DECLINED, E.OBSTACLE_RAISED,
    E.OBSTACLE_RESOLVED, E.OBSTACLE_REFUSED, E.NOT_OURS_RAISED, E.NOT_OURS_REFUSED,
}  # fmt: skip


def recalled(
    event: Event, events: list[Event], taken: dict[str, Mark], facts: Facts, days: TaskDays
) -> Why | None:
    """Why a mark's event came when it was planned; None of what people did, and of what was never taken."""
    mark = taken.get(event.id)
    if mark is None:
        return None
    earlier = [one for one in events if one.at <= event.at and one.id != event.id]
    before = next((one for one in earlier if one.id in taken and comes_after(mark, taken[one.id])), None)
    if before:
        if any(one.id == before.id + NOBODY for one in events):
            return why(mark, [], days.policy, days.calendar, nobody())
        between = any(one.kind in _RESTS and one.at > before.at for one in earlier)
        starts = [last(max(local_day(taken[before.id].at), local_day(before.at)))]
        return why(mark, starts, days.policy, days.calendar, rested("") if between else "")
    return why(
        mark, list(_starts(mark, earlier, facts, days)), days.policy, days.calendar, _instead(mark, earlier)
    )


def _instead(mark: Mark, earlier: list[Event]) -> str:
    if mark.kind is E.QUESTION_LAPSED:
        return put_off()
    if mark.kind not in RUNGS:
        return ""
    return rested("") if any(one.kind in _RESTS for one in earlier) else too_late()


def _starts(mark: Mark, earlier: list[Event], facts: Facts, days: TaskDays) -> Iterator[Start]:
    """The days that the count may have begun with; the one that leads to the mark's day is the one."""
    if mark.kind is E.REMINDED or mark.kind in RUNGS:
        for day in dict.fromkeys(_deadlines(mark, earlier, facts, days)):
            yield Start(day, "thời hạn", "the deadline")
    elif mark.kind in ACKNOWLEDGEMENT:
        since = datetime.strptime(mark.key.partition(".")[0][1:], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        yield given(local_day(since))
    elif mark.question:
        for day in _days(one for one in earlier if one.question == mark.question):
            yield Start(day, "ngày hỏi", "the day of the question")
    elif mark.kind is E.SUSPENSION_REVIEWED:
        for day in _days(one for one in earlier if one.kind is E.SUSPENDED):
            yield Start(day, "ngày tạm dừng", "the day of the suspension")
    else:
        yield from (last(day) for day in _days(earlier))


def _deadlines(mark: Mark, earlier: list[Event], facts: Facts, days: TaskDays) -> Iterator[date]:
    """The deadlines that the record names, the one in force now first where the mark belongs to it."""
    if days.due and mark.key.startswith(f"c{facts.cycle}."):
        yield days.due.day
    for event in reversed(earlier):
        if event.kind in _NAMES_ONE:
            yield from (date.fromisoformat(event.detail[name]) for name in DEADLINE if _is_day(event, name))
    yield from (one.day for one in (facts.original_due, facts.due) if one)


def _is_day(event: Event, name: str) -> bool:
    try:
        date.fromisoformat(event.detail.get(name, ""))
    except ValueError:
        return False
    return True


def _days(events: Iterable[Event]) -> list[date]:
    """The local days of events, the latest first."""
    return list(dict.fromkeys(local_day(one.at) for one in reversed(list(events))))
