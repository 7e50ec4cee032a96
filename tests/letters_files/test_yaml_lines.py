"""YAML as clerks and others send it: read with its lines, or refused with one typed problem; never an exception."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.directory_file import load_directory
from letters.plan_file import load_plan
from letters.policy_file import load_policy, policies_beside
from letters.scenario_file import load_scenario
from letters.yaml_lines import MAX_BYTES, YamlRefused, parse, read_source
from tests.letters_files.office import CALENDAR, EXAMPLE, HEAD, directory

OFFICE = directory()
POLICIES = policies_beside(EXAMPLE)


def refused(text: str) -> tuple[str, int]:
    with pytest.raises(YamlRefused) as caught:
        parse(text)
    return caught.value.problem.code, caught.value.problem.line


def test_scalars_stay_as_typed_and_every_place_has_its_line() -> None:
    source = parse("a: 1.10\nb:\n  - 08:00\n  - {c: no, d: }\n")
    assert source.data == {"a": "1.10", "b": ["08:00", {"c": "no", "d": None}]}
    assert [source.line("a"), source.line("b", 1, "c"), source.line("b", 7, "x")] == [1, 4, 2]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\n\tb: 2\n", "yaml_tab", 2),
        ("a: [1\nb: 2\n", "yaml_syntax", 2),
        ("a: b: c\n", "yaml_syntax", 1),
        ("a: 1\n---\nb: 2\n", "yaml_two_documents", 2),
        ("a: 1\nb: \x07\n", "yaml_control", 2),
        ("a: 1\nb: \0\n", "file_binary", 2),
        ("a: " + "[" * 60 + "]" * 60, "yaml_too_deep", 1),
        ("a: *gone\n", "yaml_syntax", 1),
    ],
)
def test_what_is_not_yaml_is_refused_at_its_line(text: str, code: str, line: int) -> None:
    assert refused(text) == (code, line)


def test_bombs_are_refused_within_bounds() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
    )
    assert refused(bomb)[0] == "yaml_too_many"
    assert refused("a: &a [*a]\n")[0] == "yaml_too_deep"
    assert refused("[" * 100_000)[0] == "yaml_too_deep"
    assert refused("x" * (MAX_BYTES + 1))[0] == "file_too_large"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"a: 1\n\xff\xfe\xfd", "file_not_utf8"),
        ("a: 1".encode("utf-16"), "file_utf16"),
        (b"\x89PNG\r\n\x1a\n\0\0", "file_binary"),
        (b"x" * (MAX_BYTES + 1), "file_too_large"),
    ],
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, raw: bytes, code: str) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(raw)
    with pytest.raises(YamlRefused) as caught:
        read_source(path)
    assert caught.value.problem.code == code


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "no.yaml", "file_missing"), (tmp_path, "file_is_folder")):
        with pytest.raises(YamlRefused) as caught:
            read_source(path)
        assert caught.value.problem.code == code


def load_all(text: str) -> None:
    load_plan(text, directory=OFFICE, calendar=CALENDAR, policies=POLICIES)
    load_directory(text)
    load_policy(text)
    load_scenario(text, directory=OFFICE)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    load_all(text)


LEAVES = st.one_of(st.none(), st.integers(), st.booleans(), st.text("ab:#-?{}[]*&!|>'\"%@` \n", max_size=12))
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = (
    "directive",
    "tasks",
    "policy",
    "monitor",
    "approvers",
    "units",
    "groups",
    "people",
    "absences",
    "version",
)
FIELDS = ("code", "work", "due", "lead", "deadline", "approvers", "when", "as", "act", "task", "start", "end")
ROWS = st.dictionaries(st.sampled_from(FIELDS), TREES, max_size=5)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from((*KEYS, "acts", "questions", "overdue", "reminders")),
        TREES | st.lists(ROWS, max_size=4),
    )
)
def test_any_tree_is_read_or_refused(tree: dict[str, object]) -> None:
    load_all(json.dumps(tree, ensure_ascii=False))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2000), st.sampled_from(list("\t\0:#'\"[]{}&*!|>%@`-? \n\u2028\ufeff1")))
def test_a_damaged_plan_is_read_or_refused(at: int, slip: str) -> None:
    text = HEAD + "  - {code: a, work: Việc, lead: [so-khcn], due: 2026-06-30}\n"
    at %= len(text)
    load_all(text[:at] + slip + text[at:])
    load_all(text[:at] + text[at + 1 :])
