"""Who hears of what: roles become people on the day it happens."""

from datetime import date

import pytest

from directive.clock import OfficeClock
from directive.directory import Absence
from directive.event import Event, EventKind
from directive.mark import Mark
from directive.record import Transition
from directive.task import Facts, assigned
from register.open import Register
from register.plans import orders_of, save_directory, save_plan
from register.reading import events, notices_of, task
from register.record import record
from register.telling import tell
from tests.register.given import ASSIGNED, DIRECTIVE, Running, directory, plan

AWAY = Absence(person="head-so-a", start=date(2026, 6, 1), end=date(2026, 8, 31), delegate="deputy")
UNREACHED = AWAY.model_copy(update={"delegate": ""})


async def running(register: Register, *absences: Absence, heads: dict[str, str] | None = None) -> Running:
    await save_directory(register, directory("d2", absences, heads))
    await save_plan(register, plan(), "d2")
    orders = await orders_of(register, DIRECTIVE, OfficeClock())
    return Running(register, orders[0])


async def test_who_stands_in_is_told_and_who_is_away_is_not(register: Register) -> None:
    one = await running(register, AWAY)
    await one.start()
    told = await notices_of(register, one.id)
    assert [(notice.person, notice.on_behalf_of) for notice in told if notice.role == "head:so-a"] == [
        ("deputy", "head-so-a")
    ]


async def test_a_level_nobody_answers_for_is_skipped_at_once_and_the_record_says_why(
    register: Register,
) -> None:
    one = await running(register, UNREACHED)
    await one.start()
    while one.marks[0].kind is not EventKind.ESCALATED:
        await one.take_next()
    first = one.marks[0]
    answer = await one.take_next()
    assert answer.vacant == (first.key,)
    assert (answer.outlook.marks[0].number, answer.outlook.marks[0].at) == (2, first.at)
    why = next(event for event in await events(register, one.id) if event.id == f"{first.key}.nobody")
    assert (why.kind, why.reason, why.detail) == (EventKind.SKIPPED, "absent", {"head:so-a": "absent"})
    assert (await task(register, one.id)).facts == one.facts


async def test_a_repeat_finds_the_vacancy_though_somebody_has_come_since(register: Register) -> None:
    one = await running(register, heads={"so-a": ""})
    await one.start()
    while one.marks[0].kind is not EventKind.ESCALATED:
        await one.take_next()
    answer = await one.take_next()
    assert answer.vacant
    await save_directory(register, directory("d3"))
    told = await notices_of(register, one.id)
    assert one.last
    assert await record(register, one.last) == answer
    assert await notices_of(register, one.id) == told


async def test_a_new_head_hears_what_comes_after_the_change(register: Register) -> None:
    one = await running(register)
    await one.start()
    await save_directory(register, directory("d3", heads={"so-a": "other"}))
    while one.marks[0].kind is not EventKind.ESCALATED:
        await one.take_next()
    await one.take_next()
    told = await notices_of(register, one.id)
    assert [notice.person for notice in told if notice.kind is EventKind.ESCALATED and not notice.copied] == [
        "other"
    ]


@pytest.fixture
def facts() -> Facts:
    return assigned(next(plan().orders(directory(), OfficeClock())), ASSIGNED)


def meeting(facts: Facts, *marks: Mark) -> Transition:
    happened = tuple(
        Event(id=mark.key, kind=mark.kind, at=mark.at, to=mark.to, copy_to=mark.copy_to) for mark in marks
    )
    return Transition(facts=facts, events=happened, taken=marks, at=ASSIGNED)


def mark(key: str, kind: EventKind, to: str, question: str = "") -> Mark:
    return Mark(key=key, kind=kind, series=key, at=ASSIGNED, to=(to,), question=question)


def test_of_marks_that_meet_a_person_hears_the_strongest(facts: Facts) -> None:
    one_head = directory(heads={"so-a": "officer-so-a"})
    weak = mark("c1.remind.0w", EventKind.REMINDED, "officer:so-a")
    strong = mark("c1.level.1", EventKind.ESCALATED, "head:so-a")
    transition = meeting(facts, weak, strong)
    told = tell(transition, transition.events, one_head, date(2026, 6, 1))
    assert [(one.event.id, one.seat.person) for one in told] == [("c1.level.1", "officer-so-a")]


def test_a_question_pressed_is_told_beside_a_stronger_mark(facts: Facts) -> None:
    pressed = mark("extension.1.s0.1", EventKind.QUESTION_PRESSED, "head:so-a", "extension.1")
    strong = mark("c1.level.1", EventKind.ESCALATED, "head:so-a")
    transition = meeting(facts, pressed, strong)
    told = tell(transition, transition.events, directory(), date(2026, 6, 1))
    assert [one.event.id for one in told] == ["extension.1.s0.1", "c1.level.1"]


def test_who_is_asked_gets_no_copy_and_people_named_hear_in_person(facts: Facts) -> None:
    event = Event(
        id="m1",
        kind=EventKind.ANSWER_REFUSED,
        at=ASSIGNED,
        to=("head:so-a",),
        copy_to=("head:so-a", "head:vp"),
        to_people=("other",),
    )
    transition = Transition(facts=facts, events=(event,), at=ASSIGNED)
    told = tell(transition, (event,), directory(), date(2026, 6, 1))
    assert [(one.seat.person, one.copied) for one in told] == [
        ("other", False),
        ("head-so-a", False),
        ("head-vp", True),
    ]
