"""Directory, policy and scenario files: what is wrong with them, by line."""

from datetime import date
from pathlib import Path

import pytest

from letters.directory_file import load_directory
from letters.policy_file import load_policy, policies_beside, shipped_names, shipped_policy
from letters.scenario_file import load_scenario
from letters.slips import SLIPS
from tests.letters_files.office import DIRECTORY, told

STANDARD = (Path(__file__).parents[2] / "letters" / "policies" / "standard.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("units:\n  - {code: a, head: ai}", "unknown_person"),
        ("units:\n  - {code: a, parent: z}", "unknown_superior"),
        ("units:\n  - {code: a, parent: a}", "superior_cycle"),
        ("units:\n  - {code: A b}", "bad_code"),
        ("units:\n  - {name: a}", "missing_field"),
        ("units:\n  - {code: a, hed: x}", "unknown_key"),
        ("units:\n  - {code: a, system: nhà nước}", "bad_choice"),
        ("units: [{code: a}]\ngroups: [\n{code: g, units: [b]}]", "group_unit_unknown"),
        ("units: [{code: a}]\ngroups:\n\n  - {code: g}", "empty_group"),
        ("units: [{code: a}]\npeople: [{id: p},\n\n{id: p}]", "person_twice"),
        ("units: [{code: a}]\npeople: [\n{id: p, email: a@b}]", "bad_email"),
        ("units: [{code: a}]\npeople: [\n{id: P p}]", "bad_person_id"),
        ("groups: []\nunits: [{code: a},\n{code: a}]", "unit_code_twice"),
        ("units: [{code: a}]\nadministrators:\n- ai", "unknown_person"),
        ("units: [{code: a}]\npeople: [{id: p}]\nreaders: [p,\n q]", "unknown_person"),
        ("units: [{code: a}]\nmonitoring: [\nb]", "monitoring_unknown"),
    ],
)
def test_each_slip_of_a_directory_is_told_at_its_line(row: str, code: str) -> None:
    directory, problems = load_directory(row)
    assert directory is None
    lines = row.splitlines()
    assert code in [one.code for one in problems]
    found = next(one for one in problems if one.code == code)
    assert 1 <= found.line <= len(lines)
    assert lines[found.line - 1].strip()


@pytest.mark.parametrize(
    ("absence", "code"),
    [
        ("{person: ai, start: 2026-07-01, end: 2026-07-02, delegate: mot}", "unknown_person"),
        ("{person: mot, start: 2026-07-05, end: 2026-07-02, delegate: gd-nv}", "dates_reversed"),
        ("{person: mot, start: 2026-07-01, end: 2026-07-02}", "no_delegate"),
        ("{person: mot, start: 2026-07-01, end: 2026-07-02, delegate: mot}", "delegate_self"),
        ("{person: mot, start: 31/6/2026, end: 2026-07-02, delegate: gd-nv}", "impossible_date"),
    ],
)
def test_each_slip_of_an_absence_is_told_at_its_line(absence: str, code: str) -> None:
    text = f"{DIRECTORY}absences:\n  - {absence}\n"
    assert told(load_directory(text)[1]) == [(text.count("\n"), code)]


@pytest.mark.parametrize(
    ("acting", "code"),
    [
        ("{person: ai, start: 2026-07-01}", "unknown_person"),
        ("{person: mot, start: 2026-07-05, end: 2026-07-02}", "acting_reversed"),
        ("{person: mot, start: 31/6/2026}", "impossible_date"),
        ("{person: mot}", "missing_field"),
        ("{person: mot, start: 2026-07-05, until: 2026-07-06}", "unknown_key"),
    ],
)
def test_each_slip_of_an_acting_head_is_told_at_its_line(acting: str, code: str) -> None:
    text = f"units:\n  - code: a\n    acting:\n      - {acting}\npeople:\n  - {{id: mot}}\n"
    assert (4, code) in told(load_directory(text)[1])


def test_two_people_do_not_act_as_head_on_one_day() -> None:
    def acting(*rows: str) -> list[tuple[int, str]]:
        listed = "".join(f"      - {row}\n" for row in rows)
        return told(load_directory(f"units:\n  - code: a\n    acting:\n{listed}people: [{{id: mot}}]\n")[1])

    first, open_ended = (
        "{person: mot, start: 2026-07-01, end: 2026-07-05}",
        "{person: mot, start: 2026-07-05}",
    )
    assert acting(first, open_ended) == [(5, "acting_overlap")]
    assert acting(open_ended, first) == [(5, "acting_overlap")]
    assert acting(first, "{person: mot, start: 2026-07-06}") == []


def test_an_acting_head_is_read_with_the_unit() -> None:
    row = "{code: a, acting: {person: mot, start: 1/7/2026, reason: quyền Giám đốc}}"
    directory, problems = load_directory(f"units:\n  - {row}\npeople: [{{id: mot}}]\n")
    assert problems == []
    assert directory
    assert directory.unit_by_code["a"].acting[0].start == date(2026, 7, 1)


def test_absences_that_meet_are_told() -> None:
    text = f"""{DIRECTORY}absences:
  - {{person: mot, start: 2026-07-01, end: 2026-07-10, delegate: gd-nv}}
  - {{person: gd-nv, start: 2026-07-05, end: 2026-07-06, delegate: gd-khcn}}
  - {{person: mot, start: 2026-07-10, end: 2026-07-12, delegate: gd-khcn}}
"""
    line = text.count("\n")
    directory, problems = load_directory(text)
    assert directory is not None
    assert told(problems) == [(line - 2, "delegate_away"), (line, "absence_overlap")]


def test_a_directory_is_named_after_its_content() -> None:
    one, two = load_directory(DIRECTORY)[0], load_directory(DIRECTORY + "# x\n")[0]
    assert one is not None
    assert two is not None
    assert one.version != two.version
    assert load_directory(DIRECTORY)[0] == one


def test_the_shipped_policies_have_nothing_wrong() -> None:
    for name in shipped_names():
        policy, problems = policies_beside(Path())(name)
        assert policy is not None
        assert problems == []
    assert shipped_policy().version == "standard@1"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("redo_days: 3", "redo_days: 300", "absurd_number"),
        ("redo_days: 3", "redo_day: 3", "unknown_key"),
        ("redo_days: 3", "redo_days: ba", "bad_value"),
        ("{after: 3, ask: [monitor], copy_to: [head]}", "{after: 1, ask: [monitor]}", "levels_descend"),
        ("{after: 3, ask: [monitor], copy_to: [head]}", "{after: 3, ask: []}", "level_asks_nobody"),
        ("{after: 3, ask: [monitor], copy_to: [head]}", "{after: 3, ask: [asked]}", "asked_outside"),
        ("{after: 4, ask: [head], copy_to: [officer]}", "{after: 1, ask: [head]}", "levels_descend"),
        ("{at: {count: -3}, to: [officer]}", "{at: {count: 3}, to: [officer]}", "reminder_after"),
        ("2: [commit, obstacle]", "2: [commit, approve]", "wrong_answer"),
        ("2: [commit, obstacle]", "2: []", "no_answers"),
        ("commitment_times: 2", "commitment_times: 0", "answer_endless"),
        ("  not_ours: *asked\n", "", "silent_end"),
        ("choice: refuse}", "choice: return}", "silence_decides_what"),
        ("choice: refuse}", "choice: ask_more}", "silence_decides_what"),
        ("choice: decline}", "choice: grant}", "silence_decides_what"),
        ("{after: 20, choice: refuse}", "{after: 3, choice: refuse}", "silence_decides_early"),
        ("{after: 20, choice: refuse}", "{after: 15, choice: refuse}", "silence_decides_hastily"),
        (
            "    answer_within: 3\n",
            "    decide: {after: 50, choice: approve}\n    answer_within: 3\n",
            "silence_approves",
        ),
        ("escalation_answer_within: 2", "escalation_answer_within: 4", "answer_too_long"),
        ('marks_at: "08:00"', 'marks_at: "23:00"', "quiet_marks"),
        ("before_day: strict", "before_day: stric", "bad_choice"),
        ("to: [officer]", "to: [oficer]", "bad_choice"),
    ],
)
def test_each_slip_of_a_policy_is_told_at_its_line(old: str, new: str, code: str) -> None:
    assert old in STANDARD
    text = STANDARD.replace(old, new, 1)
    policy, problems = load_policy(text)
    assert code in [one.code for one in problems]
    found = next(one for one in problems if one.code == code)
    assert (policy is None) is any(one.is_error for one in problems)
    if new:
        assert new.split(":")[0].strip("{ ") in text.splitlines()[found.line - 1]


@pytest.mark.parametrize(
    ("act", "code"),
    [
        ("{task: a, as: officer, act: acknowledge}", "missing_field"),
        ("{task: a, as: officer, act: acknowledge, when: {}}", "when_unclear"),
        ("{task: a, as: officer, act: acknowledge, when: {at: 2026-06-01}}", "not_an_instant"),
        ("{task: a, as: officer, act: acknowledge, when: {after: {event: escaladed}}}", "bad_choice"),
        ("{task: a, as: officer, act: acknowlege, when: {at: 2026-06-01 09:00}}", "bad_choice"),
        ("{task: a, as: officer, act: report, when: {at: 2026-06-01 09:00}}", "act_needs"),
        ("{task: a, as: head, act: answer, choice: commit, when: {at: 2026-06-01 09:00}}", "act_needs"),
        (
            "{task: a, as: head, act: acknowledge, when: {after: {event: escalated}, plus: lâu}}",
            "not_a_delay",
        ),
    ],
)
def test_each_slip_of_a_scenario_is_told_at_its_line(act: str, code: str) -> None:
    scenario, problems = load_scenario(f"title: x\nacts:\n\n  - {act}\n")
    assert scenario is None
    assert (4, code) in told(problems)


def test_every_slip_has_both_languages_and_a_remedy() -> None:
    for code, row in SLIPS.items():
        assert row[0] in ("error", "warning"), code
        assert all(sentence.strip() for sentence in row), code
        assert "…" in row[2] or row[1] != row[2], code


def test_a_directory_says_who_sees_what_on_the_page() -> None:
    text = f"{DIRECTORY}administrators: [mot]\nreaders:\n  - gd-nv\nmonitoring: so-nv\n"
    directory, problems = load_directory(text)
    assert problems == []
    assert directory
    assert (directory.administrators, directory.readers) == (("mot",), ("gd-nv",))
    assert directory.monitoring == ("so-nv",)


def test_two_people_with_one_address_are_a_warning_since_neither_can_sign_in_by_it() -> None:
    text = "units: [{code: a}]\npeople:\n- {id: p, email: a@b.vn}\n- {id: q, email: A@b.vn}\n"
    directory, problems = load_directory(text)
    assert directory
    assert told(problems) == [(4, "email_twice")]
