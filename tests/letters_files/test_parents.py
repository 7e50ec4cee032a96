"""Parents and children in a plan: what `check` refuses, what it warns of, and which task becomes the parent."""

import pytest

from directive.clock import OfficeClock
from tests.letters_files.office import HEAD, check, directory, told

FIRST = HEAD.count("\n") + 1
PARENT = "  - {code: a, work: Cha, lead: so-nv, due: 2026-06-30}\n"
OF_MANY = "  - {code: a, work: Cha, lead: [so-nv, so-khcn], due: 2026-06-30}\n"
MONTHLY = "{rrule: 'FREQ=MONTHLY;BYMONTHDAY=25', next: 2026-06-25"


def child(fields: str, parent: str = PARENT) -> list[tuple[int, str]]:
    return told(check(f"{parent}  - {{code: a.1, work: Con, parent: a, {fields}}}\n")[1])


def parents(tasks: str) -> dict[str, str]:
    """Each task's parent, by the tails of their ids."""
    plan, problems = check(tasks)
    assert plan, problems
    orders = plan.orders(directory(), OfficeClock())
    return {tail(one.task.id): tail(one.task.parent) for one in orders}


def tail(task_id: str) -> str:
    return task_id.partition("-2026:")[2]


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ("lead: so-nv, due: 2026-06-30", []),
        ("lead: so-nv, due: 2026-07-01", ["after_parent"]),
        ("lead: so-nv, due: 2026-06-30 08:00", []),
        ("lead: so-nv, due: none", ["child_undated"]),
        (f"lead: so-nv, due: {MONTHLY}, until: 2026-06-30}}", []),
        (f"lead: so-nv, due: {MONTHLY}}}", ["outlives_parent"]),
        (f"lead: so-nv, due: {MONTHLY}, until: 2026-12-25}}", ["outlives_parent"]),
    ],
)
def test_a_child_ends_no_later_than_its_parent(fields: str, codes: list[str]) -> None:
    assert child(fields) == [(FIRST + 1, code) for code in codes]


@pytest.mark.parametrize(
    ("parent", "codes"),
    [
        ("due: none", []),
        (f"due: {MONTHLY}}}", []),
        (f"due: {MONTHLY}, until: 2026-12-25}}", []),
        (f"due: {MONTHLY}, until: 2026-07-25}}", ["after_parent"]),
    ],
)
def test_a_recurring_parent_bounds_its_children_by_its_last_period_only(
    parent: str, codes: list[str]
) -> None:
    above = f"  - {{code: a, work: Cha, lead: so-nv, {parent}}}\n"
    assert [code for _, code in child("lead: so-nv, due: 2026-08-28", above)] == codes


def test_a_date_that_was_refused_is_no_child_without_a_deadline() -> None:
    assert [code for _, code in child("lead: so-nv, due: 31/6/2026")] == ["impossible_date"]
    assert "child_undated" not in [code for _, code in child("lead: so-nv, deadline: khi có hướng dẫn")]


def test_parents_that_are_unknown_or_each_other_are_refused() -> None:
    tasks = (
        "  - {code: b, work: V, lead: so-nv, parent: c, due: none}\n"
        "  - {code: c, work: V, lead: so-nv, parent: b, due: none}\n"
        "  - {code: d, work: V, lead: so-nv, parent: d, due: none}\n"
        "  - {code: e, work: V, lead: so-nv, parent: x, due: none}\n"
    )
    cycles = [(FIRST, "parent_cycle"), (FIRST + 2, "parent_cycle")]
    assert told(check(tasks)[1]) == [*cycles, (FIRST + 3, "unknown_parent")]


def test_a_parent_of_several_units_is_the_childs_own_units_or_refused() -> None:
    assert child("lead: so-khcn, due: 2026-06-30", OF_MANY) == []
    _, problems = check(f"{OF_MANY}  - {{code: a.1, work: Con, parent: a, lead: vp, due: 2026-06-30}}\n")
    assert told(problems) == [(FIRST + 1, "parent_lead")]
    assert "so-nv, so-khcn" in problems[0].vi


def test_a_child_belongs_to_its_own_units_parent_else_to_the_only_one() -> None:
    below = "  - {code: a.1, work: Con, parent: a, lead: cac-so, due: 2026-06-30}\n"
    assert parents(PARENT + below) == {
        "a:so-nv": "",
        "a.1:so-khcn": "a:so-nv",  # led by another unit: the one parent there is
        "a.1:so-nv": "a:so-nv",
    }
    assert parents(OF_MANY + below)["a.1:so-khcn"] == "a:so-khcn"
