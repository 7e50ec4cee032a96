"""Random lives of a task: whatever people do and whatever the engine misses, no task falls silent.

A history is a list of steps. A step waits (for the next mark, or for hours in which nothing is taken), perhaps with
some roles vacant, or lets somebody act. After every step the same laws hold.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directive.due import Due, local_day
from directive.event import Event, EventKind
from directive.light import LightKind, Outcome, light, outcome
from directive.mark import Mark
from directive.marks import marks
from directive.message import Act, Door, Message
from directive.moves import move
from directive.outlook import Outlook, look_ahead
from directive.policy import Policy
from directive.question import Choice, QuestionKind, Stage
from directive.record import Transition, belongs, fold
from directive.refusal import Refused
from directive.stopped import effective_due, inside_span
from directive.taking import take
from directive.task import WORKING, Facts, Recurrence, State, assigned
from tests.directive.builders import (
    APPROVER,
    ASSIGNER,
    CALENDAR,
    HEAD,
    LEADERSHIP,
    MONITOR,
    OFFICER,
    WHO,
    due_on,
    local,
    make_order,
    policy_with,
    standard_policy,
)

ROLES = (OFFICER, HEAD, APPROVER, LEADERSHIP, ASSIGNER, MONITOR)
FACTS_LIMIT = 40_000
SETTLED_LIMIT = 80
UNTIL_WORKING = {
    EventKind.REMINDED,
    EventKind.ACKNOWLEDGEMENT_REMINDED,
    EventKind.ACKNOWLEDGEMENT_ESCALATED,
    EventKind.ESCALATED,
    EventKind.ESCALATED_AGAIN,
    EventKind.FINAL_NOTICE,
    EventKind.LISTED,
    EventKind.REVIEW_ASKED,
}
HASTY = policy_with(
    version="hasty@1",
    review_every=2,
    suspension_review=2,
    acknowledge=[{"after": 1, "ask": ["officer"]}, {"after": 2, "ask": ["head", "officer"]}],
)


SILENT_DECISIONS = {
    QuestionKind.APPROVAL: Choice.APPROVE,
    QuestionKind.EXTENSION: Choice.GRANT,
    QuestionKind.COUNTER: Choice.ACCEPT,
    QuestionKind.OBSTACLE: Choice.RESOLVE,
    QuestionKind.NOT_OURS: Choice.AGREE,
}
SILENT = policy_with(
    version="silent@1",
    questions={
        kind: {**rules.model_dump(), "decide": {"after": 6, "choice": SILENT_DECISIONS[kind]}}
        for kind, rules in standard_policy().questions.items()
    },
)


class Step(NamedTuple):
    """One step. `hours` pass first; `vacant` is a set of roles by bits; `act` and the rest say what is done."""

    kind: str
    hours: int = 1
    vacant: int = 0
    act: Act = Act.ACKNOWLEDGE
    role: str = OFFICER
    choice: Choice | None = None
    days: int | None = None
    person: int = 0


acting = st.builds(
    Step,
    kind=st.sampled_from(["act", "act", "race"]),
    hours=st.integers(0, 72),
    vacant=st.sampled_from([0, 0, 0, 1, 2, 32, 42, 63]),
    act=st.sampled_from(Act),
    role=st.sampled_from(ROLES),
    days=st.one_of(st.none(), st.integers(-1, 60)),
    person=st.integers(0, 2),
)
answering = st.builds(
    Step,
    kind=st.just("answer"),
    hours=st.integers(0, 72),
    act=st.just(Act.ANSWER),
    role=st.sampled_from(ROLES),
    choice=st.one_of(st.none(), st.sampled_from(Choice)),
    days=st.one_of(st.none(), st.integers(-1, 60)),
    person=st.integers(0, 4),
)
next_mark = st.builds(Step, kind=st.just("next"), vacant=st.sampled_from([0, 0, 0, 1, 2, 10, 32, 42, 63]))
outage = st.builds(
    Step, kind=st.just("outage"), hours=st.integers(1, 2000), vacant=st.sampled_from([0, 0, 2, 63])
)
lives = st.lists(st.one_of(next_mark, next_mark, acting, acting, answering, answering, outage), max_size=30)

MONTHLY = Recurrence(rrule="FREQ=MONTHLY;BYMONTHDAY=25", start=date(2026, 6, 1), until=date(2027, 1, 31))
KINDS: dict[str, tuple[Due | None, Recurrence | None, Policy, tuple[Stage, ...]]] = {
    "date": (due_on("2026-06-30"), None, standard_policy(), (Stage(asks=(APPROVER,)),)),
    "clock time": (due_on("2026-06-30", "16:30"), None, standard_policy(), (Stage(asks=(APPROVER,)),)),
    "two stages": (
        due_on("2026-06-12"),
        None,
        standard_policy(),
        (Stage(asks=(APPROVER, MONITOR), quorum=2), Stage(asks=(LEADERSHIP,))),
    ),
    "late": (due_on("2026-05-20"), None, standard_policy(), (Stage(asks=(APPROVER,)),)),
    "no deadline": (None, None, standard_policy(), (Stage(asks=(APPROVER,)),)),
    "recurring": (due_on("2026-06-25"), MONTHLY, standard_policy(), (Stage(asks=(APPROVER,)),)),
    "silence decides": (
        due_on("2026-06-25"),
        MONTHLY,
        SILENT,
        (
            Stage(asks=(APPROVER, MONITOR), quorum=2, weights={APPROVER: 2}, veto=(MONITOR,)),
            Stage(asks=(LEADERSHIP,)),
        ),
    ),
    "hasty policy": (None, None, HASTY, (Stage(asks=(APPROVER,)),)),
}


@dataclass
class Life:
    """A task, the engine that keeps it, and the laws."""

    facts: Facts
    policy: Policy
    now: datetime
    outlook: Outlook
    ids: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    recorded: list[Mark] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    acts: int = 0

    @classmethod
    def of(cls, kind: str) -> "Life":
        due, recurrence, policy, route = KINDS[kind]
        order = make_order(due, policy=policy, recurrence=recurrence, route=route)
        now = local("2026-05-29 09:00")
        facts = assigned(order, now)
        return cls(facts, policy, now, look_ahead(facts, policy, CALENDAR, now))

    @property
    def ahead(self) -> tuple[Mark, ...]:
        return self.outlook.marks

    def step(self, step: Step) -> None:
        match step.kind:
            case "next":
                if ahead := self.ahead:
                    self.now = max(self.now, ahead[0].at)
                    self.take_due(step.vacant)
            case "outage":
                self.now += timedelta(hours=step.hours)
                self.take_due(step.vacant)
            case "race":  # a message that was waiting comes before the marks that came due with it
                self.now += timedelta(hours=step.hours)
                self.act(step)
                self.take_due(step.vacant)
            case _:
                then = self.now + timedelta(hours=step.hours)
                for mark in self.instants_until(then):
                    self.now = max(self.now, mark)
                    self.take_due(0)
                self.now = then
                self.act(step)
                self.nothing_comes_late()

    def instants_until(self, then: datetime) -> Iterator[datetime]:
        for _ in range(400):
            ahead = self.ahead
            if not ahead or ahead[0].at > then:
                return
            yield ahead[0].at
        raise AssertionError("the marks never end")

    def take_due(self, vacant: int) -> None:
        """As the engine does: all that is due together, until nothing is due."""
        for _ in range(40):
            due = tuple(mark for mark in self.ahead if mark.at <= self.now)
            if not due:
                return
            for mark in due:
                self.may_fire(mark)
            self.facts, events = take(self.facts, due, self.now, self.policy)
            superseded = {event.id for event in events if event.kind is EventKind.SUPERSEDED}
            told = {event.id.removesuffix(".decided") for event in events}
            assert told == {mark.key for mark in due if not self.is_put_off(mark, due)}
            self.once(events)
            taken = tuple(mark for mark in due if mark.key in told - superseded)
            self.one_of_a_series(taken)
            self.record(events, taken, vacant)
        raise AssertionError(f"skipping never ends: {self.done}")

    def act(self, step: Step) -> None:
        self.acts += 1
        role, choice, question = step.role, step.choice, ""
        if step.kind == "answer" and self.facts.questions:
            open_question = self.facts.questions[step.person % len(self.facts.questions)]
            question = open_question.id
            if step.days is None or step.days % 3:
                role = open_question.asked[step.person % len(open_question.asked)]
            if choice is None or choice not in open_question.choices:
                choice = open_question.choices[(step.days or 0) % len(open_question.choices)]
        message = Message(
            id=f"m{self.acts}",
            act=step.act,
            actor=WHO[role] if step.person else "p-everybody",
            role=role,
            at=self.now,
            door=Door.API,
            reason="lý do",
            text="đã làm",
            question=question,
            choice=choice,
            day=None if step.days is None else local_day(self.now) + timedelta(days=step.days),
            person=f"p-{step.person}",
            calendar=f"other@{self.acts}",
            due=self.facts.due if step.act is Act.REPLAN and step.days is None else None,
        )
        before = self.facts.model_dump_json()
        facts = self.facts
        try:
            moved, event = move(facts, message, self.outlook, self.policy, self.now)
        except Refused:
            assert facts is self.facts
            assert facts.model_dump_json() == before
            return
        assert moved.revision == facts.revision + 1
        assert moved.last_at >= facts.last_at
        assert event.id == message.id
        self.decided_by_others(facts, message, event)
        self.facts = moved
        self.once((event,))
        self.record((event,), (), step.vacant)

    def record(self, events: tuple[Event, ...], taken: tuple[Mark, ...], vacant: int) -> None:
        empty = {role for bit, role in enumerate(ROLES) if vacant >> bit & 1}
        nobody = tuple(event.id for event in events if event.to and empty.issuperset(event.to))
        transition = Transition(facts=self.facts, events=events, taken=taken, at=self.now)
        self.facts = fold(self.facts, transition, nobody, (), self.policy)
        self.recorded.extend(taken)
        self.outlook = look_ahead(self.facts, self.policy, CALENDAR, self.now)
        self.done.extend(f"{event.at:%d/%m %H:%M} {event.kind} {event.id}" for event in events)
        self.laws()

    # --- the laws -------------------------------------------------------------------------------------------------

    def laws(self) -> None:
        facts = self.facts
        ahead = self.outlook.marks
        assert bool(ahead) is not facts.closed, f"silent: {self.done}"
        again = Facts.model_validate_json(facts.model_dump_json())
        assert again == facts
        assert marks(again, self.policy, CALENDAR) == ahead
        keys = [mark.key for mark in ahead]
        assert len(set(keys)) == len(keys)
        assert not set(keys) & set(facts.settled)
        assert [mark.at for mark in ahead] == sorted(mark.at for mark in ahead)
        assert all(mark.to for mark in ahead)
        assert len(facts.settled) <= SETTLED_LIMIT
        assert len(facts.model_dump_json()) <= FACTS_LIMIT
        assert not any(belongs(facts, mark) for mark in self.recorded[-60:]), (
            "a taken mark would be taken again"
        )
        self.legal(facts)
        self.readable(facts)

    def legal(self, facts: Facts) -> None:
        kinds = [question.kind for question in facts.questions]
        assert len(set(kinds)) == len(kinds)
        assert len({question.id for question in facts.questions}) == len(kinds)
        open_spans = [span for span in facts.spans if span.until is None]
        assert len(open_spans) == (facts.state is State.SUSPENDED)
        assert (facts.resumes_to is not None) == (facts.state is State.SUSPENDED)
        reported = State.REPORTED in (facts.state, facts.resumes_to)
        assert (QuestionKind.APPROVAL in kinds) == reported
        assert not reported or facts.report
        if facts.closed:
            assert not facts.questions
        if QuestionKind.SUSPENSION in kinds:
            assert facts.state is State.SUSPENDED
        if facts.due:
            assert facts.original_due

    def readable(self, facts: Facts) -> None:
        due = effective_due(facts, CALENDAR)
        shown = light(facts, self.policy, CALENDAR, self.now)
        official = outcome(facts, CALENDAR, self.now)
        assert (official is None) == (facts.state is State.WITHDRAWN)
        if shown.kind is LightKind.OVERDUE:
            assert official is Outcome.RUNNING_OVERDUE
            assert shown.days >= (0 if due and due.clock_time else 1)
        if shown.kind in (LightKind.IN_TIME, LightKind.DUE_SOON, LightKind.NO_DEADLINE):
            assert official is Outcome.RUNNING_IN_TIME
            assert shown.days >= 0
        assert (shown.kind is LightKind.DONE) == facts.closed

    def may_fire(self, mark: Mark) -> None:
        facts = self.facts
        assert not facts.closed
        if facts.state is State.SUSPENDED:
            assert mark.kind is EventKind.SUSPENSION_REVIEWED
        else:
            assert mark.kind is not EventKind.SUSPENSION_REVIEWED
            assert not inside_span(facts, mark.at), f"{mark.key} inside a suspension"
        if mark.kind in UNTIL_WORKING:
            assert facts.state in WORKING
        if mark.series == "deadline" and mark.kind is not EventKind.REMINDED:
            assert not facts.resting
            due = effective_due(facts, CALENDAR)
            assert due is not None
            assert mark.at > due.instant
        if mark.kind is EventKind.REMINDED:
            due = effective_due(facts, CALENDAR)
            assert due is not None
            assert mark.at < due.instant
        if mark.question:
            assert any(question.id == mark.question for question in facts.questions)

    def is_put_off(self, mark: Mark, due: tuple[Mark, ...]) -> bool:
        """Silence decides nothing in the moment in which those asked are first pressed."""
        lapses = mark.kind is EventKind.QUESTION_LAPSED
        return lapses and any(one.series == mark.series and one is not mark for one in due)

    def one_of_a_series(self, taken: tuple[Mark, ...]) -> None:
        series = [mark.series for mark in taken]
        assert len(set(series)) == len(series), "a burst"

    def once(self, events: tuple[Event, ...]) -> None:
        for event in events:
            assert event.id not in self.ids, f"{event.id} twice"
            self.ids.add(event.id)

    def nothing_comes_late(self) -> None:
        """An act calls for nothing that should have been done before it."""
        assert all(mark.at >= self.now for mark in self.ahead), f"{self.ahead[0]} after {self.done}"

    def decided_by_others(self, facts: Facts, message: Message, event: Event) -> None:
        decided = {
            EventKind.APPROVED,
            EventKind.RETURNED,
            EventKind.REPORT_REFUSED,
            EventKind.EXTENSION_REFUSED,
            EventKind.OBSTACLE_RESOLVED,
            EventKind.OBSTACLE_REFUSED,
            EventKind.NOT_OURS_AGREED,
            EventKind.NOT_OURS_REFUSED,
        }
        if event.kind in decided:
            question = next(one for one in facts.questions if one.id == event.question)
            assert message.actor != question.by


@pytest.mark.parametrize("kind", KINDS)
def test_no_history_of_a_task_breaks_a_law(kind: str, histories: int) -> None:
    @settings(max_examples=-(-histories // len(KINDS)))
    @given(steps=lives)
    def live(steps: list[Step]) -> None:
        life = Life.of(kind)
        life.laws()
        for step in steps:
            if life.facts.closed:
                break
            life.step(step)

    live()


@pytest.mark.parametrize("kind", KINDS)
def test_a_task_that_nobody_ever_answers_is_heard_of_for_years_and_stays_small(kind: str) -> None:
    life = Life.of(kind)
    heard = [life.now]
    while life.now < local("2029-12-31 00:00"):
        life.step(Step(kind="next"))
        heard.append(life.now)
    longest = max(after - before for before, after in pairwise(heard))
    assert longest < timedelta(days=45)
    assert len(life.facts.settled) < 30
    assert len(life.facts.model_dump_json()) < 5_000
