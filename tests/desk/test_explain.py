"""`explain`: what it says comes next is what the marks say; every count leads to its day, counted by hand."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desk.explain import Explained, explained
from desk.foreseen import foreseen
from desk.stops import tried
from directive.calendar_days import DayKind
from directive.clock import OfficeClock
from directive.days import TaskDays
from directive.directory import Absence
from directive.due import local_day
from directive.marks import marks
from directive.message import Act
from directive.policy import OffsetUnit, StepUnit
from directive.question import Choice
from notices.deliver import deliver
from register.open import Register
from register.plans import orders_of, save_directory, save_plan
from register.reading import marks_of
from tests.desk.conftest import Done
from tests.desk.conftest import command as run
from tests.directive.builders import ASSIGNER, CALENDAR, HEAD, OFFICER, Paper, due_on, said, standard_policy
from tests.register.given import ASSIGNED, DIRECTIVE, Running, directory, local, plan

AWAY = Absence(
    person="head-so-a", start=date(2026, 7, 1), end=date(2026, 7, 2), delegate="deputy", reason="họp"
)
ANNOUNCED = {row.day: row.kind is DayKind.SWAP_WORKED for row in CALENDAR.days}


def works(day: date) -> bool:
    """Whether people work that day, by the announced rows alone."""
    return ANNOUNCED.get(day, day.weekday() < 5)


class Post:
    """A channel that takes everything."""

    async def send(self, *_: object) -> None:
        return


@pytest.fixture
async def running(in_file: str) -> AsyncIterator[Running]:
    register = Register.open(in_file)
    try:
        await save_directory(register, directory(absences=(AWAY,)))
        await save_plan(register, plan(), "d1")
        one = Running(register, (await orders_of(register, DIRECTIVE, OfficeClock()))[0])
        await one.start()
        yield one
    finally:
        await register.close()


async def sent(running: Running, at: datetime) -> None:
    await deliver(running.register, Post(), now=at + timedelta(minutes=10))


async def look(running: Running, at: datetime, last: int = 3) -> Explained:
    return await explained(running.register, running.id, last, at)


async def test_at_every_step_of_a_life_what_comes_next_is_what_the_marks_say(running: Running) -> None:
    acts: dict[int, Any] = {
        2: lambda: running.act(Act.ACKNOWLEDGE, local(8), "officer-so-a", "officer:so-a"),
        7: lambda: running.act(
            Act.ANSWER,
            local(2, month=7),
            "head-so-a",
            "head:so-a",
            choice=Choice.COMMIT,
            day=date(2026, 7, 8),
        ),
        9: lambda: running.act(
            Act.REQUEST_EXTENSION,
            local(14, month=7),
            "officer-so-a",
            "officer:so-a",
            reason="bão",
            day=date(2026, 8, 3),
        ),
        12: lambda: running.report((running.last.at if running.last else ASSIGNED) + timedelta(hours=1)),
    }
    for step in range(16):
        if step in acts:
            await acts[step]()
        at = running.last.at if running.last else ASSIGNED
        whole = await look(running, at)
        ahead = tuple(one.mark for one in whole.ahead)
        assert ahead == marks(running.facts, running.policy, CALENDAR)
        rows = [(row.key, row.at, row.roles) for row in await marks_of(running.register, running.id)]
        assert sorted((one.key, one.at, one.to) for one in ahead) == sorted(rows)
        if not ahead:
            break
        await running.take_next()


def lives() -> list[Paper]:
    """Tasks at many points of many lives."""
    made = []
    for day in ("2026-06-19", "2026-06-30", "2026-09-03", "2027-02-12"):
        for steps in range(12):
            paper = Paper(due_on(day))
            for _ in range(steps):
                paper.until(paper.marks[0].at)
            made.append(paper)
    stopped = Paper(due_on("2026-06-30"))
    stopped.act(Act.SUSPEND, ASSIGNER, "2026-06-03 09:00")
    resumed = Paper(due_on("2026-06-30"))
    resumed.act(Act.SUSPEND, ASSIGNER, "2026-06-03 09:00")
    resumed.act(Act.RESUME, ASSIGNER, "2026-06-12 09:00")
    asked = Paper(due_on("2026-06-30"))
    asked.act(Act.REQUEST_EXTENSION, OFFICER, "2026-06-15 09:00", day=date(2026, 7, 10))
    reported = Paper(due_on("2026-06-30"))
    reported.report("2026-06-15 09:00")
    committed = Paper(due_on("2026-06-30"))
    committed.until("2026-07-01 08:00")
    committed.answer(Choice.COMMIT, HEAD, day=date(2026, 7, 8))
    return [*made, stopped, resumed, asked, reported, committed, Paper()]


def test_every_count_that_is_told_leads_to_its_day_by_hand() -> None:
    counted = 0
    for paper in lives():
        days = TaskDays(paper.facts, standard_policy(), CALENDAR)
        stood = days.calendar.stopped_days
        for mark in paper.marks:
            why = foreseen(mark, paper.marks, paper.facts, days)
            assert why.said
            if why.counted is None or why.rule.step is None:
                continue
            number, unit = why.rule.step
            if unit in (StepUnit.HOUR, OffsetUnit.DAY):
                continue
            day, step = why.counted.start.day, timedelta(days=1 if number > 0 else -1)
            for _ in range(abs(number)):
                day += step
                while not works(day) or day in stood:
                    day += step
            assert day == local_day(mark.at) or number == 0, f"{said(mark.at)} {mark.key}: {why}"
            counted += 1
    assert counted > 300


def test_nearly_every_mark_has_its_count_and_the_others_say_what_moved_them() -> None:
    without = set()
    for paper in lives():
        days = TaskDays(paper.facts, standard_policy(), CALENDAR)
        for mark in paper.marks:
            if foreseen(mark, paper.marks, paper.facts, days).counted is None:
                without.add((mark.key, paper.facts.pause.cause if paper.facts.pause else ""))
    assert without == {("c1.level.2", "committed")}


async def test_the_substitute_is_named_with_the_absence_and_the_message(running: Running) -> None:
    while running.marks[0].kind != "escalated":
        await running.take_next()
        await sent(running, running.marks[0].at - timedelta(hours=1))
    await running.take_next()
    await sent(running, local(1, month=7))
    (past,) = (await look(running, local(1, 12, month=7), last=1)).past
    became = {one.person: fate for one, fate in past.notices}
    assert became["deputy"].who == (
        "deputy (người đứng đầu so-a), thay head-so-a vắng mặt 01/07/2026–02/07/2026: họp"
    )
    assert became["deputy"].absence == AWAY
    assert became["deputy"].said.startswith("đã gửi lúc 08:10 01/07/2026, thư «")
    assert past.why
    assert str(past.why).endswith("1 ngày làm việc sau thời hạn 30/06/2026: 01/07")
    (ahead, *_) = (await look(running, local(1, 12, month=7))).ahead
    assert ahead.people == ("head-vp",)


async def test_a_reminder_names_the_days_counted_and_the_days_off_skipped(running: Running) -> None:
    await running.act(Act.ACKNOWLEDGE, local(1, 9), "officer-so-a", "officer:so-a")
    await running.take_next()
    await running.take_next()
    (past,) = (await look(running, local(25, 12), last=1)).past
    assert past.why
    assert past.why.rule.place == "reminders[1]"
    assert past.why.said == (
        "3 ngày làm việc trước thời hạn 30/06/2026: 29/06, 26/06, 25/06; "
        "bỏ qua 28/06 (Chủ nhật), 27/06 (thứ Bảy)"
    )


async def test_what_was_not_sent_says_why(running: Running) -> None:
    await sent(running, ASSIGNED)
    await running.take_next()  # a reminder to acknowledge, written and not yet sent
    await running.act(Act.ACKNOWLEDGE, local(3, 8, 1), "officer-so-a", "officer:so-a")
    await sent(running, local(3))
    (lapsed,) = (await look(running, local(3, 12), last=1)).past
    assert [fate.said for _, fate in lapsed.notices] == ["không gửi: đơn vị đã tiếp nhận"]
    await running.take_next()
    await running.settle(running.taking(local(1, month=7)))
    await sent(running, local(1, month=7))
    told = {
        fate.said
        for past in (await look(running, local(1, 12, month=7), last=9)).past
        for _, fate in past.notices
    }
    assert any("không gửi riêng" in one and "báo cấp trên, mức 1 về cùng việc" in one for one in told)


async def test_a_level_that_nobody_holds_and_one_that_was_superseded_are_told(running: Running) -> None:
    await save_directory(running.register, directory("d2", heads={"so-a": ""}))
    await running.act(Act.ACKNOWLEDGE, local(1, 9), "officer-so-a", "officer:so-a")
    await running.settle(running.taking(local(1, month=7)))
    await running.take_next()
    whole = await look(running, local(1, 12, month=7), last=9)
    kinds = {past.event.kind.value for past in whole.past}
    assert {"skipped", "superseded", "escalated"} <= kinds
    last = whole.past[-1]
    assert last.why
    assert "không có ai trả lời được" in last.why.said


async def test_what_would_stop_a_mark_is_what_the_rules_make_of_each_act(running: Running) -> None:
    whole = await look(running, local(1, 10))
    stops = {one.mark.kind.value: {stop.act for stop in one.stops} for one in whole.ahead}
    assert Act.ACKNOWLEDGE in stops["acknowledgement_reminded"]
    assert Act.ACKNOWLEDGE not in stops["escalated"]
    assert {Act.REPORT, Act.SUSPEND, Act.WITHDRAW, Act.AMEND_DEADLINE} <= stops["escalated"]
    assert Act.NUDGE not in stops["escalated"]
    assert all(stop.roles for one in whole.ahead for stop in one.stops)


async def test_a_closed_task_has_no_next_and_nothing_that_would_stop_it(running: Running) -> None:
    await running.report(local(2))
    await running.approve(local(3))
    whole = await look(running, local(3, 12))
    assert whole.ahead == ()
    paper = await explained_paper(running)
    assert tried(running.facts, paper, local(3, 12)) == []


async def explained_paper(running: Running) -> Any:
    from desk.effect import paper

    return await paper(running.register, running.facts)


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        (
            "vi",
            (
                "Vì sao có những thông báo vừa qua",
                "Sắp tới, nếu không ai làm gì",
                "ngày làm việc sau ngày giao",
            ),
        ),
        (
            "en",
            (
                "Why the last notices were sent",
                "Next, if nobody acts",
                "working days after the day it was given",
            ),
        ),
    ],
)
async def test_the_command_speaks_both_languages_and_json(
    running: Running, tmp_path: Path, lang: str, wanted: tuple[str, ...]
) -> None:
    def command(*words: str) -> Done:
        url = f"sqlite+aiosqlite:///{tmp_path / 'register.db'}"
        return run("explain", running.id, *words, "--lang", lang, data=tmp_path, DONDOC_REGISTER_URL=url)

    told = command()
    assert told.returncode == 0, told.stderr
    assert [one for one in wanted if one not in told.stdout] == []
    plain = json.loads(command("--json").stdout)
    listed = [(one["key"], datetime.fromisoformat(one["at"]).astimezone(UTC)) for one in plain["next"]]
    assert listed == [(mark.key, mark.at) for mark in running.marks]
    assert plain["next"][0]["why"]["count"]["days"] == ["2026-06-02", "2026-06-03"]
