"""Policies that count in hours: the strict one through nights, weekends and Tết, and hours among working days."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directive.answer_by import answer_by
from directive.days import TaskDays
from directive.due import OFFICE_ZONE, Due
from directive.event import EventKind
from directive.light import Light, LightKind, Outcome, light, outcome
from directive.mark import Mark
from directive.message import Act
from directive.policy import Policy
from directive.question import Choice, QuestionKind
from directive.refusal import Reason, Refused
from directive.stopped import inside_span
from letters.policy_file import shipped_policy
from tests.directive.builders import (
    APPROVER,
    ASSIGNER,
    CALENDAR,
    HEAD,
    LEADERSHIP,
    MONITOR,
    OFFICER,
    Paper,
    due_on,
    local,
    policy_with,
    said,
    standard_policy,
)

STRICT = shipped_policy("strict")
LADDER = {EventKind.ESCALATED, EventKind.ESCALATED_AGAIN, EventKind.FINAL_NOTICE, EventKind.LISTED}


def before_tet(**more: Any) -> Paper:
    """A letter of Friday 13/2/2026, due on Sunday at 10:00; Tết is from Monday to Friday."""
    return Paper(due_on("2026-02-15", "10:00"), at="2026-02-13 16:00", policy=STRICT, **more)


def acknowledged(due: Due, at: str, policy: Policy = STRICT) -> Paper:
    paper = Paper(due, at=at, policy=policy)
    paper.act(Act.ACKNOWLEDGE, OFFICER)
    return paper


def in_hours(*levels: int, repeat: int = 3, times: int = 2, days: str = "working", **more: object) -> Policy:
    """The standard policy with an overdue ladder in hours."""
    asks = [[part] for part in ("head", "monitor", "leadership")]
    ladder = {
        "levels": [
            {"after": after, "unit": "hour", "ask": asks[min(at, 2)]} for at, after in enumerate(levels)
        ],
        "repeat_every": repeat,
        "repeat_unit": "hour",
        "repeat_times": times,
    }
    return policy_with(overdue=ladder, days=days, **more)


def climbed(paper: Paper) -> list[str]:
    return [said(mark.at) for mark in paper.marks if mark.kind in LADDER]


def test_a_silent_letter_due_before_tet_goes_through_the_strict_table_by_the_hour() -> None:
    assert before_tet().plan() == [
        f"2026-02-13 17:00 acknowledgement_reminded {OFFICER}",
        f"2026-02-13 18:00 acknowledgement_escalated {HEAD}",
        f"2026-02-14 10:00 reminded {OFFICER}",  # a Saturday
        f"2026-02-15 06:00 reminded {OFFICER}",
        f"2026-02-15 09:00 reminded {OFFICER}",
        f"2026-02-15 11:00 escalated {HEAD}",
        f"2026-02-15 14:00 escalated {MONITOR}",
        f"2026-02-15 18:00 escalated {LEADERSHIP}",
        f"2026-02-16 06:00 escalated_again {LEADERSHIP}",
        f"2026-02-16 18:00 escalated_again {LEADERSHIP}",
        f"2026-02-17 06:00 escalated_again {LEADERSHIP}",  # the first day of the year
        f"2026-02-17 18:00 escalated_again {LEADERSHIP}",
        f"2026-02-18 06:00 escalated_again {LEADERSHIP}",
        f"2026-02-18 18:00 escalated_again {LEADERSHIP}",
        f"2026-02-19 06:00 final_notice {LEADERSHIP}",
        f"2026-02-20 10:00 listed {MONITOR}",
    ]


def test_what_the_plan_says_is_what_happens_to_a_silent_task() -> None:
    paper = before_tet()
    planned = paper.plan()
    paper.until("2026-02-20 12:00")
    assert paper.told(*LADDER, EventKind.REMINDED) == [
        line for line in planned if "acknowledgement" not in line
    ]
    assert climbed(paper) == ["2026-02-21 10:00"]


def test_a_deadline_of_a_whole_day_ends_at_midnight_and_its_hours_count_from_there() -> None:
    paper = acknowledged(due_on("2026-02-15"), "2026-02-15 12:00")
    assert paper.plan()[:3] == [
        f"2026-02-15 20:00 reminded {OFFICER}",
        f"2026-02-15 23:00 reminded {OFFICER}",
        f"2026-02-16 01:00 escalated {HEAD}",
    ]


def test_among_working_days_an_hour_outside_the_office_day_comes_at_eight_of_the_next() -> None:
    friday = acknowledged(due_on("2026-10-30", "16:30"), "2026-10-01 09:00", in_hours(2, 4))
    assert climbed(friday)[:4] == [
        "2026-11-02 08:00",  # Friday 18:30
        "2026-11-02 10:00",
        "2026-11-02 13:00",
        "2026-11-02 16:00",
    ]
    night = acknowledged(due_on("2026-10-30", "02:00"), "2026-10-01 09:00", in_hours(1))
    assert climbed(night)[0] == "2026-10-30 08:00"


def test_a_reminder_in_hours_outside_the_office_day_comes_the_evening_before() -> None:
    reminders = ({"at": {"count": -4, "unit": "hour"}, "to": ["officer"]},)
    policy = policy_with(reminders=reminders)
    for clock, wanted in {"16:00": "2026-11-02 12:00", "10:00": "2026-10-30 17:00"}.items():
        paper = acknowledged(due_on("2026-11-02", clock), "2026-10-01 09:00", policy)
        assert [said(mark.at) for mark in paper.marks if mark.kind is EventKind.REMINDED] == [wanted], clock
    sunday = acknowledged(due_on("2026-11-01"), "2026-10-01 09:00", policy)
    assert said(sunday.marks[0].at) == "2026-10-30 17:00"


def test_what_comes_due_in_an_outage_is_asked_once_and_the_hours_go_on_from_there() -> None:
    paper = before_tet()
    told = paper.outage_until("2026-02-15 14:30")
    assert [event.kind for event in told if event.kind is not EventKind.SUPERSEDED][-1] is EventKind.ESCALATED
    assert [one.level for one in told if one.kind is EventKind.ESCALATED] == [2]
    assert climbed(paper)[0] == "2026-02-15 18:30"


def test_hours_do_not_count_while_the_task_is_suspended() -> None:
    paper = before_tet()
    paper.act(Act.ACKNOWLEDGE, OFFICER)
    paper.until("2026-02-15 11:00")
    paper.act(Act.SUSPEND, ASSIGNER, "2026-02-15 12:00")
    paper.act(Act.RESUME, ASSIGNER, "2026-02-15 20:00")
    assert climbed(paper)[:2] == ["2026-02-15 22:00", "2026-02-16 02:00"]


def test_a_deadline_with_a_clock_time_moves_by_every_minute_that_was_suspended() -> None:
    paper = before_tet()
    paper.act(Act.ACKNOWLEDGE, OFFICER)
    paper.act(Act.SUSPEND, ASSIGNER, "2026-02-14 22:00")  # a Saturday night
    paper.act(Act.RESUME, ASSIGNER, "2026-02-15 01:30")
    assert paper.outlook.due
    assert said(paper.outlook.due.instant) == "2026-02-15 13:30"


def test_a_commitment_rests_the_hours_until_its_day_is_over_and_may_be_for_tomorrow_at_most() -> None:
    paper = before_tet()
    paper.until("2026-02-15 11:00")
    with pytest.raises(Refused) as far:
        paper.answer(Choice.COMMIT, HEAD, day=date(2026, 2, 17))
    assert far.value.reason is Reason.TOO_FAR
    paper.answer(Choice.COMMIT, HEAD, day=date(2026, 2, 16))
    assert climbed(paper)[:2] == ["2026-02-17 10:00", "2026-02-17 14:00"]


def test_a_refused_request_lets_the_hours_go_on_from_the_decision() -> None:
    paper = before_tet()
    paper.until("2026-02-15 11:00")
    paper.answer(Choice.OBSTACLE, HEAD, "2026-02-15 11:30")
    assert not climbed(paper)
    paper.answer(Choice.REFUSE, APPROVER, "2026-02-15 12:15")
    assert climbed(paper)[:2] == ["2026-02-15 15:15", "2026-02-15 19:15"]


def test_a_question_presses_by_the_hour_and_tells_until_when_it_waits() -> None:
    paper = before_tet()
    paper.report("2026-02-14 21:00")
    question = paper.question(QuestionKind.APPROVAL)
    assert [said(mark.at) for mark in paper.marks][:3] == [
        "2026-02-14 23:00",
        "2026-02-15 01:00",
        "2026-02-15 13:00",
    ]
    until = answer_by(question, paper.facts, STRICT, CALENDAR)
    assert until == local("2026-02-14 23:00")
    paper.until("2026-02-15 01:00")
    question = paper.question(QuestionKind.APPROVAL)
    later = answer_by(question, paper.facts, STRICT, CALENDAR, role=LEADERSHIP)
    assert later == local("2026-02-15 03:00")


def test_an_escalation_has_its_hours_from_the_instant_at_which_each_was_asked() -> None:
    paper = before_tet()
    paper.until("2026-02-15 14:00")
    question = paper.question(QuestionKind.ESCALATION)
    ends = {role: answer_by(question, paper.facts, STRICT, CALENDAR, role=role) for role in question.asked}
    # The head, asked on Friday for the missing acknowledgement, was asked anew on Sunday at 11:00: nothing had come.
    assert ends == {HEAD: local("2026-02-15 13:00"), MONITOR: local("2026-02-15 16:00")}


def test_the_light_counts_hours_where_every_hour_counts() -> None:
    paper = before_tet()
    for now, wanted in {
        "2026-02-13 17:00": Light(kind=LightKind.IN_TIME, days=2, every_day=True),
        "2026-02-14 17:00": Light(kind=LightKind.DUE_SOON, days=1, hours=17, every_day=True),
        "2026-02-15 08:10": Light(kind=LightKind.DUE_SOON, hours=2, every_day=True),
        "2026-02-15 10:01": Light(kind=LightKind.OVERDUE, hours=1, every_day=True),
        "2026-02-17 10:01": Light(kind=LightKind.OVERDUE, days=2, every_day=True),
    }.items():
        assert light(paper.facts, STRICT, CALENDAR, local(now)) == wanted, now
    assert outcome(paper.facts, CALENDAR, local("2026-02-15 10:01")) is Outcome.RUNNING_OVERDUE


def test_the_window_of_a_workflow_counts_the_days_of_the_policy() -> None:
    tet = date(2026, 2, 14)
    assert before_tet().outlook.window.add_working_days(tet, 2) == date(2026, 2, 16)
    standard = Paper(due_on("2026-02-15"), at="2026-02-13 16:00")
    assert standard.outlook.window.add_working_days(tet, 2) == date(2026, 2, 24)


def test_nobody_recorded_sends_the_strict_ladder_on_at_that_instant() -> None:
    paper = before_tet(vacant=(MONITOR,))
    paper.act(Act.ACKNOWLEDGE, OFFICER)
    paper.until("2026-02-15 18:00")
    assert paper.told(EventKind.ESCALATED) == [
        f"2026-02-15 11:00 escalated {HEAD}",
        f"2026-02-15 14:00 escalated {MONITOR}",
        f"2026-02-15 14:00 escalated {LEADERSHIP}",
    ]


def test_older_facts_that_know_only_the_day_of_a_rung_count_from_that_days_mark() -> None:
    paper = before_tet()
    paper.act(Act.ACKNOWLEDGE, OFFICER)
    paper.until("2026-02-15 11:00")
    climb = paper.facts.climb.model_copy(update={"at": None})
    paper.facts = paper.facts.having(climb=climb)
    assert climbed(paper)[0] == "2026-02-15 13:00"  # 10:00, the deadline's clock time, and 3 hours


def test_a_suspension_until_2062_is_refused() -> None:
    paper = Paper(due_on("2026-06-30"))
    with pytest.raises(Refused) as refused:
        paper.act(Act.SUSPEND, ASSIGNER, day=date(2062, 6, 1))
    assert refused.value.reason is Reason.TOO_FAR


def test_a_suspension_is_not_renewed_until_2062() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.act(Act.SUSPEND, ASSIGNER, "2026-06-01 09:00", day=date(2026, 6, 10))
    paper.until("2026-06-10 08:00")
    with pytest.raises(Refused) as refused:
        paper.answer(Choice.RENEW, ASSIGNER, day=date(2062, 6, 1))
    assert refused.value.reason is Reason.TOO_FAR


def test_the_longest_suspension_is_the_last_day_of_so_many_working_days() -> None:
    policy = policy_with(suspension_longest=20)
    paper = Paper(due_on("2026-08-31"), at="2026-06-01 09:00", policy=policy)
    with pytest.raises(Refused) as refused:
        paper.act(Act.SUSPEND, ASSIGNER, day=date(2026, 6, 30))
    assert refused.value.detail["furthest"] == "2026-06-29"
    paper.act(Act.SUSPEND, ASSIGNER, day=date(2026, 6, 29))


def test_an_old_outlook_refuses_no_suspension_that_the_policy_allows() -> None:
    paper = Paper(due_on("2027-06-30"), at="2026-06-01 09:00")
    paper.act(Act.ACKNOWLEDGE, OFFICER)
    paper.now = local("2027-02-15 09:00")  # no record since: the window ends in July
    assert CALENDAR.add_working_days(date(2027, 2, 15), 260) < date(2028, 3, 31)
    paper.act(Act.SUSPEND, ASSIGNER, day=CALENDAR.add_working_days(date(2027, 2, 15), 250))
    assert paper.facts.spans


# -- for every policy in hours -------------------------------------------------------------------------------------

RISING = st.lists(st.integers(1, 60), min_size=1, max_size=3, unique=True).map(sorted)
DAYS = st.dates(date(2026, 1, 20), date(2026, 12, 20))
CLOCKS = st.none() | st.times().map(lambda one: one.replace(second=0, microsecond=0, tzinfo=None))


def rungs(paper: Paper) -> list[Mark]:
    return [mark for mark in paper.marks if mark.kind in LADDER]


@given(RISING, DAYS, CLOCKS, st.integers(1, 30), st.integers(0, 6), st.sampled_from(["working", "all"]))
def test_a_ladder_in_hours_rises_is_bounded_and_keeps_to_the_days_that_count(
    levels: list[int], day: date, clock: time | None, repeat: int, times: int, days: str
) -> None:
    policy = in_hours(*levels, repeat=repeat, times=times, days=days)
    due = due_on(str(day), f"{clock:%H:%M}" if clock else "")
    paper = Paper(due, at="2026-01-05 09:00", policy=policy)
    ladder = rungs(paper)
    assert len(ladder) == len(levels) + times + 2
    assert all(sooner.at < later.at for sooner, later in pairwise(ladder))
    assert ladder[0].at >= due.instant + timedelta(hours=levels[0])
    if days == "all":
        hours = [*levels, *(levels[-1] + repeat * (again + 1) for again in range(times + 1))]
        assert [mark.at for mark in ladder[:-1]] == [due.instant + timedelta(hours=one) for one in hours]
        return
    for mark in ladder:
        there = mark.at.astimezone(OFFICE_ZONE)
        assert CALENDAR.is_working_day(there.date())
        assert time(8) <= there.time() <= time(17)


@given(
    RISING,
    DAYS,
    st.sampled_from(["working", "all"]),
    st.lists(st.tuples(st.integers(0, 400), st.integers(1, 200)), min_size=1, max_size=3),
)
def test_no_hour_of_a_ladder_lies_where_the_clock_stood(
    levels: list[int], day: date, days: str, stops: list[tuple[int, int]]
) -> None:
    policy = in_hours(*levels, days=days)
    paper = Paper(due_on(str(day), "15:00"), at="2026-01-05 09:00", policy=policy)
    paper.act(Act.ACKNOWLEDGE, OFFICER)
    at = local(f"{day} 06:00")
    for wait, length in stops:
        at = at + timedelta(hours=wait)
        paper.until(at)
        paper.act(Act.SUSPEND, ASSIGNER)
        at = at + timedelta(hours=length)
        paper.now = max(paper.now, at)  # whatever is asked inside the span is not this test's
        paper.act(Act.RESUME, ASSIGNER)
        assert not any(inside_span(paper.facts, mark.at) for mark in rungs(paper))
        assert all(sooner.at < later.at for sooner, later in pairwise(rungs(paper)))


def test_the_standard_policy_has_no_hours_and_counts_working_days() -> None:
    policy = standard_policy()
    assert policy.days == "working"
    paper = Paper(due_on("2026-06-30"))
    instants = {mark.at.astimezone(OFFICE_ZONE).time() for mark in paper.marks}
    assert instants == {time(8)}
    assert TaskDays(paper.facts, policy, CALENDAR).whole is CALENDAR


def test_a_clock_that_no_office_keeps_is_of_no_matter_to_the_strict_policy() -> None:
    at = datetime(2026, 2, 17, 3, 0, tzinfo=OFFICE_ZONE)
    paper = Paper(due_on("2026-02-17", "06:00"), at=f"{at:%Y-%m-%d %H:%M}", policy=STRICT)
    assert paper.plan()[0] == f"2026-02-17 04:00 acknowledgement_reminded {OFFICER}"


def test_a_request_in_the_strict_policy_lapses_on_the_day_after_its_last_notice() -> None:
    paper = before_tet()
    paper.act(Act.REQUEST_EXTENSION, OFFICER, "2026-02-13 17:00", day=date(2026, 2, 20))
    assert [line for line in paper.plan() if "question" in line] == [
        f"2026-02-13 19:00 question_pressed {APPROVER}",
        f"2026-02-13 21:00 question_pressed {LEADERSHIP}",
        f"2026-02-14 09:00 question_pressed {LEADERSHIP}",
        f"2026-02-14 21:00 question_final {LEADERSHIP}",
        f"2026-02-15 08:00 question_lapsed {APPROVER},{LEADERSHIP}",
    ]
    paper.until("2026-02-15 11:00")
    assert paper.told(EventKind.ESCALATED) == [f"2026-02-15 11:00 escalated {HEAD}"]


@pytest.mark.parametrize(
    ("rings", "following"), [("11:00", "14:00"), ("11:10", "14:00"), ("11:11", "14:11"), ("13:00", "16:00")]
)
def test_a_timer_that_rings_moments_late_does_not_move_the_hours_that_a_preview_showed(
    rings: str, following: str
) -> None:
    paper = acknowledged(due_on("2026-02-15", "10:00"), "2026-02-13 16:00")
    paper.until("2026-02-15 09:00")
    paper.outage_until(f"2026-02-15 {rings}")
    assert climbed(paper)[0] == f"2026-02-15 {following}"


def test_hours_count_from_the_whole_minute_as_people_are_told() -> None:
    paper = before_tet()
    paper.report(local("2026-02-14 21:00") + timedelta(seconds=40.5))
    assert said(paper.marks[0].at) == "2026-02-14 23:00"
    assert paper.marks[0].at == local("2026-02-14 23:00")
