"""Who holds a role is looked up when a notice is written, and once more when it is sent."""

from datetime import date, datetime
from typing import Any

from desk import person
from desk.exit import Stop
from directive.directory import Absence, Acting, Directory, Seat
from directive.event import EventKind
from directive.message import Act
from directive.question import Choice, QuestionKind
from directive.record import Admission
from notices.deliver import deliver
from register.admission import admit
from register.open import Register
from register.outbox import decide_message, hand_over
from register.outbox_models import Notice
from register.plans import save_directory
from register.reading import inbox
from register.waiting import notices_of
from tests.notices.given import directory, local
from tests.notices.test_deliver import Caught, drain, past
from tests.register.given import Running

MORNING = local(1)  # level 1 of 30/6, Wednesday
HEAD = "head:so-khcn"


def office(version: str, *absences: Absence, head: str = "", acting: tuple[Acting, ...] = ()) -> Directory:
    """The office with somebody away, another head or an acting one."""
    there = directory()
    units = tuple(
        unit.model_copy(update={"acting": acting, "head": head or unit.head})
        if unit.code == "so-khcn"
        else unit
        for unit in there.units
    )
    return there.model_copy(update={"version": version, "units": units, "absences": absences})


def away(start: int, end: int, delegate: str = "deputy", month: int = 7) -> Absence:
    return Absence(
        person="head", start=date(2026, month, start), end=date(2026, month, end), delegate=delegate
    )


async def escalated(register: Register, running: Running) -> str:
    """The task has climbed to its head; the open question."""
    await past(register, running, MORNING)
    question = running.facts.open_question(QuestionKind.ESCALATION)
    assert question
    return question.id


async def written(
    register: Register, running: Running, kind: EventKind = EventKind.ESCALATED
) -> list[Notice]:
    return [one for one in await notices_of(register, running.id) if one.kind is kind and one.role == HEAD]


async def test_an_absence_that_starts_between_plan_and_writing_gives_the_notice_to_the_substitute(
    register: Register, running: Running
) -> None:
    await save_directory(register, office("away", away(1, 3)))  # planned for the head on 1 June
    await escalated(register, running)
    (notice,) = await written(register, running)
    assert (notice.person, notice.on_behalf_of) == ("deputy", "head")
    channel = Caught()
    await drain(register, channel, MORNING, days=1)
    assert "head" not in {one.person for one in channel.messages}


async def test_an_absence_recorded_after_the_notice_was_written_but_before_it_was_sent_moves_it(
    register: Register, running: Running
) -> None:
    await escalated(register, running)
    assert [one.person for one in await written(register, running)] == ["head"]
    await save_directory(register, office("away", away(1, 3)))
    channel = Caught()
    await drain(register, channel, MORNING, days=1)
    by_person = {one.person: one for one in channel.messages}
    assert "head" not in by_person
    assert "starter.py answer" in by_person["deputy"].text
    ended = {(one.person, one.on_behalf_of): one.status for one in await written(register, running)}
    assert ended == {("head", ""): "handed_over", ("deputy", "head"): "decided"}
    old = next(one for one in await written(register, running) if one.person == "head")
    assert old.reason == "deputy"


async def test_an_absence_that_is_over_when_the_notice_is_sent_moves_nothing(
    register: Register, running: Running
) -> None:
    await save_directory(register, office("away", away(1, 1, month=6)))
    await escalated(register, running)
    channel = Caught()
    await drain(register, channel, MORNING, days=1)
    assert "head" in {one.person for one in channel.messages}


async def test_a_head_who_leaves_before_the_notice_is_sent_hears_nothing_and_the_new_one_does(
    register: Register, running: Running
) -> None:
    await escalated(register, running)
    await save_directory(register, office("new", head="deputy"))
    channel = Caught()
    await drain(register, channel, MORNING, days=1)
    assert {one.person for one in channel.messages} == {"deputy", "officer"}


async def test_who_has_had_a_copy_already_is_still_asked_as_the_substitute(
    register: Register, running: Running
) -> None:
    await escalated(register, running)
    moved = [(one, (Seat(person="deputy", on_behalf_of="head"),)) for one in await written(register, running)]
    copied = [one for one in await notices_of(register, running.id) if one.id.endswith("c1.level.1/deputy")]
    assert [one.copied for one in copied] == [True]
    await decide_message(register, None, lapsed={copied[0].id: "gone out"})
    await hand_over(register, moved)
    new = next(one for one in await written(register, running) if one.person == "deputy")
    assert (new.copied, new.status, new.on_behalf_of) == (False, "waiting", "head")
    await hand_over(register, moved)
    assert len(await written(register, running)) == 2


async def test_where_nobody_holds_the_role_any_more_the_notice_stays_with_its_reader(
    register: Register, running: Running
) -> None:
    await escalated(register, running)
    await save_directory(register, office("away", away(1, 3, delegate="")))
    channel = Caught()
    await drain(register, channel, MORNING, days=1)
    assert "head" in {one.person for one in channel.messages}


async def test_delivery_that_is_called_twice_hands_over_once(register: Register, running: Running) -> None:
    await escalated(register, running)
    await save_directory(register, office("away", away(1, 3)))
    channel = Caught()
    await drain(register, channel, MORNING, days=1)
    await deliver(register, channel, now=local(1, 9))
    assert [one.person for one in channel.messages].count("deputy") == 1


async def _welcome(register: Register, running: Running, who: str, at: datetime) -> tuple[bool, str]:
    asked = Admission(task=running.id, actor=who, role=HEAD, at=at)
    answer = await admit(register, asked)
    return answer.welcome, answer.on_behalf_of


def _standing(running: Running, there: Directory, who: str, on: date, **more: Any) -> str:
    """In whose name a person may answer at the desk, or why not."""
    try:
        held = person.standing(there, running.facts, Act.ANSWER, who, on, choice=Choice.COMMIT, **more)
    except Stop as stop:
        return stop.kind
    return held.seat.on_behalf_of or "own right"


async def test_a_head_changes_while_a_question_is_open_and_the_question_moves_with_the_post(
    register: Register, running: Running
) -> None:
    question = await escalated(register, running)
    at, on = local(1, 9), date(2026, 7, 1)
    assert [row.question for row in await inbox(register, "head", at)] == [question]
    there = office("new", head="deputy")
    await save_directory(register, there)
    assert await inbox(register, "head", at) == []
    (row,) = await inbox(register, "deputy", at)
    assert (row.question, row.role, row.on_behalf_of) == (question, HEAD, "")
    assert _standing(running, there, "head", on) == "wrong_role"
    assert _standing(running, there, "deputy", on) == "own right"
    assert await _welcome(register, running, "head", at) == (False, "")
    assert await _welcome(register, running, "deputy", at) == (True, "")
    await running.act(Act.ANSWER, at, "deputy", HEAD, choice=Choice.COMMIT, day=date(2026, 7, 3))
    assert not running.facts.questions


async def test_an_acting_head_answers_in_their_own_right_between_two_dates(
    register: Register, running: Running
) -> None:
    acting = (Acting(person="deputy", start=date(2026, 7, 1), end=date(2026, 7, 31)),)
    there = office("acting", acting=acting)
    await save_directory(register, there)
    question = await escalated(register, running)
    (notice,) = await written(register, running)
    assert (notice.person, notice.on_behalf_of) == ("deputy", "")
    (row,) = await inbox(register, "deputy", local(1, 9))
    assert (row.question, row.on_behalf_of) == (question, "")
    assert await inbox(register, "head", local(1, 9)) == []
    assert _standing(running, there, "head", date(2026, 7, 31)) == "wrong_role"
    assert _standing(running, there, "head", date(2026, 8, 1)) == "own right"
    assert await _welcome(register, running, "deputy", local(3, month=8)) == (False, "")


async def test_the_record_of_an_answer_names_the_substitute_and_whom_they_stood_in_for(
    register: Register, running: Running
) -> None:
    await escalated(register, running)
    there = office("away", away(1, 3))
    await save_directory(register, there)
    assert _standing(running, there, "deputy", date(2026, 7, 1)) == "head"
    assert await _welcome(register, running, "deputy", local(1, 9)) == (True, "head")
    more = {"choice": Choice.COMMIT, "day": date(2026, 7, 3), "on_behalf_of": "head"}
    await running.act(Act.ANSWER, local(1, 9), "deputy", HEAD, **more)
    told = [one for one in await notices_of(register, running.id) if one.kind is EventKind.COMMITTED]
    assert {(one.event.actor, one.event.on_behalf_of) for one in told} == {("deputy", "head")}
