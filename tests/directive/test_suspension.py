"""Suspensions: what they move, checked against a slow independent count, and what may happen inside one."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directive.due import OFFICE_ZONE, Due, end_of_day
from directive.event import EventKind
from directive.light import Outcome, outcome
from directive.message import Act
from directive.question import Choice, QuestionKind
from directive.refusal import Reason, Refused
from directive.span import Span
from directive.stopped import effective_due
from directive.task import Facts, State, assigned
from tests.directive.builders import (
    APPROVER,
    ASSIGNER,
    CALENDAR,
    HEAD,
    OFFICER,
    Paper,
    due_on,
    local,
    make_order,
    overdue,
    said,
)

START = local("2026-05-29 09:00")
MINUTES = st.integers(0, 60 * 24 * 12)


def with_spans(due: Due, gaps: list[tuple[int, int]]) -> Facts:
    """A task suspended again and again: each pair says how long after the last one, and how long."""
    spans, now = [], START
    for after, long in gaps:
        since = now + timedelta(minutes=after)
        now = since + timedelta(minutes=long)
        spans.append(Span(since=since, until=now, reason="x"))
    return assigned(make_order(due), START).having(spans=tuple(spans), state=State.IN_PROGRESS)


def slow_day(day: date, spans: tuple[Span, ...]) -> date:
    """Walk day by day: the deadline's day moves on by one worked day for each worked day that was suspended."""
    for span in spans:
        assert span.until is not None
        if span.since >= end_of_day(day):
            continue
        stopped, walk = 0, span.since.astimezone(OFFICE_ZONE).date()
        while walk <= span.until.astimezone(OFFICE_ZONE).date():
            closing = datetime.combine(walk, datetime.min.time(), OFFICE_ZONE) + timedelta(hours=17)
            stopped += CALENDAR.is_working_day(walk) and span.since <= closing < span.until
            walk += timedelta(days=1)
        while stopped:
            day += timedelta(days=1)
            stopped -= CALENDAR.is_working_day(day)
    return day


def at_work(minute: datetime) -> bool:
    here = minute.astimezone(OFFICE_ZONE)
    clock = here.hour * 60 + here.minute
    return CALENDAR.is_working_day(here.date()) and (450 <= clock < 690 or 810 <= clock < 1020)


def slow_instant(instant: datetime, spans: tuple[Span, ...]) -> datetime:
    """Walk minute by minute over working time."""
    for span in spans:
        assert span.until is not None
        if span.since >= instant:
            continue
        lost = sum(
            at_work(span.since + timedelta(minutes=one))
            for one in range(int((span.until - span.since) / timedelta(minutes=1)))
        )
        while lost:
            lost -= at_work(instant)
            instant += timedelta(minutes=1)
    return instant


@settings(max_examples=300)
@given(st.lists(st.tuples(MINUTES, MINUTES), min_size=1, max_size=4), st.integers(0, 60))
def test_a_deadline_moves_by_the_whole_working_days_suspended(
    gaps: list[tuple[int, int]], ahead: int
) -> None:
    day = date(2026, 5, 30) + timedelta(days=ahead)
    facts = with_spans(Due(day=day, instant=end_of_day(day)), gaps)
    moved = effective_due(facts, CALENDAR)
    assert moved is not None
    assert moved.day == slow_day(day, facts.spans)
    assert moved.instant == end_of_day(moved.day)


@settings(max_examples=150)
@given(
    st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 6000)), min_size=1, max_size=2),
    st.integers(0, 12),
    st.sampled_from(["07:00", "09:15", "12:00", "16:30", "17:00", "22:00"]),
)
def test_a_clock_time_moves_by_the_working_minutes_suspended(
    gaps: list[tuple[int, int]], ahead: int, clock: str
) -> None:
    due = due_on(str(date(2026, 6, 1) + timedelta(days=ahead)), clock)
    facts = with_spans(due, gaps)
    moved = effective_due(facts, CALENDAR)
    assert moved is not None
    assert moved.instant == slow_instant(due.instant, facts.spans)


def test_a_day_counts_when_the_clock_stood_at_its_end_of_work() -> None:
    for since, until, day in [
        ("2026-06-02 16:59", "2026-06-03 16:59", "2026-07-01"),
        ("2026-06-02 17:01", "2026-06-03 17:00", "2026-06-30"),
        ("2026-06-02 08:00", "2026-06-02 16:00", "2026-06-30"),
        ("2026-06-05 08:00", "2026-06-08 07:00", "2026-07-01"),
    ]:
        paper = Paper(due_on("2026-06-30"), at="2026-06-01 09:00")
        paper.act(Act.SUSPEND, ASSIGNER, since)
        paper.act(Act.RESUME, ASSIGNER, until)
        assert paper.outlook.due is not None
        assert str(paper.outlook.due.day) == day, since


def test_nothing_comes_inside_a_suspension_but_its_review_until_somebody_decides() -> None:
    paper = overdue()
    paper.act(Act.SUSPEND, ASSIGNER, "2026-07-01 09:00")
    events = paper.until("2026-09-15 00:00")
    assert {event.kind for event in events} == {EventKind.SUSPENSION_REVIEWED}
    assert [said(event.at) for event in events][:3] == [
        "2026-07-29 08:00",
        "2026-08-05 08:00",
        "2026-08-12 08:00",
    ]
    assert paper.question(QuestionKind.SUSPENSION).asked == (ASSIGNER,)


def test_a_suspension_until_a_day_is_reviewed_on_it_or_the_next_working_day() -> None:
    for day, review in [
        ((2026, 7, 10), "2026-07-10"),
        ((2026, 7, 11), "2026-07-13"),
        ((2026, 7, 1), "2026-07-02"),
    ]:
        paper = overdue()
        paper.act(Act.SUSPEND, ASSIGNER, "2026-07-01 09:00", day=date(*day))
        assert said(paper.marks[0].at) == f"{review} 08:00"


def test_a_suspension_is_renewed_or_resumed_by_its_decider() -> None:
    paper = overdue()
    paper.act(Act.SUSPEND, ASSIGNER, day=date(2026, 7, 10))
    paper.answer(Choice.RENEW, ASSIGNER, "2026-07-10 09:00", day=date(2026, 7, 20))
    assert [said(mark.at) for mark in paper.marks] == ["2026-07-20 08:00"]
    paper.answer(Choice.RESUME, ASSIGNER, "2026-07-20 09:00")
    assert paper.facts.state is State.IN_PROGRESS
    assert (
        said(paper.marks[0].at) == "2026-07-21 08:00"
    )  # level 2: one working day had passed, 20/7 is the second


def test_questions_wait_while_the_clock_stands_and_go_on_where_they_were() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.report("2026-06-01 09:00")
    paper.act(Act.SUSPEND, ASSIGNER, "2026-06-02 09:00")
    with pytest.raises(Refused) as caught:
        paper.answer(Choice.APPROVE, APPROVER)
    assert caught.value.reason is Reason.WRONG_STATE
    paper.act(Act.RESUME, ASSIGNER, "2026-06-16 09:00")
    assert said(paper.marks[0].at) == "2026-06-18 08:00"  # 2/6–15/6 do not count


def test_a_new_deadline_after_a_suspension_does_not_press_waiting_questions_at_once() -> None:
    for during in (False, True):
        paper = Paper(due_on("2026-06-30"))
        paper.report("2026-06-01 09:00")
        paper.act(Act.SUSPEND, ASSIGNER, "2026-06-02 09:00")
        if during:
            paper.act(Act.AMEND_DEADLINE, ASSIGNER, "2026-06-15 09:00", day=date(2026, 7, 20))
            paper.act(Act.RESUME, ASSIGNER, "2026-06-16 09:00")
        else:
            paper.act(Act.RESUME, ASSIGNER, "2026-06-16 09:00", day=date(2026, 7, 20))
        assert said(paper.marks[0].at) == "2026-06-18 08:00"
        assert paper.outlook.due is not None
        assert str(paper.outlook.due.day) == ("2026-07-21" if during else "2026-07-20")


def test_a_replanned_deadline_is_still_moved_by_earlier_suspensions() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.act(Act.SUSPEND, ASSIGNER, "2026-06-01 09:00")
    paper.act(Act.RESUME, ASSIGNER, "2026-06-08 09:00")
    counted = due_on("2026-07-01").model_copy(update={"worded": "2026-06-30"})
    paper.act(Act.REPLAN, ASSIGNER, calendar="vn-other", due=counted)
    assert paper.outlook.due is not None
    assert str(paper.outlook.due.day) == "2026-07-08"


def test_a_commitment_moves_with_the_suspension_it_lies_in() -> None:
    paper = overdue()
    paper.answer(Choice.COMMIT, HEAD, day=date(2026, 7, 8))
    paper.act(Act.SUSPEND, ASSIGNER, "2026-07-02 09:00")
    paper.act(Act.RESUME, ASSIGNER, "2026-07-16 09:00")  # ten working days
    assert said(paper.marks[0].at) == "2026-07-23 08:00"


def test_a_suspended_report_keeps_its_unit_in_time() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.report("2026-06-30 10:00")
    paper.act(Act.SUSPEND, ASSIGNER, "2026-07-06 10:00")
    assert outcome(paper.facts, CALENDAR, paper.now) is Outcome.RUNNING_IN_TIME


def test_an_extension_overtaken_by_a_suspension_cannot_bring_the_deadline_forward() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.act(Act.REQUEST_EXTENSION, OFFICER, "2026-06-01 09:00", day=date(2026, 7, 2))
    paper.act(Act.SUSPEND, ASSIGNER, "2026-06-01 10:00")
    paper.act(Act.RESUME, ASSIGNER, "2026-06-16 09:00")
    with pytest.raises(Refused) as caught:
        paper.answer(Choice.GRANT, APPROVER)
    assert caught.value.reason is Reason.DATE_NOT_LATER


def test_a_withdrawal_ends_the_suspension_too() -> None:
    paper = overdue()
    paper.act(Act.SUSPEND, ASSIGNER)
    paper.act(Act.WITHDRAW, ASSIGNER)
    assert paper.facts.spans[-1].until == paper.now
