"""Plans and scenarios made by chance from a seed: deadlines of every kind, and people who act when they like."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from directive.directory import Absence, Directory
from directive.due import OFFICE_ZONE, Due, end_of_day, utc
from directive.message import Act
from directive.plan import Plan, PlannedTask
from directive.policy import Policy
from directive.question import Choice, Stage
from directive.task import Recurrence
from letters.policy_file import shipped_policy
from letters.scenario_file import PlannedAct, Scenario
from tests.register.given import STANDARD, directory, plan, planned

TASKS = 8
DAYS = 26
UNITS = ("so-a", "so-b", "so-c")

STARTS = (
    datetime(2026, 5, 29, 15, 0, tzinfo=OFFICE_ZONE),  # a Friday afternoon
    datetime(2026, 8, 23, 21, 10, tzinfo=OFFICE_ZONE),  # a Sunday night before the holidays of 2/9
    datetime(2026, 4, 21, 10, 5, tzinfo=OFFICE_ZONE),  # before 30/4 and 1/5
)

UNIT_ACTS: tuple[tuple[Act, dict[str, Any]], ...] = (
    (Act.ACKNOWLEDGE, {}),
    (Act.PROGRESS, {"text": "Đã làm được một nửa"}),
    (Act.REPORT, {"text": "Đã hoàn thành"}),
    (Act.REPORT, {"text": "Đã hoàn thành"}),
    (Act.REQUEST_EXTENSION, {"reason": "Chờ số liệu", "day": 24}),
    (Act.RAISE_OBSTACLE, {"reason": "Thiếu kinh phí"}),
    (Act.REFUSE, {"reason": "Không thuộc thẩm quyền"}),
)
ABOVE_ACTS: tuple[tuple[str, Act, dict[str, Any]], ...] = (
    ("leadership", Act.AMEND_DEADLINE, {"reason": "Điều chỉnh", "day": 24}),
    ("leadership", Act.SUSPEND, {"reason": "Chờ sắp xếp bộ máy"}),
    ("assigner", Act.SUSPEND, {"reason": "Chờ sắp xếp bộ máy", "day": 18}),
    ("assigner", Act.RESUME, {}),
    ("assigner", Act.NUDGE, {"reason": "Chậm"}),
    ("head", Act.REASSIGN, {"person": "other", "reason": "Đổi đầu mối"}),
    ("leadership", Act.WITHDRAW, {"reason": "Đã giao nơi khác"}),
)
# What is asked, by whom it is answered, and how: so long after the question came up.
ANSWERS: tuple[tuple[str, str, Choice, dict[str, Any]], ...] = (
    ("reported", "approver", Choice.APPROVE, {}),
    ("reported", "approver", Choice.RETURN, {"reason": "Thiếu minh chứng"}),
    ("extension_requested", "approver", Choice.GRANT, {}),
    ("extension_requested", "approver", Choice.REFUSE, {"reason": "Không đủ lý do"}),
    ("extension_requested", "approver", Choice.COUNTER, {"day": 22}),
    ("counter_offered", "officer", Choice.ACCEPT, {}),
    ("obstacle_raised", "approver", Choice.RESOLVE, {}),
    ("not_ours_raised", "approver", Choice.REFUSE, {"reason": "Đúng thẩm quyền"}),
    ("escalated", "head", Choice.COMMIT, {"day": 20}),
    ("suspension_reviewed", "assigner", Choice.RESUME, {}),
)


def random_office() -> Directory:
    """An office of three units whose people are away now and then: with a substitute, and once with none."""
    away = (
        Absence(person="head-so-a", start=date(2026, 5, 1), end=date(2026, 7, 10), delegate="deputy"),
        Absence(person="approver", start=date(2026, 9, 7), end=date(2026, 9, 18), delegate="deputy"),
        Absence(person="head-so-c", start=date(2026, 6, 22), end=date(2026, 7, 8)),
        Absence(person="head-so-c", start=date(2026, 9, 14), end=date(2026, 9, 25)),
    )
    return directory(absences=away)


def random_plan(seed: int, start: datetime) -> Plan:
    """Twelve tasks: deadlines by day and by the clock, none, recurring, and some already past."""
    chance = Random(seed)
    tasks = [_task(str(number), chance, start) for number in range(1, TASKS + 1)]
    return plan(*tasks, number=f"{seed}-CV/ĐU", policy=_policy(seed, chance))


def random_scenario(seed: int, start: datetime, made: Plan) -> Scenario:
    """What people do to these tasks; two in twelve are left to themselves."""
    chance = Random(seed + 1000)
    acts: list[PlannedAct] = []
    for task in made.tasks[2:]:
        rows = [_act(chance, start) for _ in range(chance.randint(1, 3))]
        rows += [_answer(chance, start) for _ in range(chance.randint(1, 2))]
        for row in rows:
            line = len(acts) + 1
            acts.append(PlannedAct.model_validate({"line": line, "task": task.code, **row}))
    return Scenario(acts=tuple(acts))


def _policy(seed: int, chance: Random) -> Policy:
    """Every third life is lived by the hour."""
    if seed % 3 == 2:
        return shipped_policy("strict")
    rules = STANDARD.model_dump()
    rules["marks_at"] = chance.choice([time(8), time(7, 30), time(14)])
    rules["review_every"] = chance.choice([20, 7, 3])
    rules["overdue"]["repeat_every"] = chance.choice([5, 2])
    rules["overdue"]["repeat_times"] = chance.choice([6, 1, 0])
    rules["overdue"]["list_every"] = chance.choice([5, 3])
    rules["acknowledge"][0]["after"] = chance.choice([1, 2])
    return Policy.model_validate(rules)


def _task(code: str, chance: Random, start: datetime) -> PlannedTask:
    day = start.date() + timedelta(days=chance.randint(1, 17))
    unit = chance.choice(UNITS)
    route = chance.choice(
        [(Stage(asks=("approver:du",)),), (Stage(asks=("head:vp",)), Stage(asks=("approver:du",)))]
    )
    match chance.choice(["day", "day", "day", "clock", "late", "none", "weekly"]):
        case "clock":
            at = utc(datetime.combine(day, chance.choice([time(11, 30), time(17), time(22)]), OFFICE_ZONE))
            return planned(code, (unit,), due=Due(day=day, instant=at, clock_time=True), route=route)
        case "late":
            day = start.date() - timedelta(days=chance.randint(1, 9))
            return planned(code, (unit,), due=Due(day=day, instant=end_of_day(day)), route=route)
        case "none":
            return planned(code, (unit,), due=None, route=route)
        case "weekly":
            rule = Recurrence(rrule="FREQ=WEEKLY", start=day)
            due = Due(day=day, instant=end_of_day(day))
            return planned(code, (unit,), due=due, recurrence=rule, route=route)
        case _:
            return planned(code, (unit,), due=Due(day=day, instant=end_of_day(day)), route=route)


def _act(chance: Random, start: datetime) -> dict[str, Any]:
    if chance.random() < 0.7:
        act, said = chance.choice(UNIT_ACTS)
        who = chance.choice(["officer", "officer", "head"])
    else:
        who, act, said = chance.choice(ABOVE_ACTS)
    return {"when": {"at": _instant(chance, start)}, "as": who, "act": act, **_with_day(chance, start, said)}


def _answer(chance: Random, start: datetime) -> dict[str, Any]:
    event, who, choice, said = chance.choice(ANSWERS)
    plus = chance.choice(["10 minutes", "1 working day 09:20", "3 days", "4 working days 14:00"])
    when = {"after": {"event": event}, "plus": plus}
    return {
        "when": when, "as": who, "act": Act.ANSWER, "choice": choice, **_with_day(chance, start, said)
    }  # fmt: skip


def _instant(chance: Random, start: datetime) -> datetime:
    """Any minute of the weeks ahead; now and then the very instant at which marks come."""
    day = start + timedelta(days=chance.randint(1, DAYS - 5))
    clock = chance.choice([time(8), time(chance.randint(0, 23), chance.randint(0, 59))])
    return utc(datetime.combine(day.date(), clock, OFFICE_ZONE))


def _with_day(chance: Random, start: datetime, said: dict[str, Any]) -> dict[str, Any]:
    """The days of an act are counted from the start."""
    if "day" not in said:
        return said
    return {**said, "day": (start + timedelta(days=said["day"] + chance.randint(-3, 3))).date()}
