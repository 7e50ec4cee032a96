"""What a task costs: its events, workflow tasks and Temporal Cloud actions, each with the reason for it.

    python -m bench.cost [--full] [--json]

Three lives on a skipped clock, through the real workflows and the real register: a report and its approval before
anything comes due; nobody answers, until the last rung and the monitoring office's first list; a year with twelve
monthly reports, each after its first reminder. Nothing here depends on the machine.

Actions as Temporal Cloud counts them (its documents, "Temporal Cloud Actions"): a start and a continue-as-new, a timer
started, an update, a signal, a query, an activity started (and each retry and heartbeat) one each; all local activities
of a workflow task together one. The history of a task shows all of them but queries, which the product never asks.
"""

import asyncio
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent

from bench.frame import Row, options, report, say
from desk.stage import Stage, open_stage
from directive.due import OFFICE_ZONE, Due, end_of_day, utc
from directive.message import Act, Door, Message
from directive.plan import PlannedTask
from directive.question import Choice
from directive.record import Receipt
from directive.task import Recurrence
from register.reading import events, facts_of
from starter import work
from tests.register.given import directory, plan, planned

AS_OF = utc(datetime(2026, 6, 1, 9, tzinfo=OFFICE_ZONE))

STARTED = "the assignment: what was ordered, word for word"
LOCAL = "recorded locally: the assignment or the marks that came due, and what lies ahead now"
REMOTE = "recorded remotely: what a message did; its sender waits for that"
MESSAGE = "a message let in, and its receipt"
ALARM = "the one alarm set to the next instant"
MOVED = "the alarm taken back: the instant has moved, or the task is closed"
RANG = "the alarm rang"
ANEW = "begun anew: a history stays short"
CLOSED = "closed"
TASKS = {
    "WORKFLOW_EXECUTION_STARTED": "workflow task: the start",
    "TIMER_FIRED": "workflow task: the alarm rang",
    "ACTIVITY_TASK_COMPLETED": "workflow task: the remote record is answered",
    "WORKFLOW_EXECUTION_SIGNALED": "workflow task: a signal",
}
BY_MESSAGE = "workflow task: a message"
REASONS = {
    "WORKFLOW_EXECUTION_STARTED": STARTED,
    "MARKER_RECORDED": LOCAL,
    "ACTIVITY_TASK_SCHEDULED": REMOTE,
    "ACTIVITY_TASK_STARTED": REMOTE,
    "ACTIVITY_TASK_COMPLETED": REMOTE,
    "WORKFLOW_EXECUTION_UPDATE_ACCEPTED": MESSAGE,
    "WORKFLOW_EXECUTION_UPDATE_COMPLETED": MESSAGE,
    "TIMER_STARTED": ALARM,
    "TIMER_CANCELED": MOVED,
    "TIMER_FIRED": RANG,
    "WORKFLOW_EXECUTION_CONTINUED_AS_NEW": ANEW,
    "WORKFLOW_EXECUTION_COMPLETED": CLOSED,
    "WORKFLOW_EXECUTION_SIGNALED": "a signal of another task or of a machine",
}
ONE_ACTION = (
    "WORKFLOW_EXECUTION_STARTED",
    "TIMER_STARTED",
    "ACTIVITY_TASK_SCHEDULED",
    "WORKFLOW_EXECUTION_UPDATE_ACCEPTED",
    "WORKFLOW_EXECUTION_SIGNALED",
)


class Cost(NamedTuple):
    """What a history holds."""

    reasons: Counter[str]
    kinds: Counter[str]
    actions: int
    kib: float
    settled: int
    """Events in the register: acts and marks."""


def cost_of(types: Iterable[str], size: int, settled: int) -> Cost:
    """Each event with its reason; raises KeyError for one that nobody has given a reason for."""
    reasons, kinds, actions, cause, marked = Counter[str](), Counter[str](), 0, "", False
    for kind in types:
        kinds[kind] += 1
        reason = TASKS.get(cause, BY_MESSAGE) if kind.startswith("WORKFLOW_TASK_") else REASONS[kind]
        if kind == "WORKFLOW_TASK_COMPLETED":
            cause, marked = "", False
        elif kind in TASKS:
            cause = kind
        reasons[reason] += 1
        actions += kind in ONE_ACTION or (kind == "MARKER_RECORDED" and not marked)
        marked = marked or kind == "MARKER_RECORDED"
    return Cost(reasons, kinds, actions, size / 1024, settled)


class Office:
    """One task on the stage, and those who act on it."""

    def __init__(self, stage: Stage, task: str) -> None:
        self.task, self._stage, self._said = task, stage, 0

    async def say(self, act: Act, actor: str, role: str, **said: object) -> None:
        """One act, done when this returns."""
        self._said += 1
        at = await self._stage.now()
        fields = {"act": act, "actor": actor, "role": role, "at": at, "door": Door.CLI, **said}
        message = Message.model_validate({"id": f"{act.value}-{self._said}", **fields})
        handle = self._stage.staff.client.get_workflow_handle(self.task)
        await handle.execute_update(act.value, message, id=message.id, result_type=Receipt)
        await self._stage.rest()

    async def hands_in(self) -> None:
        """The unit's report."""
        await self.say(Act.REPORT, "officer-so-a", "officer:so-a", text="đã hoàn thành, báo cáo số 12/BC")

    async def approves(self) -> None:
        """The approver's yes."""
        await self.say(Act.ANSWER, "approver", "approver:du", choice=Choice.APPROVE)

    async def lives_until(self, at: datetime) -> None:
        """All that comes by itself until then."""
        while (following := await self._stage.next_instant()) and following < at:
            await self._stage.skip_to(following)
        await self._stage.skip_to(at)

    async def kinds(self) -> Counter[str]:
        """What the register holds of the task."""
        return Counter(one.kind.value for one in await events(self._stage.register, self.task))

    async def cost(self) -> Cost:
        """What its histories hold."""
        whole = await self._events()
        types = [EventType.Name(one.event_type).removeprefix("EVENT_TYPE_") for one in whole]
        size = sum(one.ByteSize() for one in whole)
        return cost_of(types, size, (await self.kinds()).total())

    async def _events(self) -> list[HistoryEvent]:
        """The events of all runs, in order: each run names the one before it."""
        whole, run = list[HistoryEvent](), None
        while run != "":
            handle = self._stage.staff.client.get_workflow_handle(self.task, run_id=run)
            found = list((await handle.fetch_history()).events)
            run = found[0].workflow_execution_started_event_attributes.continued_execution_run_id
            whole = found + whole
        return whole


@asynccontextmanager
async def an_office(task: PlannedTask) -> AsyncIterator[tuple[Office, Stage]]:
    """One task, assigned."""
    letter = plan(task)
    with tempfile.TemporaryDirectory(prefix="dd-cost-") as folder:
        async with open_stage(letter, directory(), as_of=AS_OF, folder=Path(folder), work=work) as stage:
            await stage.assign()
            yield Office(stage, f"task:{letter.directive.id}:{task.code}:so-a"), stage


async def happy() -> Cost:
    """Reported and approved before anything comes due."""
    async with an_office(planned("1")) as (office, stage):
        await office.lives_until(await stage.now() + timedelta(hours=2))
        await office.hands_in()
        await office.lives_until(await stage.now() + timedelta(hours=2))
        await office.approves()
        return await office.cost()


async def silence() -> Cost:
    """Nobody answers: every reminder, every level, the last notice, and the first list."""
    async with an_office(planned("1")) as (office, stage):
        while not (await office.kinds())["listed"]:
            following = await stage.next_instant()
            assert following
            await stage.skip_to(following)
        return await office.cost()


async def a_year() -> Cost:
    """A report every month for so many months, handed in after the first reminder and approved a day later."""
    first = date(2026, 6, 25)
    rule = Recurrence(rrule="FREQ=MONTHLY;BYMONTHDAY=25", start=first, until=date(2027, 5, 25))
    due = Due(day=first, instant=end_of_day(first))
    async with an_office(planned("1", due=due, recurrence=rule)) as (office, stage):
        task = (await facts_of(stage.register, [office.task]))[office.task]
        while not task.closed:
            assert task.due
            await office.lives_until(task.due.instant - timedelta(days=5))
            await office.hands_in()
            await office.lives_until(await stage.now() + timedelta(days=1))
            await office.approves()
            task = (await facts_of(stage.register, [office.task]))[office.task]
        return await office.cost()


LIVES: dict[str, Callable[[], Awaitable[Cost]]] = {
    "happy path": happy,
    "all levels, nobody answers": silence,
    "a year of monthly reports": a_year,
}


def rows(life: str, cost: Cost) -> list[Row]:
    """A life's figures, then its events by reason."""
    made = [
        Row(f"**{life}**: events", cost.kinds.total()),
        Row(f"{life}: workflow tasks", cost.kinds["WORKFLOW_TASK_COMPLETED"]),
        Row(f"{life}: Temporal Cloud actions", cost.actions),
        Row(f"{life}: history", cost.kib, "KiB"),
        Row(f"{life}: acts and marks settled", cost.settled, "events in the register"),
    ]
    return made + [Row(f"{life}: {reason}", many, "events") for reason, many in cost.reasons.items()]


async def main() -> None:
    """Live the three lives and count."""
    chosen = options(__doc__)
    found: dict[str, Cost] = {}
    for life, lived in LIVES.items():
        found[life] = await lived()
        say(f"{life}: {found[life].kinds.total()} events")
    parts = [
        {"life": life, "reason": reason, "events": many, "place": place}
        for life, cost in found.items()
        for place, (reason, many) in enumerate(cost.reasons.items())
    ]
    made = [row for life, cost in found.items() for row in rows(life, cost)]
    report("cost", made, {"parts": parts}, as_json=chosen.json)


if __name__ == "__main__":
    asyncio.run(main())
