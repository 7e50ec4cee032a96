"""A scenario played on the pure core alone: marks and acts in the order of their instants, no engine.

The rehearsal does the same through the real workflows; this shows what a file says and that everything closes.
"""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from directive.calendar import WorkCalendar
from directive.clock import OfficeClock
from directive.directory import Directory
from directive.due import local_day
from directive.event import Event
from directive.message import Act, Door, Message
from directive.moves import MOVES, move
from directive.outlook import look_ahead
from directive.plan import Plan
from directive.refusal import Refused
from directive.taking import take
from directive.task import Facts, assigned
from letters.scenario_file import PlannedAct, Scenario, single_acts


@dataclass
class Walk:
    """Where everything stands: the facts of each task, what happened, and the acts that were refused."""

    plan: Plan
    directory: Directory
    calendar: WorkCalendar
    facts: dict[tuple[str, str], Facts] = field(default_factory=dict)
    events: dict[tuple[str, str], list[Event]] = field(default_factory=dict)
    refused: list[tuple[PlannedAct, str]] = field(default_factory=list)

    def run(self, scenario: Scenario, start: datetime) -> list[PlannedAct]:
        """Play it to the end; the acts that never came are returned."""
        for order in self.plan.orders(self.directory, OfficeClock()):
            key = (order.task.code, order.task.unit)
            self.facts[key] = assigned(order, start)
            self.events[key] = []
        waiting = list(single_acts(scenario, self.plan, self.directory))
        numbers = count(1)
        while True:
            acts = [(at, act) for act in waiting if (at := self.instant(act)) is not None]
            marks = [(at, key) for key in self.facts if (at := self.next_mark(key)) is not None]
            next_act = min(acts, key=lambda one: one[0], default=None)
            next_mark = min(marks, key=lambda one: one[0], default=None)
            if next_mark and (next_act is None or next_mark[0] <= next_act[0]):
                if next_act is None and len(self.events[next_mark[1]]) > 200:
                    return waiting
                self.take(next_mark[1], next_mark[0])
            elif next_act:
                waiting.remove(next_act[1])
                self.do(next_act[1], next_act[0], f"m{next(numbers)}")
            else:
                return waiting

    def instant(self, act: PlannedAct) -> datetime | None:
        after = act.when.after
        if after is None:
            return act.when.at
        key = (after.task or act.tasks[0], after.unit or act.units[0])
        found = [
            one
            for one in self.events[key]
            if one.kind is after.event and (not after.level or one.level == after.level)
        ]
        return (
            act.when.plus.after(found[after.nth - 1].at, self.calendar) if len(found) >= after.nth else None
        )

    def next_mark(self, key: tuple[str, str]) -> datetime | None:
        facts = self.facts[key]
        ahead = look_ahead(facts, self.plan.policy, self.calendar, facts.last_at)
        return ahead.marks[0].at if ahead.marks else None

    def take(self, key: tuple[str, str], at: datetime) -> None:
        facts = self.facts[key]
        ahead = look_ahead(facts, self.plan.policy, self.calendar, at)
        due = tuple(mark for mark in ahead.marks if mark.at <= at)
        self.facts[key], events = take(facts, due, at, self.plan.policy)
        self.events[key] += events

    def do(self, act: PlannedAct, at: datetime, name: str) -> None:
        key = (act.tasks[0], act.units[0])
        facts, on = self.facts[key], local_day(at)
        asked = [role for one in facts.questions for role in one.asked]
        roles = asked if act.act is Act.ANSWER else list(facts.task.roles(MOVES[act.act].parts))
        if act.part:
            role = facts.task.role(act.part)
            seat = self.directory.seats(role, on, facts.officer).seats[0]
        else:
            found = [(role, one) for role in roles if (one := self.directory.seat_of(act.actor, role, on))]
            if not found:
                self.refused.append((act, "no role"))
                return
            role, seat = found[0]
        said = Message(
            id=name,
            act=act.act,
            actor=seat.person,
            role=role,
            at=at,
            door=Door.CLI,
            on_behalf_of=seat.on_behalf_of,
            reason=act.reason,
            text=act.text,
            choice=act.choice,
            day=act.day,
            person=act.person,
            document=act.document,
            evidence=act.evidence,
        )
        ahead = look_ahead(facts, self.plan.policy, self.calendar, at)
        try:
            self.facts[key], event = move(facts, said, ahead, self.plan.policy, at)
        except Refused as refused:
            self.refused.append((act, f"{refused.reason} {refused.detail}"))
            return
        self.events[key].append(event)
