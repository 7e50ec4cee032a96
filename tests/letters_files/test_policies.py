"""The three shipped policies side by side, and what the check says of hours."""

from datetime import date

import pytest

from desk import policies
from directive.policy import Policy, StepUnit
from directive.question import QuestionKind
from directive.roles import Part
from directive.task import State
from letters.directory_file import load_directory
from letters.draft import draft_plan
from letters.letter import Letter, Urgency
from letters.policy_file import SHIPPED, load_policy, shipped_names, shipped_policy
from tests.directive.builders import CALENDAR, LEADERSHIP, MONITOR, OFFICER, Paper, due_on, said
from tests.directive.builders import HEAD as HEAD_OF_UNIT
from tests.letters_files.office import DIRECTORY, HEAD, check

STRICT = (SHIPPED / "strict.yaml").read_text(encoding="utf-8")
LIGHT = shipped_policy("light")
ABOVE = {LEADERSHIP, MONITOR}


def test_three_policies_are_shipped_without_a_problem() -> None:
    assert shipped_names() == ["light", "standard", "strict"]
    for name in shipped_names():
        policy, problems = load_policy((SHIPPED / f"{name}.yaml").read_text(encoding="utf-8"))
        assert policy is not None
        assert policy.version == f"{name}@1"
        assert problems == []


@pytest.mark.parametrize("name", ["light", "standard", "strict"])
def test_every_ladder_of_a_shipped_policy_has_an_end_and_then_a_list(name: str) -> None:
    policy = shipped_policy(name)
    ladders = [policy.overdue, *(one.silence for one in policy.questions.values())]
    assert all(1 <= ladder.last <= 10 and ladder.list_every >= 1 for ladder in ladders)
    asked = set(QuestionKind) - {QuestionKind.ESCALATION, QuestionKind.SUSPENSION}
    assert set(policy.questions) == asked


def test_the_light_policy_asks_nobody_above_the_head() -> None:
    levels = [*LIGHT.acknowledge, *LIGHT.overdue.levels]
    assert {part for level in levels for part in level.ask} == {Part.OFFICER, Part.HEAD}
    pressed = [level for one in LIGHT.questions.values() for level in one.silence.levels]
    assert {part for level in pressed for part in level.ask} == {Part.ASKED}
    paper = Paper(due_on("2026-06-30"), policy=LIGHT)
    for mark in paper.marks:
        assert set(mark.to) & ABOVE == ({MONITOR} if mark.kind == "listed" else set()), mark


def test_a_light_task_left_alone_ends_on_the_list_of_the_monitoring_office() -> None:
    paper = Paper(due_on("2026-06-30"), at="2026-05-29 09:00", policy=LIGHT)
    assert paper.plan() == [
        f"2026-06-03 08:00 acknowledgement_reminded {OFFICER}",
        f"2026-06-08 08:00 acknowledgement_escalated {HEAD_OF_UNIT}",
        f"2026-06-25 08:00 reminded {OFFICER}",
        f"2026-06-30 08:00 reminded {OFFICER}",
        f"2026-07-03 08:00 escalated {HEAD_OF_UNIT}",
        f"2026-07-17 08:00 escalated_again {HEAD_OF_UNIT}",
        f"2026-07-31 08:00 escalated_again {HEAD_OF_UNIT}",
        f"2026-08-14 08:00 final_notice {HEAD_OF_UNIT}",
        f"2026-08-21 08:00 listed {MONITOR}",
    ]


def test_a_light_report_that_nobody_decides_on_is_pressed_and_then_listed_never_approved() -> None:
    paper = Paper(due_on("2026-06-30"), policy=LIGHT)
    paper.report("2026-06-01 09:00")
    asked = set(paper.question(QuestionKind.APPROVAL).asked)
    for mark in paper.marks:
        assert set(mark.to) == ({MONITOR} if mark.kind == "question_listed" else asked)
    paper.until("2026-12-31 09:00")
    assert paper.facts.state is State.REPORTED
    assert set(paper.question(QuestionKind.APPROVAL).asked) == asked


def test_the_strict_policy_counts_every_day_and_asks_by_the_hour() -> None:
    policy = shipped_policy("strict")
    assert policy.days == "all"
    assert policy.delivery.at_once
    levels = [*policy.acknowledge, *policy.overdue.levels]
    levels += [level for one in policy.questions.values() for level in one.silence.levels]
    assert {level.unit for level in levels} == {StepUnit.HOUR}
    paper = Paper(due_on("2026-02-17", "12:00"), at="2026-02-16 12:00", policy=policy)
    assert [said(mark.at) for mark in paper.marks if mark.kind == "escalated"] == [
        "2026-02-17 13:00",
        "2026-02-17 16:00",
        "2026-02-17 20:00",
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{after: 4, unit: hour, ask: [monitor]", "{after: 4, ask: [monitor]", "levels_mix"),
        ("{after: 2, unit: hour, ask: [head]", "{after: 2, unit: working_day, ask: [head]", "levels_mix"),
        ("{after: 2, unit: hour, ask: [asked]", "{after: 2, unit: day, ask: [asked]", "bad_choice"),
        ("{after: 4, unit: hour, ask: [monitor]", "{after: 1, unit: hour, ask: [monitor]", "levels_descend"),
        ("{count: -4, unit: hour}", "{count: 0, unit: hour}", "reminder_at_deadline"),
        ("{count: -4, unit: hour}", "{count: -4, unit: hours}", "bad_choice"),
        ("{count: -4, unit: hour}", "{count: -400, unit: hour}", "absurd_number"),
        ("escalation_answer_within: 2", "escalation_answer_within: 4", "answer_too_long"),
        ("    answer_unit: hour", "    answer_unit: working_day", "answer_too_long"),
        ("days: all ", "days: some ", "bad_choice"),
        ("days: all ", "day: all ", "unknown_key"),
        ("days: all ", "days: all # x", ""),
        ("  at_once: true", "  at_once: false", "held_by_night"),
        ("suspension_longest: 20", "suspension_longest: 1", "review_too_late"),
        ("suspension_longest: 20", "suspension_longest: 2600", "absurd_number"),
    ],
)
def test_each_slip_with_hours_is_told_in_both_languages(old: str, new: str, code: str) -> None:
    assert old in STRICT
    policy, problems = load_policy(STRICT.replace(old, new, 1))
    assert code in [one.code for one in problems] or not code
    for one in problems:
        assert one.vi != one.en
        assert one.line
        assert "{" not in one.vi + one.en + one.remedy_vi + one.remedy_en or code == "reminder_at_deadline"
    assert (policy is None) is any(one.is_error for one in problems)


def test_a_time_to_answer_in_hours_is_told_in_hours() -> None:
    _, problems = load_policy(STRICT.replace("escalation_answer_within: 2", "escalation_answer_within: 4"))
    assert [one.vi for one in problems] == ["được trả lời trong 4 giờ nhưng cấp trên đã được hỏi sau 3 giờ"]
    assert problems[0].en == "4 hours to answer, but the next level is asked after 3 hours"


def test_older_policies_count_working_days_and_hold_notices_at_night() -> None:
    standard = shipped_policy()
    kept = standard.model_dump(mode="json")
    for added in ("days", "suspension_longest", "escalation_answer_unit"):
        kept.pop(added)
    kept["delivery"].pop("at_once")
    assert Policy.model_validate(kept) == standard


@pytest.mark.parametrize("named", ["standard", "strict"])
def test_the_draft_of_a_letter_marked_hoa_toc_names_the_strict_policy_as_a_choice(named: str) -> None:
    letter = Letter(file="", text="", urgency=Urgency.HOA_TOC, issue_date=date(2026, 2, 13))
    office, _ = load_directory(DIRECTORY)
    assert office is not None
    draft = draft_plan(letter, office, CALENDAR, shipped_policy(named), named=named)
    line = next(line for line in draft.splitlines() if line.startswith("policy:"))
    assert ("có thể dùng «policy: strict»" in line) is (named == "standard")


def test_the_list_says_of_every_shipped_policy_what_it_is_for() -> None:
    assert set(policies.FOR) == set(shipped_names())


@pytest.mark.parametrize(("policy", "codes"), [("standard", ["day_off"]), ("strict", [])])
def test_a_deadline_on_a_sunday_is_noted_only_where_sundays_do_not_count(
    policy: str, codes: list[str]
) -> None:
    task = "  - {code: a, work: V, lead: so-nv, due: 2026-06-28 10:00}\n"
    plan, problems = check(task, head=HEAD.replace("tasks:", f"policy: {policy}\ntasks:"))
    assert plan is not None
    assert [one.code for one in problems] == codes
