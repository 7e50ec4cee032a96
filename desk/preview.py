"""Who will hear what and when if nobody acts: the same marks that the engine will take."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from desk import screen, words
from desk.language import text
from desk.person import namer
from desk.sources import Loaded
from directive.clock import OfficeClock
from directive.directory import Directory
from directive.due import local_day
from directive.event import EventKind
from directive.mark import Mark
from directive.outlook import look_ahead
from directive.plan import Plan, PlannedTask
from directive.policy import Policy
from directive.roles import parse_role
from directive.skipping import skip
from directive.taking import assignment, take
from directive.task import Facts, Order, assigned

UNIT = "*"
"""Stands for the lead unit in what all units of a group hear alike."""


class Line(NamedTuple):
    """One thing that people will hear."""

    at: datetime
    kind: EventKind
    level: int
    offset: str
    to: tuple[str, ...]
    copy_to: tuple[str, ...]


class Folded(NamedTuple):
    """A task for all the units that hear the same at the same instants."""

    task: PlannedTask
    units: tuple[str, ...]
    lines: tuple[Line, ...]


def lines_of(order: Order, loaded: Loaded, at: datetime) -> list[Line]:
    """What the people of one task will hear, from the assignment on."""
    facts = assigned(order, at)
    first = assignment(facts)
    begun = Line(first.at, first.kind, 0, "", first.to, first.copy_to)
    return [begun, *(_line(mark) for mark in _foreseen(facts, order.policy, loaded))]


def _foreseen(facts: Facts, policy: Policy, loaded: Loaded) -> Iterator[Mark]:
    """The marks ahead. A level that nobody could answer is skipped as the engine will skip it, and moves the next."""
    ahead = _ahead(facts, policy, loaded)
    if all(_answerable(mark, facts, loaded) for mark in ahead):
        yield from ahead
        return
    told: set[str] = set()
    while ahead:
        due = [mark for mark in ahead if mark.at == ahead[0].at]
        yield from due
        told |= {_turn(mark) for mark in due}
        facts, _ = take(facts, tuple(due), due[0].at, policy)
        vacant = [mark for mark in due if not _answerable(mark, facts, loaded)]
        for mark in vacant:
            facts = skip(facts, mark, policy)
        ahead = ahead[len(due) :]
        if vacant:
            ahead = [mark for mark in _ahead(facts, policy, loaded) if _turn(mark) not in told]


def _ahead(facts: Facts, policy: Policy, loaded: Loaded) -> list[Mark]:
    return list(look_ahead(facts, policy, loaded.office.calendar, facts.assigned_at).marks)


def _turn(mark: Mark) -> str:
    """The mark's key; what comes every so often is listed once."""
    return mark.key.rpartition(".")[0] if mark.every else mark.key


def _answerable(mark: Mark, facts: Facts, loaded: Loaded) -> bool:
    """Whether one of the asked roles is held on that day, as the directory stands."""
    directory, day = loaded.office.directory, local_day(mark.at)
    return not mark.to or any(directory.seats(role, day, facts.officer_in(role)).seats for role in mark.to)


def _line(mark: Mark) -> Line:
    return Line(mark.at, mark.kind, mark.level, mark.offset, mark.to, mark.copy_to)


def folded(loaded: Loaded, at: datetime, *, full: bool) -> list[Folded]:
    """Each task with its lines; units that hear the same are one entry, unless all are wanted (`full`)."""
    plan = loaded.plan
    tasks = {task.code: task for task in plan.tasks}
    groups: dict[tuple[str, tuple[Line, ...]], list[str]] = {}
    for order in plan.orders(loaded.office.directory, OfficeClock()):
        unit = order.task.unit
        lines = tuple(_without(line, unit) for line in lines_of(order, loaded, at))
        key = (order.task.code if not full else f"{order.task.code}\0{unit}", lines)
        groups.setdefault(key, []).append(unit)
    return [
        Folded(tasks[code.partition("\0")[0]], tuple(units), lines) for (code, lines), units in groups.items()
    ]


def _without(line: Line, unit: str) -> Line:
    to, copy_to = (tuple(_star(role, unit) for role in roles) for roles in (line.to, line.copy_to))
    return line._replace(to=to, copy_to=copy_to)


def _star(role: str, unit: str) -> str:
    kind, of = parse_role(role)
    return f"{kind}:{UNIT}" if of == unit else role


def show(loaded: Loaded, at: datetime, *, full: bool) -> None:
    """Print the preview."""
    if screen.json_asked():
        screen.answer(_plain(loaded, at))
        return
    plan, directory = loaded.plan, loaded.office.directory
    head(plan, directory, at)
    for entry in folded(loaded, at, full=full):
        _show_task(entry, directory)


def head(plan: Plan, directory: Directory, at: datetime) -> None:
    """The letter, and how much it starts."""
    header = plan.directive
    screen.say(f"{header.number}, {words.day(header.issued)}: {header.subject}", "bold")
    screen.say(sums(plan, directory, at))


def sums(plan: Plan, directory: Directory, at: datetime) -> str:
    """How much the plan starts, when and by which policy."""
    count = sum(len(plan.units_of(task, directory)) for task in plan.tasks)
    units = {unit for task in plan.tasks for unit in plan.units_of(task, directory)}
    return text(
        f"{len(plan.tasks)} nhiệm vụ cho {len(units)} đơn vị: {count} đầu việc; giao lúc {words.moment(at)}; "
        f"chính sách «{plan.policy.name}».",
        f"{len(plan.tasks)} tasks for {len(units)} units: {count} in all; assigned at {words.moment(at)}; "
        f"policy «{plan.policy.name}».",
    )


def _show_task(entry: Folded, directory: Directory) -> None:
    names = _namer(directory, entry.units)
    task = entry.task
    screen.say()
    screen.say(f"{task.code}  {task.work}", "bold")
    worded = f" («{task.deadline}»)" if task.deadline else ""
    screen.say(f"  {text('đơn vị', 'units')}: {units_in_words(entry.units, task, directory)}")
    screen.say(f"  {text('thời hạn', 'deadline')}: {words.due(task.due)}{worded}")
    rows = [_cells(run, names, directory, entry.units) for run in _runs(entry.lines)]
    screen.table([text("Khi nào", "When"), text("Việc", "What"), text("Ai nhận", "Who")], rows)


def _runs(lines: tuple[Line, ...]) -> list[list[Line]]:
    """Lines that only repeat the one before them, together."""
    runs: list[list[Line]] = []
    for line in lines:
        if runs and line._replace(at=runs[-1][0].at) == runs[-1][0]:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _cells(run: list[Line], names: words.Names, directory: Directory, units: tuple[str, ...]) -> list[str]:
    line = run[0]
    who = words.roles(line.to, names)
    if line.copy_to:
        who += f" ({text('đồng gửi', 'copy')}: {words.roles(line.copy_to, names)})"
    vacant = list(_vacant(line, directory, units))
    if vacant:
        who += " ! " + "; ".join(vacant)
    when, what = words.moment(line.at), words.mark_name(line.kind, line.level, line.offset)
    if len(run) > 1:
        when += f"\n… {words.moment(run[-1].at)}"
        what += text(f" ({len(run)} lần)", f" ({len(run)} times)")
    return [when, what, who]


def _vacant(line: Line, directory: Directory, units: tuple[str, ...]) -> Iterator[str]:
    """The roles of a line that nobody could answer in, as the directory stands."""
    for role in line.to:
        kind, of = parse_role(role)
        for unit in units if of == UNIT else (of,):
            vacancy = directory.seats(f"{kind}:{unit}", local_day(line.at)).vacancy
            if vacancy:
                yield f"{unit}: {words.word(vacancy)}"


def _namer(directory: Directory, units: tuple[str, ...]) -> words.Names:
    known = namer(directory)
    star = known(units[0]) if len(units) == 1 else text("đơn vị", "the unit")
    return lambda code: star if code == UNIT else known(code)


def units_in_words(units: tuple[str, ...], task: PlannedTask, directory: Directory) -> str:
    """A few units by name, many as a number with their groups."""
    if len(units) <= 3:
        return ", ".join(directory.unit_by_code[unit].name for unit in units)
    named = [directory.group_by_code[code].name for code in task.lead if code in directory.group_by_code]
    return f"{len(units)} {text('đơn vị', 'units')}" + (f" ({', '.join(named)})" if named else "")


def _plain(loaded: Loaded, at: datetime) -> dict[str, object]:
    rows = [
        {
            "task": order.task.id,
            "at": line.at,
            "kind": line.kind,
            "level": line.level,
            "offset": line.offset,
            "to": line.to,
            "copy_to": line.copy_to,
        }
        for order in loaded.plan.orders(loaded.office.directory, OfficeClock())
        for line in lines_of(order, loaded, at)
    ]
    return {"directive": loaded.plan.directive.id, "digest": loaded.plan.digest, "as_of": at, "notices": rows}
