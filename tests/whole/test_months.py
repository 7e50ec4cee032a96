"""Months on the skipped clock through the real register, worker and outbox: what silence, answers and the close make.

Five tasks due on 30/6/2026: one silent for ever, one whose head commits twice, one that reports progress week after
week, one closed after the ladder has begun, one whose head nobody has recorded.
"""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from desk.rehearse import Rehearsal, rehearse
from desk.timeline import entries
from desk.words import same
from directive.due import OFFICE_ZONE, local_day, utc
from directive.event import Event, EventKind
from directive.message import Act
from directive.plan import Plan
from directive.question import Choice
from letters.scenario_file import PlannedAct, Scenario
from register.calendars import shipped_calendar
from register.outbox_models import Notice
from tests.databases import Database
from tests.register.given import directory, plan, planned
from tests.whole.witness import Witness

pytestmark = pytest.mark.timeout(240)

START = datetime(2026, 6, 1, 9, 0, tzinfo=OFFICE_ZONE)
END = utc(datetime(2026, 11, 2, 9, 0, tzinfo=OFFICE_ZONE))
CALENDAR = shipped_calendar()
LADDER = (EventKind.ESCALATED, EventKind.ESCALATED_AGAIN, EventKind.FINAL_NOTICE)
SILENT, COMMITS, PROGRESSES, CLOSED, HEADLESS = "1", "2", "3", "4", "5"


def day(month: int, number: int, clock: time = time(8)) -> datetime:
    return utc(datetime.combine(date(2026, month, number), clock, OFFICE_ZONE))


def five() -> Plan:
    return plan(
        *(planned(code, ("so-a",)) for code in (SILENT, COMMITS, PROGRESSES, CLOSED)),
        planned(HEADLESS, ("so-c",)),
    )


def act(task: str, who: str, what: Act, at: datetime | dict[str, object], **more: object) -> PlannedAct:
    when = at if isinstance(at, dict) else {"at": at}
    row = {"line": next(LINES), "task": task, "as": who, "act": what, "when": when, **more}
    return PlannedAct.model_validate(row)


LINES = iter(range(1, 1000))


def scenario() -> Scenario:
    commit = {"choice": Choice.COMMIT}
    acts = [
        act(COMMITS, "head", Act.ANSWER, day(7, 1, time(9)), day=date(2026, 7, 8), **commit),
        act(COMMITS, "head-vp", Act.ANSWER, day(7, 9, time(9)), day=date(2026, 7, 20), **commit),
        act(PROGRESSES, "head", Act.ANSWER, day(7, 1, time(9)), day=date(2026, 7, 8), **commit),
        act(PROGRESSES, "officer", Act.PROGRESS, day(7, 6, time(9)), text="Đã làm được một nửa"),
        act(PROGRESSES, "officer", Act.PROGRESS, day(7, 8, time(16)), text="Sắp xong"),
        act(CLOSED, "officer", Act.REPORT, day(7, 10, time(10)), text="Đã hoàn thành"),
        act(CLOSED, "approver", Act.ANSWER, day(7, 10, time(15)), choice=Choice.APPROVE),
    ]
    return Scenario(acts=tuple(acts))


def of(done: Rehearsal, code: str) -> tuple[Event, ...]:
    return next(done.events[row.id] for row in done.rows if row.code == code)


def told(done: Rehearsal, code: str, *kinds: EventKind) -> list[Notice]:
    return [one for one in done.notices if one.code == code and one.kind in kinds and not one.copied]


def ladder(done: Rehearsal, code: str) -> list[tuple[str, int]]:
    """The ladder's steps as (local day, level)."""
    return [(str(local_day(one.at)), one.level) for one in of(done, code) if one.kind in LADDER]


SILENT_LADDER = [
    ("2026-07-01", 1),
    ("2026-07-03", 2),
    ("2026-07-07", 3),
    ("2026-07-14", 3),
    ("2026-07-21", 3),
    ("2026-07-28", 3),
    ("2026-08-04", 3),
    ("2026-08-11", 3),
    ("2026-08-18", 3),
    ("2026-08-24", 3),  # the final notice; Saturday 22/8 is worked
]
WEEKLY = ["2026-09-03", "2026-09-10", "2026-09-17", "2026-09-24", "2026-10-01", "2026-10-08", "2026-10-15"]
WEEKLY += ["2026-10-22", "2026-10-29"]


async def test_months_on_the_skipped_clock(tmp_path: Path, database: Database) -> None:
    """One rehearsal, looked at from every side: its facts share the months that pass."""
    witness = Witness()
    done = await rehearse(
        five(),
        directory(heads={"so-c": ""}),
        scenario(),
        CALENDAR,
        as_of=utc(START),
        folder=tmp_path,
        work=witness.work,
        until=END,
        address=database.fresh(),
    )
    assert [one.refused for one in done.acted] == [""] * 7
    the_silent_one_climbs_the_whole_ladder_and_stays_on_the_list(done)
    one_message_a_period(done, tmp_path / "outbox")
    an_answer_rests_the_ladder_until_its_own_end(done)
    activity_does_not_renew_a_commitment(done)
    nothing_comes_after_the_close(done)
    higher_levels_mute_lower_ones(done)
    a_level_without_a_head_is_one_line(done)


def the_silent_one_climbs_the_whole_ladder_and_stays_on_the_list(done: Rehearsal) -> None:
    assert ladder(done, SILENT) == SILENT_LADDER
    listed = [one for one in of(done, SILENT) if one.kind is EventKind.LISTED]
    assert [str(local_day(one.at)) for one in listed] == WEEKLY
    assert {one.person for one in told(done, SILENT, EventKind.LISTED)} == {"head-vp"}


def one_message_a_period(done: Rehearsal, outbox: Path) -> None:
    """Each step asks its people once, by one message of that day, and no other day brings one."""
    asked = told(done, SILENT, *LADDER)
    assert [(str(local_day(one.at)), one.person) for one in asked] == [
        (on, {1: "head-so-a", 2: "head-vp", 3: "leader"}[level]) for on, level in SILENT_LADDER
    ]
    assert {one.status for one in asked} == {"decided"}
    mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in outbox.glob("*.eml")]
    leader = Counter(
        local_day(mail["Date"].datetime.astimezone(UTC))
        for mail in mails
        if "leader@example.invalid" in str(mail["To"])
    )
    assert max(leader.values()) == 1
    later = {str(on) for on in leader if on >= date(2026, 7, 22)}
    assert later >= {on for on, _ in SILENT_LADDER if on >= "2026-07-22"}


def an_answer_rests_the_ladder_until_its_own_end(done: Rehearsal) -> None:
    steps = ladder(done, COMMITS)
    assert steps[:3] == [("2026-07-01", 1), ("2026-07-09", 2), ("2026-07-21", 3)]
    assert [level for _, level in steps[3:]] == [3] * 7


def activity_does_not_renew_a_commitment(done: Rehearsal) -> None:
    assert ladder(done, PROGRESSES)[:3] == [("2026-07-01", 1), ("2026-07-09", 2), ("2026-07-13", 3)]


def nothing_comes_after_the_close(done: Rehearsal) -> None:
    events = of(done, CLOSED)
    assert events[-1].kind is EventKind.APPROVED
    assert max(one.written for one in done.notices if one.code == CLOSED) < done.ended - timedelta(days=100)
    closed_at = events[-1].at
    assert not [
        one for one in done.notices if one.code == CLOSED and one.written > closed_at + timedelta(minutes=1)
    ]


def higher_levels_mute_lower_ones(done: Rehearsal) -> None:
    """Once the head is asked, the officer is not reminded; once a level is asked, no lower one is asked again."""
    for code in (SILENT, COMMITS, PROGRESSES):
        levels = [one.level for one in of(done, code) if one.kind in LADDER]
        assert levels == sorted(levels)
        first = next(one.at for one in of(done, code) if one.kind in LADDER)
        low = (EventKind.REMINDED, EventKind.ACKNOWLEDGEMENT_REMINDED, EventKind.ACKNOWLEDGEMENT_ESCALATED)
        assert not [one for one in of(done, code) if one.kind in low and one.at >= first]


def a_level_without_a_head_is_one_line(done: Rehearsal) -> None:
    lines = [one for one in entries(done, same) if one.tasks.startswith(f"{HEADLESS} ·")]
    at_level_1 = [one for one in lines if local_day(one.at) == date(2026, 7, 1)]
    assert [one.kind for one in at_level_1] == [EventKind.SKIPPED, EventKind.ESCALATED]
    skipped, asked = at_level_1
    assert "(mức 1): «" in skipped.said
    assert "hỏi" not in skipped.said.replace("để hỏi", "")
    assert [who for _, who in asked.told][:1] == ["head-vp"]
