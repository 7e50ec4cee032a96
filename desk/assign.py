"""`assign`: keeps plan and directory, starts the directive's workflow, and watches the tasks arrive in the register.

Nothing is started by this process: it can be killed at any time, and run again to go on watching.
"""

import asyncio
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from desk import preview, screen, sources
from desk.act import now
from desk.bar import progress
from desk.exit import Code, Stop, bad_input
from desk.language import text
from desk.office import make, version_differs, with_register
from desk.settings import settings
from desk.sources import Loaded
from desk.taken_back import not_taken_back
from directive.plan import Plan
from directive.record import DirectiveOrder
from register.open import Register
from register.plans import (
    NotRecorded,
    PlanDiffers,
    Saved,
    VersionDiffers,
    current_directory,
    directory_of_plan,
    load_directory,
    save_directory,
    save_plan,
)
from register.reading import recorded_tasks_of

if TYPE_CHECKING:
    from temporalio.client import Client

NO_NEWS = 60.0
"""Seconds without a new task in the register after which no worker seems to be there."""


def assign(file: Path, directory: Path | None, *, late: bool, dry_run: bool, yes: bool) -> None:
    """Assign a plan. Raises Stop."""
    loaded = sources.load(file, directory, late=late, at=now())
    if not screen.json_asked():
        sources.tell(file, loaded.warnings)
    preview.head(loaded.plan, loaded.office.directory, now())
    size = _size(loaded)
    if dry_run:
        _tell(loaded.plan, size, "dry_run")
        return
    try:
        with_register(_Assigner(loaded, size, yes=yes), may_make=True)
    except KeyboardInterrupt:
        told = text("Máy chủ vẫn giao tiếp; chạy lại để xem.", "The engine goes on; run it again to watch.")
        screen.say(told, "yellow")
        raise


def _size(loaded: Loaded) -> int:
    """How many tasks a plan starts."""
    plan, directory = loaded.plan, loaded.office.directory
    return sum(len(plan.units_of(task, directory)) for task in plan.tasks)


class _Assigner:
    """One run of `assign` with the register open."""

    def __init__(self, loaded: Loaded, size: int, *, yes: bool) -> None:
        self._loaded, self._size, self._yes = loaded, size, yes
        self._plan = loaded.plan

    async def __call__(self, register: Register) -> None:
        from desk import engine

        client = await engine.connect()  # first: without an engine nothing is kept
        await make(register)
        replaces = await self._replaces(register)
        known = await self._known(register)
        if not known:
            self._ask(replaces)
        saved = await self._save(register, known=known)
        joined = not await self._start(client)
        await self._watch(register)
        _tell(self._plan, self._size, "joined" if joined or saved is Saved.SAME else "assigned")

    async def _replaces(self, register: Register) -> str:
        """The version of the directory in force that the plan's own would replace."""
        try:
            held = await current_directory(register)
        except NotRecorded:
            return ""
        return held.version if held.version != self._loaded.office.directory.version else ""

    async def _known(self, register: Register) -> bool:
        """Whether the directive was assigned before; its first directory stays with it then."""
        try:
            version = await directory_of_plan(register, self._plan.directive.id)
        except NotRecorded:
            return False
        await not_taken_back(register, self._plan)
        kept = self._loaded.office._replace(directory=await load_directory(register, version))
        self._loaded = self._loaded._replace(office=kept)
        self._size = _size(self._loaded)
        return True

    def _ask(self, replaces: str) -> None:
        version = self._loaded.office.directory.version
        if replaces:
            screen.say(
                text(
                    f"Danh bạ đang dùng ({replaces}) sẽ được thay bằng {version}.",
                    f"The directory in use ({replaces}) will be replaced by {version}.",
                ),
                "yellow",
            )
        if self._yes:
            return
        if not sys.stdin.isatty():
            raise bad_input(
                "chưa được xác nhận, chưa giao việc nào",
                "not confirmed; nothing was assigned",
                "thêm --yes (hoặc --dry-run để chỉ xem)",
                "add --yes (or --dry-run only to look)",
                kind="not_confirmed",
            )
        count = self._size
        asked = text(f"Giao {count} đầu việc?", f"Assign {count} tasks?")
        if not typer.confirm(asked):
            raise bad_input(
                "chưa giao việc nào",
                "nothing was assigned",
                "chạy lại khi đã sẵn sàng",
                "run it again when ready",
            )

    async def _save(self, register: Register, *, known: bool) -> Saved:
        """Keep plan and directory. A plan that is known leaves the directory in force as it is."""
        try:
            if (
                not known and self._loaded.office.file is not None
            ):  # else it is the one in force, with absences
                await save_directory(register, self._loaded.office.directory)
            return await save_plan(register, self._plan, self._loaded.office.directory.version)
        except VersionDiffers as error:
            raise version_differs(error) from error
        except PlanDiffers as error:
            raise self._differs(error) from error

    def _differs(self, error: PlanDiffers) -> Stop:
        number = self._plan.directive.number
        listed = ", ".join(error.differences[:12]) + (" …" if len(error.differences) > 12 else "")
        digests = f"{error.existing[:12]} ≠ {self._plan.digest[:12]}"
        stop = Stop(
            Code.REFUSED,
            f"{number} đã được giao theo một kế hoạch khác ({digests}): {listed}",
            f"{number} was assigned by another plan ({digests}): {listed}",
            "dùng đúng kế hoạch cũ, hoặc sửa từng nhiệm vụ (amend-deadline, withdraw…)",
            "use the same plan as before, or change the tasks one by one (amend-deadline, withdraw…)",
            kind="plan_differs",
        )
        stop.detail = {
            "directive": error.directive,
            "existing": error.existing,
            "digest": self._plan.digest,
            "differences": error.differences,
        }
        return stop

    async def _start(self, client: "Client") -> bool:
        """Start the directive's workflow; False where it runs or ran already."""
        from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
        from temporalio.exceptions import WorkflowAlreadyStartedError
        from temporalio.service import RPCError

        from desk import engine
        from directive.wire import TASK_QUEUE
        from workflows.directive import DirectiveWorkflow

        directive = self._plan.directive.id
        order = DirectiveOrder(directive=directive, digest=self._plan.digest, clock=settings().clock)
        try:
            await client.start_workflow(
                DirectiveWorkflow.run,
                order,
                id=f"directive:{directive}",
                task_queue=TASK_QUEUE,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
            )
        except WorkflowAlreadyStartedError:
            return False
        except RPCError as error:
            raise engine.lost(error) from error
        return True

    async def _watch(self, register: Register) -> None:
        """Follow the tasks as they arrive in the register."""
        with progress(text("Đang giao việc", "Assigning"), self._size) as shown:
            reached, since = -1, time.monotonic()
            while True:
                await not_taken_back(register, self._plan)
                count = await recorded_tasks_of(register, self._plan.directive.id)
                shown(count)
                if count >= self._size:
                    return
                if count > reached:
                    reached, since = count, time.monotonic()
                elif time.monotonic() - since > NO_NEWS:
                    raise self._no_worker(count)
                await asyncio.sleep(0.2)

    def _no_worker(self, count: int) -> Stop:
        total = self._size
        return Stop(
            Code.UNREACHABLE,
            f"mới ghi được {count}/{total} đầu việc rồi dừng; máy chủ vẫn giữ phần còn lại",
            f"{count} of {total} tasks are recorded and no more come; the engine still holds the rest",
            "kiểm tra `make up` (worker) đang chạy, rồi chạy lại lệnh này: không giao hai lần;"
            " nếu vừa khôi phục dữ liệu: `doctor --repair`",
            "see that `make up` (the worker) is running, then run this again: nothing starts twice;"
            " after a restoration: `doctor --repair`",
            kind="no_worker",
            detail={"recorded": count, "total": total},
        )


def _tell(plan: Plan, tasks: int, how: str) -> None:
    screen.answer({"directive": plan.directive.id, "digest": plan.digest, "tasks": tasks, "result": how})
    number = plan.directive.number
    said = {
        "dry_run": text(
            f"Chỉ xem: sẽ giao {tasks} đầu việc của {number}.", f"Only a look: {tasks} tasks of {number}."
        ),
        "joined": text(
            f"{number} đã được giao từ trước: {tasks} đầu việc, không giao lại.",
            f"{number} was assigned before: {tasks} tasks, none twice.",
        ),
        "assigned": text(f"Đã giao {tasks} đầu việc của {number}.", f"Assigned {tasks} tasks of {number}."),
    }
    screen.say(said[how], "green")
    if how != "dry_run":
        screen.say(text("Xem: ", "Look: ") + f"starter.py tasks --directive {plan.directive.number}")
