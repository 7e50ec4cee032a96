"""Records that stand in line share a commit: nobody hears of it before, and nobody pays for another's error."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence

import pytest
from sqlalchemy import Connection, exc, insert, select, text

from directive.event import EventKind
from directive.message import Act
from register.line import AT_ONCE, Line
from register.open import Register, RegisterDown
from register.outbox_tables import delivery, notices
from register.reading import events
from register.record import record
from tests.register.given import ROOT, Running, local

Work = Callable[[Connection], object]


def writes(number: int) -> Work:
    """Writes one row; gives the transaction in which it did."""

    def work(connection: Connection) -> object:
        connection.execute(insert(delivery), {"id": number})
        return connection.get_transaction()

    return work


def slips(connection: Connection) -> None:
    """Writes one row, and then fails."""
    connection.execute(insert(delivery), {"id": 99})
    raise LookupError


def breaks_at_the_commit(connection: Connection) -> None:
    """A row that refers to nothing, which SQLite is told to notice at the commit only."""
    connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    fields = dict.fromkeys(("event", "person", "role", "on_behalf_of", "status", "reason"), "")
    row = {**fields, "id": "x", "task": "no-such", "copied": False, "urgent": False, "written": local(1)}
    connection.execute(insert(notices), row)


def each(connection: Connection, works: Sequence[Work]) -> list[object]:
    """What those who stand in line together ask for."""
    return [work(connection) for work in works]


async def behind_each_other(register: Register, *works: Work, together: bool = True) -> list[object]:
    """What comes of works that gather in line while another one is done."""
    begun, goes_on = threading.Event(), threading.Event()

    def holds_the_line(_connection: Connection) -> None:
        begun.set()
        goes_on.wait(60)

    first = asyncio.create_task(register.writing(holds_the_line))
    await asyncio.to_thread(begun.wait, 60)
    rest = [
        asyncio.create_task(register.writing_together(each, work) if together else register.writing(work))
        for work in works
    ]
    await asyncio.sleep(0)
    goes_on.set()
    await first
    return await asyncio.gather(*rest, return_exceptions=True)


async def written(register: Register) -> list[int]:
    """The rows that are there."""
    async with register.read() as connection:
        return list(await connection.scalars(select(delivery.c.id).order_by(delivery.c.id)))


async def test_those_who_gather_in_line_share_a_commit(on_sqlite: Register) -> None:
    found = await behind_each_other(on_sqlite, *(writes(number) for number in range(10)))
    assert len({id(one) for one in found}) == 1
    assert await written(on_sqlite) == [*range(10)]


async def test_who_does_not_say_so_has_a_transaction_of_its_own(on_sqlite: Register) -> None:
    found = await behind_each_other(on_sqlite, writes(1), writes(2), together=False)
    assert found[0] is not found[1]


async def test_work_is_done_in_the_order_of_the_line(on_sqlite: Register) -> None:
    done: list[int] = []
    works = [lambda _it, number=number: done.append(number) for number in range(200)]
    await behind_each_other(on_sqlite, *works)
    assert done == [*range(200)]


async def test_an_error_of_one_leaves_the_others(register: Register) -> None:
    works: list[Work] = [writes(1), slips, writes(2), writes(1), writes(3)]
    asked = [register.writing_together(each, work) for work in works]
    found = await asyncio.gather(*asked, return_exceptions=True)
    assert isinstance(found[1], LookupError)
    assert sum(isinstance(one, exc.IntegrityError) for one in found) == 1  # the second to write 1
    assert await written(register) == [1, 2, 3]


async def test_what_no_one_catches_is_told_to_who_asked_and_the_line_goes_on(on_sqlite: Register) -> None:
    def panics(_connection: Connection) -> None:
        raise KeyboardInterrupt

    with pytest.raises(RuntimeError, match="KeyboardInterrupt"):
        await on_sqlite.writing(panics)
    await on_sqlite.writing(writes(5))


async def test_a_commit_that_fails_is_told_to_the_one_who_spoilt_it(on_sqlite: Register) -> None:
    found = await behind_each_other(on_sqlite, writes(1), breaks_at_the_commit, writes(2))
    assert isinstance(found[1], exc.IntegrityError)
    assert not any(isinstance(found[place], BaseException) for place in (0, 2))
    assert await written(on_sqlite) == [1, 2]


async def test_nobody_hears_of_it_before_the_commit(on_sqlite: Register) -> None:
    works = [writes(number) for number in range(5)]
    asked = [asyncio.create_task(on_sqlite.writing_together(each, work)) for work in works]
    for number, one in enumerate(asked):
        await one
        assert number in await written(on_sqlite)


async def test_who_waits_no_more_is_left_out(on_sqlite: Register) -> None:
    begun, goes_on = threading.Event(), threading.Event()

    def holds_the_line(_connection: Connection) -> None:
        begun.set()
        goes_on.wait(60)

    first = asyncio.create_task(on_sqlite.writing(holds_the_line))
    await asyncio.to_thread(begun.wait, 60)
    gone, stays = (asyncio.create_task(on_sqlite.writing_together(each, writes(n))) for n in (1, 2))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.sleep(0)
    goes_on.set()
    await asyncio.gather(first, stays)
    assert await written(on_sqlite) == [2]


def same(_connection: Connection, items: Sequence[int]) -> Sequence[int]:
    """Numbers for themselves."""
    return items


class Groups:
    """What shared a transaction, in a line that lets nobody in before `goes_on` is set."""

    def __init__(self) -> None:
        self.seen: list[list[int]] = []
        self.begun, self.goes_on = threading.Event(), threading.Event()

    def __call__(self, _work: object, items: Sequence[int]) -> Sequence[int]:
        self.begun.set()
        self.goes_on.wait(60)
        self.seen.append(list(items))
        return items


async def asked(line: Line, *items: int) -> list[asyncio.Task[int]]:
    """They stand in line."""
    tasks: list[asyncio.Task[int]] = [asyncio.create_task(line.do(same, item)) for item in items]
    await asyncio.sleep(0)
    return tasks


async def shared(line: Line, groups: Groups) -> None:
    """One who came alone, and behind it two who share a transaction."""
    alone = await asked(line, 1)
    await asyncio.to_thread(groups.begun.wait, 60)
    both = await asked(line, 2, 3)
    groups.goes_on.set()
    await asyncio.gather(*alone, *both)
    assert groups.seen == [[1], [2, 3]]


async def test_those_who_come_behind_a_shared_commit_gather_until_they_are_a_full_group() -> None:
    groups = Groups()
    line = Line(groups, rest=3600)
    await shared(line, groups)
    behind = [one for number in range(10, 10 + AT_ONCE) for one in await asked(line, number)]
    await asyncio.wait_for(asyncio.gather(*behind), 60)
    assert groups.seen[-1] == [*range(10, 10 + AT_ONCE)]
    line.close()


async def test_a_full_group_is_not_waited_for_for_ever() -> None:
    groups = Groups()
    line = Line(groups, rest=0.001)
    await shared(line, groups)
    assert await line.do(same, 4) == 4
    line.close()


async def test_who_comes_alone_keeps_nobody_waiting() -> None:
    groups = Groups()
    groups.goes_on.set()
    line = Line(groups, rest=3600)
    for number in range(3):
        assert await line.do(same, number) == number
    line.close()


KILLED = """
import asyncio, os, signal, sys
from register.open import Register
from tests.register.test_line import behind_each_other, each, writes

def dies(_connection):
    os.kill(os.getpid(), signal.SIGKILL)

async def main():
    register = Register.open(sys.argv[1])
    await register.writing_together(each, writes(1))
    await behind_each_other(register, writes(2), writes(3), dies, writes(4))

asyncio.run(main())
"""


async def test_killed_in_between_nothing_of_what_shared_the_commit_is_there(in_file: str) -> None:
    done = subprocess.run(  # noqa: ASYNC221 - nobody waits beside
        [sys.executable, "-c", KILLED, in_file],
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=120,
    )
    assert done.returncode == -signal.SIGKILL
    register = Register.open(in_file)
    assert await written(register) == [1]
    await register.close()


async def test_a_record_repeated_in_one_commit_is_written_once(running: Running) -> None:
    step = running.acting(Act.ACKNOWLEDGE, local(2), "officer-so-a", "officer:so-a")
    answers = await asyncio.gather(*(record(running.register, step) for _ in range(5)))
    assert all(one == answers[0] for one in answers)
    kinds = [one.kind for one in await events(running.register, running.id)]
    assert kinds == [EventKind.ASSIGNED, EventKind.ACKNOWLEDGED]


@pytest.mark.parametrize("count", [1, 3])
async def test_a_file_that_is_not_there_is_told_to_everyone(count: int) -> None:
    register = Register.open("sqlite+aiosqlite:////nowhere/at/all/register.db")
    asked = [register.writing_together(each, writes(number)) for number in range(count)]
    found = await asyncio.gather(*asked, return_exceptions=True)
    assert all(isinstance(one, RegisterDown) for one in found)
    await register.close()
