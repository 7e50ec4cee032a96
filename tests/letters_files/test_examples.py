"""The examples of the product: nothing is wrong with them, and everything in them comes to its end."""

from datetime import datetime

import pytest

from directive.clock import OfficeClock
from directive.directory import Directory
from directive.due import OFFICE_ZONE, utc
from directive.event import EventKind
from directive.light import Outcome, outcome
from directive.plan import Plan
from directive.task import State
from letters.directory_file import load_directory
from letters.draft import draft_plan
from letters.plan_file import load_plan
from letters.policy_file import policies_beside, shipped_policy
from letters.read import read_letter
from letters.scenario_file import load_scenario
from tests.letters_files.office import CALENDAR, EXAMPLE
from tests.letters_files.walk import Walk


@pytest.fixture(scope="module")
def directory() -> Directory:
    made, problems = load_directory((EXAMPLE / "directory.yaml").read_text(encoding="utf-8"))
    assert problems == []
    assert made is not None
    return made


def plan_of(name: str, directory: Directory) -> Plan:
    text = (EXAMPLE / name).read_text(encoding="utf-8")
    policies = policies_beside(EXAMPLE)
    at = utc(datetime(2026, 5, 29, 8, tzinfo=OFFICE_ZONE))
    plan, problems = load_plan(text, directory=directory, calendar=CALENDAR, policies=policies, at=at)
    assert problems == []
    assert plan is not None
    return plan


def test_the_plans_have_nothing_wrong(directory: Directory) -> None:
    assert len(list(plan_of("plan.yaml", directory).orders(directory, OfficeClock()))) == 16
    assert len(list(plan_of("plan-129.yaml", directory).orders(directory, OfficeClock()))) == 1290


def test_the_lines_of_the_plan_are_those_of_the_letter(directory: Directory) -> None:
    letter = (EXAMPLE / "letter.txt").read_text(encoding="utf-8").splitlines()
    for task in plan_of("plan.yaml", directory).tasks:
        first, _, last = task.lines.partition("-")
        whole = " ".join(letter[int(first) - 1 : int(last or first)])
        assert task.deadline in whole


def test_addresses_and_names_are_nobodys(directory: Directory) -> None:
    assert all(person.email.endswith("@example.invalid") for person in directory.people)
    assert len(directory.members("ubnd-xa-phuong")) == 129


@pytest.mark.parametrize("hour", [8, 14])
def test_in_the_scenario_every_act_comes_and_every_task_closes(directory: Directory, hour: int) -> None:
    plan = plan_of("plan.yaml", directory)
    scenario, problems = load_scenario(
        (EXAMPLE / "scenario.yaml").read_text("utf-8"), plan=plan, directory=directory
    )
    assert problems == []
    assert scenario is not None
    walk = Walk(plan, directory, CALENDAR)
    waiting = walk.run(scenario, utc(datetime(2026, 5, 29, hour, tzinfo=OFFICE_ZONE)))
    assert waiting == []
    assert walk.refused == []
    assert all(facts.closed for facts in walk.facts.values())
    kinds = {event.kind for events in walk.events.values() for event in events}
    assert kinds >= {
        EventKind.ACKNOWLEDGEMENT_ESCALATED,
        EventKind.COMMITTED,
        EventKind.EXTENSION_GRANTED,
        EventKind.OBSTACLE_RESOLVED,
        EventKind.RETURNED,
        EventKind.QUESTION_PRESSED,
        EventKind.WITHDRAWN,
    }
    states = [facts.state for facts in walk.facts.values()]
    assert states.count(State.WITHDRAWN) == 1
    outcomes = [outcome(facts, CALENDAR, facts.last_at) for facts in walk.facts.values()]
    assert outcomes.count(Outcome.COMPLETED_LATE) == 2
    assert max(event.level for event in walk.events["2", "cu-tp"]) == 3
    stood_in = [event for event in walk.events["1.2", "ubnd-tinh"] if event.on_behalf_of]
    assert [(event.actor, event.on_behalf_of) for event in stood_in] == [("ubnd.pct", "ubnd.ct")]


def test_the_draft_of_the_letter_is_nearly_the_checked_plan(directory: Directory) -> None:
    letter = read_letter(EXAMPLE / "letter.txt", calendar=CALENDAR)
    text = draft_plan(letter, directory, CALENDAR, shipped_policy())
    policies = policies_beside(EXAMPLE)
    drafted, problems = load_plan(text, directory=directory, calendar=CALENDAR, policies=policies)
    assert problems == []
    assert drafted is not None
    checked = plan_of("plan.yaml", directory)
    assert drafted.directive.id == checked.directive.id
    assert [(task.code, task.lead, task.lines) for task in drafted.tasks] == [
        (task.code, task.lead, task.lines) for task in checked.tasks
    ]
    assert [task.due and task.due.day for task in drafted.tasks] == [
        task.due and task.due.day for task in checked.tasks
    ]
    assert "«đơn đốc» → «đôn đốc»" in text
