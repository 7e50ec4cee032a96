"""Files that ask for an approval: every slip with its line, all at once, and a good one is what is submitted."""

from datetime import UTC, date, datetime

import pytest

from directive.clock import OfficeClock
from directive.plan import Plan
from letters.ask_file import load_request
from letters.policy_file import policies_beside
from letters.problem import Problem
from tests.letters_files.office import CALENDAR, EXAMPLE, directory, told

AT = datetime(2026, 6, 1, 2, tzinfo=UTC)
GOOD = """\
reference: ttr-45
document: {number: 45/TTr-SKHCN, dated: 29/05/2026}
subject: Ban hành kế hoạch
text: Kính trình phê duyệt
evidence: [{name: Dự thảo, where: du-thao.docx}]
from: {unit: so-khcn, person: cv-khcn}
issuer: du
monitor: vp
needed: 2026-06-30
route: [head of the monitor, {ask: ["head:so-nv", "approver:du"], quorum: all}]
"""


def check(text: str) -> tuple[Plan | None, list[Problem]]:
    return load_request(
        text, directory=directory(), calendar=CALENDAR, policies=policies_beside(EXAMPLE), at=AT
    )


def test_a_good_file_is_what_is_submitted() -> None:
    plan, problems = check(GOOD)
    assert problems == []
    assert plan is not None
    (order,) = plan.orders(directory(), OfficeClock())
    assert (order.task.id, order.task.directive, order.task.kind) == (
        "approval:ttr-45",
        "approval:ttr-45",
        "approval",
    )
    assert [(stage.asks, stage.quorum) for stage in order.task.route] == [
        (("head:vp",), 1),
        (("head:so-nv", "approver:du"), 0),
    ]
    assert order.due is None
    assert plan.request is not None
    said = plan.request.submission(AT)
    assert (said.actor, said.role, said.text) == ("cv-khcn", "officer:so-khcn", "Kính trình phê duyệt")
    assert said.document is not None
    assert said.document.dated == date(2026, 5, 29)
    again = check(GOOD)[0]
    assert again is not None
    assert again.digest == plan.digest


@pytest.mark.parametrize(
    ("line", "instead", "code"),
    [
        (1, "reference: Tờ trình 45", "bad_code"),
        (1, "reference:", "missing_field"),
        (2, "document: {number: 45/TTr-SKHCN}", "missing_field"),
        (2, "document: {number: 45/TTr-SKHCN, dated: 31/6/2026}", "impossible_date"),
        (3, "subject:", "missing_field"),
        (4, "txet: Kính trình", "unknown_key"),
        (4, f"text: {'x' * 8001}", "text_too_long"),
        (5, "evidence: [{name: Dự thảo}]", "missing_field"),
        (6, "from: {unit: so-khcm, person: cv-khcn}", "unknown_unit"),
        (6, "from: {unit: so-khcn, person: cv-nv}", "not_of_unit"),
        (6, "from: {unit: so-khcn, person: ai-do}", "unknown_person"),
        (6, "from: {unit: so-khcn}", "missing_field"),
        (7, "issuer: la", "unknown_unit"),
        (8, "monitor: so-trong", "monitor_no_head"),
        (8, "", "no_monitor"),
        (9, "needed: 2026-05-01", "needed_past"),
        (9, "policy: nhanh", "policy_unknown"),
        (10, "route: []", "no_route"),
        (10, "route: [boss of the issuer]", "bad_role"),
        (10, 'route: [{ask: ["head:so-nv"], quorum: 2}]', "bad_quorum"),
        (10, "route: [approver of the issuer] # ? có cần Sở Nội vụ không", "undecided"),
        (4, "text: x\\n# TỐI MẬT", "secret"),
    ],
)
def test_each_slip_is_told_at_its_line(line: int, instead: str, code: str) -> None:
    lines = GOOD.splitlines()
    lines[line - 1] = instead.replace("\\n", "\n")
    found = told(check("\n".join(lines) + "\n")[1])
    assert code in [one for _, one in found], found
    at = next(number for number, one in found if one == code)
    assert at in (line, line + 1 if code == "secret" else line, 1 if code == "no_monitor" else line)


@pytest.mark.parametrize(
    "text", ["", "[]", "a: [", "x", "route: {", "from: 3\nroute: 7\nevidence: 9\ndocument: []\n"]
)
def test_no_text_breaks_it(text: str) -> None:
    plan, problems = check(text)
    assert plan is None
    assert problems


def test_whoever_stands_in_submits_for_the_one_who_is_away() -> None:
    from directive.directory import Absence

    away = Absence(person="gd-khcn", start=date(2026, 6, 1), end=date(2026, 6, 5), delegate="gd-nv")
    plan, problems = load_request(
        GOOD.replace("person: cv-khcn", "person: gd-nv"),
        directory=directory().model_copy(update={"absences": (away,)}),
        calendar=CALENDAR,
        policies=policies_beside(EXAMPLE),
        at=AT,
    )
    assert problems == []
    assert plan is not None
    assert plan.request is not None
    assert (plan.request.role, plan.request.on_behalf_of) == ("head:so-khcn", "gd-khcn")
