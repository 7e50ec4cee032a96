"""What a register lost of a task is written from its history: once, in its place, and told to nobody a second time."""

from datetime import timedelta

from sqlalchemy import delete, select, update

from directive.message import Act
from notices.waking import due_at
from register.hooks import add_hook
from register.in_order import wanted_order
from register.kept_back import RESTORED, Reached
from register.open import Register
from register.outbox_tables import hook_events, notices
from register.reading import events, facts_of, marks_of, notices_of
from register.rebuild import Happened, rebuild
from register.tables import asked, marks, searched, tasks
from register.tables import events as event_table
from tests.register.given import Running, local

OFFICER = ("officer-so-a", "officer:so-a")


async def lived(running: Running) -> list[Happened]:
    """A task's life: assigned, reminded by a mark, a line of progress, an obstacle."""
    register = running.register
    await add_hook(register, "dms", "https://van-ban.example.vn/dondoc", (), local(1))
    past = [await _repeat(running)]
    for at, act, said in (
        (local(2, 9), Act.ACKNOWLEDGE, {}),
        (local(3, 9), Act.PROGRESS, {"text": "một nửa"}),
        (local(4, 9), Act.RAISE_OBSTACLE, {"reason": "chưa có kinh phí"}),
    ):
        await running.act(act, at, *OFFICER, **said)
        past.append(await _repeat(running))
    return past


async def _repeat(running: Running) -> Happened:
    assert running.last
    return Happened(running.last, await running.settle(running.last))


async def lose(register: Register, name: str) -> None:
    async with register.write() as connection:
        seq = await connection.scalar(select(event_table.c.seq).where(event_table.c.id == name))
        await connection.execute(delete(hook_events).where(hook_events.c.event == seq))
        await connection.execute(delete(notices).where(notices.c.event == name))
        await connection.execute(delete(event_table).where(event_table.c.seq == seq))


async def posted(register: Register) -> list[tuple[str, str]]:
    joined = select(event_table.c.id, hook_events.c.status).join(
        event_table, event_table.c.seq == hook_events.c.event
    )
    async with register.read() as connection:
        rows = (await connection.execute(joined.order_by(event_table.c.seq))).all()
    return [(row.id, row.status) for row in rows]


async def test_an_event_that_was_lost_in_the_middle_comes_back_to_its_place(running: Running) -> None:
    register = running.register
    past = await lived(running)
    before, facts = await events(register, running.id), await facts_of(register, [running.id])
    async with register.write() as connection:
        await connection.execute(update(hook_events).values(status="sent"))
    await lose(register, past[2].transition.events[0].id)
    done = await rebuild(register, running.id, past, due_at, None)
    assert (done.events, done.moved) == ((past[2].transition.events[0].id,), True)
    assert await events(register, running.id) == before
    assert await facts_of(register, [running.id]) == facts
    ids = [one.id for one in before]
    wanted = [(name, "sent" if name != ids[2] else "waiting") for name in ids[1:]]
    assert [one for one in await posted(register) if one[0] != ids[0]] == wanted
    again = await rebuild(register, running.id, past, due_at, None)
    assert (again.events, again.moved, again.waiting) == ((), False, 0)


async def test_a_notice_that_had_left_is_kept_back_and_a_later_one_waits(running: Running) -> None:
    register = running.register
    past = await lived(running)
    last = past[-1].transition.events[0]
    for held in (last.at + timedelta(hours=1), last.at - timedelta(hours=1)):
        await lose(register, last.id)
        await rebuild(register, running.id, past, due_at, Reached(held))
        mine = [one for one in await notices_of(register, running.id) if one.event_id == last.id]
        left = held > last.at
        assert {(one.status, one.reason) for one in mine} == {
            ("lapsed", RESTORED) if left else ("waiting", "")
        }


async def test_a_task_that_is_not_there_at_all_is_whole_again(running: Running) -> None:
    register = running.register
    past = await lived(running)
    before = (
        await events(register, running.id),
        await facts_of(register, [running.id]),
        await marks_of(register, running.id),
    )
    async with register.write() as connection:
        await connection.execute(delete(hook_events))
        for table in (notices, asked, marks, searched, event_table):
            await connection.execute(delete(table))
        await connection.execute(delete(tasks))
    await rebuild(register, running.id, past, due_at, None)
    assert before == (
        await events(register, running.id),
        await facts_of(register, [running.id]),
        await marks_of(register, running.id),
    )


def test_what_history_does_not_know_stays_where_it_was() -> None:
    assert wanted_order(["a", "x", "c", "b"], ["a", "b", "c"]) == ["a", "x", "b", "c"]
    assert wanted_order(["a", "b"], ["a", "lost", "b"]) == ["a", "b"]
