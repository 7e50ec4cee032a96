"""Another version of the working calendar: what of the open tasks would move, mark by mark, and the moving itself.

One task or many, the same two steps: its counted deadline is read anew by the new calendar (`letters/recount.py`),
and the act `replan` is done on paper (`desk/effect.py`). The deadline that was shown is the one the act then carries.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from desk import effect, screen, words
from desk.changes import Change, Way
from desk.effect import Effect, Paper, calendar_named, paper
from desk.language import text
from directive.calendar import WorkCalendar
from directive.due import Due
from directive.message import Act, Door, Message
from directive.plan import Plan
from directive.roles import Part
from directive.task import Facts
from letters.recount import recount
from register.open import Register
from register.plans import load_plan
from register.reading import TaskFilter, facts_of, tasks

FEW = 3
"""Units that are named one by one."""


async def recounted(register: Register, facts: Facts, calendar: WorkCalendar) -> Due | None:
    """The deadline of a task as its letter counts it by another calendar; None where it does not move. Raises Stop."""
    plan = await load_plan(register, facts.task.directive)
    return recount(facts, plan, await _former(register, facts, plan), calendar)


async def said_of(register: Register, facts: Facts, said: dict[str, Any]) -> dict[str, Any]:
    """What the act `replan` says to one task: the calendar's version, and the counted deadline where it moves.

    Raises Stop where the register lacks the calendar.
    """
    due = await recounted(register, facts, await calendar_named(register, said["calendar"]))
    return {**said, "due": due} if due else said


async def _former(register: Register, facts: Facts, plan: Plan) -> tuple[WorkCalendar, ...]:
    """The calendars by which the deadline may have been counted: the task's own, and the plan's."""
    versions = dict.fromkeys((facts.calendar, plan.calendar))
    return tuple([await calendar_named(register, version) for version in versions])


class Moving(NamedTuple):
    """What another calendar makes of one open task; `due` is its deadline counted anew, where that moves."""

    facts: Facts
    due: Due | None
    effect: Effect

    @property
    def moved(self) -> tuple[Change, ...]:
        """The marks that do not stay as they are."""
        return tuple(one for one in self.effect.changes if one.way is not Way.STAYS)


async def movings(register: Register, calendar: WorkCalendar, at: datetime) -> list[Moving]:
    """Each open task that lives by another calendar, with what this one would make of it at `at`. Raises Stop."""
    rows = await tasks(register, TaskFilter(open_only=True), at)
    found = await facts_of(register, [row.id for row in rows])
    grounds: dict[tuple[str, str], _Ground] = {}
    made = []
    for facts in found.values():
        if facts.calendar == calendar.version or facts.task.kind != "task":
            continue
        key = (facts.task.directive, facts.calendar)
        if key not in grounds:
            grounds[key] = await _ground(register, facts, calendar)
        made.append(grounds[key].moving(facts, calendar, at))
    return made


class _Ground(NamedTuple):
    """What the tasks of one directive and calendar are judged by."""

    plan: Plan
    former: tuple[WorkCalendar, ...]
    paper: Paper

    def moving(self, facts: Facts, calendar: WorkCalendar, at: datetime) -> Moving:
        due = recount(facts, self.plan, self.former, calendar)
        return Moving(facts, due, self.paper.effect(facts, on_paper(facts, calendar.version, due, at)))


async def _ground(register: Register, facts: Facts, calendar: WorkCalendar) -> _Ground:
    plan = await load_plan(register, facts.task.directive)
    former = await _former(register, facts, plan)
    held = await paper(register, facts)
    return _Ground(plan, former, held._replace(calendars={**held.calendars, calendar.version: calendar}))


def on_paper(facts: Facts, version: str, due: Due | None, at: datetime) -> Message:
    """The act `replan` as nobody has said it yet."""
    return Message(
        id="dry-run",
        act=Act.REPLAN,
        actor="dry-run",
        role=facts.task.role(Part.ASSIGNER),
        at=max(at, facts.last_at),
        door=Door.CLI,
        reason=version,
        calendar=version,
        due=due,
    )


def alike(found: Iterable[Moving]) -> list[list[Moving]]:
    """The tasks of which something moves; those of one work whose dates move alike are one entry."""
    groups: dict[tuple[object, ...], list[Moving]] = {}
    for one in found:
        if one.moved or one.effect.due_moves:
            groups.setdefault(_alike(one), []).append(one)
    return list(groups.values())


def _alike(one: Moving) -> tuple[object, ...]:
    task, old, new = one.facts.task, one.effect.before.due, one.effect.after.due
    marks = tuple((change.way, _place(change), _dates(change)) for change in one.moved)
    return (task.directive, task.code, old and old.instant, new and new.instant, marks)


def _place(change: Change) -> tuple[object, ...]:
    mark = change.mark
    return (mark.kind, mark.level, mark.offset)


def _dates(change: Change) -> tuple[datetime | None, ...]:
    return tuple(mark.at if mark else None for mark in (change.before, change.after))


def tell(calendar: WorkCalendar, found: list[Moving], names: words.Names) -> None:
    """What of the open tasks would move: deadlines first, then mark by mark; tasks that move alike are one entry."""
    groups = alike(found)
    due = sum(one.effect.due_moves for one in found)
    marks = sum(len(one.moved) for one in found)
    same = len(found) - sum(len(group) for group in groups)
    version = calendar.version
    screen.say(
        text(
            f"Lịch «{version}» so với lịch của {len(found)} nhiệm vụ đang mở: {due} thời hạn và {marks} mốc thay "
            f"đổi, {same} nhiệm vụ không đổi.",
            f"The calendar «{version}» against that of {len(found)} open tasks: {due} deadlines and {marks} marks "
            f"change, {same} tasks stay as they are.",
        ),
        "bold",
    )
    for group in groups:
        _tell_group(group, names)


def _tell_group(group: list[Moving], names: words.Names) -> None:
    first = group[0]
    task, old, new = first.facts.task, first.effect.before.due, first.effect.after.due
    units = ", ".join(names(one.facts.task.unit) for one in group[:FEW])
    more = text(f" và {len(group) - FEW} đơn vị nữa", f" and {len(group) - FEW} more units")
    screen.say()
    screen.say(f"{task.directive}/{task.code}  {units}{more if len(group) > FEW else ''}", "bold")
    if first.effect.due_moves:
        screen.say(f"  {text('thời hạn', 'deadline')}: {words.due(old)} → {words.due(new)}{_why(first)}")
    effect.table(first.moved, names)


def _why(one: Moving) -> str:
    if one.due is None:
        return text(
            " (những ngày tạm dừng được đếm theo lịch mới)",
            " (the suspended days, counted by the new calendar)",
        )
    return text(f" (đếm lại «{one.due.worded}»)", f" (counted anew: «{one.due.worded}»)")


def plain(one: Moving) -> dict[str, object]:
    """What would move of one task, as JSON; marks that stay are left out."""
    told = effect.plain(one.effect)
    told["changes"] = [change for change in effect.plain_changes(one.effect) if change["change"] != Way.STAYS]
    return {**told, "counted": one.due}
