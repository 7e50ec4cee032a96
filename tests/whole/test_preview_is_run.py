"""What `preview` lists is what the real workflows do: until somebody acts, and again after each act.

Three rehearsals of eight tasks each, one by the hour, with deadlines and people made by chance: the real register, the
worker as `worker.py` builds it, the skipped clock. What preview shows is compared instant by instant with what the
register was given. The one by the hour has half the days, which are as many instants; `--everything` gives it all.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desk.preview import Line, lines_of
from desk.rehearse import Rehearsal, rehearse
from desk.sources import Loaded, Office
from directive.calendar import WorkCalendar
from directive.clock import OfficeClock
from directive.due import utc
from directive.event import Event, EventKind
from directive.mark import Mark
from directive.outlook import Outlook, look_ahead
from directive.plan import Plan
from directive.record import Transition
from directive.task import Order
from register.calendars import shipped_calendar
from tests.databases import Database
from tests.whole.chance import DAYS, STARTS, TASKS, random_office, random_plan, random_scenario
from tests.whole.witness import Step, Witness

LATE = timedelta(minutes=2)
"""The skipped clock goes on by itself while a worker is at it: a busy machine takes some seconds of it."""
BY_THE_HOUR = 2

pytestmark = pytest.mark.timeout(240)


class Promise:
    """What is promised to one task, and how the register kept it.

    `seen` is what the task itself sees ahead, by the answers that it got; `since` is the last change of the facts.
    """

    def __init__(self, order: Order, calendar: WorkCalendar) -> None:
        self.policy = order.policy
        self.calendar = calendar
        self.marks: list[Mark] = []
        self.seen: Outlook | None = None
        self.since = datetime.min.replace(tzinfo=UTC)
        self.kept = 0
        self.renewed = 0

    def follow(self, step: Step) -> None:
        """Compare one transition with the promise; an act, a decision by silence or a vacant role makes a new one."""
        transition = step.transition
        if transition.taken:
            self._keep(step)
        else:
            self.nothing_left_by(transition.at)
        facts = step.facts(self.policy)
        fresh = list(look_ahead(facts, self.policy, self.calendar, transition.at).marks)
        expected = self.seen.without(transition.facts.settled) if self.seen else ()
        self.seen = step.recorded.seen(expected)
        assert list(self.seen.marks) == fresh
        if not transition.taken or step.recorded.vacant or decided_by_silence(transition):
            self.marks, self.since = fresh, transition.at
            self.renewed += 1
        else:
            self._again(fresh, transition.taken)

    def nothing_left_by(self, now: datetime) -> None:
        """Everything that was promised for an instant before `now` has been taken."""
        assert [mark for mark in self.marks if mark.at <= now] == []

    def _keep(self, step: Step) -> None:
        transition = step.transition
        due = [mark for mark in self.marks if mark.at <= transition.at]
        happened = [event for event in transition.events if event.planned]
        assert [event.id for event in happened] == [mark.key for mark in due]
        for mark, event in zip(due, happened, strict=True):
            assert event.planned == mark.at
            assert event.at - max(mark.at, self.since) < LATE
            if event.kind is not EventKind.SUPERSEDED:
                assert said(event) == foretold(mark)
            else:
                assert mark.at <= self.since  # it was past already when the last act brought it up
        self.kept += len(due)
        self.marks = self.marks[len(due) :]

    def _again(self, fresh: list[Mark], taken: tuple[Mark, ...]) -> None:
        """What comes every so often is listed once: taking it brings its next turn, and changes nothing else."""
        before = {mark.key for mark in self.marks}
        turns = [mark for mark in fresh if mark.key not in before]
        assert len(turns) <= sum(mark.every > 0 for mark in taken)
        assert all(mark.every for mark in turns)
        assert [mark for mark in fresh if mark.key in before] == self.marks
        self.marks = fresh


def decided_by_silence(transition: Transition) -> bool:
    """Whether the policy decided a question that nobody answered: that moves the facts as an answer does."""
    return any(mark.kind is EventKind.QUESTION_LAPSED for mark in transition.taken)


def said(event: Event) -> tuple[object, ...]:
    """What of an event a preview lists."""
    return event.kind, event.level, event.detail.get("offset", ""), event.to, event.copy_to, event.urgent


def foretold(mark: Mark) -> tuple[object, ...]:
    """The same of a mark."""
    return mark.kind, mark.level, mark.offset, mark.to, mark.copy_to, mark.urgent


def shown(order: Order, calendar: WorkCalendar, plan: Plan, at: datetime) -> list[Line]:
    """The lines of `preview` for one task."""
    return lines_of(order, Loaded(plan, Office(random_office(), calendar, None), []), at)


def until_somebody_acts(steps: list[Step]) -> list[Event]:
    """What the register was given before the first human act, without the turns of what repeats itself."""
    happened: list[Event] = []
    for step in steps:
        if not step.transition.taken and happened:
            break
        happened += step.transition.events
    return happened


async def played(seed: int, folder: Path, address: str, days: int) -> tuple[Plan, Rehearsal, Witness]:
    """One rehearsal."""
    start = utc(STARTS[seed % len(STARTS)])
    plan, witness = random_plan(seed, start), Witness()
    scenario = random_scenario(seed, start, plan)
    done = await rehearse(
        plan,
        random_office(),
        scenario,
        shipped_calendar(),
        as_of=start,
        folder=folder,
        work=witness.work,
        until=start + timedelta(days=days),
        address=address,
    )
    return plan, done, witness


@pytest.mark.parametrize(
    "seed",
    [
        pytest.param(0, marks=pytest.mark.on("sqlite")),
        pytest.param(1, marks=pytest.mark.on("postgresql")),
        pytest.param(2, marks=pytest.mark.on("sqlite")),
    ],
)
async def test_what_preview_lists_is_what_the_workflows_do(
    seed: int, tmp_path: Path, database: Database, pytestconfig: pytest.Config
) -> None:
    calendar = shipped_calendar()
    days = DAYS // 2 if seed == BY_THE_HOUR and not pytestconfig.getoption("--everything") else DAYS
    plan, done, witness = await played(seed, tmp_path, database.fresh(), days)
    orders = list(plan.orders(random_office(), OfficeClock()))
    promises: list[Promise] = []
    for order in orders:
        steps = witness.steps[order.task.id]
        preview = shown(order, calendar, plan, done.as_of)
        happened = until_somebody_acts(steps)
        assert [one.planned or preview[0].at for one in happened][: len(preview)] == [
            line.at for line in preview[: len(happened)]
        ]
        promise = Promise(order, calendar)
        for step in steps:
            promise.follow(step)
        promise.nothing_left_by(done.ended)
        promises.append(promise)
        recorded = [one.id for one in done.events[order.task.id] if one.kind is not EventKind.SKIPPED]
        assert recorded == [event.id for step in steps for event in step.transition.events]
    assert len(orders) == TASKS
    assert sum(promise.kept for promise in promises) > 25
    assert sum(promise.renewed for promise in promises) > TASKS + 3
