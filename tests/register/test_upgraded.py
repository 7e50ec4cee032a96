"""A register of an earlier release, brought to this one's form, and what its indexes are for."""

from collections.abc import AsyncIterator, Iterator
from datetime import date

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.event import listen

from directive.approval import submitted
from directive.clock import OfficeClock
from directive.message import Act
from directive.question import Choice
from directive.record import Transition
from register.calendars import shipped_calendar
from register.migrate import is_current, upgrade
from register.office import seed_calendar
from register.open import Register
from register.plans import orders_of, save_directory, save_plan
from register.report import draw
from register.summary import Period
from tests import postgres
from tests.databases import POSTGRESQL, SQLITE
from tests.register.given import DIRECTIVE, Running, directory, document, local, plan

JUNE = Period(first=date(2026, 6, 1), last=date(2026, 6, 30))
NOW = local(10, month=7)


@pytest.fixture
def new_database(cluster: postgres.Cluster) -> Iterator[str]:
    """The address of a PostgreSQL database without tables."""
    name = cluster.empty()
    yield cluster.url(name)
    cluster.drop(name)


@pytest.fixture(params=["url", "new_database"], ids=[SQLITE, POSTGRESQL])
async def older(request: pytest.FixtureRequest) -> AsyncIterator[Register]:
    """A register whose tables are those of before reports had an index for each way of counting."""
    opened = Register.open(str(request.getfixturevalue(request.param)))
    await opened.writing(_as_before)
    yield opened
    await opened.close()


def _as_before(connection: Connection) -> None:
    upgrade(connection, "0004")
    seed_calendar(connection, shipped_calendar())


async def _nudged_and_approved(register: Register) -> None:
    """A task is nudged and approved, and a document of no directive approved beside it."""
    await save_directory(register, directory())
    await save_plan(register, plan(), "d1")
    first, *_ = await orders_of(register, DIRECTIVE, OfficeClock())
    task = Running(register, first)
    await task.start()
    await task.act(Act.NUDGE, local(5), "assigner", "assigner:du", reason="đề nghị khẩn trương")
    await task.report(local(10))
    await task.approve(local(11))
    await _put(register)


async def _put(register: Register) -> None:
    whole = document()
    await save_plan(register, whole, "d1")
    (order,) = await orders_of(register, whole.directive.id, OfficeClock())
    put = Running(register, order, local(2))
    assert whole.request
    facts, event = submitted(order, whole.request.submission(local(2)), local(2))
    await put.settle(Transition(facts=facts, events=(event,), at=event.at))
    for day, person, role in ((3, "head-vp", "head:vp"), (4, "leader", "leadership:du")):
        await put.act(Act.ANSWER, local(day), person, role, choice=Choice.APPROVE)
    assert put.facts.closed


async def test_a_register_of_an_earlier_release_is_upgraded_and_its_reports_stay_the_same(
    older: Register,
) -> None:
    await _nudged_and_approved(older)
    async with older.write() as connection:  # an event of a release that did not say whose it is
        await connection.execute(
            text("UPDATE events SET unit = NULL, directive = NULL WHERE kind = 'nudged'")
        )
    before = await draw(older, JUNE, NOW)
    assert [row.key for row in before.by_directive] == [DIRECTIVE]
    assert (before.total.nudges, before.total.completed_on_time) == (1, 1)
    await older.migrate()
    assert await is_current(older)
    assert (await draw(older, JUNE, NOW)).digest == before.digest


async def test_what_happened_is_counted_from_indexes_alone_in_their_order(on_sqlite: Register) -> None:
    """A partial index serves only a statement that says its condition in the same words."""
    await _nudged_and_approved(on_sqlite)
    said: list[tuple[str, tuple[object, ...]]] = []
    async with on_sqlite.read() as connection:
        engine = connection.engine.sync_engine
    listen(engine, "before_cursor_execute", lambda *it: said.append((it[2], it[3])))
    await draw(on_sqlite, JUNE, NOW)

    def plans(connection: Connection) -> dict[str, str]:
        explained = {
            statement: connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            for statement, values in list(said)
            if "events.renews" in statement
        }
        return {statement: " / ".join(row.detail for row in rows) for statement, rows in explained.items()}

    found = list((await on_sqlite.reading(plans)).values())
    for key in ("unit", "directive"):
        (one,) = (plan for plan in found if f"COVERING INDEX ix_events_counted_by_{key}" in plan)
        assert "TEMP B-TREE" not in one
    others = [plan for plan in found if "_counted_by_" not in plan]
    assert others
    assert all("INDEX ix_events_counted_of_older" in plan for plan in others)
