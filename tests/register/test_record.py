"""What one record writes, once."""

from copy import copy
from datetime import timedelta

import pytest

from directive.event import EventKind
from directive.message import Act
from directive.question import Choice
from directive.record import Transition
from directive.task import State
from register.models import TaskFilter
from register.open import Register
from register.plans import NotRecorded
from register.reading import events, facts_of, marks_of, notices_of, task, tasks
from register.record import record
from tests.register.given import ASSIGNED, DIRECTIVE, Running, local


async def test_an_assignment_tells_the_officer_and_copies_the_head(running: Running) -> None:
    told = await notices_of(running.register, running.id)
    assert [(one.person, one.role, one.copied) for one in told] == [
        ("head-so-a", "head:so-a", True),
        ("officer-so-a", "officer:so-a", False),
    ]
    assert told[0].id == f"{running.id}/assigned/head-so-a"


async def test_the_marks_that_lie_ahead_are_those_of_the_answer(running: Running) -> None:
    ahead = await marks_of(running.register, running.id)
    assert [(mark.key, mark.at) for mark in ahead] == [(mark.key, mark.at) for mark in running.marks]


async def test_a_task_is_not_told_anew_of_the_marks_that_it_expected(running: Running) -> None:
    answer = await running.take_next()
    assert (answer.as_expected, answer.outlook.marks) == (True, ())
    ahead = await marks_of(running.register, running.id)
    assert [(mark.key, mark.at) for mark in ahead] == [(mark.key, mark.at) for mark in running.marks]
    assert len(ahead) > 10


async def test_a_task_is_told_of_marks_that_it_did_not_expect(running: Running) -> None:
    before = running.marks
    answer = await running.act(Act.ACKNOWLEDGE, local(1, 10), "officer-so-a", "officer:so-a")
    assert not answer.as_expected
    assert answer.outlook.marks == tuple(mark for mark in before if mark.series != "acknowledge")


async def test_a_task_of_an_older_release_is_told_of_all_marks(running: Running) -> None:
    said_nothing = running.taking(running.marks[0].at)
    answer = await record(running.register, said_nothing)
    assert answer.outlook.marks == running.marks[1:]


async def test_the_stored_facts_are_the_folded_facts(running: Running) -> None:
    await running.take_next()
    assert (await facts_of(running.register, [running.id]))[running.id] == running.facts


async def test_a_record_repeated_answers_the_same_and_writes_nothing(running: Running) -> None:
    first = await running.take_next()
    before = await events(running.register, running.id), await notices_of(running.register, running.id)
    assert running.last
    assert await record(running.register, running.last) == first
    assert (
        await events(running.register, running.id),
        await notices_of(running.register, running.id),
    ) == before


async def test_a_late_repeat_does_not_take_the_task_back(running: Running) -> None:
    assert running.last
    stale = running.last
    await running.act(Act.ACKNOWLEDGE, local(1, 10), "officer-so-a", "officer:so-a")
    await record(running.register, stale)
    card = await task(running.register, running.id)
    assert card.facts == running.facts
    assert card.row.state is State.IN_PROGRESS


async def test_a_task_goes_on_after_its_engine_forgot_more_marks_than_it_repeats(running: Running) -> None:
    await running.act(Act.ACKNOWLEDGE, local(1, 10), "officer-so-a", "officer:so-a")
    forgotten = copy(running)
    for _ in range(3):
        await forgotten.take_next()
    day = (ASSIGNED + timedelta(days=60)).date()
    await running.act(
        Act.AMEND_DEADLINE, local(2, 9), "assigner", "assigner:du", day=day, reason="theo kết luận mới"
    )
    assert running.facts.revision < forgotten.facts.revision
    assert (await task(running.register, running.id)).row.due_day == day


async def test_a_mark_the_engine_forgot_is_known_and_not_told_again(running: Running) -> None:
    forgotten = running.taking(running.marks[0].at)
    await record(running.register, forgotten)
    told = len(await notices_of(running.register, running.id))
    answer = await running.act(
        Act.NUDGE, running.marks[0].at, "assigner", "assigner:du", reason="đề nghị báo cáo"
    )
    assert [mark.key for mark in answer.known] == [forgotten.taken[0].key]
    assert forgotten.taken[0].key in running.facts.settled
    assert forgotten.taken[0].key not in {mark.key for mark in answer.outlook.marks}
    assert len(await notices_of(running.register, running.id)) == told + 2
    assert running.last
    assert await record(running.register, running.last) == answer


async def test_marks_of_an_earlier_deadline_are_not_known_again(running: Running) -> None:
    for _ in range(2):
        await running.take_next()
    assert running.facts.ack.taken == 2
    day = (ASSIGNED + timedelta(days=60)).date()
    answer = await running.act(
        Act.AMEND_DEADLINE, local(8), "assigner", "assigner:du", day=day, reason="theo kết luận mới"
    )
    assert answer.known == ()
    assert running.facts.questions == ()


async def test_a_closing_record_closes_the_row_and_clears_what_lay_ahead(running: Running) -> None:
    await running.act(Act.WITHDRAW, local(3), "assigner", "assigner:du", reason="không còn cần")
    (row,) = await tasks(running.register, TaskFilter(directive=DIRECTIVE), local(4))
    assert (row.state, row.outcome, row.closed_at) == (State.WITHDRAWN, None, local(3))
    assert await marks_of(running.register, running.id) == []


async def test_a_returned_report_is_no_longer_handed_in(running: Running) -> None:
    await running.report(local(3))
    assert (await task(running.register, running.id)).row.handed_in == local(3)
    await running.act(
        Act.ANSWER, local(4), "approver", "approver:du", choice=Choice.RETURN, reason="thiếu số liệu"
    )
    row = (await task(running.register, running.id)).row
    assert (row.handed_in, row.rounds) == (None, 1)


async def test_a_task_of_an_unknown_directive_is_refused_and_leaves_nothing(
    register: Register, running: Running
) -> None:
    stray = running.facts.having(
        task=running.facts.task.model_copy(update={"id": "task:x:1:so-a", "directive": "x"})
    )
    with pytest.raises(NotRecorded):
        await record(register, Transition(facts=stray, events=(), at=ASSIGNED))
    assert await events(register, "task:x:1:so-a") == []


async def test_the_whole_climb_is_recorded_once_a_rung(running: Running) -> None:
    while running.marks[0].kind is not EventKind.LISTED:
        await running.take_next()
    written = await events(running.register, running.id)
    assert len({one.id for one in written}) == len(written)
    assert [one.kind for one in written].count(
        EventKind.ESCALATED_AGAIN
    ) == running.policy.overdue.repeat_times
