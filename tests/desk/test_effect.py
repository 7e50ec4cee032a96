"""A dry run is the act on paper: what it shows is what the register has once the act is done."""

import json
from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import pytest

from desk import effect, language, screen
from desk.changes import Way, changes, timeline
from desk.exit import Code, Stop
from directive.clock import OfficeClock
from directive.light import LightKind
from directive.message import Act, Door, Message
from directive.question import Choice
from directive.refusal import Reason
from register.calendars import shipped_calendar
from register.open import Register
from register.plans import orders_of, save_calendar, save_directory, save_plan
from register.reading import events, marks_of, notices_of, task
from tests.register.given import DIRECTIVE, STANDARD, Running, directory, local, plan

LATER = date(2026, 7, 15)
HEAD, OFFICER = ("head-so-a", "head:so-a"), ("officer-so-a", "officer:so-a")
ASSIGNER, APPROVER = ("assigner", "assigner:du"), ("approver", "approver:du")
Said = tuple[Act, tuple[str, str], dict[str, Any]]

LIVES: dict[str, list[Said]] = {
    "acknowledge": [(Act.ACKNOWLEDGE, OFFICER, {})],
    "progress": [(Act.PROGRESS, OFFICER, {"text": "đang làm"})],
    "report": [(Act.REPORT, OFFICER, {"text": "đã xong"})],
    "approve": [(Act.REPORT, OFFICER, {"text": "xong"}), (Act.ANSWER, APPROVER, {"choice": Choice.APPROVE})],
    "return": [
        (Act.REPORT, OFFICER, {"text": "xong"}),
        (Act.ANSWER, APPROVER, {"choice": Choice.RETURN, "reason": "thiếu", "day": LATER}),
    ],
    "request": [(Act.REQUEST_EXTENSION, OFFICER, {"reason": "bão", "day": LATER})],
    "grant": [
        (Act.REQUEST_EXTENSION, OFFICER, {"reason": "bão", "day": LATER}),
        (Act.ANSWER, APPROVER, {"choice": Choice.GRANT}),
    ],
    "amend": [(Act.AMEND_DEADLINE, ASSIGNER, {"reason": "lý do", "day": LATER})],
    "suspend": [(Act.SUSPEND, ASSIGNER, {"reason": "bão"})],
    "resume": [
        (Act.SUSPEND, ASSIGNER, {"reason": "bão"}),
        (Act.RESUME, ASSIGNER, {"reason": "hết bão", "day": LATER}),
    ],
    "withdraw": [(Act.WITHDRAW, ASSIGNER, {"reason": "không cần nữa"})],
    "obstacle": [(Act.RAISE_OBSTACLE, HEAD, {"reason": "thiếu vốn"})],
    "reassign": [(Act.REASSIGN, HEAD, {"person": "other", "reason": "nghỉ"})],
    "nudge": [(Act.NUDGE, ASSIGNER, {"text": "đề nghị báo cáo"})],
    "replan": [(Act.REPLAN, ASSIGNER, {"calendar": "vn-other", "reason": "lịch mới"})],
}


@pytest.fixture
async def running(in_file: str) -> AsyncIterator[Running]:
    register = Register.open(in_file)
    try:
        await save_directory(register, directory())
        await save_plan(register, plan(), "d1")
        other = shipped_calendar().model_copy(update={"version": "vn-other"})
        await save_calendar(register, other)
        one = Running(register, (await orders_of(register, DIRECTIVE, OfficeClock()))[0])
        await one.start()
        yield one
    finally:
        await register.close()


def message(said: Said, day: int, number: int = 0) -> Message:
    act, (actor, role), more = said
    return Message(id=f"m-{number}", act=act, actor=actor, role=role, at=local(day), door=Door.CLI, **more)


async def done(running: Running, said: Said, day: int, number: int) -> None:
    act, (actor, role), more = said
    await running.act(act, local(day), actor, role, id=f"m-{number}", **more)


@pytest.mark.parametrize("life", list(LIVES))
async def test_what_a_dry_run_shows_is_what_the_act_then_makes(running: Running, life: str) -> None:
    *before, last = LIVES[life]
    for number, said in enumerate(before):
        await done(running, said, 2, number)
    facts = running.facts
    shown = await effect.of(running.register, facts, message(last, 3, 9))
    await done(running, last, 3, 9)
    card = await task(running.register, running.id, local(3))
    ahead = [(mark.key, mark.at, mark.to) for mark in shown.after.marks]
    assert ahead == [(mark.key, mark.at, mark.to) for mark in running.marks]
    assert {key for key, _, _ in ahead} == {row.key for row in await marks_of(running.register, running.id)}
    assert (shown.after.due and shown.after.due.day) == card.row.due_day
    assert (shown.after.state, shown.after.light) == (card.row.state, card.row.light)
    assert shown.event == (await events(running.register, running.id))[-1]
    receipt = await effect.after(running.register, facts, local(3))
    assert receipt._replace(event=shown.event) == shown


@pytest.mark.parametrize("life", ["amend", "grant", "return", "resume"])
async def test_an_act_that_moves_the_deadline_moves_every_mark_that_counts_from_it(
    running: Running, life: str
) -> None:
    await running.act(Act.ACKNOWLEDGE, local(1, 9), *OFFICER, id="m-ack")
    *before, last = LIVES[life]
    for number, said in enumerate(before):
        await done(running, said, 2, number)
    shown = await effect.of(running.register, running.facts, message(last, 3, 9))
    assert shown.due_moves
    fresh = timeline(running.facts, STANDARD, shipped_calendar(), local(1, 9))
    old = {change.before.at for change in shown.changes if change.before and change.way is Way.STAYS}
    assert not old, "no mark of the old deadline stays where it was"
    assert {change.way for change in changes(fresh, shown.after)} <= {Way.MOVES, Way.GOES, Way.COMES}


async def test_a_dry_run_writes_nothing_and_tells_nobody(running: Running) -> None:
    held = await events(running.register, running.id), await notices_of(running.register, running.id)
    await effect.of(running.register, running.facts, message(LIVES["amend"][0], 3))
    assert held == (
        await events(running.register, running.id),
        await notices_of(running.register, running.id),
    )


async def test_a_dry_run_is_refused_as_the_act_would_be(running: Running) -> None:
    past = (Act.AMEND_DEADLINE, ASSIGNER, {"reason": "lý do", "day": date(2026, 6, 1)})
    with pytest.raises(Stop) as caught:
        await effect.of(running.register, running.facts, message(past, 3))
    assert (caught.value.code, caught.value.kind) == (Code.REFUSED, Reason.DATE_PAST)
    unknown = (Act.REPLAN, ASSIGNER, {"reason": "lý do", "calendar": "vn-2072"})
    with pytest.raises(Stop) as caught:
        await effect.of(running.register, running.facts, message(unknown, 3))
    assert caught.value.kind == "unknown_calendar"


async def test_a_mark_that_goes_stays_moves_or_comes_is_named_so(running: Running) -> None:
    shown = await effect.of(running.register, running.facts, message(LIVES["report"][0], 3))
    ways = {change.mark.kind.value: change.way for change in shown.changes}
    assert ways["reminded"] is ways["escalated"] is Way.GOES
    assert ways["question_pressed"] is Way.COMES
    renewed = await effect.of(running.register, running.facts, message(LIVES["acknowledge"][0], 3))
    kept = {change.mark.kind.value: change.way for change in renewed.changes}
    assert (kept["acknowledgement_reminded"], kept["reminded"]) == (Way.GOES, Way.STAYS)


async def test_the_light_before_and_after_is_that_of_the_instant_of_the_act(running: Running) -> None:
    said = message(LIVES["amend"][0], 29)
    shown = await effect.of(running.register, running.facts, said)
    assert (shown.before.light.kind, shown.after.light.kind) == (LightKind.DUE_SOON, LightKind.IN_TIME)
    assert said.at - running.facts.assigned_at == timedelta(days=28)


@pytest.mark.parametrize("lang", ["vi", "en"])
async def test_the_timelines_are_told_in_both_languages_and_as_json(
    running: Running, lang: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.console.cache_clear()
    with language.speaking(lang):
        await effect.tell(running.register, running.facts, message(LIVES["amend"][0], 3))
        told = capsys.readouterr().out
        wanted = {
            "vi": ("Thời hạn: hết ngày 30/06/2026 → hết ngày 15/07/2026", "dời", "chưa ghi gì"),
            "en": ("Deadline: the end of 30/06/2026 → the end of 15/07/2026", "moves", "nothing is recorded"),
        }
        assert [one for one in wanted[lang] if one not in told] == []
        monkeypatch.setattr(screen, "_json", True)
        await effect.tell(running.register, running.facts, message(LIVES["amend"][0], 3))
        plain = json.loads(capsys.readouterr().out)
        screen.console.cache_clear()
    assert (plain["dry_run"], plain["deadline_moves"]) == (True, True)
    assert {one["change"] for one in plain["changes"]} <= {"moves", "goes", "comes", "stays"}
