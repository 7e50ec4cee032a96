"""The survey before a repair: every task compared, and what else should run and does not."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from temporalio.client import WorkflowExecution, WorkflowExecutionStatus

from desk.finding import Finding
from desk.repair import words
from desk.repair.compared import Step, Verdict, judged
from desk.repair.files import HandedIn, handed_in
from desk.repair.replayed import GONE_WRONG, Line, executions, lines, status_of
from directive.wire import DELIVERY, WEBHOOKS, directive_workflow
from register.held import Held, Letters, held_of, letters, recorded_tasks
from register.open import Register
from register.plans import number_of_orders
from register.reading import recorded_tasks_of
from register.unassigned import unassignment_of

if TYPE_CHECKING:
    from temporalio.client import Client


class Case(NamedTuple):
    """One task to be settled, with what both sides hold of it."""

    verdict: Verdict
    line: Line | None
    held: Held | None


class Survey(NamedTuple):
    """What was found: `cases` that something settles, directives and long lives to begin, and what is left.

    `files` are those that the reports of every task looked at have named.
    """

    compared: int
    cases: tuple[Case, ...]
    directives: tuple[str, ...]
    lives: tuple[str, ...]
    left: tuple[Finding, ...]
    files: tuple[HandedIn, ...] = ()

    @property
    def steps(self) -> int:
        """How many things there are to do."""
        return len(self.cases) + len(self.directives) + len(self.lives)


class Surveyor:
    """Compares the register with the engine; changes nothing."""

    def __init__(self, client: "Client", register: Register, since: datetime | None) -> None:
        """`since`: what was closed on both sides before that instant (true, UTC) is the same on both."""
        self._client, self._register, self._since = client, register, since
        self._left: list[Finding] = []
        self._files: list[HandedIn] = []

    async def look(self, shown: Callable[[int], None]) -> Survey:
        """At everything. Raises RegisterDown, RPCError."""
        known, recorded = await letters(self._register), await recorded_tasks(self._register)
        found = self._worth_a_look(await executions(self._client), recorded)
        cases = await self._compared(found, known, shown)
        told = {run.id for run in await executions(self._client)}
        cases += await self._never_heard_of([one for one, is_open in recorded.items() if is_open], told)
        return Survey(
            compared=len(told | set(recorded)),
            cases=tuple(cases),
            directives=tuple(await self._silent_directives(known)),
            lives=tuple(await self._silent_lives()),
            left=tuple(self._left),
            files=tuple(self._files),
        )

    async def again(self, tasks: Sequence[str]) -> list[Case]:
        """Look at some tasks once more."""
        found = await executions(self._client, tasks)
        known = await letters(self._register)
        self._left = []
        return await self._compared(found, known, lambda _: None)

    @property
    def left(self) -> tuple[Finding, ...]:
        """What the last look found that nothing settles."""
        return tuple(self._left)

    def _worth_a_look(
        self, found: Sequence[WorkflowExecution], recorded: dict[str, bool]
    ) -> list[WorkflowExecution]:
        """Without what ended before anything was backed up and is closed in the register too."""
        runs: dict[str, list[WorkflowExecution]] = defaultdict(list)
        for run in found:
            runs[run.id].append(run)
        return [run for task, mine in runs.items() if not self._old(mine, recorded.get(task)) for run in mine]

    def _old(self, runs: Sequence[WorkflowExecution], is_open: bool | None) -> bool:
        closed = runs[-1].close_time
        return is_open is False and self._since is not None and closed is not None and closed < self._since

    async def _compared(
        self, found: Sequence[WorkflowExecution], known: Letters, shown: Callable[[int], None]
    ) -> list[Case]:
        cases, lost, count = [], defaultdict[str, list[Line]](list), 0
        async for line in lines(self._client, found):
            count += 1
            shown(count)
            directive = line.start.order.task.directive
            if directive not in known.numbers:
                lost[directive].append(line)
                continue
            self._files += [] if line.fault else handed_in(line.task, line.lived)
            held = await held_of(self._register, line.task)
            verdict = judged(line, held)
            self._left += words.left_of(verdict, held)
            if verdict.step is not Step.NONE:
                cases.append(Case(verdict, line, held))
        self._left += [words.plan_lost(directive, of_it) for directive, of_it in lost.items()]
        return cases

    async def _never_heard_of(self, tasks: Sequence[str], told: set[str]) -> list[Case]:
        """Open tasks that the engine does not list. Its list may be late, so each is asked for."""
        cases = []
        for task in tasks:
            if task in told or await status_of(self._client, task) is not None:
                continue
            cases.append(Case(Verdict(task, Step.START), None, await held_of(self._register, task)))
        return cases

    async def _silent_directives(self, known: Letters) -> list[str]:
        """Directives with something to do and no workflow that does it."""
        silent = []
        for directive in known.numbers:
            if directive in known.approvals or not await self._has_work(directive, known.open[directive]):
                continue
            status = await status_of(self._client, directive_workflow(directive))
            ended = status is WorkflowExecutionStatus.COMPLETED and known.open[directive] > 0
            if status is None or status in GONE_WRONG or ended:
                silent.append(directive)
        return silent

    async def _has_work(self, directive: str, still_open: int) -> bool:
        if still_open:
            return True
        if await unassignment_of(self._register, directive):
            return False
        planned = await number_of_orders(self._register, directive)
        return await recorded_tasks_of(self._register, directive) < planned

    async def _silent_lives(self) -> list[str]:
        running = WorkflowExecutionStatus.RUNNING
        return [name for name in (DELIVERY, WEBHOOKS) if await status_of(self._client, name) is not running]
