"""The labelled letters, read and scored: header fields, tasks, deadlines."""

import importlib.util
import json
import sys
import unicodedata
from pathlib import Path
from types import ModuleType
from typing import Any

import docx
import pytest

from letters.read import read_letter
from letters.refusals import LetterKind, NotALetter
from register.calendars import shipped_calendar

ROOT = Path(__file__).resolve().parents[2]
LETTERS = ROOT / "tests" / "data" / "letters"
FOLDERS = (LETTERS, LETTERS / "blind")
LABELS = sorted(path for folder in FOLDERS for path in folder.glob("*.json"))


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_letters", ROOT / "bench" / "letters.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_letters"] = module
    spec.loader.exec_module(module)
    return module


BENCH = scorer()
HEADER = (*BENCH.PLAIN, *BENCH.LISTS, "references", "kind")


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.name)
def score(request: pytest.FixtureRequest) -> object:
    return BENCH.score_directory(request.param)


def test_every_header_field_of_the_labelled_letters_is_right(score) -> None:  # type: ignore[no-untyped-def]
    rows = {row["field"]: row for row in score.rows()}
    wrong = [
        field
        for field in HEADER
        if field in rows and not (rows[field]["precision"] == rows[field]["recall"] == 1)
    ]
    assert not wrong, score.faults


def test_no_task_is_invented_and_none_is_lost(score) -> None:  # type: ignore[no-untyped-def]
    assert [fault for fault in score.faults if "task invented" in fault or "task missed" in fault] == []


def test_at_least_95_percent_of_the_tasks_have_their_deadline(score) -> None:  # type: ignore[no-untyped-def]
    row = next(row for row in score.rows() if row["field"] == "tasks_with_deadline")
    assert row["recall"] >= 0.95, score.faults


def labelled(path: Path) -> dict[str, Any]:
    label: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return label


TAKEN = [path for path in LABELS if not labelled(path).get("refused")]


@pytest.mark.parametrize("path", TAKEN, ids=lambda path: path.stem)
def test_a_letter_reads_the_same_in_word(path: Path, tmp_path: Path) -> None:
    """Paragraph by paragraph; an annex drawn with spaces is no table there, and left out of the comparison."""
    text = (path.parent / labelled(path)["file"]).read_text("utf-8")
    document = docx.Document()
    for line in unicodedata.normalize("NFC", text).splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "letter.docx"))
    of_text = read_letter(path.parent / labelled(path)["file"], calendar=shipped_calendar())
    of_word = read_letter(tmp_path / "letter.docx", calendar=shipped_calendar())
    assert outside_annex(of_word.to_record()) == outside_annex(of_text.to_record())


def outside_annex(record: dict[str, Any]) -> dict[str, Any]:
    kept = {field: record[field] for field in HEADER if field in record}
    tasks = [task for section in record["sections"] for task in section["tasks"]]
    return {**kept, "tasks": [task for task in tasks if not task["id"].startswith("PL")]}


@pytest.mark.parametrize("path", TAKEN, ids=lambda path: path.stem)
def test_no_deadline_is_invented(path: Path) -> None:
    label = labelled(path)
    wanted = [task["deadline"]["expected"] for task in BENCH.tasks_of(label) if task["deadline"]]
    read = read_letter(path.parent / label["file"], calendar=shipped_calendar())
    given = [task.deadline.expected for task in read.tasks if task.deadline and task.deadline.expected]
    assert [value for value in given if value not in wanted] == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("f09_news_2026", LetterKind.NEWS),
        ("f10_invitation_2026", LetterKind.INVITATION),
        ("f11_notice_2026", LetterKind.NOTICE),
    ],
)
def test_what_is_not_a_letter_with_tasks_is_named_as_what_it_is(name: str, kind: LetterKind) -> None:
    with pytest.raises(NotALetter) as refusal:
        read_letter(LETTERS / f"{name}.txt", calendar=shipped_calendar())
    assert refusal.value.kind is kind


def test_a_letter_in_nfd_reads_as_in_nfc() -> None:
    import unicodedata

    text = (LETTERS / "syn_2417-UBND-KGVX_2026.txt").read_text("utf-8")
    calendar = shipped_calendar()
    composed = read_letter(unicodedata.normalize("NFC", text), calendar=calendar)
    assert read_letter(unicodedata.normalize("NFD", text), calendar=calendar) == composed


def test_every_span_points_at_the_words_it_names() -> None:
    letter = read_letter(LETTERS / "syn_2417-UBND-KGVX_2026.txt", calendar=shipped_calendar())
    for task in letter.tasks:
        assert task.span is not None
        assert task.deadline is not None
        assert task.deadline.span is not None
        assert (
            letter.text[task.deadline.span.start : task.deadline.span.end].strip(" .") == task.deadline.text
        )
        assert letter.text.count("\n", 0, task.span.start) + 1 == task.span.first_line


def test_likely_slips_of_the_scan_are_suggested_and_the_original_is_kept() -> None:
    letter = read_letter(LETTERS / "seed_1346-CV-DU_2026.txt", calendar=shipped_calendar())
    assert [(slip.original, slip.suggestion) for slip in letter.suggestions] == [
        ("đơn đốc", "đôn đốc"),
        ("đơn đốc", "đôn đốc"),
        ("theodoing.dcs.vn", "theodoinq.dcs.vn"),
    ]
    assert "theodoing.dcs.vn" in letter.text
    assert letter.subject is not None
    assert "đơn đốc" in letter.subject


def test_a_sentence_broken_by_a_page_is_one_task() -> None:
    letter = read_letter(LETTERS / "seed_1346-CV-DU_2026.txt", calendar=shipped_calendar())
    task = next(task for task in letter.tasks if task.id == "1.3")
    assert "tài liệu minh chứng kèm theo" in task.body


def test_short_names_that_the_letter_defines_stand_for_the_unit() -> None:
    letter = read_letter(LETTERS / "f07_3055-VP-TH_2026.txt", calendar=shipped_calendar())
    assert next(task for task in letter.tasks if task.id == "2").report_to == "Sở Khoa học và Công nghệ"


def test_a_sentence_that_is_no_task_is_kept_with_the_reason() -> None:
    letter = read_letter(LETTERS / "syn_2417-UBND-KGVX_2026.txt", calendar=shipped_calendar())
    assert [left.reason for left in letter.left_out if left.text.startswith("Trong quá trình")] == ["closing"]
