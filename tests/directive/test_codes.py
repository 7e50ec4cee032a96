"""Codes and ids."""

from datetime import date

import pytest

from directive.codes import ascii_slug, directive_id, is_code, task_id


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("1346-CV/ĐU", "1346-cv-du"),
        ("45/KH-UBND", "45-kh-ubnd"),
        ("  Số 23 ", "so-23"),
        ("ủy", "uy"),
        ("uỷ", "uy"),
    ],
)
def test_a_number_becomes_plain_ascii(text: str, slug: str) -> None:
    assert ascii_slug(text) == slug
    assert is_code(slug)


def test_a_directive_is_named_by_issuer_number_and_year() -> None:
    named = directive_id("du-ubnd-nb", "1346-CV/ĐU", date(2026, 5, 29))
    assert named == "du-ubnd-nb.1346-cv-du-2026"
    assert task_id(named, "t1", "so-khcn") == "task:du-ubnd-nb.1346-cv-du-2026:t1:so-khcn"


@pytest.mark.parametrize("text", ["", "-a", ".a", "Sở", "a b", "a:b", "a" * 41, "a\n"])
def test_what_is_not_a_code(text: str) -> None:
    assert not is_code(text)
