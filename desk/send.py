"""How an act reaches a task's workflow, and what a person hears when it is refused, late, or not taken yet."""

import asyncio
from random import uniform
from typing import TYPE_CHECKING, Any, cast

from desk import person
from desk.exit import Code, Stop
from desk.late import too_late
from desk.saying import Case
from directive.message import Message
from directive.record import Receipt
from directive.refusal import Reason
from register.open import Register
from register.reading import receipt, task

if TYPE_CHECKING:
    from temporalio.client import Client, WorkflowHandle, WorkflowUpdateFailedError
    from temporalio.service import RPCError

PATIENCE = 55.0
"""Seconds for which a person waits for "done"; the act goes on, and the same message id hears of it later.

More than a step waits for a worker that has died (`worker.STICKY`), so that a new one answers in time; and less
than the minute after which a proxy before the page gives up.
"""
CROWD_WAIT = 0.3, 3.0
"""Seconds until one who was turned away from a crowded task comes again, at first and at most.

Each waits for longer than the last time and none as long as another: an engine with less room than ours
(`desk/program.py`) forgets those whom it has let in whenever one too many comes.
"""


async def send(client: "Client", register: Register, case: Case, message: Message) -> Receipt | None:
    """Send the update and wait until it is recorded. None where the workflow is closed and the act was recorded.

    Raises Stop: refused by a rule, too late, or not recorded within `PATIENCE`.
    """
    from temporalio.client import WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
    from temporalio.service import RPCError, RPCStatusCode

    from desk import engine

    handle = client.get_workflow_handle(case.facts.task.id)
    try:
        async with asyncio.timeout(PATIENCE):  # the SDK would ask for ever for the end of what was let in
            return await _once_there_is_room(handle, message)
    except WorkflowUpdateFailedError as error:
        raise _refused(error, case) from error
    except (WorkflowUpdateRPCTimeoutOrCancelledError, TimeoutError) as error:
        raise _unanswered(message) from error
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            await _closed(register, case, message)
            return None
        raise engine.lost(error) from error


async def _once_there_is_room(handle: "WorkflowHandle[Any, Any]", message: Message) -> Receipt:
    """Send it as soon as the engine has room: it takes so many updates of one task at a time, and turns others away."""
    from temporalio.service import RPCError

    wait, longest = CROWD_WAIT
    while True:
        try:
            done = await handle.execute_update(message.act.value, message, id=message.id, result_type=Receipt)
            return cast(Receipt, done)
        except RPCError as error:
            if not _is_crowd(error):
                raise
        await asyncio.sleep(wait * uniform(0.5, 1.5))  # noqa: S311
        wait = min(2 * wait, longest)


def _is_crowd(error: "RPCError") -> bool:
    from temporalio.service import RPCStatusCode

    aborted = error.status is RPCStatusCode.UNAVAILABLE and "update was aborted" in error.message
    return aborted or error.status is RPCStatusCode.RESOURCE_EXHAUSTED


def _refused(error: "WorkflowUpdateFailedError", case: Case) -> Stop:
    from temporalio.exceptions import ApplicationError

    cause = error.cause
    if isinstance(cause, ApplicationError) and cause.type in set(Reason):
        detail = dict(cause.details[0]) if cause.details and isinstance(cause.details[0], dict) else {}
        return person.refused(Reason(cause.type), detail, case.facts.task.id, person.namer(case.directory))
    return Stop(
        Code.UNREACHABLE,
        f"nhiệm vụ không nhận được lệnh: {cause}",
        f"the task could not take the act: {cause}",
        "xem nhật ký của worker, rồi thử lại",
        "look at the worker's log, then try again",
        kind="update_failed",
    )


def _unanswered(message: Message) -> Stop:
    return Stop(
        Code.UNREACHABLE,
        "máy chủ đã nhận nhưng chưa có worker ghi lại",
        "the engine has it, but no worker has recorded it yet",
        f"kiểm tra `make up` đang chạy, rồi gửi lại với --message-id {message.id}: không ghi hai lần",
        f"see that `make up` is running, then send it again with --message-id {message.id}: it counts once",
        kind="not_recorded_yet",
        detail={"message_id": message.id},
    )


async def _closed(register: Register, case: Case, message: Message) -> None:
    """The workflow is gone: a repeated act has its receipt in the register, a late one hears who decided."""
    if await receipt(register, case.facts.task.id, message.id):
        return
    card = await task(register, case.facts.task.id)
    if not card.facts.closed:
        raise _not_running(case.facts.task.id)
    raise await too_late(register, card.facts, case.directory, message.question)


def _not_running(task_id: str) -> Stop:
    """The register has the task open, and the engine does not know it."""
    return Stop(
        Code.UNREACHABLE,
        f"máy chủ Temporal này không có {task_id}",
        f"this engine does not run {task_id}",
        "kiểm tra đúng máy chủ (TEMPORAL_ADDRESS) và đúng thư mục dữ liệu (DONDOC_DATA)",
        "check that it is the right engine (TEMPORAL_ADDRESS) and data folder (DONDOC_DATA)",
        kind="not_running",
    )
