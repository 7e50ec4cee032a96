"""The tour of the README: every line of it is run against the embedded service, in order."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.desk.conftest import EXAMPLE, ROOT, Done, Run, command, environment, joined, spawned
from tests.desk.service import Service

pytestmark = [pytest.mark.on("sqlite"), pytest.mark.timeout(420)]

BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
DEFAULT = """
$ python starter.py read examples/1346-cv-du/letter.txt -o var/draft.yaml
$ python starter.py check examples/1346-cv-du/plan.yaml
$ python starter.py preview examples/1346-cv-du/plan.yaml
$ python starter.py assign examples/1346-cv-du/plan.yaml --yes
$ python starter.py tasks --directive 1346-CV/ĐU
$ python starter.py show 1346-CV/ĐU/1.4
$ python starter.py acknowledge 1346-CV/ĐU/1.4 --as ubnd.cv
$ python starter.py report 1346-CV/ĐU/1.4 --as ubnd.cv --text "Đã xong" --document 45/BC-UBND/29/05/2026
$ python starter.py inbox du.pbt
$ python starter.py answer 1346-CV/ĐU/1.4 --as du.pbt --choice approve
$ python starter.py summary
"""


@cache
def lines() -> list[list[str]]:
    """The words after `starter.py` of each line that begins with `$ `; `up` is what the fixture runs."""
    readme = ROOT / "README.md"
    blocks = BLOCK.findall(readme.read_text(encoding="utf-8")) if readme.exists() else []
    tour = next((block for block in blocks if "starter.py assign" in block), DEFAULT)
    words = [shlex.split(line[2:]) for line in tour.splitlines() if line.startswith("$ ")]
    return [
        line[line.index("starter.py") + 1 :] for line in words if "starter.py" in line and "up" not in line
    ]


def run(words: list[str], data: Path, way: Run = command) -> Done:
    """Run a line; what it writes under `var/` goes to the service's folder."""
    return way(*(re.sub(r"^var/", f"{data}/", word) for word in words), data=data, TEMPORAL_ADDRESS="")


@pytest.fixture(scope="module")
def toured(service: Service, pytestconfig: pytest.Config) -> list[tuple[list[str], Done]]:
    """Every line of the tour, run once, in order; with `--everything` each by an interpreter of its own."""
    way = spawned if pytestconfig.getoption("--everything") else command
    return [(words, run(words, service.data, way)) for words in lines()]


@pytest.mark.on("both")
def test_each_line_of_the_tour_works_in_order(
    toured: list[tuple[list[str], Done]],
) -> None:
    for words, done in toured:
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        assert done.stdout.strip(), words


@pytest.mark.usefixtures("toured")
def test_a_late_answer_is_told_who_decided_what_and_when(service: Service) -> None:
    late = next(words for words in reversed(lines()) if words[0] == "answer")
    done = joined(*late, "--json", data=service.data)
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["decided"]["kind"] == "approved"


def test_a_repeated_message_id_counts_once(service: Service) -> None:
    run(["assign", "examples/1346-cv-du/plan.yaml", "--yes"], service.data)
    words = [
        "progress",
        "1346-CV/ĐU/2/cu-nv",
        "--as",
        "cu-nv.cv",
        "--text",
        "Đang làm",
        "--message-id",
        "m-1",
    ]
    first, second = joined(*words, data=service.data), joined(*words, data=service.data)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    shown = json.loads(joined("show", "1346-CV/ĐU/2/cu-nv", "--json", data=service.data).stdout)
    assert [one["id"] for one in shown["events"]].count("m-1") == 1


def small_plan(folder: Path, works: str = "Rà soát") -> Path:
    """One task for each of the 129 communes."""
    folder.mkdir(exist_ok=True)
    shutil.copy(EXAMPLE / "directory.yaml", folder / "directory.yaml")
    plan = folder / "plan.yaml"
    plan.write_text(
        "directive: {number: 7/UBND-X, issued: 2026-05-29, issuer: ubnd-tinh, subject: Rà soát}\n"
        "policy: standard\nmonitor: vp-ubnd\napprovers: [approver of the issuer]\n"
        f'tasks:\n  - {{code: "1", work: {works}, due: 2026-06-30, lead: [ubnd-xa-phuong]}}\n',
        encoding="utf-8",
    )
    return plan


def test_assign_can_be_killed_and_repeated_and_starts_nothing_twice(service: Service, tmp_path: Path) -> None:
    plan = small_plan(tmp_path / "plan")
    variables = environment(service.data, TEMPORAL_ADDRESS="")
    words = [sys.executable, str(ROOT / "starter.py"), "assign", str(plan), "--yes"]
    with subprocess.Popen(words, cwd=ROOT, env=variables, stdout=subprocess.DEVNULL) as first:
        while "7/UBND-X" not in joined("tasks", "--json", "--unit", "xa-001", data=service.data).stdout:
            assert first.poll() in (None, 0)
        first.kill()
    again = joined("assign", str(plan), "--yes", "--json", data=service.data)
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout)["result"] == "joined"
    rows = json.loads(joined("tasks", "--directive", "7/UBND-X", "--json", data=service.data).stdout)
    assert len({row["id"] for row in rows}) == len(rows) == 129
    other = joined("assign", str(small_plan(tmp_path / "plan", "Khác")), "--yes", "--json", data=service.data)
    assert other.returncode == 1
    told = json.loads(other.stdout)["error"]
    assert told["kind"] == "plan_differs"
    assert told["existing"] != told["digest"]
    assert told["differences"] == ["tasks.1.work"]


def test_an_ambiguous_word_lists_the_choices(service: Service) -> None:
    run(["assign", "examples/1346-cv-du/plan.yaml", "--yes"], service.data)
    done = joined("show", "1346-CV/ĐU/2", data=service.data)
    assert done.returncode == 2
    assert "task:du-ubnd-nb.1346-cv-du-2026:2:cu-nv" in done.stderr


def test_an_actor_without_the_role_changes_nothing(service: Service) -> None:
    run(["assign", "examples/1346-cv-du/plan.yaml", "--yes"], service.data)
    before = joined("show", "1346-CV/ĐU/2/cu-tp", "--json", data=service.data).stdout
    done = joined("withdraw", "1346-CV/ĐU/2/cu-tp", "--as", "cu-tp.cv", "--reason", "x", data=service.data)
    assert done.returncode == 1
    assert "--as" in done.stderr
    after = joined("show", "1346-CV/ĐU/2/cu-tp", "--json", data=service.data).stdout
    assert json.loads(before)["facts"] == json.loads(after)["facts"]
