"""Documents for approval on the command line: the README's own lines against the embedded service, and beside them."""

import asyncio
import json
import re
import shlex
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from letters.ask_file import load_request
from letters.policy_file import policies_beside
from register.open import Register
from register.plans import current_calendar, current_directory, save_plan
from tests.desk.conftest import EXAMPLE, ROOT, Run, joined
from tests.desk.service import Service

pytestmark = [pytest.mark.on("postgresql"), pytest.mark.timeout(420)]

FILE = ROOT / "examples" / "to-trinh" / "to-trinh.yaml"
TOUR = re.compile(
    r"<!-- tour-approval -->\n```console\n(?P<lines>.*?)```\n<!-- /tour-approval -->", re.DOTALL
)
MOMENT = re.compile(r"\d\d:\d\d \d\d/\d\d/\d{4}")

Step = tuple[list[str], list[str]]


def steps() -> list[Step]:
    """The commands of the tour, each with the lines that the README says it prints."""
    found = TOUR.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert found
    made: list[Step] = []
    for line in found["lines"].splitlines():
        if line.startswith("$ "):
            made.append((shlex.split(line.split("starter.py ", 1)[1]), []))
        elif line != "…":
            made[-1][1].append(line)
    return made


def plain(text: str) -> list[str]:
    """The lines of an output without its instants, which are another day's."""
    return [MOMENT.sub("T", line).rstrip() for line in text.splitlines()]


def run(*words: str, service: Service) -> subprocess.CompletedProcess[str]:
    return joined(*words, data=service.data)


@pytest.fixture(scope="module")
def asked(service: Service) -> list[tuple[Step, subprocess.CompletedProcess[str]]]:
    """The tour, run once, in order."""
    assert run("directory", "import", str(EXAMPLE / "directory.yaml"), service=service).returncode == 0
    return [(step, run(*step[0], service=service)) for step in steps()]


def answer_of(service: Service, *words: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(run(*words, "--json", service=service).stdout)
    return found


@pytest.mark.on("both")
def test_the_tour_of_an_approval_prints_what_the_readme_says(
    asked: list[tuple[Step, subprocess.CompletedProcess[str]]],
) -> None:
    for (words, lines), done in asked:
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        printed = plain(done.stdout)
        told = [line for line in plain("\n".join(lines)) if line]
        assert [line for line in told if line not in printed] == [], words


@pytest.mark.usefixtures("asked")
def test_the_same_file_again_joins_and_another_content_is_refused_with_both_shown(
    service: Service, tmp_path: Path
) -> None:
    assert answer_of(service, "ask", str(FILE), "--yes")["result"] == "joined"
    other = tmp_path / "other.yaml"
    other.write_text(FILE.read_text("utf-8").replace("quorum: 2", "quorum: all"), encoding="utf-8")
    done = run("ask", str(other), "--yes", "--json", service=service)
    told = json.loads(done.stdout)["error"]
    assert (done.returncode, told["kind"]) == (1, "request_differs")
    (both,) = told["differences"].values()
    assert both["submitted"] != both["file"]


@pytest.mark.usefixtures("asked")
def test_approvals_are_among_no_tasks_and_in_no_numbers(service: Service) -> None:
    rows = json.loads(run("tasks", "--json", service=service).stdout)
    assert not [row for row in rows if row["id"].startswith("approval:")]
    by_directive = json.loads(run("summary", "--by", "directive", "--json", service=service).stdout)
    assert not [row for row in by_directive if row["key"].startswith("approval:")]
    units = json.loads(run("summary", "--json", service=service).stdout)
    received = sum(row["received"] for row in units if row["key"] == "so-khcn")
    assert received == len([row for row in rows if row["unit"] == "so-khcn"])
    listed = json.loads(run("approvals", "--all", "--json", service=service).stdout)
    assert "approval:ttr-45-skhcn-2026" in [row["id"] for row in listed]
    assert {row["outcome"] for row in listed} == {None}


@pytest.mark.usefixtures("asked")
def test_a_late_answer_hears_who_decided_and_no_word_of_a_task(service: Service) -> None:
    done = run("answer", "approval:ttr-45", "--as", "so-nv.gd", "--choice", "approve", service=service)
    assert done.returncode == 1
    assert "Phó Chủ tịch Thường trực UBND tỉnh phê duyệt văn bản" in done.stderr
    assert "nhiệm vụ" not in done.stderr


@pytest.mark.usefixtures("asked")
def test_who_submits_does_not_approve_but_may_supply_and_take_it_back(
    service: Service, tmp_path: Path
) -> None:
    own = tmp_path / "own.yaml"
    text = FILE.read_text("utf-8").replace("ttr-45-skhcn-2026", "ttr-46-vp").replace("45/TTr", "46/TTr")
    text = text.replace("unit: so-khcn", "unit: vp-ubnd").replace("person: so-khcn.cv", "person: vp-ubnd.cvp")
    own.write_text(text, encoding="utf-8")
    assert answer_of(service, "ask", str(own), "--yes")["result"] == "submitted"
    here = "approval:ttr-46"
    refused = run("answer", here, "--as", "vp-ubnd.cvp", "--choice", "approve", "--json", service=service)
    assert json.loads(refused.stdout)["error"]["kind"] == "own_report"
    inbox = json.loads(run("inbox", "vp-ubnd.cvp", "--json", service=service).stdout)
    assert not [row for row in inbox if row["task"].endswith("ttr-46-vp")]
    nudge = run("nudge", here, "--as", "vp-ubnd.cvp", "--json", service=service)
    assert json.loads(nudge.stdout)["error"]["kind"] == "not_for_approvals"
    assert run("explain", here, service=service).returncode == 0
    back = run("withdraw", here, "--as", "vp-ubnd.cv", "--reason", "Trình bản khác", service=service)
    assert (back.returncode, "đã rút" in back.stdout) == (0, True), back.stderr


def test_a_look_says_who_is_asked_until_when_and_what_silence_leads_to(run: Run) -> None:
    directory = str(EXAMPLE / "directory.yaml")
    done = run("ask", str(FILE), "--dry-run", "--directory", directory, "--json")
    assert done.returncode == 0, done.stderr
    stages = json.loads(done.stdout)["stages"]
    assert [(stage["needed"], stage["whole"]) for stage in stages] == [(1, 1), (2, 3), (1, 1)]
    assert [stage["until"] for stage in stages] == sorted(stage["until"] for stage in stages)
    for stage in stages:
        assert [step["kind"] for step in stage["silence"]][-1] == "question_listed"


def test_an_empty_form_is_printed_and_tells_what_is_missing(run: Run, tmp_path: Path) -> None:
    form = tmp_path / "form.yaml"
    form.write_text(run("ask", "new").stdout, encoding="utf-8")
    done = run("ask", str(form), "--dry-run", "--directory", str(EXAMPLE / "directory.yaml"), "--json")
    assert done.returncode == 2
    problems = json.loads(done.stdout)["error"]["problems"]
    assert {one["code"] for one in problems} == {"missing_field", "no_monitor", "nothing_asked"}


@pytest.mark.usefixtures("asked")
def test_a_submission_that_was_cut_off_after_its_row_is_started_by_the_same_file(
    service: Service, tmp_path: Path
) -> None:
    file = tmp_path / "cut.yaml"
    text = FILE.read_text("utf-8").replace("ttr-45-skhcn-2026", "ttr-47-skhcn").replace("45/TTr", "47/TTr")
    file.write_text(text, encoding="utf-8")

    async def only_the_row() -> None:
        register = Register.open(service.register)
        people = await current_directory(register)
        plan, problems = load_request(
            text,
            directory=people,
            calendar=await current_calendar(register),
            policies=policies_beside(tmp_path),
            at=datetime(2026, 5, 29, 2, tzinfo=UTC),
        )
        assert plan is not None, problems
        await save_plan(register, plan, people.version)
        await register.close()

    asyncio.run(only_the_row())
    assert not run("show", "approval:ttr-47", service=service).stdout
    assert answer_of(service, "ask", str(file), "--yes")["result"] == "joined"
    shown = answer_of(service, "show", "approval:ttr-47")
    assert [one["kind"] for one in shown["events"]] == ["reported"]  # type: ignore[attr-defined]
