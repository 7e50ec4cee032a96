"""Lights in SQL are those of the core, row by row, whatever the policy and the calendar."""

from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from directive.calendar import WorkCalendar
from directive.calendar_days import CalendarDay, DayKind
from directive.due import Due, end_of_day, local_day
from directive.every_day import counted_days
from directive.light import LightKind, Outcome, light_of, soon_at
from directive.policy import Policy
from directive.task import CLOSED, State
from register.calendars import shipped_calendar
from register.office import save_calendar
from register.open import Register
from register.plans import save_directory, save_plan
from register.tables import tasks
from tests.register.compared import compare
from tests.register.given import STANDARD, directory, local, plan, planned

OWN = WorkCalendar(
    version="own",
    days=(
        CalendarDay(day=date(2026, 7, 7), kind=DayKind.HOLIDAY, source="thử"),
        CalendarDay(day=date(2026, 7, 11), kind=DayKind.SWAP_WORKED, source="thử"),
    ),
)
POLICIES: dict[str, Policy] = {
    "1-CV/ĐU": STANDARD,
    "2-CV/ĐU": STANDARD.model_copy(update={"due_soon": 0}),
    "3-CV/ĐU": STANDARD.model_copy(update={"due_soon": 1, "days": "all"}),
}
SOME_DAYS = st.dates(date(2025, 12, 20), date(2027, 2, 20))


@given(
    day=SOME_DAYS,
    ends=st.sampled_from((timedelta(0), timedelta(hours=-7), timedelta(hours=-13, minutes=-30))),
    due_soon=st.integers(0, 12),
    every_day=st.booleans(),
    before=st.integers(0, 40),
)
@settings(max_examples=150)
def test_a_task_is_due_soon_from_an_instant_on_and_not_before(
    day: date, ends: timedelta, due_soon: int, every_day: bool, before: int
) -> None:
    due = Due(day=day, instant=end_of_day(day) + ends, clock_time=bool(ends))
    policy = STANDARD.model_copy(update={"days": "all" if every_day else "working"})
    calendar = counted_days(policy, shipped_calendar())
    begins = soon_at(due, due_soon, calendar)
    assert light_of(due, due_soon, calendar, begins).kind is LightKind.DUE_SOON
    moment = timedelta(microseconds=1)
    assert light_of(due, due_soon, calendar, begins - moment).kind is LightKind.IN_TIME
    at = due.instant - timedelta(days=before)
    soon = light_of(due, due_soon, calendar, at).kind is LightKind.DUE_SOON
    assert soon is (at >= begins)


async def test_counts_by_the_database_are_those_of_every_row(register: Register) -> None:
    await _some_tasks(register, 400)
    for now in (local(6, 9, month=7), local(8, 0, month=7), local(10, 16, 31, month=7)):
        async with register.read() as connection:
            await connection.run_sync(compare, register, now)


async def test_lights_change_at_their_instants_and_not_one_moment_earlier(register: Register) -> None:
    await _some_tasks(register, 60)
    moment = timedelta(microseconds=1)
    async with register.read() as connection:
        rows = (await connection.execute(select(tasks.c.due_at, tasks.c.soon_at))).all()
        instants = sorted({at for row in rows for at in row if at})[::9]
        for at in instants:
            for now in (at - moment, at, at + moment):
                await connection.run_sync(compare, register, now)


async def _some_tasks(register: Register, many: int) -> None:
    """Rows as records write them, of every state and light, under three policies and two calendars."""
    await save_directory(register, directory())
    await save_calendar(register, OWN)
    ids = []
    for number, policy in POLICIES.items():
        letter = plan(planned("1"), number=number, policy=policy)
        await save_plan(register, letter, "d1")
        ids.append((letter.directive.id, policy))
    chance = Random(7)
    rows = [_row(f"task:{place}", *chance.choice(ids), chance) for place in range(many)]
    await register.writing(lambda one: one.execute(tasks.insert(), rows))


def _row(name: str, directive: str, policy: Policy, chance: Random) -> dict[str, Any]:
    state = chance.choice([one for one in State if one is not State.REFUSED])
    calendar = chance.choice((shipped_calendar(), OWN))
    assigned = local(1, 8)
    due = _due(chance)
    waits = state is State.REPORTED or (state is State.SUSPENDED and chance.random() < 0.3)
    some = local(2, 0) + timedelta(minutes=chance.randrange(60 * 24 * 45))
    handed_in = some if waits or state is State.COMPLETED else None
    closed = some if state in CLOSED else None
    counted = counted_days(policy, calendar)
    return {
        "id": name,
        "directive": directive,
        "code": "1",
        "unit": chance.choice(("so-a", "so-b", "so-c")),
        "work": "việc",
        "state": state.value,
        "officer": "",
        "calendar": calendar.version,
        "revision": 1,
        "due_at": due and due.instant,
        "due_day": due and due.day,
        "due_clock": bool(due and due.clock_time),
        "soon_at": due and soon_at(due, policy.due_soon, counted),
        "period": 1,
        "extensions": 0,
        "rounds": 0,
        "nudges": 0,
        "assigned_at": assigned,
        "handed_in": handed_in,
        "stopped_since": some if state is State.SUSPENDED else None,
        "closed_at": closed,
        "outcome": Outcome.COMPLETED_LATE.value if state is State.COMPLETED else None,
        "last_at": some,
        "facts": "{}",
    }


def _due(chance: Random) -> Due | None:
    day = local_day(local(2, 9)) + timedelta(days=chance.randrange(60))
    match chance.choice(("none", "day", "day", "office", "clock")):
        case "none":
            return None
        case "office":  # an organisation whose days end at 17:00
            return Due(day=day, instant=end_of_day(day) - timedelta(hours=7))
        case "clock":
            return Due(
                day=day, instant=end_of_day(day) - timedelta(hours=chance.randrange(1, 20)), clock_time=True
            )
        case _:
            return Due(day=day, instant=end_of_day(day))
