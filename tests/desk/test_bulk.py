"""Acts on many tasks: which are chosen, how they are confirmed, what is told, and that nothing happens twice."""

import json
import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desk import bulk_ask, screen
from desk.bulk_id import BulkId
from desk.exit import Code, Stop
from desk.target import Target
from desk.where import KEYS, chosen, normal
from directive.event import Event, EventKind
from directive.light import LightKind
from directive.message import MESSAGE_ID, Act
from directive.task import State
from register.models import TaskFilter, TaskRow
from tests.desk.conftest import EXAMPLE, joined
from tests.desk.service import Service
from tests.register.given import ASSIGNED, directory

MONDAY = date(2026, 6, 1)


def wrong(*where: str) -> Stop:
    """What is said of conditions that cannot be used."""
    with pytest.raises(Stop) as stop:
        chosen("d", where, directory())
    assert stop.value.code is Code.USAGE
    return stop.value


def test_a_comma_means_or_and_several_conditions_mean_and() -> None:
    where = ("group=cac-so", "unit=so-a,so-b,vp", "state=assigned,in-progress", "light=overdue", "code=1,2.1")
    assert chosen("d", where, directory()) == TaskFilter(
        directive="d",
        units=("so-a", "so-b"),
        states=(State.ASSIGNED, State.IN_PROGRESS),
        lights=(LightKind.OVERDUE,),
        codes=("1", "2.1"),
    )


def test_only_open_tasks_are_meant_unless_a_state_or_a_light_is_named() -> None:
    assert chosen("d", (), directory()).open_only
    assert chosen("d", ("unit=so-a",), directory()).open_only
    assert not chosen("d", ("light=done",), directory()).open_only


def test_conditions_on_units_that_exclude_each_other_choose_nothing_and_not_everything() -> None:
    assert chosen("d", ("unit=so-a", "group=cac-so"), directory()).units == ("so-a",)
    assert chosen("d", ("unit=vp", "group=cac-so"), directory()).units == ()


def test_an_officer_is_found_by_reassignment_and_by_the_unit() -> None:
    found = chosen("d", ("officer=officer-so-a",), directory())
    assert (found.officers, found.officers_of) == (("officer-so-a",), ("so-a",))


def test_days_are_typed_as_everywhere() -> None:
    found = chosen("d", ("due-before=15/07/2026", "due_after=2026-06-01"), directory())
    assert (found.due_before, found.due_after) == (date(2026, 7, 15), date(2026, 6, 1))


@pytest.mark.parametrize(
    ("where", "named"),
    [
        (("colour=red",), ", ".join(KEYS)),
        (("unit",), "KEY=VALUE"),
        (("unit=",), "KEY=VALUE"),
        (("unit=so-x",), "so-a"),
        (("group=so-a",), "cac-so"),
        (("state=finished",), "in_progress"),
        (("light=red",), "overdue"),
        (("due-before=30/2/2026",), "15/07/2026"),
        (("due-before=1/6/2026,2/6/2026",), "15/07/2026"),
        (("unit=so-a", "unit=so-b"), "unit=A,B"),
        (("officer=nobody-at-all",), "directory check"),
    ],
    ids=str,
)
def test_a_condition_that_cannot_be_used_is_refused_with_what_can(where: tuple[str, ...], named: str) -> None:
    stop = wrong(*where)
    assert named in f"{stop.message} {stop.remedy}"


def run(chosen_id: str = "", **more: Any) -> BulkId:
    """The id of a nudge."""
    said = {"text": more.pop("text", "Khẩn trương")}
    given = {"who": "leader", "selection": ("d", *normal(("unit=so-b,so-a",))), "on": MONDAY, **more}
    return BulkId(chosen_id, Act.NUDGE, said, given["who"], given["selection"], given["on"])


def test_the_same_command_on_the_same_day_is_the_same_run() -> None:
    again = ("d", *normal((" unit = so-a, so-b",)))
    assert run().id == run(selection=again).id
    assert run().message("task:1") == run(selection=again).message("task:1")


@pytest.mark.parametrize(
    "other",
    [{"on": date(2026, 6, 2)}, {"text": "Nhắc lại"}, {"who": "assigner"}, {"selection": ("d",)}],
    ids=str,
)
def test_another_day_content_person_or_selection_is_another_run(other: dict[str, Any]) -> None:
    assert run(**other).id != run().id


def test_a_message_id_is_one_that_a_task_takes() -> None:
    name = run("x" * 60).message("task:du-ubnd-nb.1346-cv-du-2026:1.2:so-khcn")
    assert re.fullmatch(MESSAGE_ID, name)
    assert len(name) <= 100


def test_an_id_that_was_used_for_another_act_is_noticed_and_a_longer_one_is_not_taken_for_it() -> None:
    def event(one: BulkId) -> dict[str, Event]:
        return {"task:1": Event(id=one.message("task:1"), kind=EventKind.NUDGED, at=ASSIGNED, actor="leader")}

    assert list(run("dot-1").done(event(run("dot-1")))) == ["task:1"]
    assert run("dot").done(event(run("dot-1"))) == {}
    with pytest.raises(Stop) as stop:
        run("dot-1", text="Việc khác").done(event(run("dot-1")))
    assert stop.value.kind == "bulk_id_used"


NUMBER = "20/UBND-Y"
NUDGE = ["nudge", "--directive", NUMBER, "--as", "vp-ubnd.cvp"]


DIRECTORY = str(EXAMPLE / "directory.yaml")
PLAN = f"""
directive: {{number: {NUMBER}, issued: 2026-05-29, issuer: ubnd-tinh, subject: Rà soát}}
policy: standard
monitor: vp-ubnd
approvers: [approver of the issuer]
tasks:
  - {{code: "1", work: Rà soát, due: 2026-06-30, lead: [so-khcn, so-tc]}}
  - {{code: "10", work: Tổng hợp, due: 2026-07-30, lead: [so-khcn]}}
"""


@pytest.fixture(scope="module")
def office(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A running service with three tasks of two departments."""
    plan = tmp_path_factory.mktemp("plan") / "plan.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    done = joined("assign", str(plan), "--directory", DIRECTORY, "--yes", data=service.data)
    assert done.returncode == 0, done.stderr
    return service.data


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """What a command told as JSON, line by line."""
    return [json.loads(line) for line in done.stdout.splitlines()]


def count_of(kind: str, data: Path) -> int:
    """How many events of a kind the three tasks have."""
    rows = json.loads(joined("tasks", "--directive", NUMBER, "--json", data=data).stdout)
    shown = (json.loads(joined("show", row["id"], "--json", data=data).stdout) for row in rows)
    return sum(event["kind"] == kind for one in shown for event in one["events"])


pytestmark = pytest.mark.timeout(420)


@pytest.mark.on("both")
def test_acts_on_many_tasks_are_looked_at_confirmed_done_once_and_told(office: Path) -> None:
    """One office, step by step: each begins where the one before it ended."""
    without_a_terminal_the_count_has_to_be_given_and_right_or_nothing_changes(office)
    a_dry_run_says_of_each_task_what_would_happen_and_changes_nothing(office)
    refusals_are_told_by_reason_and_the_rest_is_done_once(office)
    a_condition_narrows_the_act_and_code_1_is_not_code_10(office)


def without_a_terminal_the_count_has_to_be_given_and_right_or_nothing_changes(office: Path) -> None:
    for words, kind in (([], "not_confirmed"), (["--count", "4"], "count_differs")):
        done = joined(*NUDGE, *words, "--json", data=office)
        assert done.returncode == 2, done.stdout
        error = lines(done)[-1]["error"]
        assert (error["kind"], error["selected"]) == (kind, 3)
    assert count_of("nudged", office) == 0


def a_dry_run_says_of_each_task_what_would_happen_and_changes_nothing(office: Path) -> None:
    acknowledge = ["acknowledge", "--directive", NUMBER, "--as", "so-khcn.cv", "--dry-run"]
    done = joined(*acknowledge, "--json", data=office)
    assert done.returncode == 1  # as the act itself: one task is not this person's
    told = {one["task"].split(":", 2)[2]: one["result"] for one in lines(done) if "task" in one}
    assert told == {"1:so-khcn": "would_accept", "10:so-khcn": "would_accept", "1:so-tc": "would_refuse"}
    assert lines(done)[-1]["error"]["refused"] == {"wrong_role": 1}
    assert count_of("acknowledged", office) == 0


def refusals_are_told_by_reason_and_the_rest_is_done_once(office: Path) -> None:
    acknowledge = ["acknowledge", "--directive", NUMBER, "--as", "so-khcn.cv", "--count", "3"]
    first = joined(*acknowledge, data=office)
    assert first.returncode == 1, first.stdout + first.stderr
    assert "1 × wrong_role" in first.stdout
    again = joined(*acknowledge, "--json", data=office)
    assert again.returncode == 1
    begun, *_, end, error = lines(again)
    assert (begun["selected"], begun["done_before"]) == (3, 2)
    assert (end["done"], end["refused"]) == (0, 1)
    assert error["error"]["kind"] == "some_refused"
    assert count_of("acknowledged", office) == 2


def a_condition_narrows_the_act_and_code_1_is_not_code_10(office: Path) -> None:
    done = joined(*NUDGE, "--where", "code=1", "--count", "2", "--json", data=office)
    assert done.returncode == 0, done.stdout
    assert {one["task"].split(":", 2)[2] for one in lines(done) if "task" in one} == {"1:so-khcn", "1:so-tc"}
    again = joined(*NUDGE, "--where", "code=1", "--count", "2", data=office)
    assert again.returncode == 0
    assert "--bulk-id" in again.stdout.replace("\n", " ")
    assert "không gửi gì thêm" in again.stdout
    nothing = joined(*NUDGE, "--where", "state=suspended", "--json", data=office)
    assert (nothing.returncode, lines(nothing)[-1]["error"]["kind"]) == (2, "nothing_selected")


@pytest.mark.on("postgresql")
def test_the_dry_run_of_one_act_tells_the_old_and_the_new_timeline_and_the_receipt_too(office: Path) -> None:
    amend = ["amend-deadline", f"{NUMBER}/10", "--as", "vp-ubnd.cvp", "--day", "20/08/2026", "--reason", "x"]
    looked = json.loads(joined(*amend, "--dry-run", "--json", data=office).stdout)
    assert looked["dry_run"]
    assert looked["deadline_moves"]
    done = json.loads(joined(*amend, "--json", data=office).stdout)
    assert done["event"]["kind"] == "deadline_amended"
    assert done["effect"]["after"]["due"] == looked["after"]["due"]
    assert unkeyed(done["effect"]["changes"]) == unkeyed(looked["changes"])


def unkeyed(changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without the keys, which hold the second of the act."""
    return [{name: value for name, value in one.items() if name != "key"} for one in changes]


def test_one_task_or_a_directive_is_meant_never_both_nor_neither() -> None:
    for target in (Target(), Target(task="1/2", directive="1")):
        with pytest.raises(Stop, match="one of two"):
            target.check("")


@pytest.mark.parametrize("more", [{"where": ("unit=a",)}, {"count": 1}, {"bulk_id": "b"}], ids=str)
def test_what_is_for_many_tasks_does_not_go_with_one(more: dict[str, Any]) -> None:
    with pytest.raises(Stop, match="does not go with TASK"):
        Target(task="1/2", **more).check("")
    Target(directive="1", **more).check("")
    with pytest.raises(Stop, match="--message-id does not go with --directive"):
        Target(directive="1", **more).check("m-1")


@pytest.mark.on("postgresql")
def test_an_assignment_taken_back_is_asked_and_told_and_its_number_is_used_up(
    service: Service, tmp_path: Path
) -> None:
    plan, back = tmp_path / "plan.yaml", ["unassign", "21/UBND-Y", "--as", "vp-ubnd.cvp"]
    plan.write_text(PLAN.replace(NUMBER, "21/UBND-Y"), encoding="utf-8")
    assign = ["assign", str(plan), "--directory", DIRECTORY, "--yes", "--json"]
    assert joined(*assign, data=service.data).returncode == 0
    without = joined(*back, "--json", data=service.data)
    assert (without.returncode, lines(without)[-1]["error"]["kind"]) == (1, "reason_missing")
    back += ["--reason", "Nhầm đơn vị", "--json"]
    unconfirmed = joined(*back, data=service.data)
    assert (unconfirmed.returncode, lines(unconfirmed)[-1]["error"]["selected"]) == (2, 3)
    looked = json.loads(joined(*back, "--dry-run", data=service.data).stdout)
    assert (looked["result"], looked["withdraw"], looked["not_started"]) == ("dry_run", 3, 0)
    done = joined(*back, "--count", "3", data=service.data)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert (told["result"], told["withdrawn"], told["open"]) == ("unassigned", 3, 0)
    assert json.loads(joined(*back, data=service.data).stdout)["result"] == "joined"
    again = joined(*assign, data=service.data)
    assert again.returncode == 1
    error = json.loads(again.stdout)["error"]
    assert error["kind"] == "taken_back"
    assert "21/UBND-Y (lần 2)" in error["remedy"]


def test_on_a_terminal_the_first_tasks_are_shown_and_the_count_is_typed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [row(f"{number}") for number in range(1, 13)]
    typed = iter(("12", "11", "y"))
    screen.console.cache_clear()
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("typer.prompt", lambda *_: next(typed))
    bulk_ask.confirm(Target(directive="d"), rows, "đôn đốc")
    for _ in range(2):
        with pytest.raises(Stop, match="12 tasks are chosen"):
            bulk_ask.confirm(Target(directive="d"), rows, "đôn đốc")
    told = capsys.readouterr().out
    assert "đôn đốc: 12" in told
    assert "1-CV/8/so-a" in told
    assert "1-CV/9/so-a" not in told
    screen.console.cache_clear()


def row(code: str) -> TaskRow:
    """One line of a board."""
    known: dict[str, Any] = {"id": f"task:d:{code}:so-a", "number": "1-CV", "code": code, "unit": "so-a"}
    known |= {"state": State.ASSIGNED, "due_day": MONDAY}
    return TaskRow.model_construct(None, **known)
