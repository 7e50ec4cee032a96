"""A rehearsal: a plan through the real workflows on a skipped clock, with people who act as a scenario says."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from desk import person
from desk.exit import Stop
from desk.stage import Stage, Work, open_stage, patiently
from directive.calendar import WorkCalendar
from directive.codes import task_id
from directive.directory import Directory
from directive.due import local_day
from directive.event import Event
from directive.message import Act, Door, Message
from directive.plan import Plan
from directive.record import Receipt
from directive.refusal import Reason
from directive.task import Facts
from directive.value import Value
from letters.scenario_file import PlannedAct, Scenario, single_acts
from register.models import TaskFilter, TaskRow
from register.outbox_models import Notice
from register.reading import events, facts_of, notices_of, tasks

LONGEST = timedelta(days=3 * 366)


class Acted(Value):
    """One act of the scenario and what became of it; `refused` is the reason, empty where it was done."""

    at: datetime
    task: str
    person: str
    role: str
    act: Act
    refused: str = ""


class Rehearsal(Value):
    """What a rehearsal showed. Instants are UTC, of the office's clock."""

    as_of: datetime
    ended: datetime
    closed: bool
    rows: tuple[TaskRow, ...]
    events: dict[str, tuple[Event, ...]]
    notices: tuple[Notice, ...]
    acted: tuple[Acted, ...]
    left_out: tuple[int, ...] = ()


Progress = Callable[[datetime, int], None]


async def rehearse(
    plan: Plan,
    directory: Directory,
    scenario: Scenario,
    calendar: WorkCalendar,
    *,
    as_of: datetime,
    folder: Path,
    work: Work,
    until: datetime | None = None,
    progress: Progress = lambda _at, _open: None,
    address: str = "",
) -> Rehearsal:
    """Rehearse `plan` from `as_of` (UTC) until its last task is closed and told, or `until`.

    `folder` takes the outbox and the rehearsal's own register, unless `address` names one; `work` provides the worker.
    `progress` hears the office's instant and how many tasks are open.
    Raises `desk.stage.Stuck` where the worker does not answer.
    """
    async with open_stage(plan, directory, as_of=as_of, folder=folder, work=work, address=address) as stage:
        cast = Cast(stage, directory, calendar, list(single_acts(scenario, plan, directory)))
        await stage.assign()
        last = until or as_of + LONGEST
        while True:
            now = await stage.now()
            if await cast.perform(now):
                await stage.rest()
                continue
            rows = await tasks(stage.register, TaskFilter(), now)
            progress(now, sum(row.closed_at is None for row in rows))
            ahead = [at for at in (await stage.next_instant(), await cast.next_cue()) if at]
            if not ahead or min(ahead) > last:
                break
            await stage.skip_to(min(ahead))
        return await _result(stage, cast, as_of)


async def _result(stage: Stage, cast: "Cast", as_of: datetime) -> Rehearsal:
    now = await stage.now()
    rows = tuple(await tasks(stage.register, TaskFilter(), now))
    told = [notice for row in rows for notice in await notices_of(stage.register, row.id)]
    return Rehearsal(
        as_of=as_of,
        ended=now,
        closed=all(row.closed_at for row in rows),
        rows=rows,
        events={row.id: tuple(await events(stage.register, row.id)) for row in rows},
        notices=tuple(sorted(told, key=lambda notice: (notice.written, notice.id))),
        acted=tuple(cast.acted),
        left_out=tuple(act.line for act in cast.waiting),
    )


class Cast:
    """The people of a scenario: each act waits for its cue, an instant or so long after an event of its task."""

    def __init__(
        self, stage: Stage, directory: Directory, calendar: WorkCalendar, waiting: list[PlannedAct]
    ) -> None:
        self._stage = stage
        self._directory = directory
        self._calendar = calendar
        self.waiting = waiting
        self.acted: list[Acted] = []

    async def perform(self, now: datetime) -> bool:
        """Do every act whose cue has come; whether there was one."""
        due = [act for act, cue in await self._cues() if cue <= now]
        for act in due:
            self.waiting.remove(act)
            self.acted.append(await self._do(act, now))
        return bool(due)

    async def next_cue(self) -> datetime | None:
        """The earliest instant of an act whose cue is known."""
        return min((cue for _, cue in await self._cues()), default=None)

    async def _cues(self) -> list[tuple[PlannedAct, datetime]]:
        happened: dict[str, list[Event]] = {}
        found = []
        for act in self.waiting:
            cue = act.when.at or await self._after(act, happened)
            if cue is not None:
                found.append((act, cue))
        return sorted(found, key=lambda pair: pair[1])

    async def _after(self, act: PlannedAct, happened: dict[str, list[Event]]) -> datetime | None:
        after = act.when.after
        if after is None:
            return None
        task = self._task(after.task or act.tasks[0], after.unit or act.units[0])
        if task not in happened:
            happened[task] = await events(self._stage.register, task)
        of_kind = [
            event
            for event in happened[task]
            if event.kind is after.event and (not after.level or event.level == after.level)
        ]
        if len(of_kind) < after.nth:
            return None
        return act.when.plus.after(of_kind[after.nth - 1].at, self._calendar)

    def _task(self, code: str, unit: str) -> str:
        return task_id(self._stage.plan.directive.id, code, unit)

    async def _do(self, act: PlannedAct, now: datetime) -> Acted:
        task = self._task(act.tasks[0], act.units[0])
        facts = (await facts_of(self._stage.register, [task]))[task]
        who = self._who(act, facts, now)
        done = Acted(at=now, task=task, person=who, role="", act=act.act)
        if facts.closed:  # its workflow has ended and would not answer
            return done.model_copy(update={"refused": Reason.CLOSED.value})
        try:
            held = person.standing(
                self._directory,
                facts,
                act.act,
                who,
                local_day(now),
                question=act.question,
                choice=act.choice,
            )
        except Stop as stop:
            return done.model_copy(update={"refused": stop.kind})
        message = Message(
            id=f"act-{act.line}-{act.units[0]}-{act.tasks[0]}".replace(".", "_"),
            act=act.act,
            actor=who,
            role=held.role,
            on_behalf_of=held.seat.on_behalf_of,
            at=now,
            door=Door.CLI,
            question=held.question if act.act is Act.ANSWER else "",
            **act.model_dump(include={"choice", "day", "text", "reason", "person", "document", "evidence"}),
        )
        return done.model_copy(update={"role": held.role, "refused": await self._send(task, message)})

    def _who(self, act: PlannedAct, facts: Facts, now: datetime) -> str:
        """The person named, or the first of those who play the part on that day."""
        if act.part is None:
            return act.actor
        role = facts.task.role(act.part)
        seats = self._directory.seats(role, local_day(now), facts.officer_in(role)).seats
        return seats[0].person if seats else act.actor

    async def _send(self, task: str, message: Message) -> str:
        handle = self._stage.staff.client.get_workflow_handle(task)
        try:
            # The message's id counts once, however often it is sent.
            await patiently(
                lambda: handle.execute_update(message.act, message, id=message.id, result_type=Receipt)
            )
        except WorkflowUpdateFailedError as error:
            cause = error.cause
            return (cause.type if isinstance(cause, ApplicationError) else None) or "failed"
        return ""
