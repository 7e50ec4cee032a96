"""Fifty tasks of one letter and what becomes of each, made from a seed: plan, office, policy and scenario as files.

They are the product's own files: a story that went wrong can be rehearsed from its folder by `starter.py rehearse`.
It begins on the evening before a weekend and six working days in a row (17 to 22 August 2026: the Saturday is worked
in exchange), so that the scaled clock wastes none: while the letter is assigned and taken, nothing comes by itself.
"""

from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from shutil import copyfile
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from directive.clock import OfficeClock
from directive.directory import Directory
from directive.due import OFFICE_ZONE, utc
from directive.plan import Plan
from directive.task import Order
from letters.directory_file import load_directory
from letters.plan_file import load_plan
from letters.policy_file import policies_beside
from letters.scenario_file import PlannedAct, load_scenario, single_acts
from register.calendars import shipped_calendar
from tests.survive.lives import LIVES, SOON, Life, Step

SUNDAY = date(2026, 8, 16)
BEGINS = utc(datetime(2026, 8, 14, 20, 0, tzinfo=OFFICE_ZONE))
ENDS = utc(datetime(2026, 8, 22, 12, 0, tzinfo=OFFICE_ZONE))
UNITS = ("so-a", "so-b", "so-c", "so-d", "so-e")
HEADLESS = "so-e"
"""Its head is away and nobody stands in: a level that asks the head is skipped at once."""
DUES: tuple[int | str, ...] = (1, 1, 1, 2, 2, 2, 2, 3, "none", "daily")
OUTAGE = (
    utc(datetime(2026, 8, 20, 22, 0, tzinfo=OFFICE_ZONE)),
    utc(datetime(2026, 8, 22, 3, 0, tzinfo=OFFICE_ZONE)),
)
"""The long outage: two mornings, when everybody who acts has done so and the ladders of the others go on."""


class Story(NamedTuple):
    """What is assigned, to whom, and what they do."""

    folder: Path
    plan: Plan
    directory: Directory
    acts: tuple[PlannedAct, ...]

    @property
    def orders(self) -> list[Order]:
        """One order a task."""
        return list(self.plan.orders(self.directory, OfficeClock()))

    def acts_of(self, order: Order) -> list[PlannedAct]:
        """What people do to a task, in the order of their file."""
        task = order.task
        return [one for one in self.acts if (one.tasks[0], one.units[0]) == (task.code, task.unit)]


def day(number: int) -> date:
    """A day of the story."""
    return SUNDAY + timedelta(days=number)


def message_id(act: PlannedAct) -> str:
    """The id under which an act counts once; the same as in a rehearsal."""
    return f"act-{act.line}-{act.units[0]}-{act.tasks[0]}".replace(".", "_")


def write_story(folder: Path, seed: int) -> Story:
    """Write the files of a story into `folder`, and read it."""
    folder.mkdir(parents=True, exist_ok=True)
    copyfile(Path(__file__).with_name("policy.yaml"), folder / "policy.yaml")
    chosen = _chosen(Random(seed))
    _write(folder / "directory.yaml", _directory())
    _write(folder / "plan.yaml", _plan(seed))
    _write(folder / "scenario.yaml", {"title": f"survive {seed}", "acts": list(_acts(chosen))})
    return read_story(folder)


def read_story(folder: Path) -> Story:
    """The story of a folder. Raises AssertionError with what is wrong."""
    directory, wrong = load_directory((folder / "directory.yaml").read_text("utf-8"))
    assert directory, wrong
    plan, wrong = load_plan(
        (folder / "plan.yaml").read_text("utf-8"),
        directory=directory,
        calendar=shipped_calendar(),
        policies=policies_beside(folder),
        late=False,
        at=BEGINS,
    )
    assert plan, wrong
    scenario, wrong = load_scenario(
        (folder / "scenario.yaml").read_text("utf-8"), plan=plan, directory=directory
    )
    assert scenario, wrong
    return Story(folder, plan, directory, tuple(single_acts(scenario, plan, directory)))


def _write(file: Path, content: dict[str, Any]) -> None:
    with file.open("w", encoding="utf-8") as out:
        YAML().dump(content, out)


def _chosen(chance: Random) -> dict[tuple[str, str], Life]:
    """A life for each task: every life that fits is lived once before one is lived again."""
    chosen: dict[tuple[str, str], Life] = {}
    for due in dict.fromkeys(DUES):
        places = [(str(n), unit) for n, one in enumerate(DUES, 1) if one == due for unit in UNITS]
        lives = [one for one in LIVES if one.due == due]
        chance.shuffle(places)
        chance.shuffle(lives)
        places.sort(key=lambda place: place[1] == HEADLESS)  # they go where nobody has to act as head
        for number, place in enumerate(places):
            fitting = [one for one in lives if not (one.head and place[1] == HEADLESS)]
            chosen[place] = fitting[number % len(fitting)]
    return chosen


def _directory() -> dict[str, Any]:
    does = [
        {
            "code": unit,
            "name": f"Sở {unit[-1].upper()}",
            "head": f"{unit}.gd",
            "officers": [f"{unit}.cv1", f"{unit}.cv2"],
        }
        for unit in UNITS
    ]
    above = [
        {"code": "vp", "name": "Văn phòng Đảng ủy", "head": "vp.cvp", "officers": ["vp.cv"]},
        {
            "code": "du",
            "name": "Đảng ủy UBND tỉnh",
            "head": "du.bt",
            "leadership": ["du.bt"],
            "approvers": ["du.pbt"],
            "assigners": ["vp.cvp"],
        },
    ]
    people = [person for unit in does for person in (*unit["officers"], unit["head"])]
    people += ["vp.cvp", "vp.cv", "du.bt", "du.pbt"]
    rows = [{"id": str(one), "name": str(one), "email": f"{one}@example.invalid"} for one in people]
    away = {"person": f"{HEADLESS}.gd", "start": day(-6), "end": day(20)}
    return {"version": "survive-1", "units": [*does, *above], "people": rows, "absences": [away]}


def _plan(seed: int) -> dict[str, Any]:
    tasks = [
        {
            "code": str(number),
            "work": f"Nhiệm vụ số {number} của kế hoạch",
            "due": _due(due),
            "lead": list(UNITS),
        }
        for number, due in enumerate(DUES, 1)
    ]
    return {
        "directive": {
            "number": f"{1000 + seed}-CV/ĐU",
            "issued": date(2026, 8, 14),
            "issuer": "du",
            "subject": "V/v thực hiện nhiệm vụ trong tuần",
            "signer": "Bí thư",
        },
        "policy": "policy.yaml",
        "monitor": "vp",
        "approvers": ["approver of the issuer"],
        "tasks": tasks,
    }


def _due(due: int | str) -> object:
    if due == "daily":
        return {"rrule": "FREQ=DAILY", "next": day(1), "until": day(3)}
    return day(due) if isinstance(due, int) else due


def _acts(chosen: dict[tuple[str, str], Life]) -> list[dict[str, Any]]:
    return [_act(code, unit, step) for (code, unit), life in chosen.items() for step in life.steps]


def _act(code: str, unit: str, step: Step) -> dict[str, Any]:
    event: dict[str, Any] = {"event": step.after, "nth": step.nth}
    act: dict[str, Any] = {"task": code, "unit": unit, "as": step.part, "act": step.act}
    if step.level:
        event["level"] = step.level
    if step.choice:
        act["choice"] = step.choice
    if step.day is not None:
        act["day"] = day(step.day)
    if step.said:
        act["text" if step.act in ("report", "progress") else "reason"] = step.said
    if step.person:
        act["person"] = f"{unit}.cv2"
    return {**act, "when": {"after": event, "plus": SOON}}
