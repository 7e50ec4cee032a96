"""What people type."""

import pytest

from directive.clock import OfficeClock
from register.open import Register
from register.plans import orders_of, save_plan
from register.reading import find_directives, find_tasks
from tests.register.given import DIRECTIVE, Running, plan, planned

OTHER = "1347-CV/ĐU"


@pytest.fixture
async def full(assigned: Register) -> Register:
    """Two directives: 1.1 and 1.2 (three units), and 1.1 and 1.10 of another number."""
    other = plan(planned("1.1"), planned("1.10", ("so-b",)), number=OTHER)
    await save_plan(assigned, other, "d1")
    for directive in (DIRECTIVE, other.directive.id):
        for order in await orders_of(assigned, directive, OfficeClock()):
            await Running(assigned, order).start()
    return assigned


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1346-CV/ĐU 1.1", [f"task:{DIRECTIVE}:1.1:so-a"]),
        ("1346 1.1", [f"task:{DIRECTIVE}:1.1:so-a"]),
        (f"{DIRECTIVE}:1.2:so-b", [f"task:{DIRECTIVE}:1.2:so-b"]),
        (f"task:{DIRECTIVE}:1.2:so-c", [f"task:{DIRECTIVE}:1.2:so-c"]),
        ("1.10", ["task:du.1347-cv-du-2026:1.10:so-b"]),
        ("so-c", [f"task:{DIRECTIVE}:1.2:so-c"]),
        ("1.1", [f"task:{DIRECTIVE}:1.1:so-a", "task:du.1347-cv-du-2026:1.1:so-a"]),
        ("1346 so-b", [f"task:{DIRECTIVE}:1.2:so-b"]),
        ("99", []),
        (" / ", []),
    ],
)
async def test_what_is_typed_finds_the_tasks_it_may_mean(
    full: Register, typed: str, found: list[str]
) -> None:
    answer = await find_tasks(full, typed)
    assert [one.id for one in answer.tasks] == found
    assert (answer.only is not None) == (len(found) == 1)


async def test_a_directive_is_found_by_its_number_or_its_beginning(full: Register) -> None:
    assert [one.number for one in await find_directives(full, "1347-CV/ĐU")] == [OTHER]
    assert [one.number for one in await find_directives(full, "134")] == ["1346-CV/ĐU", OTHER]
    assert await find_directives(full, "%") == []
