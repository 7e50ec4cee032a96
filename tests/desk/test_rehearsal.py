"""`rehearse` from the command line: the real workflows, told as a timeline, a table and a page."""

import json
import shutil
from pathlib import Path

import pytest

from tests.desk.conftest import EXAMPLE, Run

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """One task of one unit."""
    shutil.copy(EXAMPLE / "directory.yaml", tmp_path / "directory.yaml")
    file = tmp_path / "plan.yaml"
    file.write_text(
        "directive: {number: 7/UBND-X, issued: 2026-05-29, issuer: ubnd-tinh, subject: Rà soát}\n"
        "policy: standard\nmonitor: vp-ubnd\napprovers: [approver of the issuer]\n"
        'tasks:\n  - {code: "1", work: Rà soát, due: 2026-06-05, lead: [so-khcn]}\n',
        encoding="utf-8",
    )
    return file


def test_a_rehearsal_is_told_in_words_and_as_a_page(plan: Path, run: Run, tmp_path: Path) -> None:
    scenario = tmp_path / "scenario.yaml"
    scenario.write_text(
        "acts:\n"
        '  - {task: "1", as: officer, act: acknowledge, when: {at: "2026-05-29 10:00"}}\n'
        '  - {task: "1", as: officer, act: report, text: Xong, when: {at: "2026-06-04 10:00"}}\n'
        '  - {task: "1", as: approver, act: answer, choice: approve, when: {after: {event: reported}, plus: 2h}}\n',
        encoding="utf-8",
    )
    page = tmp_path / "page.html"
    done = run(
        "rehearse", str(plan), "--as-of", "29/05/2026", "--scenario", str(scenario), "--html", str(page)
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert "hoàn thành đúng hạn: 1" in done.stdout
    assert "WARN" not in done.stdout
    assert "nghiệm thu báo cáo" in page.read_text(encoding="utf-8")
    assert not (tmp_path / "var").exists()


def test_without_a_scenario_everybody_is_silent_and_it_ends(plan: Path, run: Run) -> None:
    done = run("rehearse", str(plan), "--as-of", "29/05/2026", "--until", "30/06/2026", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    kinds = [event["kind"] for event in next(iter(told["events"].values()))]
    assert kinds.count("escalated") == 3
    assert told["closed"] is False
