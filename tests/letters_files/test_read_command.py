"""`read` as a clerk types it: exit codes, what is written, and what may not be."""

import subprocess
from pathlib import Path

import pytest

from tests.desk.conftest import environment
from tests.forking import run
from tests.letters import making

ROOT = Path(__file__).parents[2]
LETTERS = ROOT / "tests" / "data" / "letters"


def read(*words: object, log: Path) -> subprocess.CompletedProcess[str]:
    said = [str(ROOT / "starter.py"), "read", *map(str, words)]
    return run(said, environment(log.parent / "data", DONDOC_LOG=str(log)), 60)


@pytest.mark.parametrize("name", ["f09_news_2026.txt", "f10_invitation_2026.txt", "f11_notice_2026.txt"])
def test_what_is_no_letter_ends_with_one_and_writes_no_plan(name: str, tmp_path: Path) -> None:
    done = read(
        LETTERS / name, "-o", tmp_path / "p.yaml", "--html", tmp_path / "p.html", log=tmp_path / "log"
    )
    assert done.returncode == 1, done.stderr
    assert not list(tmp_path.glob("p.*"))


@pytest.mark.parametrize("mode", [(), ("--json",)], ids=["people", "programs"])
def test_of_a_secret_letter_nothing_is_written_told_or_logged(mode: tuple[str, ...], tmp_path: Path) -> None:
    text = (LETTERS / "syn_2417-UBND-KGVX_2026.txt").read_text("utf-8")
    file = tmp_path / "phuong-an-tac-chien.txt"
    file.write_text(f"TỐI MẬT\n{text}", encoding="utf-8")
    log = tmp_path / "log"
    done = read(file, "-o", tmp_path / "p.yaml", "--html", tmp_path / "p.html", *mode, log=log)
    said = done.stdout + done.stderr + (log.read_text("utf-8") if log.exists() else "")
    assert done.returncode == 1
    assert not list(tmp_path.glob("p.*"))
    assert not [word for word in ("phuong-an-tac-chien", "2417", "số hóa", "Hoa Giang") if word in said]


def test_a_tracker_is_read_with_its_errors_by_row(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
        [1, "Ban hành Quy chế", "Sở Nội vụ", "31/12/2026"],
        [2, "Việc chưa rõ ai làm", "", "31/12/2026"],
    ]
    file = making.tracker(tmp_path / "t.xlsx", rows)
    done = read(file, "-o", tmp_path / "p.yaml", "--issued", "2026-05-29", log=tmp_path / "log")
    assert done.returncode == 0, done.stderr
    assert "t.xlsx:5: Chưa có đơn vị chủ trì." in done.stdout + done.stderr
    assert 'work: "Ban hành Quy chế"' in (tmp_path / "p.yaml").read_text("utf-8")
