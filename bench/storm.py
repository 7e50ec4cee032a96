"""A deadline storm: a province's tasks come due at one instant. How late is the last escalation, and who hears what?

    python -m bench.storm [--full] [--json]

1,290 tasks (10 to each of 129 communes; with --full also 5,000, 40 to each of 125) were due yesterday and are
assigned this morning; the ladder's first step comes to all of them at one instant. The lag of one is the time from
that instant until its escalation was seen committed in the register (looked at every 20 ms), with its notices, marks
and row. The bare storm (`bench/plain.py`) is as many hand-written tasks with one timer at one instant and one
committed effect each, before ours and with --full after it, too, on the same server. Throughput counts from the
instant to the last effect.

Then the messages: the gathering time after the last notice (30 s of the standard policy) belongs to the way of an
office. Every head has to get one message that names all of the unit's tasks; anything else ends the run with an
error.
"""

import asyncio
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from bench.frame import Row, median, options, percentile, report, say
from bench.heads import one_each, sent
from bench.office import province
from bench.plain import QUEUE, PlainOrder, start
from bench.server import Ground, ground
from bench.watch import Meter, Seen, Watch, events, notes
from directive.clock import OfficeClock
from directive.directory import Directory
from directive.due import OFFICE_ZONE, Due, end_of_day
from directive.plan import Plan
from directive.policy import Policy
from directive.record import DirectiveOrder
from directive.wire import TASK_QUEUE, directive_workflow
from register.plans import save_directory, save_plan
from tests.register.given import STANDARD, plan, planned
from workflows.directive import DirectiveWorkflow

GOAL = 0.8
SIZES = ((129, 10), (125, 40))
"""Communes, and tasks to each of them."""
YESTERDAY, TODAY = date(2026, 6, 30), date(2026, 7, 1)
MORNING = datetime(2026, 7, 1, 7, 30, tzinfo=OFFICE_ZONE).astimezone(UTC)
REST = 5.0
"""Seconds between the last assignment and the storm: everything has come to rest."""
LONGER = 1.6
"""An assignment is given so many times what the last one took: ours takes longer than the bare one before it."""


class Storm(NamedTuple):
    """One storm: the seconds from the instant to each effect, and what it cost in seconds of processor time."""

    lags: list[float]
    server: float
    worker: float

    @property
    def rate(self) -> float:
        return len(self.lags) / max(self.lags)

    @property
    def told(self) -> str:
        p50, p99 = percentile(self.lags, 50), percentile(self.lags, 99)
        return f"{self.rate:.1f}/s, p50 {p50:.1f} s, p99 {p99:.1f} s, max {max(self.lags):.1f} s"


def office() -> Directory:
    """The benches' province, where everybody has an address."""
    made = province()
    people = tuple(one.model_copy(update={"email": f"{one.id}@example.invalid"}) for one in made.people)
    return made.model_copy(update={"people": people, "version": "storm@1"})


def policy_at(instant: datetime) -> Policy:
    """The standard policy, with the day's marks and its digest at the storm's instant: an office's morning."""
    clock = instant.astimezone(OFFICE_ZONE).time()
    delivery = STANDARD.delivery.model_copy(update={"digest_at": clock})
    return STANDARD.model_copy(update={"version": f"storm@{clock}", "marks_at": clock, "delivery": delivery})


def letter(number: int, communes: int, each: int, instant: datetime) -> Plan:
    """A letter to some communes, each with so many tasks that were due yesterday."""
    units = tuple(f"xa-{one:03}" for one in range(communes))
    due = Due(day=YESTERDAY, instant=end_of_day(YESTERDAY))
    tasks = [planned(f"{one + 1}", units, due=due) for one in range(each)]
    return plan(*tasks, number=f"{number}-CV/ĐU", policy=policy_at(instant))


class Weather:
    """One server with both workers, and the storms on it."""

    def __init__(self, house: Ground) -> None:
        data = house.settings.data
        self._house, self._clock = house, house.settings.clock
        self._ours = {kind: events(data / "register.db", kind) for kind in ("assigned", "escalated")}
        self._bare = {kind: notes(data / "plain.db", kind) for kind in ("assigned", "escalated")}
        self.rate = 15.0  # starts/s, to know how long an assignment takes; measured by the first

    async def bare(self, name: str, tasks: int) -> Storm:
        """Hand-written tasks, all due at one instant."""
        instant = self._when(tasks)
        orders = [PlainOrder(f"{name}:{one}", instant.isoformat()) for one in range(tasks)]
        began = time.time()
        await asyncio.gather(start(self._house.client, orders), self._bare["assigned"].until(tasks))
        self.rate = tasks / (time.time() - began)
        return await self._storm(instant, self._bare["escalated"], tasks, "plain")

    async def ours(self, number: int, communes: int, each: int) -> tuple[Storm, datetime]:
        """Our tasks, assigned as `assign` does it; the instant of the office too."""
        house, tasks = self._house, communes * each
        instant = self._when(tasks)
        at = self._clock.office(instant)
        made = letter(number, communes, each, at)
        await save_plan(house.register, made, office().version)
        order = DirectiveOrder(directive=made.directive.id, digest=made.digest, clock=self._clock)
        name = directive_workflow(made.directive.id)
        await house.client.start_workflow(DirectiveWorkflow.run, order, id=name, task_queue=TASK_QUEUE)
        await self._ours["assigned"].until(tasks)
        return await self._storm(instant, self._ours["escalated"], tasks, "worker"), at

    def _when(self, tasks: int) -> datetime:
        """The instant of the next storm: once so many are assigned, somewhat slower than seen so far."""
        ahead = timedelta(seconds=LONGER * tasks / self.rate + REST)
        return (datetime.now(UTC) + ahead).replace(microsecond=0)

    async def _storm(self, instant: datetime, seen: Watch, tasks: int, worker: str) -> Storm:
        left = instant.timestamp() - time.time()
        if left < 1:
            raise SystemExit(f"not assigned in time: {-left:.0f} s late")
        say(f"{worker}: {tasks} tasks wait, {left:.0f} s left")
        await asyncio.sleep(left - 0.5)
        house = self._house
        meter = Meter(server=house.server.pid, worker=house.children[worker].pid)
        effects = await seen.until(tasks)
        used = meter.seconds()
        once(effects, tasks)
        return Storm([one.at - instant.timestamp() for one in effects], used["server"], used["worker"])


def once(effects: list[Seen], tasks: int) -> None:
    """Every effect came, and came once. Raises SystemExit."""
    if len({one.id for one in effects}) != tasks:
        raise SystemExit(f"{tasks} effects, but {len({one.id for one in effects})} tasks")


async def measured(*, full: bool) -> tuple[list[Row], dict[str, Any]]:
    """A bare storm, ours, and its messages; then the large size."""
    rows: list[Row] = []
    lags: list[dict[str, float | str]] = []
    clock = OfficeClock.starting(MORNING, datetime.now(UTC).replace(microsecond=0))
    async with ground(clock=clock) as house:
        await save_directory(house.register, office())
        await house.start_worker()
        await house.start_worker("plain", ("-m", "bench.plain"), QUEUE)
        weather = Weather(house)
        await weather.bare("warm", 100)
        for number, (communes, each) in enumerate(SIZES if full else SIZES[:1], start=1):
            tasks = communes * each
            bares = [await weather.bare(f"before-{number}", tasks)]
            say(f"bare: {bares[0].told}")
            full_storm, at = await weather.ours(number, communes, each)
            say(f"ours: {full_storm.told}")
            last = await sent(house, at, communes)
            if full:
                bares.append(await weather.bare(f"after-{number}", tasks))
                say(f"bare: {bares[1].told}")
            told = letter(number, communes, each, at).directive.id
            once_told = await one_each(house, told, at, communes, each)
            rows += rows_of(tasks, (once_told, communes), full_storm, bares, last)
            lags += chart(f"{tasks:,}", full_storm) + chart(f"{tasks:,}, bare", bares[0])
    return rows, {"lags": lags}


def rows_of(tasks: int, heads: tuple[int, int], ours: Storm, bare: list[Storm], last: float) -> list[Row]:
    """The figures of one size; so many of the `heads` got one message, of so many."""
    rate = median([one.rate for one in bare])
    ratio, name = ours.rate / rate, f"{tasks:,} tasks"
    server, worker = (
        median([getattr(one, part) for one in bare]) / tasks * 1000 for part in ("server", "worker")
    )
    once_told, communes = heads
    own = (ours.server + ours.worker) / tasks * 1000
    return [
        Row(f"{name}: lag p50", percentile(ours.lags, 50), "s"),
        Row(f"{name}: lag p99", percentile(ours.lags, 99), "s"),
        Row(f"{name}: lag, the last one", max(ours.lags), "s"),
        Row(f"{name}: throughput", ours.rate, "escalations/s"),
        Row(f"{name}: bare throughput", rate, "effects/s"),
        Row(f"{name}: bare lag p50 / p99", _pair(bare), "s"),
        Row(f"{name}: throughput against bare", ratio, "", f"at least {GOAL}", ratio >= GOAL),
        Row(f"{name}: the same by processor time", (server + worker) / own, ""),
        Row(
            f"{name}: server, ours / bare", f"{ours.server / tasks * 1000:.1f} / {server:.1f}", "CPU ms each"
        ),
        Row(
            f"{name}: worker, ours / bare", f"{ours.worker / tasks * 1000:.1f} / {worker:.1f}", "CPU ms each"
        ),
        Row(
            f"{name}: heads with one message",
            f"{once_told} of {communes}",
            "",
            "every head one",
            once_told == communes,
        ),
        Row(f"{name}: from the instant to the last head's message", last, "s"),
    ]


def _pair(bare: list[Storm]) -> str:
    p50, p99 = (median([percentile(one.lags, percent) for one in bare]) for percent in (50, 99))
    return f"{p50:.1f} / {p99:.1f}"


def chart(run: str, storm: Storm) -> list[dict[str, float | str]]:
    """What the chart of the lags draws."""
    return [
        {"run": run, "percent": percent, "seconds": round(percentile(storm.lags, percent), 3)}
        for percent in range(1, 101)
    ]


def main() -> None:
    """Measure and report."""
    chosen = options(__doc__)
    rows, more = asyncio.run(measured(full=chosen.full))
    report("storm", rows, more, as_json=chosen.json)


if __name__ == "__main__":
    main()
