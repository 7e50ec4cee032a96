"""Some lives of tasks, really recorded: what thousands of other tasks are copies of."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, select

from directive.clock import OfficeClock
from directive.due import OFFICE_ZONE, Due, end_of_day
from directive.message import Act
from directive.plan import PlannedTask
from directive.question import Choice, QuestionKind, Stage
from register.open import Register
from register.outbox_tables import notices
from register.plans import orders_of, save_plan
from register.tables import asked, events, marks, searched, tasks
from tests.register.given import Running, plan

NOW = datetime(2026, 7, 15, 10, tzinfo=OFFICE_ZONE).astimezone(UTC)
ASSIGNED = datetime(2026, 4, 1, 8, tzinfo=OFFICE_ZONE).astimezone(UTC)
PATTERN = "so-mau"  # the unit whose tasks the others' are copies of
COPIED = (tasks, events, marks, asked, notices)
"""The tables that hold a task's life, in the order of their foreign keys."""
DUES = (-60, -30, -14, -5, -1, 0, 2, 9, 20, 60)
"""Days from today to the deadlines of the patterns."""


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


async def _grants(task: Running, at: datetime) -> None:
    await task.act(Act.ANSWER, at, "approver", "approver:du", choice=Choice.GRANT, reason="đồng ý")


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
    (
        _TAKES,
        Step(5, _side_says(Act.NUDGE)),
        Step(-3, _side_says(Act.NUDGE)),
        Step(-6, _HANDS_IN),
        Step(-8, _approves),
    ),
    (_TAKES, Step(9, _HANDS_IN), Step(8, _returns), Step(4, _HANDS_IN), Step(3, _approves)),
    (_TAKES, Step(7, _asks_for_time), Step(6, _grants), Step(2, _HANDS_IN), Step(1, _approves)),
    (_TAKES, Step(12, _side_says(Act.WITHDRAW))),
)


class Pattern(NamedTuple):
    """All rows of one task that really lived."""

    id: str
    directive: str
    code: str
    unit: str
    closed: bool
    late: bool
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


async def patterns(register: Register) -> list[Pattern]:
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


def _taken(lived: Running, connection: Connection) -> Pattern:
    held = {}
    for table in COPIED:
        key = tasks.c.id if table is tasks else table.c.task
        rows = connection.execute(select(table).where(key == lived.id)).mappings()
        held[table.name] = [{name: row[name] for name in row if name != "seq"} for row in rows]
    task = lived.facts.task
    late = lived.facts.due is not None and lived.facts.due.instant < NOW
    return Pattern(lived.id, task.directive, task.code, task.unit, lived.facts.closed, late, held)


def forget(ids: list[str], connection: Connection) -> None:
    """Take the tasks that were copied out of the register again."""
    for table in (asked, marks, notices, events, searched):
        connection.execute(delete(table).where(table.c.task.in_(ids)))
    connection.execute(delete(tasks).where(tasks.c.id.in_(ids)))
