"""A list of words finds what a pattern of all of them would find."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.whole_words import Words
from letters.words import DUTY_VERBS, HEADS, NAME_PHRASES, STOPS

LISTS = (DUTY_VERBS, HEADS, NAME_PHRASES, STOPS)
PIECES = st.sampled_from([*(word for words in LISTS for word in words), *" ,_.1ạắđA", "ủy", "VIÊN"])
TEXTS = st.lists(PIECES | PIECES.map(str.upper) | PIECES.map(str.capitalize), max_size=6).map("".join)


@pytest.mark.parametrize("words", LISTS)
@pytest.mark.parametrize("any_case", [False, True])
@given(text=TEXTS)
def test_a_list_finds_what_its_pattern_finds(words: tuple[str, ...], any_case: bool, text: str) -> None:
    listed = Words(words, any_case=any_case)
    pattern = re.compile(listed.pattern, re.IGNORECASE if any_case else 0)
    opening = re.compile(rf"(?<!\w){listed.pattern}", re.IGNORECASE if any_case else 0)
    for place in range(len(text) + 1):
        found = pattern.match(text, place)
        assert listed.at(text, place) == (found.group() if found else "")
    assert listed.within(text) == bool(pattern.search(text))
    assert listed.opens_word_in(text) == bool(opening.search(text))


def test_the_longest_word_is_found_and_only_a_whole_one() -> None:
    words = Words(("báo", "báo cáo"))
    assert words.at("báo cáo tiến độ") == "báo cáo"
    assert words.at("báo cáoviên") == "báo"
    assert words.at("báochí") == ""
    assert words.at("Báo cáo") == ""
    assert Words(("báo cáo",), any_case=True).at("gửi BÁO CÁO", 4) == "BÁO CÁO"


def test_an_empty_list_finds_nothing() -> None:
    assert Words(()).at("báo cáo") == ""
