"""Bad input on every command: one clear message with the remedy, the right exit code, nothing changed."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk import app, screen
from desk.exit import Code, Stop
from desk.settings import settings
from tests.desk.conftest import EXAMPLE, Run, command

TASK = "1346-CV/ĐU/1.2"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of files that are wrong in one way each, beside a directory that is right."""
    folder = tmp_path_factory.mktemp("files")
    shutil.copy(EXAMPLE / "directory.yaml", folder / "directory.yaml")
    (folder / "binary").write_bytes(b"\x7fELF\0\0\xff\xfe")
    (folder / "broken.yaml").write_text("directive:\n  number: [1346\n tasks: }", encoding="utf-8")
    (folder / "list.yaml").write_text("- 1\n- 2\n", encoding="utf-8")
    (folder / "latin1").write_bytes("Kế hoạch".encode("utf-16"))
    (folder / "empty.yaml").write_text("", encoding="utf-8")
    (folder / "secret.txt").write_text("MẬT\nUBND TỈNH X\nSố 12-CV/ĐU\nV/v giao việc\n", encoding="utf-8")
    (folder / "lines.jsonl").write_text('{"text": "trước ngày 15/7"}\nnot json\n', encoding="utf-8")
    return folder


FILE_COMMANDS = [
    ["read"],
    ["check"],
    ["preview"],
    ["rehearse", "--as-of", "29/05/2026"],
    ["assign"],
    ["directory", "import"],
    ["directory", "check"],
    ["calendar", "import"],
    ["policy", "check"],
    ["deadline", "--issued", "29/05/2026", "--file"],
]


@pytest.fixture
def called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Stop]]:
    """A command that has to stop, run in this process: the way out has tests of its own."""
    monkeypatch.setenv("DONDOC_DATA", str(tmp_path / "var"))
    settings.cache_clear()
    screen.console.cache_clear()

    def call(*words: str) -> Stop:
        with pytest.raises(Stop) as stop:
            app.main(list(words))
        return stop.value

    yield call
    settings.cache_clear()
    screen.console.cache_clear()


UNUSABLE = ["missing.yaml", "binary", "broken.yaml", "list.yaml", "latin1", "empty.yaml", "."]
# An empty file of phrases is a right one: no phrases, no answers.
UNUSABLE_HERE = [
    pytest.param(words, name, id=f"{name}-{' '.join(words)}")
    for words in FILE_COMMANDS
    for name in UNUSABLE
    if (words[0], name) != ("deadline", "empty.yaml")
]


@pytest.mark.parametrize(("words", "name"), UNUSABLE_HERE)
def test_a_file_that_cannot_be_used_is_told_with_the_remedy(
    words: list[str], name: str, files: Path, called: Callable[..., Stop], tmp_path: Path
) -> None:
    stop = called(*words, str(files / name))
    assert stop.code is Code.USAGE, stop.message
    assert stop.message
    assert stop.remedy
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("words", FILE_COMMANDS[::3], ids=" ".join)
def test_the_process_says_so_in_one_line_with_the_right_exit_code(
    words: list[str], files: Path, run: Run, tmp_path: Path
) -> None:
    done = run(*words, str(files / "binary"))
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert re.fullmatch(r"Lỗi: .+\n→ .+\n", done.stderr)
    assert not (tmp_path / "var").exists()


WITHOUT_ANYTHING = [
    (["deadline", "trước ngày 15/7"], 2, "--issued"),
    (["deadline", "trước ngày 15/7", "--issued", "31/6/2026"], 2, "31/6/2026"),
    (["deadline"], 2, "--file"),
    (["tasks"], 3, "make up"),
    (["tasks", "--state", "done"], 2, "in_progress"),
    (["show", TASK], 3, "make up"),
    (["inbox", "so-khcn.gd"], 3, "make up"),
    (["summary", "--by", "person"], 2, "unit"),
    (["acknowledge", TASK, "--as", "ubnd.cv"], 3, "make up"),
    (["answer", TASK, "--as", "ubnd.ct", "--choice", "maybe"], 2, "commit"),
    (["report", TASK, "--as", "ubnd.cv", "--document", "12"], 2, "NGÀY"),
    (["report", TASK, "--as", "ubnd.cv", "--evidence", "x"], 2, "LIÊN-KẾT"),
    (["nothing"], 2, "--help"),
    (["tasks", "--colour"], 2, "--help"),
    (["tasks", "--lang", "fr"], 2, "vi"),
    (["acknowledge"], 2, "--help"),
    (["up", "--port", "x"], 2, "--help"),
]


@pytest.mark.parametrize(("words", "code", "said"), WITHOUT_ANYTHING, ids=lambda case: str(case)[:40])
def test_a_wrong_word_is_told_with_the_remedy(
    words: list[str], code: int, said: str, called: Callable[..., Stop], tmp_path: Path
) -> None:
    stop = called(*words)
    assert stop.code == code, stop.message
    assert said in f"{stop.message} {stop.remedy}"
    assert not (tmp_path / "var").exists()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a register that has a directory and no task."""
    data = tmp_path_factory.mktemp("office")
    assert command("directory", "import", str(EXAMPLE / "directory.yaml"), data=data).returncode == 0
    return data


IN_AN_OFFICE = [
    (["show", TASK], 2, "unknown_task"),
    (["report", TASK, "--as", "ubnd.cv", "--text", "xong"], 2, "unknown_task"),
    (["inbox", "so-khcn.gdd"], 2, "unknown_person"),
    (["tasks", "--directive", "99-CV/X"], 2, "unknown_directive"),
    (["assign", str(EXAMPLE / "plan.yaml")], 2, "deadline_past"),
    (["assign", str(EXAMPLE / "plan.yaml"), "--late", "--yes"], 3, "engine_unreachable"),
]


@pytest.mark.parametrize(("words", "code", "kind"), IN_AN_OFFICE, ids=lambda case: str(case)[:40])
def test_what_the_register_does_not_know_is_told_as_json_too(
    words: list[str], code: int, kind: str, office: Path
) -> None:
    done = command(*words, "--json", data=office)
    assert done.returncode == code, done.stdout + done.stderr
    told = json.loads(done.stdout)["error"]
    assert told["code"] == code
    assert told["kind"] == kind
    assert told["message"]
    assert told["remedy"]


def test_near_matches_are_offered_for_a_person(office: Path) -> None:
    assert "so-khcn.gd (" in command("inbox", "so-khcn.gdd", data=office).stderr


def test_a_secret_letter_is_refused_and_nothing_is_kept(files: Path, run: Run, tmp_path: Path) -> None:
    done = run("read", str(files / "secret.txt"), "-o", str(tmp_path / "plan.yaml"))
    assert done.returncode == 1, done.stderr
    assert "giao việc" not in done.stdout
    assert not (tmp_path / "plan.yaml").exists()
    assert not (tmp_path / "var").exists()


def test_a_draft_never_overwrites_a_plan(run: Run, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("# sửa tay", encoding="utf-8")
    done = run("read", str(EXAMPLE / "letter.txt"), "-o", str(plan))
    assert done.returncode == 2
    assert "--force" in done.stderr
    assert plan.read_text(encoding="utf-8") == "# sửa tay"


def test_all_errors_of_a_plan_come_at_once_with_their_lines(run: Run, tmp_path: Path) -> None:
    shutil.copy(EXAMPLE / "directory.yaml", tmp_path / "directory.yaml")
    plan = tmp_path / "plan.yaml"
    text = (EXAMPLE / "plan.yaml").read_text(encoding="utf-8")
    plan.write_text(
        text.replace("[ubnd-tinh]", "[ubnd-tinhh]").replace("2026-06-30", "2026-06-31"), encoding="utf-8"
    )
    done = run("check", str(plan), "--as-of", "29/05/2026", "--json")
    assert done.returncode == 2
    problems = json.loads(done.stdout)["error"]["problems"]
    assert len({one["line"] for one in problems}) >= 4
    assert all(one["message"] and one["remedy"] for one in problems)


def test_a_setting_that_cannot_be_read_is_named(run: Run) -> None:
    done = run("tasks", DONDOC_REGISTER_URL="mysql://x")
    assert done.returncode == 2
    assert "DONDOC_REGISTER_URL" in done.stderr
    done = run("tasks", DONDOC_CLOCK="yesterday")
    assert done.returncode == 2
    assert "DONDOC_CLOCK" in done.stderr
