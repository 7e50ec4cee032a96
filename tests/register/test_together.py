"""Records that stand in line together leave behind what each by itself would, with the statements of one."""

from collections.abc import AsyncIterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, select

from directive.clock import OfficeClock
from directive.message import Act
from directive.record import Recorded, Transition
from directive.unassigning import Unassignment, message_id
from register.hooks import add_hook
from register.open import Register
from register.outbox_tables import hook_events, notices
from register.plans import orders_of, save_directory, save_plan
from register.record import record, record_all
from register.tables import asked, events, marks, searched, tasks
from tests.databases import file_url
from tests.register.given import ASSIGNED, DIRECTIVE, Running, directory, due, local, plan, planned

OFFICER = ("officer-so-a", "officer:so-a")
LEADER = ("leader", "leadership:du")


async def office(register: Register) -> list[Running]:
    """A task, one below it, one of three units, and a webhook that is told of everything."""
    await save_directory(register, directory())
    below = planned("1.1", ("so-b",), parent="1", due=due(date(2026, 6, 15)))
    await save_plan(register, plan(planned("1"), below, planned("2", ("cac-so",))), "d1")
    await add_hook(register, "dms", "https://van-ban.example.vn/dondoc", (), local(1))
    return [Running(register, order) for order in await orders_of(register, DIRECTIVE, OfficeClock())]


@pytest.fixture
async def alone(tmp_path: Path) -> AsyncIterator[Register]:
    """Another register, in which each record comes by itself."""
    opened = Register.open(file_url(tmp_path / "alone.db"))
    await opened.migrate()
    yield opened
    await opened.close()


class Told:
    """What is recorded one by one in a register, as the groups in which it might have stood in line."""

    def __init__(self) -> None:
        self.groups: list[list[Transition]] = [[]]
        self.answers: list[list[Recorded]] = [[]]

    async def settle(self, task: Running, transition: Transition) -> None:
        self.answers[-1].append(await task.settle(transition))
        assert task.last
        self.groups[-1].append(task.last)

    def next(self) -> None:
        self.groups.append([])
        self.answers.append([])


async def lived(register: Register) -> Told:
    """Three lines of records: the assignments, a morning's marks, and what people then did."""
    told = Told()
    parent, child, *others = await office(register)
    for task in (parent, child, *others):
        await task.start()
        assert task.last
        told.groups[-1].append(task.last)
        told.answers[-1].append(await record(register, task.last))  # a repeat answers the same
    told.next()
    await told.settle(others[0], taken_back(others[0]))
    for task in (parent, child, *others[1:]):
        await told.settle(task, task.taking(task.marks[0].at))
    assert parent.last
    await told.settle(parent, parent.last)
    told.next()
    at = local(4, 9)
    sooner = parent.acting(Act.AMEND_DEADLINE, at, *LEADER, day=date(2026, 6, 10), reason="gấp")
    await told.settle(parent, sooner)
    await told.settle(child, child.taking(child.marks[0].at))
    for hours, act, said in ((1, Act.PROGRESS, {"text": "một nửa"}), (2, Act.REPORT, {"text": "đã xong"})):
        later = at + timedelta(hours=hours)
        await told.settle(parent, parent.acting(act, later, *OFFICER, **said))
    assert child.outlook
    assert child.outlook.parent_due
    assert child.outlook.parent_due.day == date(2026, 6, 10)
    return told


def taken_back(task: Running) -> Transition:
    """As the directive's workflow takes a task back: those are told who were, and what waits lapses."""
    at = ASSIGNED + timedelta(minutes=10)
    actor, role = LEADER
    decision = Unassignment(directive=DIRECTIVE, at=at, actor=actor, role=role, reason="Nhầm đơn vị")
    said = decision.message(task.id, at).model_dump(exclude={"act", "actor", "role", "at", "id", "door"})
    return task.acting(Act.WITHDRAW, at, actor, role, id=message_id(task.id), **said)


def held(connection: Connection) -> dict[str, list[Any]]:
    """All that there is of the tasks; events in their order, without the numbers that make it."""
    found: dict[str, list[Any]] = {}
    for table in (tasks, searched, marks, asked, notices):
        found[table.name] = sorted(tuple(row) for row in connection.execute(select(table)))
    lines = connection.execute(select(events).order_by(events.c.seq)).mappings()
    found["events"] = [{name: row[name] for name in row if name != "seq"} for row in lines]
    joined = select(hook_events.c.hook, events.c.id).join(events, events.c.seq == hook_events.c.event)
    found["posted"] = [tuple(row) for row in connection.execute(joined.order_by(events.c.seq))]
    return found


async def test_what_is_recorded_together_stands_as_if_recorded_one_by_one(
    register: Register, alone: Register
) -> None:
    told = await lived(alone)
    await office(register)
    for group, answers in zip(told.groups, told.answers, strict=True):
        found = await register.writing(
            lambda it, group=group: record_all(it, register.memory, group)  # type: ignore[misc]
        )
        assert found == answers
    assert await register.reading(held) == await alone.reading(held)


async def statements(register: Register, transitions: Sequence[Transition]) -> int:
    """How many a group takes."""
    count = 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1

    def work(connection: Connection) -> None:
        event.listen(connection, "before_cursor_execute", counted)
        try:
            record_all(connection, register.memory, transitions)
        finally:
            event.remove(connection, "before_cursor_execute", counted)

    await register.writing(work)
    return count


async def test_many_records_take_as_many_statements_as_one(on_sqlite: Register) -> None:
    await save_directory(on_sqlite, directory())
    await save_plan(on_sqlite, plan(*(planned(f"{number}") for number in range(41))), "d1")
    many = [Running(on_sqlite, order) for order in await orders_of(on_sqlite, DIRECTIVE, OfficeClock())]
    for task in many:
        await task.start()
    first, *others = [task.taking(task.marks[0].at) for task in many]
    assert first.at > ASSIGNED
    assert await statements(on_sqlite, others) == await statements(on_sqlite, [first])
