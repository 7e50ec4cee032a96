"""`unassign`: takes a whole assignment back within its first hour; after it there is `withdraw --directive`.

The decision is kept in the register first; from then on nothing of the directive starts any more. The directive's own
workflow withdraws what was started. This process only watches: it can be killed at any time, and run again.
"""

import asyncio
import time
from typing import TYPE_CHECKING

from desk import bulk_ask, find, person, screen, words
from desk.assign import NO_NEWS
from desk.bar import progress
from desk.exit import Code, Stop
from desk.language import text
from desk.office import directory_in_use, with_register
from desk.saying import now
from desk.settings import settings
from desk.target import Target
from directive.directory import Directory
from directive.due import local_day
from directive.message import Act
from directive.plan import Plan
from directive.record import DirectiveOrder
from directive.refusal import Reason, Refused
from directive.task import assigned
from directive.unassigning import Unassignment, in_time, message_id
from directive.wire import LAST_TASK_CLOSED, TASK_QUEUE, directive_workflow
from register.bulk import recorded_of
from register.models import TaskFilter, TaskRow
from register.open import Register
from register.plans import load_plan, number_of_orders, orders_of
from register.reading import tasks
from register.unassigned import assigned_since, people_told, unassign, unassignment_of

if TYPE_CHECKING:
    from temporalio.client import Client, WorkflowHandle

    from directive.record import DirectiveEnd
    from workflows.directive import DirectiveWorkflow

    Handle = WorkflowHandle[DirectiveWorkflow, DirectiveEnd]

BEGINNING = message_id("").rpartition("-")[0] + "-"
"""How the ids of the withdrawals begin."""


def do(target: Target, who: str, *, role: str, reason: str) -> None:
    """Take an assignment back. Raises Stop."""
    with_register(_Unassigner(target, who, role, reason))


class _Unassigner:
    """One run of `unassign` with the register open."""

    def __init__(self, target: Target, who: str, role: str, reason: str) -> None:
        self._target, self._who, self._role, self._reason = target, who, role, reason

    async def __call__(self, register: Register) -> None:
        directory = await directory_in_use(register)
        directive = await find.directive(register, self._target.directive)
        plan = await load_plan(register, directive)
        planned = await number_of_orders(register, directive)
        held = await unassignment_of(register, directive)
        decision = held or await self._decision(register, directory, directive)
        given = await tasks(register, TaskFilter(directive=directive), now())
        rows, not_started = [row for row in given if row.closed_at is None], planned - len(given)
        if self._target.dry_run:
            await self._look(register, plan, rows, not_started)
            return
        if not held:
            self._ask(rows, not_started)
            decision = decision.model_copy(update={"at": now()})  # the hour is that of the yes
        from desk import engine

        client = await engine.connect()  # first: without an engine nothing is decided
        try:
            await unassign(register, decision)
        except Refused as refused:
            raise _hour_over(refused, directive) from refused
        handle = await self._wake(client, plan)
        await self._watch(register, handle, directive, planned - not_started)
        await self._tell(register, plan, joined=held is not None)

    async def _decision(self, register: Register, directory: Directory, directive: str) -> Unassignment:
        """The decision as it would be kept. Raises Stop where a rule refuses it."""
        at = now()
        (order,) = await orders_of(register, directive, settings().clock, most=1)  # one stands for them all
        actor = person.known(directory, self._who)
        first = await assigned_since(register, directive)
        facts = assigned(order, first or at)
        seat = person.standing(directory, facts, Act.WITHDRAW, actor, local_day(at), asked_role=self._role)
        if not self._reason.strip():
            raise person.refused(Reason.REASON_MISSING, {"act": Act.WITHDRAW}, directive)
        try:
            in_time(at, facts.assigned_at)
        except Refused as refused:
            raise _hour_over(refused, directive) from refused
        return Unassignment(
            directive=directive,
            at=at,
            actor=actor,
            role=seat.role,
            on_behalf_of=seat.seat.on_behalf_of,
            typed_by=person.typed_by(),
            reason=self._reason,
        )

    def _ask(self, rows: list[TaskRow], not_started: int) -> None:
        """The number asked is that of all tasks that are not closed: it does not grow while more are started."""
        bulk_ask.confirm(self._target, rows, _doing(), not_started, _never(not_started))

    async def _look(self, register: Register, plan: Plan, rows: list[TaskRow], not_started: int) -> None:
        told = sorted(await people_told(register, plan.directive.id))
        screen.answer(
            {
                "directive": plan.directive.id,
                "result": "dry_run",
                "withdraw": len(rows),
                "not_started": not_started,
                "told": told,
            }
        )
        bulk_ask.show(rows, _doing(), not_started, _never(not_started))
        screen.say(
            text(
                f"Sẽ báo {len(told)} người đã nhận thông báo; những người khác không nhận gì.",
                f"{len(told)} people who were told would hear of it; nobody else hears anything.",
            )
        )
        screen.say(text("Chạy thử, chưa ghi gì.", "A dry run: nothing is recorded."), "yellow")

    async def _wake(self, client: "Client", plan: Plan) -> "Handle":
        """The directive's workflow looks now; where none runs, one is started that finds nothing to start."""
        from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
        from temporalio.service import RPCError

        from desk import engine
        from workflows.directive import DirectiveWorkflow

        directive = plan.directive.id
        order = DirectiveOrder(directive=directive, digest=plan.digest, clock=settings().clock)
        try:
            return await client.start_workflow(
                DirectiveWorkflow.run,
                order,
                id=directive_workflow(directive),
                task_queue=TASK_QUEUE,
                start_signal=LAST_TASK_CLOSED,
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            )
        except RPCError as error:
            raise engine.lost(error) from error

    async def _watch(self, register: Register, handle: "Handle", directive: str, size: int) -> None:
        """Follow the withdrawals until the directive's workflow has ended."""
        reached, since = -1, time.monotonic()
        with progress(text("Đang rút lại", "Taking back"), size) as shown:
            while await _runs(handle):
                count = len(await recorded_of(register, directive, BEGINNING))
                shown(count)
                if count > reached:
                    reached, since = count, time.monotonic()
                elif time.monotonic() - since > NO_NEWS:
                    raise _no_worker(count)
                await asyncio.sleep(0.2)

    async def _tell(self, register: Register, plan: Plan, *, joined: bool) -> None:
        directive = plan.directive.id
        withdrawn = len(await recorded_of(register, directive, BEGINNING))
        left = await tasks(register, TaskFilter(directive=directive, open_only=True), now())
        screen.answer(
            {
                "directive": directive,
                "result": "joined" if joined else "unassigned",
                "withdrawn": withdrawn,
                "open": len(left),
                "told": sorted(await people_told(register, directive)),
            }
        )
        number = plan.directive.number
        screen.say(
            text(
                f"Đã rút lại việc giao {number}: thu hồi {withdrawn} đầu việc, không giao thêm.",
                f"The assignment of {number} is taken back: {withdrawn} tasks withdrawn, nothing more starts.",
            ),
            "green",
        )
        for row in left:
            screen.say(f"  {row.id}: {words.word(row.state)}", "yellow")


def _doing() -> str:
    return text("Rút lại việc giao", "Take the assignment back")


def _never(count: int) -> str:
    return text(
        f"trong đó {count} đầu việc chưa được giao và sẽ không được giao",
        f"{count} of them are not started, and will not be",
    )


def _hour_over(refused: Refused, directive: str) -> Stop:
    return person.refused(refused.reason, dict(refused.detail), directive)


async def _runs(handle: "Handle") -> bool:
    from temporalio.client import WorkflowExecutionStatus
    from temporalio.service import RPCError

    from desk import engine

    try:
        return (await handle.describe()).status is WorkflowExecutionStatus.RUNNING
    except RPCError as error:
        raise engine.lost(error) from error


def _no_worker(count: int) -> Stop:
    return Stop(
        Code.UNREACHABLE,
        f"đã quyết định rút lại, mới thu hồi được {count} đầu việc rồi dừng; không giao thêm việc nào",
        f"the assignment is taken back, but only {count} tasks are withdrawn yet; nothing more starts",
        "kiểm tra `make up` (worker) đang chạy, rồi chạy lại lệnh này: không làm hai lần",
        "see that `make up` (the worker) is running, then run this again: nothing is done twice",
        kind="no_worker",
        detail={"withdrawn": count},
    )
