"""What needs no engine answers at once: Temporal is not even imported."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from desk.app import Desk
from desk.commands import GROUPS
from tests.desk.conftest import EXAMPLE, ROOT, Run, environment

QUICK = [
    ["--help"],
    ["report", "--help"],
    ["deadline", "trước ngày 15/7", "--issued", "29/05/2026"],
    ["read", str(EXAMPLE / "letter.txt")],
    ["check", str(EXAMPLE / "plan.yaml"), "--as-of", "29/05/2026"],
    ["preview", str(EXAMPLE / "plan.yaml"), "--as-of", "29/05/2026"],
]
PROBE = """
import gc, sys
from desk import language
sys.argv = ["starter.py", *sys.argv[1:]]
import starter
looks = gc.get_stats()[0]["collections"]
starter.start()
dear = ("temporalio", "sqlalchemy", "alembic", "asyncio")
sys.stderr.write("\\nLOADED " + " ".join(m for m in dear if m in sys.modules))
sys.stderr.write(" LOOKED FOR CYCLES" * (gc.get_stats()[0]["collections"] > looks))
"""


@pytest.mark.parametrize("words", QUICK, ids=lambda words: " ".join(words)[:20])
def test_nothing_is_imported_or_walked_that_it_does_not_need(words: list[str], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *words],
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.rpartition("LOADED")[2].strip() == "", done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("group", GROUPS)
def test_a_command_is_found_in_the_file_that_declares_it(group: str) -> None:
    app = Desk("")
    import_module(f"desk.commands.{group}").declare(app)
    assert GROUPS[group].split() == [
        *(one.name for one in app.registered_commands),
        *(one.name for one in app.registered_groups),
    ]


@pytest.mark.parametrize("reader", ["head -1", "true"])
def test_a_closed_pipe_is_no_error(tmp_path: Path, reader: str) -> None:
    done = subprocess.run(
        f"{sys.executable} starter.py preview {EXAMPLE / 'plan.yaml'} --as-of 29/05/2026 | {reader}; "
        "echo ${PIPESTATUS[0]}",
        shell=True,
        executable="/bin/bash",
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.splitlines()[-1] == "0", done.stderr
    assert done.stderr == ""


def test_help_speaks_both_languages(run: Run) -> None:
    assert "Các lệnh:" in run("--help").stdout
    english = run("tasks", "--help", "--lang", "en").stdout
    assert "The tasks with state" in english
    assert "Cách dùng" not in english
    assert "Usage:" in run("--help", DONDOC_LANG="en").stdout
