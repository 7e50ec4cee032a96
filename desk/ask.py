"""`ask`: keeps a request in the register and starts its workflow; the same file again joins, whatever was cut short.

The register's row comes first, then the workflow, which is never started for a request that is recorded: an id is used
once for ever, also after the engine has forgotten the run.
"""

import asyncio
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from desk import ask_preview, screen, sources
from desk.act import now
from desk.exit import Code, Stop, bad_input
from desk.language import text
from desk.matter import speaking_of
from desk.office import make, with_register
from desk.person import typed_by
from desk.settings import settings
from desk.sources import Loaded
from desk.submission import asked_of
from directive.plan import Plan
from directive.record import TaskStart
from directive.task import Order
from register.open import Register
from register.plans import NotRecorded, PlanDiffers, load_plan, save_plan
from register.reading import facts_of

if TYPE_CHECKING:
    from temporalio.client import Client

NO_NEWS = 60.0
"""Seconds after which no worker seems to be there."""
NEW = "new"
FORM = Path(__file__).parents[1] / "letters" / "templates" / "ask.yaml"


def ask(file: Path, directory: Path | None, *, dry_run: bool, yes: bool) -> None:
    """Submit a document for approval, or print an empty form for `new`. Raises Stop."""
    if str(file) == NEW and not file.exists():
        form = FORM.read_text(encoding="utf-8")
        screen.answer({"form": form})
        screen.say(form.rstrip())
        return
    if directory is not None and not dry_run:
        raise bad_input(
            "--directory chỉ dùng với --dry-run: văn bản được trình theo danh bạ đang dùng",
            "--directory goes with --dry-run only: a document is submitted by the directory in use",
            "`directory import FILE` trước, hoặc thêm --dry-run",
            "`directory import FILE` first, or add --dry-run",
        )
    at = now()
    loaded = sources.load_request(file, directory, at=at)
    with speaking_of(loaded.plan.directive.id):
        if not screen.json_asked():
            sources.tell(file, loaded.warnings)
        if dry_run:
            ask_preview.show(loaded, at)
            _tell(loaded.plan, "dry_run")
            return
        with_register(_Asker(loaded, yes=yes), may_make=True)


class _Asker:
    """One run of `ask` with the register open."""

    def __init__(self, loaded: Loaded, *, yes: bool) -> None:
        self._loaded, self._plan, self._yes = loaded, loaded.plan, yes

    async def __call__(self, register: Register) -> None:
        from desk import engine

        client = await engine.connect()  # first: without an engine nothing is kept
        await make(register)
        kept = await self._kept(register)
        if kept is None:
            if not screen.json_asked():
                ask_preview.show(self._loaded, now())
            self._confirm()
        else:
            self._plan = as_kept(self._plan, kept)
        await self._save(register, kept)
        approval = self._plan.directive.id
        if approval not in await facts_of(register, [approval]):
            await self._start(client)
            await self._watch(register)
        _tell(self._plan, "joined" if kept else "submitted")

    async def _kept(self, register: Register) -> Plan | None:
        """The request that the register has under this reference."""
        try:
            return await load_plan(register, self._plan.directive.id)
        except NotRecorded:
            return None

    def _confirm(self) -> None:
        if self._yes:
            return
        if not sys.stdin.isatty():
            raise bad_input(
                "chưa được xác nhận, chưa trình",
                "not confirmed; nothing was submitted",
                "thêm --yes (hoặc --dry-run để chỉ xem)",
                "add --yes (or --dry-run only to look)",
                kind="not_confirmed",
            )
        if not typer.confirm(text("Trình văn bản này?", "Submit this document?")):
            raise bad_input(
                "chưa trình", "nothing was submitted", "chạy lại khi đã sẵn sàng", "run it again when ready"
            )

    async def _save(self, register: Register, kept: Plan | None) -> None:
        try:
            await save_plan(register, self._plan, self._loaded.office.directory.version)
        except PlanDiffers as error:
            raise differs(self._plan, kept or await load_plan(register, error.directive), error) from error

    async def _start(self, client: "Client") -> None:
        """Start the approval's workflow; one that runs already is left alone."""
        from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes
        from temporalio.common import WorkflowIDReusePolicy as Reuse
        from temporalio.exceptions import WorkflowAlreadyStartedError
        from temporalio.service import RPCError

        from desk import engine
        from directive.wire import DIRECTIVE_NUMBER, TASK_QUEUE, UNIT
        from workflows.approval import ApprovalWorkflow

        order = self._order()
        named = ((DIRECTIVE_NUMBER, order.number), (UNIT, order.task.unit))
        pairs = [SearchAttributePair(SearchAttributeKey.for_keyword(key), value) for key, value in named]
        submission = asked_of(self._plan).submission(now(), typed_by())
        try:
            await client.start_workflow(
                ApprovalWorkflow.run,
                TaskStart(order=order, submission=submission),
                id=order.task.id,
                task_queue=TASK_QUEUE,
                id_reuse_policy=Reuse.REJECT_DUPLICATE,
                search_attributes=TypedSearchAttributes(pairs),
            )
        except WorkflowAlreadyStartedError:
            return
        except RPCError as error:
            raise engine.lost(error) from error

    def _order(self) -> Order:
        return next(self._plan.orders(self._loaded.office.directory, settings().clock))

    async def _watch(self, register: Register) -> None:
        """Until the submission is recorded."""
        approval, since = self._plan.directive.id, time.monotonic()
        while approval not in await facts_of(register, [approval]):
            if time.monotonic() - since > NO_NEWS:
                raise Stop(
                    Code.UNREACHABLE,
                    "máy chủ đã nhận nhưng chưa có worker ghi lại",
                    "the engine has it, but no worker has recorded it yet",
                    "kiểm tra `make up` (worker) đang chạy, rồi chạy lại lệnh này: không trình hai lần",
                    "see that `make up` (the worker) is running, then run this again: nothing starts twice",
                    kind="no_worker",
                )
            await asyncio.sleep(0.2)


def as_kept(plan: Plan, kept: Plan) -> Plan:
    """The plan as it would have been on the day of the first submission: what no file says is taken from there.

    So the same file joins on another day, under a later calendar, or when the person no longer stands in for another.
    """
    if plan.request is None or kept.request is None:
        return plan
    changes: dict[str, Any] = {"calendar": kept.calendar}
    if plan.request.dated is None and kept.request.dated is None:
        changes["directive"] = plan.directive.model_copy(update={"issued": kept.directive.issued})
    if plan.request.by == kept.request.by:
        held = {"role": kept.request.role, "on_behalf_of": kept.request.on_behalf_of}
        changes["request"] = plan.request.model_copy(update=held)
    return plan.model_copy(update=changes)


def differs(plan: Plan, kept: Plan, error: PlanDiffers) -> Stop:
    """A reference that stands for another request already: both are shown where they differ."""
    pairs = {name: (_at(kept, name), _at(plan, name)) for name in error.differences}
    listed = "\n".join(f"    {name}: «{_short(old)}» ≠ «{_short(new)}»" for name, (old, new) in pairs.items())
    reference = asked_of(plan).reference
    stop = Stop(
        Code.REFUSED,
        f"mã «{reference}» đã dùng cho một văn bản trình khác (đã trình ≠ tệp này):\n{listed}",
        f"the reference «{reference}» stands for another request (submitted ≠ this file):\n{listed}",
        f"trình lại bản đã sửa bằng `report`, hoặc đặt mã khác; xem `show {plan.directive.id}`",
        f"submit a revision with `report`, or choose another reference; see `show {plan.directive.id}`",
        kind="request_differs",
    )
    stop.detail = {
        "approval": plan.directive.id,
        "existing": error.existing,
        "digest": plan.digest,
        "differences": {name: {"submitted": old, "file": new} for name, (old, new) in pairs.items()},
    }
    return stop


def _at(plan: Plan, name: str) -> object:
    """What a request says where it differs: `request.text`, `tasks.<reference>.route`."""
    found: Any = plan.model_dump(mode="json")
    first, _, field = name.partition(".")
    if first == "tasks":
        return found["tasks"][0].get(field.rpartition(".")[2])
    return found[first].get(field) if field and isinstance(found[first], dict) else found[first]


def _short(value: object) -> str:
    told = " ".join(str(value).split())
    return told if len(told) <= 160 else told[:159] + "…"


def _tell(plan: Plan, how: str) -> None:
    if how != "dry_run":
        screen.answer({"approval": plan.directive.id, "digest": plan.digest, "result": how})
    number = plan.directive.number
    said = {
        "dry_run": text(f"Chỉ xem: chưa trình {number}.", f"Only a look: {number} is not submitted."),
        "joined": text(
            f"{number} đã được trình từ trước, không trình lại.", f"{number} was submitted before, not twice."
        ),
        "submitted": text(f"Đã trình {number}.", f"Submitted {number}."),
    }
    screen.say(said[how], "green")
    if how != "dry_run":
        screen.say(text("Xem: ", "Look: ") + f"starter.py show {plan.directive.id}")
