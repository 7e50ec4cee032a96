"""Plan files: every slip is told with its line, all at once, and a good plan is the plan that starts."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from directive.clock import OfficeClock
from letters.plan_file import load_plan
from letters.policy_file import policies_beside
from tests.letters_files.office import CALENDAR, EXAMPLE, HEAD, check, directory, told

FIRST = HEAD.count("\n") + 1
GOOD = "  - {code: a, work: Việc, lead: [so-khcn], due: 2026-06-30}\n"
BOTH = "ask: ['head:vp', 'approver:du']"


def one(task: str) -> list[tuple[int, str]]:
    return told(check(f"  - {{code: a, work: Việc, {task}}}\n")[1])


def test_a_good_plan_is_the_plan_that_starts() -> None:
    plan, problems = check(GOOD)
    assert problems == []
    assert plan is not None
    assert plan.directive.id == "du.1346-cv-du-2026"
    assert plan.calendar == CALENDAR.version
    task = plan.tasks[0]
    assert task.due is not None
    assert task.due.instant == datetime(2026, 6, 30, 17, tzinfo=UTC)
    assert task.route[0].asks == ("approver:du",)
    assert task.monitor == "vp"
    assert check(GOOD)[0] == plan
    assert [order.task.id for order in plan.orders(directory(), OfficeClock())] == [
        "task:du.1346-cv-du-2026:a:so-khcn"
    ]


@pytest.mark.parametrize(
    ("task", "codes"),
    [
        ("lead: [so-khcm], due: none", ["unknown_lead"]),
        ("lead: [Sở KH&CN], due: none", ["unknown_lead"]),
        ("due: none", ["no_lead"]),
        ("lead: so-khcn, due: none, monitor: la", ["unknown_unit"]),
        ("lead: so-khcn, due: none, monitor: cac-so", ["group_not_unit"]),
        ("lead: so-khcn, due: none, monitor: so-trong", ["monitor_no_head"]),
        ("lead: so-trong, due: none", ["no_head", "no_officer"]),
        ("lead: so-khcn, supporting: so-khcn, due: none", ["supports_itself"]),
        ("lead: [cac-so, hai-so], due: none", ["unit_twice", "unit_twice"]),
        ("lead: so-khcn, due: none, approvers: []", ["no_approver"]),
        ("lead: so-khcn, due: none, approvers: [boss of the issuer]", ["bad_role"]),
        ("lead: so-khcn, due: none, approvers: ['approver:la']", ["unknown_unit"]),
        ("lead: so-khcn, due: none, approvers: ['officer:du']", ["role_vacant"]),
        ("lead: cac-so, due: none, approvers: [head of the lead unit]", ["role_of_many"]),
        ("lead: so-mot, due: none, approvers: ['approver:so-mot']", ["only_self"]),
        ("lead: so-khcn, due: none, approvers: [{ask: ['approver:du'], quorum: 2}]", ["bad_quorum"]),
        (
            f"lead: so-khcn, due: none, approvers: [{{{BOTH}, quorum: 4, weights: {{'head:vp': 2}}}}]",
            ["quorum_too_heavy"],
        ),
        (
            f"lead: so-khcn, due: none, approvers: [{{{BOTH}, quorum: all, weights: {{'head:vp': 0}}}}]",
            ["bad_weight"],
        ),
        (
            f"lead: so-khcn, due: none, approvers: [{{{BOTH}, quorum: all, weights: {{'head:so-nv': 2}}}}]",
            ["voice_not_asked"],
        ),
        (
            f"lead: so-khcn, due: none, approvers: [{{{BOTH}, quorum: all, veto: ['head:so-nv']}}]",
            ["voice_not_asked"],
        ),
        (f"lead: so-khcn, due: none, approvers: [{{{BOTH}, veto: ['head:vp']}}]", ["veto_idle"]),
        ("lead: so-khcn, due: 31/6/2026", ["impossible_date"]),
        ("lead: so-khcn, due: 2026-13-01", ["impossible_date"]),
        ("lead: so-khcn, due: mai", ["not_a_due"]),
        ("lead: so-khcn, due: {rrule: xyz, next: 2026-06-25}", ["bad_rrule"]),
        ("lead: so-khcn, due: {rrule: FREQ=MONTHLY}", ["missing_field"]),
        ("lead: so-khcn, due: 2026-05-28", ["before_letter"]),
        ("lead: so-khcn, due: 2126-06-30", ["far_deadline"]),
        ("lead: so-khcn, due: 2026-06-28", ["day_off"]),
        ("lead: so-khcn, due: 2027-03-01", ["provisional"]),
        ("lead: so-khcn", ["no_deadline"]),
        ("lead: so-khcn, deadline: thường xuyên", ["no_deadline"]),
        ("lead: so-khcn, deadline: trong 5 ngày làm việc kể từ ngày nhận được văn bản", ["needs_received"]),
        ("lead: so-khcn, deadline: chậm nhất ngày 31/6/2026", ["deadline_invalid"]),
        ("lead: so-khcn, deadline: chậm nhất ngày 15/6/2026, due: 2026-06-17", ["due_differs"]),
        ("lead: so-khcn, deadline: chậm nhất ngày 15/6/2026, due: none", ["due_differs"]),
        ("lead: so-khcn, deadline: chậm nhất ngày 15/6/2026, received: 2026-06-01", ["received_unused"]),
        ("lead: so-khcn, due: none, parent: z", ["unknown_parent"]),
        ("lead: so-khcn, due: none, parent: a", ["parent_cycle"]),
        ("lead: so-khcn, due: none, led: x", ["unknown_key"]),
        ("lead: so-khcn, due: none, lead: so-nv", ["yaml_key_twice"]),
    ],
)
def test_each_slip_is_told_at_its_line(task: str, codes: list[str]) -> None:
    assert one(task) == [(FIRST, code) for code in codes]


@pytest.mark.parametrize(
    ("task", "due"),
    [
        ("deadline: từ nay đến hết tháng 6/2026", "2026-06-30T17:00:00+00:00"),
        ("deadline: trước ngày 15/6/2026", "2026-06-14T17:00:00+00:00"),
        ("due: '2026-06-25 17:00'", "2026-06-25T10:00:00+00:00"),
        ("due: 2026-06-25 17h", "2026-06-25T10:00:00+00:00"),
        ("due: 2026-06-25 24:00", "2026-06-25T17:00:00+00:00"),
        ("due: 25/6/2026", "2026-06-25T17:00:00+00:00"),
        (
            "deadline: trong 5 ngày làm việc kể từ ngày nhận được văn bản, received: 2026-06-01",
            "2026-06-08T17:00:00+00:00",
        ),
    ],
)
def test_a_deadline_is_the_instant_it_means(task: str, due: str) -> None:
    plan, problems = check(f"  - {{code: a, work: Việc, lead: so-khcn, {task}}}\n")
    assert plan is not None, problems
    assert plan.tasks[0].due is not None
    assert plan.tasks[0].due.instant.isoformat() == due


def test_the_other_reading_may_be_chosen_and_is_kept() -> None:
    plan, problems = check(
        "  - {code: a, work: V, lead: so-nv, deadline: trước ngày 16/6/2026, due: 2026-06-16}\n"
    )
    assert problems == []
    assert plan is not None
    assert plan.tasks[0].due is not None
    assert plan.tasks[0].due.choice == "alternative"
    assert plan.tasks[0].due.worded == "trước ngày 16/6/2026"


def test_a_recurring_deadline_keeps_its_rule() -> None:
    plan, problems = check(
        "  - {code: a, work: V, lead: so-nv, due: {rrule: FREQ=MONTHLY;BYMONTHDAY=25, next: 2026-06-25}}\n"
    )
    assert problems == []
    assert plan is not None
    assert plan.tasks[0].recurrence is not None
    assert plan.tasks[0].recurrence.start == date(2026, 6, 25)


def test_several_deadlines_in_one_wording_are_a_question_that_names_them() -> None:
    wording = "gửi dự thảo trước ngày 10/6/2026, gửi báo cáo trước ngày 20/6/2026"
    _, problems = check(f"  - {{code: a, work: V, lead: so-nv, deadline: '{wording}'}}\n")
    assert [one.code for one in problems] == ["deadline_unclear"]
    assert "2026-06-09" in problems[0].remedy_vi
    assert "2026-06-19" in problems[0].remedy_vi


def test_a_deadline_that_has_passed_is_accepted_only_when_late() -> None:
    assert told(check(GOOD, today=date(2026, 7, 1))[1]) == [(FIRST, "deadline_past")]
    plan, problems = check(GOOD, today=date(2026, 7, 1), late=True)
    assert plan is not None
    assert told(problems) == [(FIRST, "deadline_late")]
    assert check(GOOD, today=date(2026, 6, 30))[1] == []


def test_the_instant_of_the_assignment_counts_where_it_is_known() -> None:
    text = HEAD + GOOD.replace("2026-06-30", "2026-06-30 16:00")
    for hour, codes in ((8, []), (10, ["deadline_past"])):
        at = datetime(2026, 6, 30, hour, tzinfo=UTC)
        policies = policies_beside(EXAMPLE)
        _, problems = load_plan(text, directory=directory(), calendar=CALENDAR, policies=policies, at=at)
        assert [one.code for one in problems] == codes


def test_everything_is_told_at_once() -> None:
    tasks = (
        "  - {code: A 1, work: V, lead: so-x, due: 31/6/2026}\n"
        "  - {code: b, lead: so-trong, due: 2026-05-01}  # ? đơn vị nào\n"
        "  - {code: b, work: V, lead: so-nv, due: none}\n"
    )
    head = HEAD.replace("issuer: du", "isuer: du").replace("tasks:", "polcy: x\ntasks:")
    plan, problems = check(tasks, head=head)
    assert plan is None
    codes = {one.code for one in problems}
    assert codes >= {"unknown_key", "bad_code", "unknown_lead", "impossible_date", "undecided", "no_head"}
    assert codes >= {"before_letter", "code_twice", "missing_field"}
    assert [one.line for one in problems] == sorted(one.line for one in problems)
    assert "issuer" in next(one.vi for one in problems if one.code == "unknown_key")


def test_an_open_question_stops_the_plan_but_a_quoted_one_does_not() -> None:
    assert told(check(GOOD + "  # ? hỏi lại hạn\n")[1]) == [(FIRST + 1, "undecided")]
    assert check(GOOD.replace("Việc", '"Việc # ? gì"'))[1] == []
    assert check("  - code: a\n    work: >-\n      Việc # ? gì\n    lead: so-nv\n    due: none\n")[1] == []


@pytest.mark.parametrize(
    "mark", ["# TUYỆT MẬT\n", "độ_mật: x\n# Độ mật: Tối mật\n", "  MẬT\n", "subject: 'TỐI MẬT'\n"]
)
def test_a_secret_is_refused_and_nothing_of_it_is_told(mark: str) -> None:
    plan, problems = check("", head=mark + HEAD + GOOD)
    assert plan is None
    assert [one.code for one in problems] == ["secret"]
    assert "1346" not in problems[0].model_dump_json()


@pytest.mark.parametrize("word", ["bảo vệ bí mật nhà nước", "BẢO MẬT THÔNG TIN", "mật khẩu", "bí mật"])
def test_ordinary_words_are_not_a_secrecy_mark(word: str) -> None:
    assert check(GOOD.replace("Việc", word))[1] == []


def test_a_policy_is_named_or_a_path_beside_the_plan(tmp_path: Path) -> None:
    standard = (EXAMPLE.parents[1] / "letters" / "policies" / "standard.yaml").read_text(encoding="utf-8")
    (tmp_path / "own.yaml").write_text(standard.replace("standard@1", "own@1"), encoding="utf-8")
    (tmp_path / "bad.yaml").write_text(standard.replace("redo_days: 3", "redo_days: 0"), encoding="utf-8")
    line = FIRST - 1
    for named, codes in (("own.yaml", []), ("bad.yaml", ["policy_broken"]), ("standrd", ["policy_unknown"])):
        head = HEAD.replace("tasks:", f"policy: {named}\ntasks:")
        plan, problems = check(GOOD, head=head, folder=tmp_path)
        assert told(problems) == [(line, code) for code in codes]
        assert (plan is not None) is (not codes)


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("approver of the issuer", ("approver:du",)),
        ("người phê duyệt của cơ quan ban hành", ("approver:du",)),
        ("lãnh đạo của cơ quan ban hành", ("leadership:du",)),
        ("head of the monitor", ("head:vp",)),
        ("head of the lead unit", ("head:so-nv",)),
        ("head of so-khcn", ("head:so-khcn",)),
        ("approver:du", ("approver:du",)),
    ],
)
def test_a_route_may_be_said_in_words(said: str, asks: tuple[str, ...]) -> None:
    plan, problems = check(f"  - {{code: a, work: V, lead: so-nv, due: none, approvers: ['{said}']}}\n")
    assert plan is not None, problems
    assert plan.tasks[0].route[0].asks == asks


def test_a_route_has_stages_with_a_quorum() -> None:
    route = "[{ask: ['head:vp', 'approver:du'], quorum: all}, leadership of the issuer]"
    plan, problems = check(f"  - {{code: a, work: V, lead: so-nv, due: none, approvers: {route}}}\n")
    assert plan is not None, problems
    assert [(stage.asks, stage.quorum) for stage in plan.tasks[0].route] == [
        (("head:vp", "approver:du"), 0),
        (("leadership:du",), 1),
    ]


def test_a_stage_may_weigh_voices_and_give_a_veto() -> None:
    route = f"[{{{BOTH}, quorum: 2, weights: {{'approver:du': 2}}, veto: ['head:vp']}}]"
    plan, problems = check(f"  - {{code: a, work: V, lead: so-nv, due: none, approvers: {route}}}\n")
    assert plan is not None, problems
    (stage,) = plan.tasks[0].route
    assert (stage.weights, stage.veto, stage.whole) == ({"approver:du": 2}, ("head:vp",), 3)


def test_a_missing_monitor_is_told_once() -> None:
    plan, problems = check(GOOD + GOOD.replace("code: a", "code: b"), head=HEAD.replace("monitor: vp\n", ""))
    assert plan is None
    assert [one.code for one in problems] == ["no_monitor"]
