"""Random lives of an office's tasks over some weeks, with everything that happened kept beside the register."""

import copy
from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple

from directive.clock import OfficeClock
from directive.due import local_day
from directive.message import Act, Document, Grade
from directive.plan import Plan
from directive.question import Choice, QuestionKind
from directive.refusal import Refused
from directive.task import Facts, Order, Recurrence, State
from register.open import Register
from register.plans import orders_of, save_directory, save_plan
from tests.register.given import ASSIGNED, Running, directory, due, local, plan, planned

MIDNIGHTS = (local(1, 0, month=7), local(16, 0), local(8, 0))
"""Ends of periods that lives step on exactly, and just before."""
EDGES = [one + nudge for one in MIDNIGHTS for nudge in (-timedelta(seconds=1), timedelta(0))]
UNTIL = local(20, 0, month=7)


class Snapshot(NamedTuple):
    """A task's facts from an instant on."""

    at: datetime
    facts: Facts


class Life:
    """One task and all the facts it ever had."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.ever: list[Snapshot] = []

    def keep(self) -> None:
        """Note the facts as they are now."""
        self.ever.append(Snapshot(self.running.facts.last_at, self.running.facts))

    def on(self, register: Register) -> "Life":
        """The same life on a copy of its register."""
        twin = Life(copy.copy(self.running))
        twin.running.register, twin.ever = register, list(self.ever)
        return twin

    def at(self, moment: datetime) -> Facts | None:
        """The facts at an instant; None before the assignment."""
        held = [one.facts for one in self.ever if one.at <= moment]
        return held[-1] if held else None


def two_plans() -> tuple[Plan, Plan]:
    """Two directives: dates around the ends of the periods, none, a clock time and a monthly one."""
    monthly = Recurrence(rrule="FREQ=MONTHLY;BYMONTHDAY=25", start=date(2026, 5, 1))
    days = [date(2026, 6, 7), date(2026, 6, 15), date(2026, 6, 30), date(2026, 7, 1), date(2026, 9, 1)]
    first = [planned(str(place), ("cac-so",), due=due(day)) for place, day in enumerate(days, 1)]
    return (
        plan(*first, planned("6", due=None), planned("7", ("so-b",), recurrence=monthly)),
        plan(planned("1", ("cac-so",), due=due(date(2026, 6, 12))), number="99-CV/ĐU"),
    )


async def lives(register: Register, seed: int) -> list[Life]:
    """Tasks of two directives that people and time have dealt with until `UNTIL`."""
    chance = Random(seed)
    await save_directory(register, directory())
    made: list[Order] = []
    for one in two_plans():
        await save_plan(register, one, "d1")
        made += await orders_of(register, one.directive.id, OfficeClock())
    lived = []
    for order in made:
        late = chance.choice((timedelta(0), timedelta(days=8), MIDNIGHTS[1] - ASSIGNED))
        life = Life(Running(register, order, ASSIGNED + late))
        await life.running.start()
        life.keep()
        await _live(life, chance)
        lived.append(life)
    return lived


async def _live(life: Life, chance: Random) -> None:
    for at in _instants(life.running.facts.last_at, chance):
        if life.running.facts.closed:
            return
        coming = [mark for mark in life.running.marks if mark.at <= at]
        if coming:
            await life.running.settle(life.running.taking(at))
            life.keep()
        try:
            await _act(life.running, at, chance)
        except Refused:
            continue
        life.keep()


def _instants(start: datetime, chance: Random) -> list[datetime]:
    hours = sorted(chance.sample(range(1, 24 * 44), 14))
    found = [start + timedelta(hours=hour) for hour in hours]
    # Each once: a second act of the same kind in one minute would be a repeat of the first.
    return sorted({one for one in (*found, *chance.sample(EDGES, 3)) if start < one < UNTIL})


async def _act(task: Running, at: datetime, chance: Random) -> None:
    facts, unit = task.facts, task.facts.task.unit
    day = local_day(at) + timedelta(days=chance.randint(1, 12))
    by_office = {"actor": "assigner", "role": "assigner:du", "reason": "theo chỉ đạo"}
    if facts.state is State.SUSPENDED:
        await task.act(Act.RESUME, at, **by_office)
        return
    asked = facts.questions[0] if facts.questions else None
    if asked is not None and at not in EDGES and chance.random() < 0.7:
        await _answer(task, at, day, asked.kind, asked.asked[0], chance)
        return
    whatever = "report report nudge grave amend extend suspend withdraw wait".split()
    match "grave" if at in EDGES else chance.choice(whatever):  # a decision is never too soon
        case "report":
            await task.report(at)
        case "nudge":
            await task.act(Act.NUDGE, at, **by_office)
        case "grave":
            paper = Document(number="12-TB/ĐU", dated=date(2026, 6, 1))
            grade = chance.choice((Grade.CRITICISM, Grade.REVIEW))
            await task.act(Act.NUDGE, at, **by_office, document=paper, grade=grade)
        case "amend":
            await task.act(Act.AMEND_DEADLINE, at, **by_office, day=day)
        case "extend":
            officer = f"officer-{unit}"
            await task.act(Act.REQUEST_EXTENSION, at, officer, f"officer:{unit}", day=day, reason="cần thêm")
        case "suspend":
            await task.act(Act.SUSPEND, at, **by_office)
        case "withdraw":
            if chance.random() < 0.3:
                await task.act(Act.WITHDRAW, at, **by_office)


async def _answer(
    task: Running, at: datetime, day: date, kind: QuestionKind, role: str, chance: Random
) -> None:
    people = {"approver:du": "approver", "leadership:du": "leader", "assigner:du": "assigner"}
    part, _, unit = role.partition(":")
    actor = people.get(role, f"{part}-{unit}")
    said: dict[str, object] = {"choice": Choice.APPROVE}
    if kind is QuestionKind.APPROVAL and chance.random() < 0.3:
        said = {"choice": Choice.RETURN, "reason": "chưa đủ", "day": day}
    if kind is QuestionKind.EXTENSION:
        said = {"choice": chance.choice((Choice.GRANT, Choice.REFUSE)), "reason": "xét đề nghị"}
    if kind is QuestionKind.ESCALATION:
        said = {"choice": Choice.COMMIT, "day": local_day(at) + timedelta(days=1)}
    await task.act(Act.ANSWER, at, actor, role, **said)
