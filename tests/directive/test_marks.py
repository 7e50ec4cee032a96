"""The standard policy as instants: every row of the table, on real calendars."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from directive.event import EventKind
from directive.mark import Mark, name_of, read_mark, written_mark
from directive.message import Act
from directive.question import Choice, QuestionKind
from directive.task import Recurrence
from tests.directive.builders import (
    HEAD,
    LEADERSHIP,
    MONITOR,
    OFFICER,
    Paper,
    due_on,
    local,
    overdue,
    policy_with,
    said,
    standard_policy,
)

DATA = Path(__file__).parents[1] / "data"
LADDERS = [
    vector
    for text in (DATA / "workdays.jsonl").read_text(encoding="utf-8").splitlines()
    if (vector := json.loads(text))["op"] == "ladder"
]
REMIND, LEVEL, AGAIN = EventKind.REMINDED, EventKind.ESCALATED, EventKind.ESCALATED_AGAIN


def acknowledged(day: str, clock: str = "", at: str = "2026-01-05 09:00") -> Paper:
    paper = Paper(due_on(day, clock), at=at)
    paper.act(Act.ACKNOWLEDGE, OFFICER)
    return paper


def days(paper: Paper, *kinds: EventKind) -> list[str]:
    return [said(mark.at) for mark in paper.marks if mark.kind in kinds]


@pytest.mark.parametrize("vector", LADDERS, ids=lambda vector: vector["due"])
def test_the_ladder_vectors_hold(vector: dict[str, dict[str, str]]) -> None:
    wanted = vector["expected"]
    paper = acknowledged(str(vector["due"]))
    before = [wanted[name] for name in ("soon_7cal", "T_3wd", "T_1wd", "due")]
    off = date(2026, 8, 31)
    if date.fromisoformat(wanted["due"]) == off:
        before = [wanted["soon_7cal"], wanted["T_3wd"], wanted["T_1wd"]]
    assert days(paper, REMIND) == [f"{day} 08:00" for day in before]
    after = [wanted[name] for name in ("red", "red_plus3", "red_plus5")]
    assert days(paper, LEVEL) == [f"{day} 08:00" for day in after]


def test_a_silent_task_due_on_30_june_goes_through_the_whole_table() -> None:
    paper = Paper(due_on("2026-06-30"), at="2026-05-29 09:00")
    assert paper.plan() == [
        f"2026-06-02 08:00 acknowledgement_reminded {OFFICER}",
        f"2026-06-04 08:00 acknowledgement_escalated {HEAD}",
        f"2026-06-23 08:00 reminded {OFFICER}",
        f"2026-06-25 08:00 reminded {OFFICER}",
        f"2026-06-29 08:00 reminded {OFFICER}",
        f"2026-06-30 08:00 reminded {OFFICER}",
        f"2026-07-01 08:00 escalated {HEAD}",
        f"2026-07-03 08:00 escalated {MONITOR}",
        f"2026-07-07 08:00 escalated {LEADERSHIP}",
        f"2026-07-14 08:00 escalated_again {LEADERSHIP}",
        f"2026-07-21 08:00 escalated_again {LEADERSHIP}",
        f"2026-07-28 08:00 escalated_again {LEADERSHIP}",
        f"2026-08-04 08:00 escalated_again {LEADERSHIP}",
        f"2026-08-11 08:00 escalated_again {LEADERSHIP}",
        f"2026-08-18 08:00 escalated_again {LEADERSHIP}",
        f"2026-08-24 08:00 final_notice {LEADERSHIP}",  # Saturday 22/8 is worked
        f"2026-09-03 08:00 listed {MONITOR}",
    ]


def test_the_head_is_in_copy_from_the_working_day_before() -> None:
    copies = {mark.offset: mark.copy_to for mark in acknowledged("2026-06-30").marks if mark.kind is REMIND}
    assert copies == {"-7d": (), "-3w": (), "-1w": (HEAD,), "0w": (HEAD,)}


def test_a_deadline_on_a_sunday_stays_and_is_reminded_on_the_friday_before() -> None:
    paper = acknowledged("2026-05-31")
    assert days(paper, REMIND) == ["2026-05-22 08:00", "2026-05-27 08:00", "2026-05-29 08:00"]
    assert days(paper, LEVEL)[0] == "2026-06-01 08:00"
    friday = next(mark for mark in paper.marks if said(mark.at) == "2026-05-29 08:00")
    assert (friday.offset, friday.copy_to) == ("0w", (HEAD,))
    assert friday.absorbed == ("c1.remind.-1w",)


def test_a_deadline_before_tet_is_escalated_after_tet() -> None:
    paper = acknowledged("2026-02-15")
    assert days(paper, REMIND) == ["2026-02-06 08:00", "2026-02-11 08:00", "2026-02-13 08:00"]
    assert days(paper, LEVEL) == ["2026-02-23 08:00", "2026-02-25 08:00", "2026-02-27 08:00"]


def test_a_deadline_in_tet_is_reminded_before_and_escalated_after() -> None:
    paper = acknowledged("2026-02-18")
    assert days(paper, REMIND) == ["2026-02-11 08:00", "2026-02-13 08:00"]
    assert days(paper, LEVEL)[0] == "2026-02-23 08:00"


def test_a_deadline_with_a_clock_time_has_its_marks_at_that_time_and_its_day_in_the_morning() -> None:
    paper = acknowledged("2026-06-30", "16:30")
    assert days(paper, REMIND) == [
        "2026-06-23 16:30",
        "2026-06-25 16:30",
        "2026-06-29 16:30",
        "2026-06-30 08:00",
    ]
    assert days(paper, LEVEL) == ["2026-07-01 16:30", "2026-07-03 16:30", "2026-07-07 16:30"]


@pytest.mark.parametrize(("clock", "mark"), [("06:00", "08:00"), ("23:00", "17:00")])
def test_marks_of_a_clock_time_outside_office_hours_come_when_people_are_there(clock: str, mark: str) -> None:
    assert days(acknowledged("2026-06-30", clock), LEVEL)[0] == f"2026-07-01 {mark}"


def test_a_deadline_tomorrow_has_only_the_reminders_still_ahead() -> None:
    paper = acknowledged("2026-06-30", at="2026-06-29 09:00")
    assert days(paper, REMIND) == ["2026-06-30 08:00"]


def test_a_deadline_today_has_no_reminder_and_is_escalated_tomorrow() -> None:
    paper = Paper(due_on("2026-06-30"), at="2026-06-30 09:00")
    assert paper.plan()[0] == f"2026-07-01 08:00 escalated {HEAD}"
    assert not days(paper, REMIND)


def test_a_mark_at_the_instant_of_the_assignment_is_not_made() -> None:
    assert days(acknowledged("2026-06-30", at="2026-06-30 08:00"), REMIND) == []
    assert days(acknowledged("2026-06-30", at="2026-06-30 07:59"), REMIND) == ["2026-06-30 08:00"]


def test_a_late_task_begins_at_level_1_without_old_reminders() -> None:
    paper = Paper(due_on("2026-05-20"), at="2026-05-29 09:00")
    assert paper.plan()[:3] == [
        f"2026-06-01 08:00 escalated {HEAD}",
        f"2026-06-03 08:00 escalated {MONITOR}",
        f"2026-06-05 08:00 escalated {LEADERSHIP}",
    ]


def test_a_late_task_assigned_before_eight_is_escalated_the_same_morning() -> None:
    assert said(Paper(due_on("2026-05-20"), at="2026-05-29 07:00").marks[0].at) == "2026-05-29 08:00"


def test_an_acknowledged_task_is_not_asked_to_acknowledge() -> None:
    kinds = {mark.kind for mark in acknowledged("2026-06-30").marks}
    assert not kinds & {EventKind.ACKNOWLEDGEMENT_REMINDED, EventKind.ACKNOWLEDGEMENT_ESCALATED}


def test_acknowledgement_is_not_asked_once_the_ladder_has_begun() -> None:
    paper = Paper(due_on("2026-06-30"), at="2026-06-29 10:00")
    assert paper.plan()[:2] == [f"2026-06-30 08:00 reminded {OFFICER}", f"2026-07-01 08:00 escalated {HEAD}"]
    paper.until("2026-09-30 08:00")
    assert not paper.told(EventKind.ACKNOWLEDGEMENT_REMINDED, EventKind.ACKNOWLEDGEMENT_ESCALATED)


def test_a_task_without_a_deadline_is_looked_at_every_twenty_working_days() -> None:
    paper = Paper(None, at="2026-05-29 09:00")
    paper.act(Act.ACKNOWLEDGE, OFFICER)
    assert paper.plan() == [f"2026-06-26 08:00 review_asked {OFFICER}"]
    paper.until("2026-08-01 00:00")
    assert paper.told(EventKind.REVIEW_ASKED) == [
        f"2026-06-26 08:00 review_asked {OFFICER}",
        f"2026-07-24 08:00 review_asked {OFFICER}",
    ]


def test_progress_puts_the_review_off() -> None:
    paper = Paper(None, at="2026-05-29 09:00")
    paper.act(Act.PROGRESS, OFFICER, "2026-06-10 10:00", text="một nửa")
    assert said(paper.marks[0].at) == "2026-07-08 08:00"


def test_a_review_that_meets_an_acknowledgement_mark_does_not_end_the_rhythm() -> None:
    """Meeting marks become the strongest; what comes again must still come again."""
    paper = Paper(None, at="2026-05-29 09:00")
    paper.act(
        Act.REASSIGN, HEAD, "2026-06-24 09:00", person="p-second"
    )  # its first reminder: 26/6, as the review
    paper.until("2026-12-31 00:00")
    assert paper.marks, "silent for ever"
    assert len(paper.told(EventKind.REVIEW_ASKED)) >= 6


def test_a_recurring_task_runs_period_by_period() -> None:
    monthly = Recurrence(rrule="FREQ=MONTHLY;BYMONTHDAY=25", start=date(2026, 6, 1), until=date(2026, 8, 31))
    paper = Paper(due_on("2026-06-25"), at="2026-06-01 09:00", recurrence=monthly)
    periods = []
    for day in ("2026-06-24 09:00", "2026-07-24 09:00", "2026-08-24 09:00"):
        assert paper.facts.due is not None
        periods.append((paper.facts.period, str(paper.facts.due.day), days(paper, LEVEL)[0]))
        paper.report(day)
        paper.answer(Choice.APPROVE, "approver:tinh-uy")
    assert periods == [
        (1, "2026-06-25", "2026-06-26 08:00"),
        (2, "2026-07-25", "2026-07-27 08:00"),
        (3, "2026-08-25", "2026-08-26 08:00"),
    ]
    assert paper.facts.closed
    assert not paper.marks


def test_an_extended_period_leaves_the_next_one_where_it_was() -> None:
    monthly = Recurrence(rrule="FREQ=MONTHLY;BYMONTHDAY=25", start=date(2026, 6, 1))
    paper = Paper(due_on("2026-06-25"), at="2026-06-01 09:00", recurrence=monthly)
    paper.act(Act.AMEND_DEADLINE, LEADERSHIP, day=date(2026, 7, 3))
    paper.report("2026-07-02 09:00")
    paper.answer(Choice.APPROVE, "approver:tinh-uy")
    assert paper.facts.due is not None
    assert (paper.facts.period, str(paper.facts.due.day)) == (2, "2026-07-25")


def test_a_period_that_fell_due_while_the_approver_was_silent_gets_a_redo_date() -> None:
    """The approver's delay is the approver's own: the unit could not hand in the next period meanwhile."""
    monthly = Recurrence(rrule="FREQ=MONTHLY;BYMONTHDAY=25", start=date(2026, 6, 1))
    paper = Paper(due_on("2026-06-25"), at="2026-06-01 09:00", recurrence=monthly)
    paper.report("2026-06-24 09:00")
    paper.answer(Choice.APPROVE, "approver:tinh-uy", "2026-07-30 09:00")
    assert paper.outlook.due is not None
    assert str(paper.outlook.due.day) == "2026-08-04"
    paper.report("2026-08-03 09:00")
    event = paper.answer(Choice.APPROVE, "approver:tinh-uy")
    assert event.detail["outcome"] == "completed_on_time"


def test_a_period_that_fell_due_because_the_unit_was_late_gets_none() -> None:
    monthly = Recurrence(rrule="FREQ=MONTHLY;BYMONTHDAY=25", start=date(2026, 6, 1))
    paper = Paper(due_on("2026-06-25"), at="2026-06-01 09:00", recurrence=monthly)
    paper.report("2026-07-29 09:00")
    paper.answer(Choice.APPROVE, "approver:tinh-uy", "2026-07-30 09:00")
    assert paper.outlook.due is not None
    assert str(paper.outlook.due.day) == "2026-07-25"


def test_level_3_repeats_six_times_then_one_final_notice_then_the_weekly_list() -> None:
    paper = overdue()
    paper.until("2026-12-31 00:00")
    assert len(paper.told(AGAIN)) == 6
    assert len(paper.told(EventKind.FINAL_NOTICE)) == 1
    listed = paper.told(EventKind.LISTED)
    assert len(listed) > 10
    assert {text.rpartition(" ")[2] for text in listed} == {MONITOR}
    assert paper.marks[0].kind is EventKind.LISTED


def test_the_preview_is_what_happens_when_nobody_acts() -> None:
    for due, at in [
        (due_on("2026-06-30"), "2026-05-29 09:00"),
        (due_on("2026-05-31"), "2026-05-19 15:00"),
        (due_on("2026-08-31"), "2026-08-20 08:00"),
        (due_on("2026-06-30", "16:30"), "2026-06-26 12:00"),
        (due_on("2026-02-18"), "2026-02-10 09:00"),
        (due_on("2026-05-20"), "2026-05-29 09:00"),
        (None, "2026-05-29 09:00"),
    ]:
        paper = Paper(due, at=at)
        listed = paper.marks
        taken: list[Mark] = []
        while len(taken) < len(listed):
            paper.now = paper.marks[0].at
            together = tuple(mark for mark in paper.marks if mark.at <= paper.now)
            taken.extend(together)
            paper.take_due()
        assert tuple(taken) == listed


def test_marks_that_meet_for_one_person_become_the_strongest() -> None:
    paper = Paper(due_on("2026-06-05"), at="2026-05-29 09:00")  # −3 is 2/6, as is +2 without acknowledgement
    meeting = [mark for mark in paper.marks if said(mark.at) == "2026-06-02 08:00"]
    assert [(mark.kind, mark.absorbed) for mark in meeting] == [
        (REMIND, (f"a{paper.facts.ack_since:%Y%m%d%H%M%S}.ack.1",))
    ]


def test_an_absorbed_acknowledgement_reminder_does_not_come_back_with_a_new_deadline() -> None:
    paper = Paper(due_on("2026-06-05"), at="2026-05-29 09:00")
    paper.until("2026-06-02 08:00")
    paper.act(Act.AMEND_DEADLINE, LEADERSHIP, "2026-06-02 10:00", day=date(2026, 6, 30))
    assert min(mark.at for mark in paper.marks) > paper.now


def test_the_strongest_of_the_same_person_absorbs_not_a_question_of_somebody_else() -> None:
    paper = Paper(due_on("2026-06-09"), at="2026-05-28 09:00")
    paper.act(Act.REASSIGN, HEAD, "2026-06-02 09:00", person="p-second")
    paper.act(Act.REQUEST_EXTENSION, HEAD, "2026-06-01 10:00", day=date(2026, 6, 20))
    for mark in paper.marks:
        assert not (mark.question and mark.absorbed)


def test_a_policy_refuses_what_would_silence_or_stop_a_task() -> None:
    ladder = standard_policy().overdue.model_dump()
    twice = {**ladder, "levels": [ladder["levels"][0], {**ladder["levels"][1], "after": 1}]}
    nobody = {**ladder, "levels": [{**ladder["levels"][0], "ask": []}]}
    asked = {**ladder, "levels": [{**ladder["levels"][0], "ask": ["asked"]}]}
    for overdue_ladder in (twice, nobody, asked):
        with pytest.raises(ValueError):
            policy_with(overdue=overdue_ladder)
    with pytest.raises(ValueError):
        policy_with(acknowledge=[{"after": 4, "ask": ["officer"]}, {"after": 2, "ask": ["head"]}])


def test_an_acknowledgement_level_above_the_officer_asks_for_an_answer() -> None:
    steps = [{"after": 2, "ask": ["officer"]}, {"after": 4, "ask": ["monitor"]}]
    paper = Paper(due_on("2026-06-30"), policy=policy_with(acknowledge=steps))
    paper.until("2026-06-05 08:00")
    assert paper.question(QuestionKind.ESCALATION).asked == (MONITOR,)


def test_marks_come_in_the_order_of_their_instants() -> None:
    paper = Paper(due_on("2026-06-30"))
    instants = [mark.at for mark in paper.marks]
    assert instants == sorted(instants)
    assert instants[0] > local("2026-05-29 09:00")


def test_marks_that_differ_in_anything_have_another_name() -> None:
    marks = Paper(due_on("2026-06-30")).marks
    first, second, *rest = marks
    others: dict[str, Any] = {
        "to": ("head:so-khcn",),
        "copy_to": ("head:so-noi-vu",),
        "at": first.at + timedelta(seconds=1),
        "number": 9,
        "level": 9,
        "every": 9,
        "absorbed": ("c1.remind.wd-3",),
        "choice": Choice.APPROVE,
    }
    names = {name_of((replace(first, **{field: value}), second, *rest)) for field, value in others.items()}
    names |= {name_of((second, first, *rest)), name_of(marks[1:]), name_of(())}
    assert len(names - {name_of(marks)}) == len(others) + 3
    assert name_of(tuple(read_mark(written_mark(mark)) for mark in marks)) == name_of(marks)


def test_the_register_keeps_a_mark_as_it_is_and_refuses_what_is_none() -> None:
    for mark in Paper(due_on("2026-06-30")).marks:
        assert read_mark(written_mark(mark)) == mark
    with pytest.raises(ValidationError, match="absorbs"):
        read_mark(
            '{"key": "c1.remind.-3w", "kind": "reminded", "series": "deadline", "at": "2026-06-25T01:00:00Z",'
            ' "to": ["officer:so-khcn"], "absorbs": []}'
        )
