"""A deadline that has moved: every mark, light and register row moves with it, whatever moved it and how often.

After N random changes the marks equal those of a task made fresh with that deadline; what a change begins anew
(reminders, ladder, review) begins at the instant of the change, so the fresh task is assigned then.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from hypothesis import example, given, settings
from hypothesis import strategies as st

from directive.due import Due, end_of_day, local_day
from directive.light import light
from directive.mark import Mark
from directive.marks import marks
from directive.message import Act
from directive.question import Choice, QuestionKind
from directive.refusal import Refused
from directive.stopped import effective_due
from directive.task import Facts, State, assigned
from register.boards import Board
from register.rows import mark_rows, task_row
from tests.directive.builders import (
    APPROVER,
    ASSIGNER,
    CALENDAR,
    HEAD,
    LEADERSHIP,
    OFFICER,
    Paper,
    due_on,
    local,
    make_order,
)


class Change(NamedTuple):
    """One change: so many hours later, by so many days."""

    kind: str
    hours: int
    days: int


KINDS = (
    "amend",
    "amend clock",
    "extend",
    "counter",
    "suspend",
    "suspend to a day",
    "replan",
    "return",
    "silence",
)
CHANGES = st.lists(
    st.builds(Change, st.sampled_from(KINDS), st.integers(1, 24 * 12), st.integers(-5, 40)),
    min_size=1,
    max_size=6,
)
CLOCKS = st.sampled_from(["", "16:30", "09:00"])


def apply(paper: Paper, change: Change) -> None:
    """Do the change; what a rule refuses has changed nothing."""
    at = paper.now + timedelta(hours=change.hours)
    paper.until(at)
    day = local_day(at) + timedelta(days=change.days)
    try:
        _act(paper, change.kind, day, at)
    except Refused:
        put_back(paper)


def put_back(paper: Paper) -> None:
    """End what a refused change has left half-way: a suspension, an open request."""
    if paper.facts.state is State.SUSPENDED:
        paper.act(Act.RESUME, ASSIGNER)
    for kind, choice, role in (
        (QuestionKind.EXTENSION, Choice.REFUSE, APPROVER),
        (QuestionKind.COUNTER, Choice.DECLINE, HEAD),
    ):
        if paper.facts.open_question(kind):
            paper.answer(choice, role)


def _act(paper: Paper, kind: str, day: date, at: datetime) -> None:
    match kind:
        case "amend":
            paper.act(Act.AMEND_DEADLINE, LEADERSHIP, day=day)
        case "amend clock":
            paper.act(Act.AMEND_DEADLINE, ASSIGNER, due=due_on(str(day), "15:00"))
        case "extend":
            paper.act(Act.REQUEST_EXTENSION, HEAD, day=day)
            paper.answer(Choice.GRANT, APPROVER)
        case "counter":
            paper.act(Act.REQUEST_EXTENSION, OFFICER, day=day + timedelta(days=3))
            paper.answer(Choice.COUNTER, APPROVER, day=day)
            paper.answer(Choice.ACCEPT, HEAD)
        case "suspend":
            paper.act(Act.SUSPEND, ASSIGNER)
            paper.act(Act.RESUME, ASSIGNER, at + timedelta(days=abs((day - local_day(at)).days)))
        case "suspend to a day":
            paper.act(Act.SUSPEND, ASSIGNER)
            paper.act(Act.RESUME, ASSIGNER, at + timedelta(days=3), day=day)
        case "replan":
            due = paper.facts.due
            if due is not None and not due.clock_time:
                moved = Due(day=day, instant=end_of_day(day), worded=due.worded)
                paper.act(Act.REPLAN, ASSIGNER, calendar=CALENDAR.version, due=moved)
        case "return":
            paper.report()
            paper.answer(Choice.RETURN, APPROVER)
        case _:
            pass  # only time passes: the ladder climbs


def made_fresh(facts: Facts, now: datetime) -> Facts:
    """A task just made with the deadline in force, in the state of this one."""
    fresh = assigned(make_order(effective_due(facts, CALENDAR)), now)
    return fresh.having(state=facts.state, acknowledged_at=facts.acknowledged_at)


def said(mark: Mark) -> tuple[object, ...]:
    """All of a mark but its key."""
    return mark.kind, mark.at, mark.to, mark.copy_to, mark.number, mark.level, mark.offset, mark.every


def dated(facts: Facts) -> list[tuple[object, ...]]:
    return [said(one) for one in marks(facts, POLICY, CALENDAR) if one.series == "deadline"]


POLICY = make_order().policy
ROOM = Board(calendars={CALENDAR.version: CALENDAR}, policies={"d": POLICY})


def check_rows(paper: Paper) -> None:
    """The register's row, and the light that boards compute from it, say what the facts say."""
    facts, due = paper.facts, effective_due(paper.facts, CALENDAR)
    row = task_row(facts, paper.outlook, "việc", CALENDAR, 3)
    assert (row["due_at"], row["due_day"]) == (due and due.instant, due and due.day)
    assert row["due_clock"] == bool(due and due.clock_time)
    assert facts.original_due
    assert row["original_due_day"] == facts.original_due.day
    assert row["extensions"] == facts.extensions
    ahead = marks(facts, POLICY, CALENDAR)
    assert (row["next_at"], row["next_kind"]) == (ahead[0].at, ahead[0].kind.value)
    assert [(one["key"], one["at"]) for one in mark_rows(facts, paper.outlook)] == [
        (one.key, one.at) for one in ahead
    ]

    class Found:
        directive = "d"

    found = Found()
    for name, value in row.items():
        if name != "directive":
            setattr(found, name, value)
    for later in (timedelta(), timedelta(days=3), timedelta(days=40)):
        now = paper.now + later
        assert ROOM.light(found, now) == light(facts, POLICY, CALENDAR, now)


SUSPENDED_UNTIL_NOON = [Change("amend", 1, 0), Change("suspend", 1, 17), Change("return", 1, 0)]
OVER_AFTER_A_STOP = [
    Change("amend", 1, 0),
    Change("suspend", 70, 1),
    Change("amend", 1, 0),
    Change("replan", 1, -1),
]


@settings(max_examples=150)
@example(
    SUSPENDED_UNTIL_NOON, ""
)  # the morning of that day is no reminder of the deadline set at one o'clock
@example(
    OVER_AFTER_A_STOP, ""
)  # level 1 falls on a morning that was stopped: level 2 counts from the day it is asked
@given(CHANGES, CLOCKS)
def test_marks_after_random_changes_equal_marks_made_fresh(changes: list[Change], clock: str) -> None:
    paper = Paper(due_on("2026-06-30", clock), at="2026-05-29 09:00")
    paper.act(Act.ACKNOWLEDGE, OFFICER, "2026-05-29 10:00")
    for change in changes:
        cycle, spans = paper.facts.cycle, len(paper.facts.spans)
        apply(paper, change)
        assert paper.facts.state is State.IN_PROGRESS
        check_rows(paper)
        begun_anew = paper.facts.cycle > cycle
        if begun_anew and len(paper.facts.spans) == spans:
            assert dated(paper.facts) == dated(made_fresh(paper.facts, paper.now))


@settings(max_examples=100)
@given(CHANGES)
def test_whatever_has_moved_a_deadline_one_last_decision_makes_all_marks_new(changes: list[Change]) -> None:
    paper = Paper(due_on("2026-06-30"), at="2026-05-29 09:00")
    paper.act(Act.ACKNOWLEDGE, OFFICER, "2026-05-29 10:00")
    for change in changes:
        apply(paper, change)
    day = local_day(paper.now) + timedelta(days=45)
    if (due := effective_due(paper.facts, CALENDAR)) and due.day == day:
        day += timedelta(days=1)  # else nothing changes
    paper.act(Act.AMEND_DEADLINE, LEADERSHIP, day=day)
    fresh = made_fresh(paper.facts, paper.now)
    assert fresh.due
    assert fresh.due.day == day
    assert dated(paper.facts) == dated(fresh)
    assert not [one for one in paper.facts.settled if one.startswith(f"c{paper.facts.cycle}.")]
    check_rows(paper)


def test_the_original_deadline_stays_however_often_it_moves() -> None:
    paper = Paper(due_on("2026-06-30"), at="2026-05-29 09:00")
    for number in range(1, 4):
        paper.act(
            Act.AMEND_DEADLINE, LEADERSHIP, local(f"2026-06-0{number} 09:00"), day=date(2026, 7, number)
        )
    assert paper.facts.original_due
    assert str(paper.facts.original_due.day) == "2026-06-30"
    assert paper.facts.cycle == 4
