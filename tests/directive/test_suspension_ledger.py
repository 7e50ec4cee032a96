"""The ledger of suspensions against a slow count that knows nothing of our calendar: day by day, minute by minute."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from directive.details import details
from directive.due import OFFICE_ZONE, Due, end_of_day
from directive.message import Act
from directive.question import Choice
from directive.remaining import remaining
from directive.span import Span
from directive.stopped import effective_due
from directive.task import Facts, State, assigned
from tests.directive.builders import (
    ASSIGNER,
    CALENDAR,
    LEADERSHIP,
    OFFICER,
    Paper,
    due_on,
    local,
    make_order,
)

# `domain.md` §3, 2026: copied by hand, so that the count is nobody's code.
OFF = {(1, 1), (1, 2), (2, 16), (2, 17), (2, 18), (2, 19), (2, 20), (4, 27), (4, 30), (5, 1)}
OFF |= {(8, 31), (9, 1), (9, 2), (11, 24)}
WORKED = {(1, 10), (8, 22)}
YEAR = datetime(2026, 1, 1, tzinfo=OFFICE_ZONE)
DAYS = 365


def worked(day: date) -> bool:
    if (day.month, day.day) in WORKED:
        return True
    return day.weekday() < 5 and (day.month, day.day) not in OFF


@cache
def minutes_of_the_year() -> bytes:
    """One byte a minute of 2026: 1 where the office works (07:30–11:30 and 13:30–17:00)."""
    a_day = bytearray(24 * 60)
    for minute in range(24 * 60):
        a_day[minute] = 450 <= minute < 690 or 810 <= minute < 1020
    nothing = bytes(24 * 60)
    days = (YEAR.date() + timedelta(days=ahead) for ahead in range(DAYS))
    return b"".join(bytes(a_day) if worked(day) else nothing for day in days)


def minute_of(instant: datetime) -> int:
    return int((instant - YEAR) / timedelta(minutes=1))


def slow_due(due: Due, spans: tuple[Span, ...]) -> datetime:
    """Where the deadline is after the spans, counted minute by minute or day by day."""
    ends = due.instant
    for span in spans:
        assert span.until
        if span.since >= ends:
            continue
        if due.clock_time:
            year, at = minutes_of_the_year(), minute_of(ends)
            lost = sum(year[minute_of(span.since) : minute_of(span.until)])
            while lost:
                lost -= year[at]
                at += 1
            ends = YEAR + timedelta(minutes=at)
        else:
            day, lost = ends.astimezone(OFFICE_ZONE).date() - timedelta(days=1), stood(span)
            while lost:
                day += timedelta(days=1)
                lost -= worked(day)
            ends = end_of_day(day)
    return ends


def stood(span: Span) -> int:
    """The worked days at whose end of work (17:00) the clock stood."""
    assert span.until
    return sum(
        worked(one.date()) and span.since <= one < span.until for one in closings(span.since, span.until)
    )


def closings(first: datetime, last: datetime) -> Iterator[datetime]:
    """17:00 of each day from the first to the last."""
    day, end = first.astimezone(OFFICE_ZONE).date(), last.astimezone(OFFICE_ZONE).date()
    while day <= end:
        yield datetime.combine(day, datetime.min.time(), OFFICE_ZONE) + timedelta(hours=17)
        day += timedelta(days=1)


def slow_days(at: datetime, ends: datetime) -> int:
    """The worked days whose end of work is still to come at `at`, up to the deadline's day."""
    if at > ends:
        return 0
    last = (ends - timedelta(microseconds=1)).astimezone(OFFICE_ZONE).date()
    return sum(worked(one.date()) and at <= one and one.date() <= last for one in closings(at, ends))


LONG = st.one_of(st.integers(0, 500), st.integers(0, 60 * 24 * 3), st.integers(0, 60 * 24 * 12))
SETS = st.lists(st.tuples(LONG, LONG), min_size=1, max_size=5)
START = local("2026-04-20 09:00")


def ledger(due: Due, gaps: list[tuple[int, int]]) -> Facts:
    spans, now = [], START
    for after, long in gaps:
        since = now + timedelta(minutes=after)
        now = since + timedelta(minutes=long)
        spans.append(Span(since=since, until=now, reason="x"))
    return assigned(make_order(due), START).having(spans=tuple(spans), state=State.IN_PROGRESS)


def standing(facts: Facts, number: int) -> Facts:
    """The same task while its clock stood for the `number`-th time."""
    span = facts.spans[number].model_copy(update={"until": None})
    stands = {"state": State.SUSPENDED, "resumes_to": State.IN_PROGRESS}
    return facts.having(spans=(*facts.spans[:number], span), **stands)


@settings(max_examples=1000)
@given(SETS, st.integers(0, 60))
def test_working_days_are_exact_for_a_thousand_random_sets_of_spans(
    gaps: list[tuple[int, int]], ahead: int
) -> None:
    day = START.astimezone(OFFICE_ZONE).date() + timedelta(days=ahead)
    facts = ledger(Due(day=day, instant=end_of_day(day)), gaps)
    moved = effective_due(facts, CALENDAR)
    assert moved
    assert moved.instant == slow_due(due_on(str(day)), facts.spans)
    last = facts.spans[-1].until
    assert last
    left = remaining(facts, CALENDAR, last)
    assert left
    assert (left.days, left.minutes) == (slow_days(last, moved.instant), None)


@settings(max_examples=1000)
@given(SETS, st.integers(0, 40), st.sampled_from(["07:00", "09:15", "12:00", "16:30", "17:00", "22:00"]))
def test_working_minutes_are_exact_for_a_thousand_random_sets_of_spans(
    gaps: list[tuple[int, int]], ahead: int, clock: str
) -> None:
    day = START.astimezone(OFFICE_ZONE).date() + timedelta(days=ahead)
    due = due_on(str(day), clock)
    facts = ledger(due, gaps)
    moved = effective_due(facts, CALENDAR)
    assert moved
    assert moved.instant == slow_due(due, facts.spans)
    last = facts.spans[-1].until
    assert last
    left = remaining(facts, CALENDAR, last)
    assert left
    assert left.minutes == sum(minutes_of_the_year()[minute_of(last) : minute_of(moved.instant)])


@settings(max_examples=300)
@given(SETS, st.integers(0, 40), st.sampled_from(["", "09:15", "16:30"]))
def test_what_is_left_when_the_clock_is_stopped_is_left_when_it_runs_again(
    gaps: list[tuple[int, int]], ahead: int, clock: str
) -> None:
    day = START.astimezone(OFFICE_ZONE).date() + timedelta(days=ahead)
    facts = ledger(due_on(str(day), clock), gaps)
    for number, span in enumerate(facts.spans):
        assert span.until
        stopped = standing(facts, number)
        before = remaining(stopped, CALENDAR, span.until)  # hours or weeks later: nothing is used up
        after = remaining(facts.having(spans=facts.spans[: number + 1]), CALENDAR, span.until)
        assert before
        assert after
        assert before.at == span.since
        assert before.minutes == after.minutes
        if not clock:
            assert before.days == after.days


def test_a_day_is_left_until_its_end_of_work() -> None:
    facts = Paper(due_on("2026-06-30")).facts
    ends = {clock: remaining(facts, CALENDAR, local(f"2026-06-29 {clock}")) for clock in ("17:00", "17:01")}
    assert {clock: left and left.days for clock, left in ends.items()} == {"17:00": 2, "17:01": 1}


def test_a_span_names_its_decider_and_who_let_the_clock_run_again() -> None:
    paper = Paper(due_on("2026-06-30"))
    more = {"on_behalf_of": "p-away", "reason": "Chờ sắp xếp bộ máy"}
    paper.act(Act.SUSPEND, ASSIGNER, "2026-06-01 09:00", actor="p-deputy", **more)
    (span,) = paper.facts.spans
    assert (span.by, span.role, span.on_behalf_of, span.reason) == (
        "p-deputy",
        ASSIGNER,
        "p-away",
        "Chờ sắp xếp bộ máy",
    )
    paper.act(Act.RESUME, LEADERSHIP, "2026-06-08 09:00")
    assert paper.facts.spans[0].ended_by == "p-leadership"


def test_a_withdrawal_and_an_answer_that_end_a_span_are_named_too() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.act(Act.SUSPEND, ASSIGNER, "2026-06-01 09:00")
    paper.answer(Choice.RESUME, ASSIGNER, "2026-07-01 09:00")  # asked to renew or resume
    paper.act(Act.SUSPEND, ASSIGNER, "2026-07-02 09:00")
    paper.act(Act.WITHDRAW, LEADERSHIP, "2026-07-03 09:00")
    assert [span.ended_by for span in paper.facts.spans] == ["p-assigner", "p-leadership"]


def test_a_span_of_an_older_release_has_no_decider() -> None:
    old = Span.model_validate({"since": START, "reason": "x"})
    assert (old.by, old.role, old.ended_by) == ("", "", "")


def test_a_report_that_waits_uses_up_nothing() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.report("2026-06-26 10:00")
    left = remaining(paper.facts, CALENDAR, local("2026-07-20 09:00"))
    assert left
    assert (left.at, left.days) == (local("2026-06-26 10:00"), 3)  # Friday, Monday, Tuesday


def test_what_is_left_stands_in_the_task_s_own_page() -> None:
    paper = Paper(due_on("2026-06-30", "16:30"), at="2026-06-29 09:00")
    paper.act(Act.ACKNOWLEDGE, OFFICER)
    assert "- còn lại (left): **780 phút" in details(paper.facts, paper.outlook, paper.order)
    paper.act(Act.SUSPEND, ASSIGNER, "2026-06-29 10:00")
    told = details(paper.facts, paper.outlook, paper.order)
    assert "**720 phút làm việc (working minutes)**; đồng hồ đứng từ (stands since) 10:00 29/06/2026" in told


def test_nothing_is_left_of_no_deadline_nor_after_the_close() -> None:
    undated, paper = Paper(None), Paper(due_on("2026-06-30"))
    assert undated.outlook.remaining is None
    paper.report("2026-06-26 10:00")
    paper.answer(Choice.APPROVE, "approver:tinh-uy")
    assert paper.outlook.remaining is None
    overdue = remaining(Paper(due_on("2026-06-30")).facts, CALENDAR, local("2026-07-08 10:00"))
    assert overdue
    assert overdue.days == 0
