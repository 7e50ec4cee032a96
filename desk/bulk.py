"""One act by one person on many tasks of a directive: chosen, confirmed, done with bounded haste, resumable.

Each task is judged and recorded by itself, with a message id that follows from the run's id and the task: a run that
was killed is repeated with the same id and does nothing twice, whatever had reached the engine before.
"""

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from desk import bulk_ask, find, person, saying, screen, words
from desk.bar import progress
from desk.bulk_id import BulkId
from desk.bulk_results import Result, by_reason, line, some_refused, summary, tell_refused
from desk.bulk_stops import nothing_chosen, unfinished
from desk.exit import Code, Stop
from desk.language import text
from desk.office import directory_in_use, with_register
from desk.saying import By, Case, known_calendar, now
from desk.send import send
from desk.target import Target
from desk.where import chosen, normal
from directive.directory import Directory
from directive.due import local_day
from directive.event import Event
from directive.message import Act, Message
from register.bulk import recorded_of
from register.models import TaskRow
from register.open import Register
from register.plans import number_of_orders
from register.reading import facts_of, recorded_tasks_of, tasks

if TYPE_CHECKING:
    from temporalio.client import Client

AT_ONCE = 20
"""So many tasks are on their way at once: a worker records them one after the other anyway."""
ITS_OWN = {"not_running", "update_failed"}
"""What is wrong with one task only, though it is no rule's refusal: the others go on."""


def do(act: Act, target: Target, who: str, *, role: str, said: dict[str, Any]) -> None:
    """Do one act on all chosen tasks. Raises Stop, also where some were refused."""
    with_register(_Bulk(act, target, who, role, said))


class Chosen(NamedTuple):
    """The tasks that are left to do, what an earlier run did, and how many have not been started yet."""

    left: tuple[TaskRow, ...]
    before: dict[str, Event]
    not_started: int

    @property
    def size(self) -> int:
        """How many tasks the command is about."""
        return len(self.left) + len(self.before)


class Item(NamedTuple):
    """One task to do: its message, or why there is none."""

    row: TaskRow
    case: Case
    message: Message | None
    stop: Stop | None


async def choose(
    register: Register, directive: str, target: Target, directory: Directory, run: BulkId
) -> Chosen:
    """The tasks that the conditions name now, and those that this run has done already. Raises Stop."""
    rows = await tasks(register, chosen(directive, target.where, directory), now())
    before = run.done(await recorded_of(register, directive, run.id))
    planned = await number_of_orders(register, directive)
    missing = planned - await recorded_tasks_of(register, directive)
    return Chosen(tuple(row for row in rows if row.id not in before), before, missing)


class _Bulk:
    """One run with the register open."""

    def __init__(self, act: Act, target: Target, who: str, role: str, said: dict[str, Any]) -> None:
        self._act, self._target, self._who, self._role, self._said = act, target, who, role, said
        self._results: list[Result] = []
        self._fatal: Stop | None = None

    async def __call__(self, register: Register) -> None:
        directory = await directory_in_use(register)
        who = person.known(directory, self._who)
        if self._said.get("calendar"):
            await known_calendar(register, self._said["calendar"])
        directive = await find.directive(register, self._target.directive)
        content = {**self._said, "role": self._role}
        selection = (directive, *normal(self._target.where))
        run = BulkId(self._target.bulk_id, self._act, content, who, selection, local_day(now()))
        found = await choose(register, directive, self._target, directory, run)
        if not found.size:
            raise nothing_chosen()
        self._warn(found)
        items = await self._items(register, found, directory, run)
        if self._target.dry_run:
            from desk.bulk_dry import tell

            await tell(register, items, found.before, self._act)
            return
        if found.left:
            done = len(found.before)
            note = text(f"{done} nhiệm vụ đã làm ở lần trước", f"{done} were done by an earlier run")
            bulk_ask.confirm(self._target, found.left, words.word(self._act), done, note)
        self._begin(found, run, directive)
        if found.left:
            await self._run(register, items, run)
        self._end(found, run)
        if not found.left:
            _told_before(found, run)

    async def _items(
        self, register: Register, found: Chosen, directory: Directory, run: BulkId
    ) -> list[Item]:
        """Each task with its message. Raises Stop where what was typed fits none of them."""
        facts = await facts_of(register, [row.id for row in found.left])
        items = [await self._item(register, row, Case(facts[row.id], directory), run) for row in found.left]
        stops = [item.stop for item in items if item.stop]
        if items and len(stops) == len(items) and all(stop.code is Code.USAGE for stop in stops):
            raise stops[0]
        return items

    async def _item(self, register: Register, row: TaskRow, case: Case, run: BulkId) -> Item:
        try:
            said = await saying.said_to(register, self._act, case.facts, self._said)
            by = By(self._who, self._role, run.message(row.id), typed_by=person.typed_by())
            message = saying.message(case, self._act, by, said)
        except Stop as stop:
            return Item(row, case, None, stop)
        return Item(row, case, message, None)

    def _warn(self, found: Chosen) -> None:
        if found.not_started:
            screen.say(
                text(
                    f"{found.not_started} đầu việc của văn bản chưa được giao xong, không nằm trong đợt này.",
                    f"{found.not_started} tasks of the directive are not started yet and not among these.",
                ),
                "yellow",
            )

    def _begin(self, found: Chosen, run: BulkId, directive: str) -> None:
        line(
            {
                "bulk_id": run.id,
                "act": self._act,
                "directive": directive,
                "selected": found.size,
                "done_before": len(found.before),
                "not_started": found.not_started,
            }
        )
        screen.say(text("Mã đợt", "Bulk id") + f": {run.id}")
        screen.flush()

    async def _run(self, register: Register, items: list[Item], run: BulkId) -> None:
        from desk import engine

        client = await engine.connect()
        waiting = iter(items)
        with progress(words.word(self._act), len(items)) as shown:
            runners = (self._runner(client, register, waiting, shown) for _ in range(AT_ONCE))
            await asyncio.gather(*runners)
        if self._fatal:
            raise unfinished(self._fatal, run, len(self._results), len(items))

    async def _runner(
        self, client: "Client", register: Register, waiting: Iterator[Item], shown: Any
    ) -> None:
        """Take one task after the other, until none is left or the engine is gone."""
        for item in waiting:
            if self._fatal:
                return
            try:
                result = await _one(client, register, item)
            except Stop as stop:
                self._fatal = self._fatal or stop
                return
            self._results.append(result)
            line(result.plain("done", "refused"))
            shown(len(self._results))

    def _end(self, found: Chosen, run: BulkId) -> None:
        groups = by_reason(self._results)
        refused = sum(len(one) for one in groups.values())
        done = len(self._results) - refused
        line({"bulk_id": run.id, "done": done, "done_before": len(found.before), "refused": refused})
        screen.say(summary(done, len(found.before), refused), "green")
        tell_refused(groups)
        if groups:
            raise some_refused(groups, found.size, run.id)


async def _one(client: "Client", register: Register, item: Item) -> Result:
    """Do the act on one task. Raises Stop where no other task would fare better."""
    if item.message is None:
        return Result(item.row, "", item.stop)
    message = item.message.model_copy(update={"at": now()})
    if message.evidence:
        from desk.evidence_local import with_files_kept

        message = await with_files_kept(register, message, item.row.id)
    try:
        receipt = await send(client, register, item.case, message)
    except Stop as stop:
        if stop.code is Code.REFUSED or stop.kind in ITS_OWN:
            return Result(item.row, message.id, stop)
        raise
    return Result(item.row, message.id, state=receipt.state if receipt else "")


def _told_before(found: Chosen, run: BulkId) -> None:
    """The same command once more on one day is the same run; who means another one has to say so."""
    last = words.moment(max(event.at for event in found.before.values()))
    screen.say(
        text(
            f"Đợt này đã xong từ trước (lần ghi cuối {last}); không gửi gì thêm. "
            f"Nếu muốn làm thêm một đợt mới: --bulk-id {run.id}-2",
            f"This run was done before (last recorded {last}); nothing was sent. "
            f"For another run: --bulk-id {run.id}-2",
        ),
        "yellow",
    )
