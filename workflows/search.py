"""The two search attributes, set once at the start: what an administrator filters by in the Temporal UI."""

from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

DIRECTIVE_NUMBER = SearchAttributeKey.for_keyword("DirectiveNumber")
UNIT = SearchAttributeKey.for_keyword("Unit")


def attributes(number: str, unit: str = "") -> TypedSearchAttributes:
    """The attributes of a directive's or a task's workflow: the letter's number as signed, the unit's code."""
    pairs = [SearchAttributePair(DIRECTIVE_NUMBER, number)]
    if unit:
        pairs.append(SearchAttributePair(UNIT, unit))
    return TypedSearchAttributes(pairs)
