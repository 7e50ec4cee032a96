"""A province in a register: some lives of tasks, really recorded, and thousands of tasks that live like them."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, select

from directive.clock import OfficeClock
from directive.directory import Directory, Group, Person, Unit
from directive.due import OFFICE_ZONE, Due, end_of_day
from directive.message import Act
from directive.plan import Plan, PlannedTask
from directive.question import Choice, QuestionKind, Stage
from register.open import Register
from register.plans import orders_of, save_directory, save_plan
from register.searched import searched_row
from register.tables import asked, events, marks, notices, searched, tasks
from tests.register.given import STANDARD, Running, plan

NOW = datetime(2026, 7, 15, 10, tzinfo=OFFICE_ZONE).astimezone(UTC)
ASSIGNED = datetime(2026, 4, 1, 8, tzinfo=OFFICE_ZONE).astimezone(UTC)
PATTERN = "so-mau"  # the unit whose tasks the others' are copies of
DUES = (-60, -30, -14, -5, -1, 0, 2, 9, 20, 60)
"""Days from today to the deadlines of the patterns."""
BRANCHES = ("Khoa học và Công nghệ", "Nội vụ", "Tài chính", "Xây dựng", "Y tế", "Tư pháp", "Công Thương",
            "Nông nghiệp và Môi trường", "Giáo dục và Đào tạo", "Văn hóa, Thể thao và Du lịch")  # fmt: skip
WORKS = (
    "Rà soát, công bố danh mục thủ tục hành chính thuộc thẩm quyền giải quyết của đơn vị, báo cáo kết quả về Văn phòng",
    "Xây dựng kế hoạch chuyển đổi số năm 2026, xác định rõ nguồn lực, tiến độ và người chịu trách nhiệm từng việc",
    "Báo cáo tình hình giải ngân vốn đầu tư công, nêu rõ nguyên nhân chậm và giải pháp tháo gỡ từng dự án",
    "Tổ chức kiểm tra công tác bảo vệ môi trường tại các cụm công nghiệp, xử lý dứt điểm các điểm ô nhiễm kéo dài",
    "Hoàn thành số hóa hồ sơ đất đai, kết nối cơ sở dữ liệu với cơ sở dữ liệu quốc gia về dân cư",
    "Tham mưu văn bản triển khai Nghị quyết số 57-NQ/TW về phát triển khoa học, công nghệ, đổi mới sáng tạo",
)


def province() -> Directory:
    """41 departments, 129 communes and wards, who monitors and who assigns."""
    does = [Unit(code=PATTERN, name="Sở Mẫu")]
    does += [Unit(code=f"so-{n:02}", name=f"Sở {BRANCHES[n % 10]} {n // 10 + 1}") for n in range(40)]
    does += [
        Unit(code=f"xa-{n:03}", name=f"UBND {'phường' if n % 5 == 0 else 'xã'} số {n}") for n in range(129)
    ]
    does = [
        one.model_copy(update={"head": f"head-{one.code}", "officers": (f"officer-{one.code}",)})
        for one in does
    ]
    office = Unit(code="vp", name="Văn phòng", head="head-vp")
    issuer = Unit(
        code="du", name="Đảng ủy", leadership=("leader",), approvers=("approver",), assigners=("assigner",)
    )
    units = (*does, Unit(code="trong", name="Đơn vị chưa có người"), office, issuer)
    known = {one for unit in units for one in (unit.head, *unit.officers, *unit.leadership)} - {""}
    people = tuple(Person(id=one, name=one) for one in sorted(known | {"approver", "assigner"}))
    communes = tuple(one.code for one in does if one.code.startswith("xa-"))
    group = Group(code="xa-phuong", name="UBND các xã, phường", units=communes)
    return Directory(version="bench@1", units=units, people=people, groups=(group,))


class Step(NamedTuple):
    """What a person does to a task so many days before its deadline (after it where negative)."""

    before: int
    act: Callable[[Running, datetime], Awaitable[Any]]


def _unit_says(act: Act, **said: Any) -> Callable[[Running, datetime], Awaitable[Any]]:
    async def do(task: Running, at: datetime) -> None:
        unit = task.facts.task.unit
        await task.act(act, at, f"officer-{unit}", f"officer:{unit}", **said)

    return do


def _side_says(act: Act, **said: Any) -> Callable[[Running, datetime], Awaitable[Any]]:
    async def do(task: Running, at: datetime) -> None:
        await task.act(act, at, "assigner", "assigner:du", reason="theo kết luận", **said)

    return do


async def _returns(task: Running, at: datetime) -> None:
    await task.act(Act.ANSWER, at, "approver", "approver:du", choice=Choice.RETURN, reason="chưa đủ số liệu")


async def _approves(task: Running, at: datetime) -> None:
    await task.approve(at)


async def _commits(task: Running, at: datetime) -> None:
    if task.facts.open_question(QuestionKind.ESCALATION):
        unit, day = task.facts.task.unit, (at + timedelta(days=3)).date()
        await task.act(Act.ANSWER, at, f"head-{unit}", f"head:{unit}", choice=Choice.COMMIT, day=day)


async def _asks_for_time(task: Running, at: datetime) -> None:
    assert task.facts.due
    day = max(task.facts.due.day, at.date()) + timedelta(days=15)
    await _unit_says(Act.REQUEST_EXTENSION, day=day, reason="chờ số liệu")(task, at)


_TAKES = Step(70, _unit_says(Act.ACKNOWLEDGE))
_HANDS_IN = _unit_says(Act.REPORT, text="đã hoàn thành, gửi kèm báo cáo số 12/BC")
LIVES: tuple[tuple[Step, ...], ...] = (
    (),
    (_TAKES,),
    (_TAKES, Step(10, _unit_says(Act.PROGRESS, text="đã làm được một nửa"))),
    (_TAKES, Step(4, _HANDS_IN)),
    (_TAKES, Step(-2, _HANDS_IN)),
    (_TAKES, Step(6, _HANDS_IN), Step(5, _returns)),
    (_TAKES, Step(3, _asks_for_time)),
    (_TAKES, Step(-4, _commits)),
    (_TAKES, Step(5, _unit_says(Act.RAISE_OBSTACLE, reason="chưa được bố trí kinh phí"))),
    (_TAKES, Step(-6, _side_says(Act.SUSPEND))),
    (_TAKES, Step(2, _side_says(Act.NUDGE))),
    (_TAKES, Step(8, _HANDS_IN), Step(6, _approves)),
)


class Office(NamedTuple):
    """What was made."""

    tasks: int
    open: int
    events: int
    directives: int


async def make_office(register: Register, wanted: int, seed: int = 1) -> Office:
    """Put so many open tasks, and a quarter as many closed ones, into an empty register."""
    await save_directory(register, province())
    patterns = await _patterns(register)
    chance, made, open_tasks, lines, letters = Random(seed), 0, 0, 0, 0
    while open_tasks < wanted:
        letter = _letter(letters, chance)
        await save_plan(register, letter, "bench@1")
        orders = await orders_of(register, letter.directive.id, OfficeClock())
        lives = [_drawn(patterns, chance) for _ in orders]
        copies = [life.as_if(order.task, order.work) for life, order in zip(lives, orders, strict=True)]
        lines += await register.writing(partial(_write, copies, letter))
        open_tasks += sum(not one.closed for one in lives)
        made, letters = made + len(copies), letters + 1
    await register.writing(partial(_forget, [one.id for one in patterns]))
    return Office(made, open_tasks, lines, letters)


class _Pattern(NamedTuple):
    """All rows of one task that really lived."""

    id: str
    directive: str
    code: str
    unit: str
    closed: bool
    rows: dict[str, list[dict[str, Any]]]

    def as_if(self, task: Any, work: str) -> dict[str, list[dict[str, Any]]]:
        """The same rows for another task."""
        held = {name: [self._said_of(row, task) for row in rows] for name, rows in self.rows.items()}
        held["tasks"][0]["work"] = work
        return held

    def _said_of(self, row: dict[str, Any], task: Any) -> dict[str, Any]:
        changed = {
            key: self._text(value, task) if isinstance(value, str) else value for key, value in row.items()
        }
        own = {"directive": task.directive, "code": task.code, "unit": task.unit}
        return {**changed, **{key: value for key, value in own.items() if key in row}}

    def _text(self, said: str, task: Any) -> str:
        said = said.replace(self.id, task.id).replace(self.directive, task.directive)
        said = said.replace(f'"code":"{self.code}"', f'"code":"{task.code}"')
        return said.replace(self.unit, task.unit)


async def _patterns(register: Register) -> list[_Pattern]:
    found = []
    planned = [*_planned()]
    await save_plan(register, plan(*(one for one, _ in planned), number="9999-CV/ĐU"), "bench@1")
    steps = {one.code: life for one, life in planned}
    for order in await orders_of(register, "du.9999-cv-du-2026", OfficeClock()):
        task = Running(register, order, ASSIGNED)
        await task.start()
        await _live(task, steps[order.task.code])
        found.append(await register.writing(partial(_taken, task)))
    return found


def _planned() -> Iterator[tuple[PlannedTask, tuple[Step, ...]]]:
    today, route = NOW.date(), (Stage(asks=("approver:du",)),)
    for number, days in enumerate((*DUES, None)):
        day = today + timedelta(days=days) if days is not None else None
        due = Due(day=day, instant=end_of_day(day)) if day else None
        for place, life in enumerate(LIVES if due else LIVES[:3]):
            unit = "trong" if days == -14 and not life else PATTERN
            code = f"mau{number:02}{place:02}"
            yield PlannedTask(code=code, work="", lead=(unit,), due=due, route=route, monitor="vp"), life


async def _live(task: Running, steps: tuple[Step, ...]) -> None:
    due = task.facts.due.instant if task.facts.due else NOW + timedelta(days=60)
    for step in steps:
        at = max(due - timedelta(days=step.before, hours=15), ASSIGNED + timedelta(days=2, hours=1))
        if at > NOW:
            break
        await _until(task, at)
        await step.act(task, max(at, task.facts.last_at))
    if not task.facts.closed:
        await _until(task, NOW)


async def _until(task: Running, at: datetime) -> None:
    while task.marks and task.marks[0].at <= at:
        await task.take_next()


def _taken(lived: Running, connection: Connection) -> _Pattern:
    held = {}
    for table in (tasks, events, marks, asked, notices):
        key = tasks.c.id if table is tasks else table.c.task
        rows = connection.execute(select(table).where(key == lived.id)).mappings()
        held[table.name] = [{name: row[name] for name in row if name != "seq"} for row in rows]
    task = lived.facts.task
    return _Pattern(lived.id, task.directive, task.code, task.unit, lived.facts.closed, held)


def _drawn(patterns: list[_Pattern], chance: Random) -> _Pattern:
    """One in five is closed."""
    closed = chance.random() < 0.2
    return chance.choice([one for one in patterns if one.closed == closed])


def _letter(number: int, chance: Random) -> Plan:
    """Every fortieth letter goes to all communes with ten tasks, the others to some departments with a few."""
    signed, route = f"{number + 1}-CV/ĐU", (Stage(asks=("approver:du",)),)
    everyone = number % 40 == 0
    planned = []
    for task in range(10 if everyone else chance.randint(2, 12)):
        lead = ("xa-phuong",) if everyone else tuple(f"so-{n:02}" for n in chance.sample(range(40), 6))
        work = f"{chance.choice(WORKS)} ({signed}, mục {task + 1})"
        planned.append(PlannedTask(code=f"{task + 1}", work=work, lead=lead, route=route, monitor="vp"))
    return plan(*planned, number=signed, policy=STANDARD)


def _write(copies: list[dict[str, list[dict[str, Any]]]], letter: Plan, connection: Connection) -> int:
    """The rows of a letter's tasks; gives how many events they have."""
    for table in (tasks, events, marks, asked, notices):
        rows = [row for one in copies for row in one[table.name]]
        if rows:
            connection.execute(table.insert(), rows)
    connection.execute(searched.insert(), [searched_row(one["tasks"][0], letter) for one in copies])
    return sum(len(one["events"]) for one in copies)


def _forget(ids: list[str], connection: Connection) -> None:
    for table in (asked, marks, notices, events, searched):
        connection.execute(delete(table).where(table.c.task.in_(ids)))
    connection.execute(delete(tasks).where(tasks.c.id.in_(ids)))
