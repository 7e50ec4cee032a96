"""Patterns that are compiled at their first use are patterns like others."""

import copy
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from directive.regex import regex

PATTERN = r"(?P<day>\d{1,2})/(?P<month>\d{1,2})"
TEXT = "từ 1/7 đến 15/7"


def test_a_pattern_with_a_fault_is_told_at_its_first_use() -> None:
    faulty = regex("(")
    assert faulty.pattern == "("
    with pytest.raises(re.error):
        faulty.match("x")


def test_it_finds_what_a_compiled_one_finds() -> None:
    late, compiled = regex(PATTERN), re.compile(PATTERN)
    for _ in range(2):  # at the first use and later on
        assert [one.groupdict() for one in late.finditer(TEXT)] == [
            one.groupdict() for one in compiled.finditer(TEXT)
        ]
        assert late.sub("…", TEXT) == compiled.sub("…", TEXT)
        assert (late.match(TEXT), late.match(TEXT, 3) is None) == (None, False)
    assert (late.groups, dict(late.groupindex)) == (compiled.groups, dict(compiled.groupindex))


def test_its_flags_count() -> None:
    assert regex("sở", re.IGNORECASE).match("SỞ")
    assert regex("sở").match("SỞ") is None


def test_a_copy_finds_the_same() -> None:
    late = regex(PATTERN)
    assert copy.deepcopy(late).search(TEXT)
    assert late.search(TEXT)
    assert copy.deepcopy(late).search(TEXT)


def test_threads_that_use_it_at_once_find_the_same() -> None:
    late, together = regex(PATTERN), Barrier(8)

    def finds(_: int) -> list[str]:
        together.wait()
        return [one.group() for one in late.finditer(TEXT)]

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(finds, range(8))) == [["1/7", "15/7"]] * 8
