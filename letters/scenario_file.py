"""Scenario files: what people do in a rehearsal, and when. Pure data; `desk` interprets it.

An act is done by a person (`as: ubnd.cv`) or by whoever plays a part (`as: officer`), for one task and unit or for
several at once, at an instant (`at`) or so long after something happened to the same task (`after`, `plus`).
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from directive.calendar import WorkCalendar
from directive.directory import Directory
from directive.due import OFFICE_ZONE, local_day, utc
from directive.event import EventKind
from directive.message import Act, Document, Evidence
from directive.plan import Plan
from directive.question import Choice
from directive.regex import regex
from directive.roles import Part
from directive.value import Value
from letters.forms import Day, Text, Texts, fill, nearest, place, read_clock, read_day
from letters.problem import Problem, has_errors, in_order
from letters.scenario_needs import missing_fields
from letters.slips import slip
from letters.yaml_lines import Source, YamlRefused, parse

_DELAY = regex(
    r"(\d+)\s*(working days?|ngày làm việc|days?|ngày|hours?|giờ|h|minutes?|phút|m)(?:\s+(\d{1,2}(?::|h)\d{0,2}))?"
)
_MINUTES = {"h": 60, "g": 60, "m": 1, "p": 1}
PARTS = frozenset(part.value for part in Part) - {Part.ASKED.value}


class Delay(Value):
    """How long after an event: working days (or days), or minutes; `clock` is the local time on that day."""

    working_days: int = 0
    days: int = 0
    minutes: int = 0
    clock: time | None = None

    def after(self, instant: datetime, calendar: WorkCalendar) -> datetime:
        """The UTC instant so long after `instant`; never before it."""
        local = instant.astimezone(OFFICE_ZONE)
        day = calendar.add_working_days(local_day(instant), self.working_days) + timedelta(days=self.days)
        moved = datetime.combine(day, self.clock or local.timetz().replace(tzinfo=None), OFFICE_ZONE)
        return max(utc(moved) + timedelta(minutes=self.minutes), utc(instant))


def _read_delay(typed: object) -> object:
    if isinstance(typed, Delay) or typed is None:
        return typed or Delay()
    text = " ".join(str(typed).lower().split())
    found = _DELAY.fullmatch(text)
    clock = read_clock(found[3]) if found and found[3] else None
    if not found or (found[3] and clock is None) or len(found[1]) > 4:
        raise PydanticCustomError("not_a_delay", "not a delay", {"value": text})
    count, unit = int(found[1]), found[2]
    if unit.startswith(("working", "ngày làm")):
        return Delay(working_days=count, clock=clock)
    if unit.startswith(("day", "ngày")):
        return Delay(days=count, clock=clock)
    return Delay(minutes=count * _MINUTES[unit[0]])


def _read_instant(typed: object) -> object:
    if typed is None or isinstance(typed, datetime):
        return typed
    text = str(typed).replace("T", " ").split()
    clock = read_clock(text[1]) if len(text) == 2 else None
    if clock is None:
        raise PydanticCustomError("not_an_instant", "not an instant", {"value": " ".join(text)})
    return utc(datetime.combine(read_day(text[0]), clock, OFFICE_ZONE))


class After(Value):
    """Something that happened to a task; the task and unit of the act where none are named. `level` 0 is any."""

    event: EventKind
    task: Text = ""
    unit: Text = ""
    level: int = 0
    nth: int = Field(default=1, ge=1)


class When(Value):
    """When an act is done: at a UTC instant, or `plus` so long after an event."""

    at: Annotated[datetime | None, BeforeValidator(_read_instant)] = None
    after: After | None = None
    plus: Annotated[Delay, BeforeValidator(_read_delay)] = Delay()


class PlannedAct(Value):
    """One act. `actor` is a person's id or a part; `tasks` and `units` may be several, `units` groups; none is all."""

    line: int = 0
    when: When
    actor: Text = Field(alias="as")
    act: Act
    tasks: Texts = Field(alias="task")
    units: Texts = Field(default=(), alias="unit")
    choice: Choice | None = None
    day: Day | None = None
    text: Text = ""
    reason: Text = ""
    person: Text = ""
    question: Text = ""
    document: Document | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def part(self) -> Part | None:
        """The part that is to act, or None where a person is named."""
        return Part(self.actor) if self.actor in PARTS else None


class Scenario(Value):
    """What people do, in the order of the file. `start` is the day the rehearsal begins, if the file says so."""

    title: Text = ""
    start: Day | None = None
    acts: tuple[PlannedAct, ...] = ()


def single_acts(scenario: Scenario, plan: Plan, directory: Directory) -> Iterator[PlannedAct]:
    """Every act once for each task and lead unit that it is meant for, in the order of the file."""
    by_code = {task.code: task for task in plan.tasks}
    for act in scenario.acts:
        for code in act.tasks:
            leads = plan.units_of(by_code[code], directory)
            named = [unit for one in act.units for unit in directory.members(one)] or leads
            for unit in dict.fromkeys(unit for unit in named if unit in leads):
                yield act.model_copy(update={"tasks": (code,), "units": (unit,)})


def load_scenario(
    text: str, *, plan: Plan | None = None, directory: Directory | None = None
) -> tuple[Scenario | None, list[Problem]]:
    """The scenario of a file and what is wrong with it; None where there is an error.

    With a plan and a directory its tasks, units and people are looked up too. Never raises on any text.
    """
    try:
        source = parse(text)
    except YamlRefused as refused:
        return None, [refused.problem]
    if source.data is None:
        return None, [slip("file_empty", 1)]
    if not isinstance(source.data, dict):
        return None, [slip("not_a_map", 1)]
    data: dict[str, Any] = source.data
    problems = list(source.problems)
    frame, slips = fill(Scenario, {key: value for key, value in data.items() if key != "acts"}, source, ())
    problems += slips
    listed = data.get("acts")
    if listed is not None and not isinstance(listed, list):
        problems.append(
            slip("bad_value", source.line("acts"), "acts", value="", field="acts", why="not a list")
        )
        listed = None
    acts: list[PlannedAct] = []
    for at, row in enumerate(listed or []):
        held = {key: value for key, value in row.items() if key != "line"} if isinstance(row, dict) else row
        act, slips = fill(PlannedAct, held, source, ("acts", at))
        problems += slips
        if act is not None:
            act = act.model_copy(update={"line": source.line("acts", at)})
            acts.append(act)
            problems += _needs(act, ("acts", at), source)
            problems += _known(act, ("acts", at), source, plan, directory)
    problems = in_order(problems)
    scenario = (frame or Scenario()).model_copy(update={"acts": tuple(acts)})
    return (None if has_errors(problems) else scenario), problems


def _needs(act: PlannedAct, path: tuple[str | int, ...], source: Source) -> Iterator[Problem]:
    where = place(path)
    if (act.when.at is None) == (act.when.after is None):
        yield slip("when_unclear", source.line(*path, "when"), where)
    handed_in = bool(act.text or act.document or act.evidence)
    given = {
        "choice": act.choice is not None,
        "day": act.day is not None,
        "reason": bool(act.reason),
        "person": bool(act.person),
        "text": handed_in,
    }
    for field in missing_fields(act.act, act.choice):
        if not given[field]:
            yield slip("act_needs", source.line(*path), where, act=act.choice or act.act, field=field)


def _known(
    act: PlannedAct,
    path: tuple[str | int, ...],
    source: Source,
    plan: Plan | None,
    directory: Directory | None,
) -> Iterator[Problem]:
    if directory is None:
        return
    where = place(path)
    for field, one in (("as", "" if act.part else act.actor), ("person", act.person)):
        if one and one not in directory.person_by_id:
            guess = nearest(one, [*directory.person_by_id, *PARTS])
            yield slip("unknown_person", source.line(*path, field), where, guess=guess, person=one)
    if plan is None:
        return
    by_code = {task.code: task for task in plan.tasks}
    pairs = [(code, "task") for code in act.tasks]
    pairs += [(act.when.after.task, "when")] if act.when.after and act.when.after.task else []
    for code, field in pairs:
        if code not in by_code:
            guess = nearest(code, by_code, 50)
            yield slip("unknown_task", source.line(*path, field), where, guess=guess, task=code)
    for code in act.tasks:
        leads = plan.units_of(by_code[code], directory) if code in by_code else ()
        for one in act.units if code in by_code else ():
            if not set(directory.members(one)) & set(leads):
                line = source.line(*path, "unit")
                yield slip("unit_not_lead", line, where, guess=nearest(one, leads), unit=one, task=code)


def first_day(scenario: Scenario) -> date | None:
    """The day the file begins with: its own `start`, or the first act with an instant."""
    days = [local_day(act.when.at) for act in scenario.acts if act.when.at]
    return scenario.start or min(days, default=None)
