"""A register in memory with the contract of the real one, and switches for what can go wrong with it."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from time import sleep

from temporalio import activity

from directive.calendar import WorkCalendar
from directive.clock import OfficeClock
from directive.due import Due
from directive.event import Event
from directive.hook import Ping, Pinged
from directive.mark import Mark
from directive.marks import marks
from directive.outlook import look_ahead
from directive.policy import Policy
from directive.record import (
    Admission,
    Admitted,
    Batch,
    Delivered,
    Glance,
    Recorded,
    Round,
    Standing,
    Started,
    Transition,
    answer_to,
    belongs,
    fold,
)
from directive.taking import take
from directive.task import Facts

BUSY_SECONDS = 0.3
DIRECTIVE_CLOSES = datetime(2026, 6, 1, 12, tzinfo=UTC)


class RegisterIsDown(Exception):
    """What a register that cannot be reached raises."""


@dataclass
class Ledger:
    """Records transitions as `register.record` does, without SQL. `vacant` holds roles that nobody fills.

    `parent_due` bounds the deadlines of all tasks.
    """

    policy: Policy
    calendar: WorkCalendar
    events: dict[tuple[str, str], Event] = field(default_factory=dict)
    taken: dict[tuple[str, str], Mark] = field(default_factory=dict)
    facts: dict[str, Facts] = field(default_factory=dict)
    vacant: set[str] = field(default_factory=set)
    strangers: set[str] = field(default_factory=set)
    parent_due: Due | None = None
    down: bool = False
    hanging: bool = False
    forgets_once: set[str] = field(default_factory=set)
    next_mark_in: timedelta | None = None
    clock: OfficeClock = field(default_factory=OfficeClock)
    attempts: int = 0
    remote: int = 0
    as_expected: int = 0

    @activity.defn
    async def record(self, transition: Transition) -> Recorded:
        """One transition; idempotent by the ids of its events."""
        self.attempts += 1
        self.remote += not activity.info().is_local
        if self.hanging and activity.info().is_local:
            await asyncio.Event().wait()
        if self.down:
            raise RegisterIsDown
        recorded = self._write(transition)
        if self.next_mark_in is not None:
            recorded = self._with_a_mark_soon(recorded, self.next_mark_in)
        if forgotten := self.forgets_once & {event.id for event in transition.events}:
            self.forgets_once -= forgotten
            raise RegisterIsDown
        return recorded

    @activity.defn
    async def admit(self, admission: Admission) -> Admitted:
        """Everybody is who they say, but the strangers."""
        return Admitted(welcome=admission.actor not in self.strangers)

    @activity.defn
    async def start_tasks(self, batch: Batch) -> Started:
        """Two batches of a directive without tasks."""
        return Started(cursor=batch.cursor + batch.size, total=2 * batch.size)

    @activity.defn
    async def look_at_directive(self, glance: Glance) -> Standing:
        """Open until the second day."""
        opened = glance.at < DIRECTIVE_CLOSES
        return Standing(open=int(opened), total=1, again=glance.at + timedelta(days=1))

    @activity.defn
    async def deliver(self, due: Round) -> Delivered:
        """Nothing to send; look again tomorrow."""
        return Delivered(next_at=due.at + timedelta(days=1))

    @activity.defn
    async def post_events(self, due: Round) -> Delivered:
        """Nothing to post; look again tomorrow."""
        return Delivered(next_at=due.at + timedelta(days=1))

    @activity.defn
    async def ping(self, asked: Ping) -> Pinged:
        """Everybody answers."""
        return Pinged(taken=True, said="http_204")

    def owes(self, now: datetime) -> bool:
        """Whether a mark that has come due is not recorded yet, with the register up."""
        if self.down or self.hanging:
            return False
        ahead = (marks(facts, self.policy, self.calendar) for facts in self.facts.values())
        return any(mark.at <= now for task in ahead for mark in task)

    def commit_behind_the_engine(self, task: str, mark: Mark) -> None:
        """Write a mark as a local activity does whose worker is killed before the engine hears of it."""
        facts, events = take(self.facts[task], (mark,), mark.at, self.policy)
        self._write(Transition(facts=facts, events=events, taken=(mark,), at=mark.at))

    def kinds(self, task: str) -> list[str]:
        """What happened to a task, in order."""
        return [event.kind for (owner, _), event in self.events.items() if owner == task]

    def of(self, task: str) -> list[Event]:
        """The events of a task, in order."""
        return [event for (owner, _), event in self.events.items() if owner == task]

    def _with_a_mark_soon(self, recorded: Recorded, engine_time: timedelta) -> Recorded:
        """The answer of a worker that is busy, with the first mark due a moment of the engine's time after it."""
        self.next_mark_in = None
        sleep(BUSY_SECONDS)  # the whole worker stands, as one does that loads a module
        at = self.clock.office(datetime.now(UTC) + engine_time)
        first, *rest = recorded.outlook.marks
        soon = (replace(first, at=at), *rest)
        return recorded.model_copy(update={"outlook": recorded.outlook.model_copy(update={"marks": soon})})

    def _write(self, transition: Transition) -> Recorded:
        task = transition.facts.task.id
        known = tuple(
            mark
            for (owner, _), mark in self.taken.items()
            if owner == task and belongs(transition.facts, mark)
        )
        for event in transition.events:
            self.events.setdefault((task, event.id), event)
        for mark in transition.taken:
            self.taken.setdefault((task, mark.key), mark)
        vacant = tuple(
            event.id
            for event in transition.events
            if event.to and all(role in self.vacant for role in event.to)
        )
        facts = fold(transition.facts, transition, vacant, known, self.policy)
        self.facts[task] = facts
        outlook = look_ahead(facts, self.policy, self.calendar, transition.at, self.parent_due)
        answer = answer_to(transition, outlook, vacant, known)
        self.as_expected += answer.as_expected
        return answer
