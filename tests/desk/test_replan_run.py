"""`calendar import` and `replan` against the running service: shown first, then moved on a yes."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from register.calendars import SHIPPED
from tests.databases import POSTGRESQL, SQLITE
from tests.desk.conftest import EXAMPLE, joined
from tests.desk.service import Service

pytestmark = [pytest.mark.on("sqlite"), pytest.mark.timeout(420)]

PLAN = """
directive:
  number: "15/UBND-KH"
  issued: 2026-05-29
  issuer: du-ubnd-nb
  subject: Đếm ngày làm việc
policy: standard
monitor: vp-du
approvers: [approver of the issuer]
tasks:
  - {code: "1", work: Rà soát, deadline: trong 15 ngày làm việc kể từ ngày ký, lead: [so-khcn, so-tc]}
  - {code: "2", work: Báo cáo, deadline: trước ngày 30/6/2026, due: 2026-06-29, lead: [so-nv]}
  - {code: "3", work: Sửa hạn, deadline: trong 20 ngày làm việc kể từ ngày ký, lead: [so-tp]}
"""
STORM = '  - {day: 2026-06-09, kind: holiday, name: "Nghỉ bão", source: "Công điện"}\n'
FLOOD = '  - {day: 2026-06-11, kind: holiday, name: "Nghỉ lụt", source: "Công điện"}\n'


def calendar(version: str, *more: str) -> str:
    """The shipped calendar under another name, with more days off."""
    shipped = SHIPPED.read_text(encoding="utf-8").rstrip("\n") + "\n"
    return shipped.replace("version: vn-2026-11", f"version: {version}") + "".join(more)


class Office:
    """The service with the three tasks, and commands typed into it."""

    def __init__(self, service: Service, folder: Path) -> None:
        self.service, self.folder = service, folder

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return joined(*words, data=self.service.data)

    def told(self, *words: str) -> Any:
        """The JSON of a command that worked."""
        done = self.run(*words, "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)

    def file(self, version: str, *more: str) -> str:
        path = self.folder / f"{version}.yaml"
        path.write_text(calendar(version, *more), encoding="utf-8")
        return str(path)

    def due(self) -> dict[str, str]:
        """The deadlines in force, as the register has them."""
        rows = self.told("tasks", "--directive", "15/UBND-KH")
        return {f"{row['code']}/{row['unit']}": row["due_day"] for row in rows}


@pytest.fixture(scope="module", params=[SQLITE, POSTGRESQL])
def office_of_its_own(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, lend: Callable[[str], str]
) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("replan")
    service = Service(folder / "var", "--as-of", "01/06/2026", register=lend(request.param))
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    try:
        office = Office(service.wait(), folder)
        plan, directory = str(folder / "plan.yaml"), str(EXAMPLE / "directory.yaml")
        office.told("assign", plan, "--directory", directory, "--yes")
        amended = ("--day", "2026-07-10", "--as", "vp-du.cvp", "--reason", "điều chỉnh")
        office.told("amend-deadline", "15/UBND-KH/3", *amended)
        yield office
    finally:
        assert service.stop() == 0, service.said()


@pytest.mark.on("both")
def test_a_new_calendar_moves_the_tasks_on_a_yes_all_of_them_or_one_or_those_of_a_directive(
    office_of_its_own: Office,
) -> None:
    """One office through one summer: each step begins where the one before it ended."""
    office = office_of_its_own
    a_calendar_is_shown_then_moves_the_tasks_on_a_yes(office)
    replan_of_one_task_shows_then_moves_its_counted_deadline(office)
    replan_of_a_directive_counts_each_deadline_by_itself(office)


def a_calendar_is_shown_then_moves_the_tasks_on_a_yes(office: Office) -> None:
    before = {
        "1/so-khcn": "2026-06-19",
        "1/so-tc": "2026-06-19",
        "2/so-nv": "2026-06-29",
        "3/so-tp": "2026-07-10",
    }
    assert office.due() == before
    file = office.file("vn-bao", STORM)
    shown = office.told("calendar", "import", file, "--dry-run")
    assert (shown["saved"], shown["moved"], len(shown["tasks"])) == (None, 0, 4)
    assert sum(one["deadline_moves"] for one in shown["tasks"]) == 2
    assert office.due() == before
    kept = office.run("calendar", "import", file)
    assert kept.returncode == 0
    assert (
        "hết ngày 19/06/2026 → hết ngày 22/06/2026 (đếm lại «trong 15 ngày làm việc kể từ ngày ký»)"
        in kept.stdout
    )
    assert "--as NGƯỜI --yes" in kept.stdout
    assert office.due() == before
    moved = office.told("calendar", "import", file, "--as", "vp-du.cvp", "--yes")
    assert (moved["saved"], moved["moved"]) == ("same", 4)
    after = {**before, "1/so-khcn": "2026-06-22", "1/so-tc": "2026-06-22"}
    assert office.due() == after
    again = office.told("calendar", "import", file, "--as", "vp-du.cvp", "--yes")
    assert (again["tasks"], again["moved"]) == ([], 0)


def test_yes_needs_somebody_who_decides(office_of_its_own: Office) -> None:
    file = office_of_its_own.file("vn-ai", STORM)
    refused = office_of_its_own.run("calendar", "import", file, "--yes")
    assert refused.returncode == 2
    assert "--as" in refused.stderr


def replan_of_one_task_shows_then_moves_its_counted_deadline(office: Office) -> None:
    office.told("calendar", "import", office.file("vn-lut", STORM, FLOOD))
    before = office.due()
    words = ("15/UBND-KH/1/so-tc", "--calendar", "vn-lut", "--as", "vp-du.cvp", "--reason", "lụt")
    shown = office.told("replan", *words, "--dry-run")
    assert shown["dry_run"] is shown["deadline_moves"] is True
    assert office.due() == before
    done = office.told("replan", *words)
    assert done["event"]["detail"]["calendar"] == "vn-lut"
    assert {one["after"] for one in done["effect"]["changes"]} == {one["after"] for one in shown["changes"]}
    assert office.due()["1/so-tc"] > before["1/so-tc"]


def replan_of_a_directive_counts_each_deadline_by_itself(office: Office) -> None:
    office.told("calendar", "import", office.file("vn-ca-hai", STORM, FLOOD))
    words = ("--directive", "15/UBND-KH", "--calendar", "vn-ca-hai", "--as", "vp-du.cvp", "--reason", "lụt")
    done = office.run("replan", *words, "--yes", "--count", "4")
    assert done.returncode == 0, done.stdout + done.stderr
    due = office.due()
    assert due["1/so-khcn"] == due["1/so-tc"] == "2026-06-23"
    assert (due["2/so-nv"], due["3/so-tp"]) == ("2026-06-29", "2026-07-10")
