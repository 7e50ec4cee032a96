"""Values that thousands of cached tasks hold."""

from datetime import timedelta

from directive.thrift import held_once, lean
from tests.directive.builders import due_on, make_order, overdue


def test_what_is_equal_is_held_once() -> None:
    due = due_on("2026-06-30")
    again = due.model_copy()
    assert again is not due
    assert held_once(again) is held_once(due)
    later = due.model_copy(update={"instant": due.instant + timedelta(days=1)})
    assert held_once(later) == later != held_once(due)


def test_a_lean_value_says_what_it_said() -> None:
    facts = overdue().facts
    told, same = facts.model_dump_json(), facts.model_copy(deep=True)
    assert lean(facts) == same
    assert facts.model_dump_json() == told
    assert type(facts).model_validate_json(told) == facts


def test_what_becomes_of_one_lean_value_is_nothing_to_another() -> None:
    one, other = lean(overdue().facts), lean(make_order())
    moved = one.having(revision=one.revision + 1)
    assert moved.model_fields_set == {"revision"}
    assert one.model_fields_set == other.model_fields_set == other.task.model_fields_set == set()
