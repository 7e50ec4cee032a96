"""What a webhook needs the engine for: a try of it, and what was left sent anew."""

import asyncio
import uuid
from typing import TYPE_CHECKING

from desk import engine, screen
from desk.exit import Code, Stop
from desk.language import text
from desk.office import with_register
from desk.saying import now
from desk.send import PATIENCE
from desk.webhooks import unknown
from desk.wording.webhooks import SAID, said
from directive.hook import Ping, Pinged
from directive.wire import PING, WAKE, WEBHOOKS
from register.hooks import Hook, NoSuchHook, hook_of, retry_hook
from register.open import Register

if TYPE_CHECKING:
    from temporalio.client import Client


def test(name: str) -> None:
    """Let the worker post an event of no meaning, and tell the answer. Raises Stop where it was not taken."""

    async def work(register: Register) -> tuple[Hook, Pinged]:
        hook = await _hook(register, name)
        return hook, await _ping(await engine.connect(), name)

    hook, pinged = with_register(work)
    if not pinged.taken:
        raise _not_taken(hook, pinged)
    screen.answer({"name": name, "url": hook.url, **pinged.model_dump(mode="json")})
    took = text(f"sau {pinged.milliseconds} ms", f"after {pinged.milliseconds} ms")
    screen.say(
        text(f"{name} đã nhận ({pinged.said}) {took}.", f"{name} took it ({pinged.said}) {took}."), "green"
    )


def retry(name: str) -> None:
    """Send anew what was given up, and at once what waits. Raises Stop."""

    async def work(register: Register) -> int:
        await _hook(register, name)
        client = await engine.connect()  # first: nothing is changed that nobody would come to
        try:
            count = await retry_hook(register, name, now())
        except NoSuchHook as error:
            raise unknown(name) from error
        await _wake(client)
        return count

    count = with_register(work)
    screen.answer({"name": name, "events": count})
    screen.say(
        text(f"Gửi lại {count} sự kiện tới {name}.", f"Sending {count} events anew to {name}."), "green"
    )


async def _hook(register: Register, name: str) -> Hook:
    try:
        return await hook_of(register, name)
    except NoSuchHook as error:
        raise unknown(name) from error


async def _ping(client: "Client", name: str) -> Pinged:
    from temporalio.client import WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
    from temporalio.service import RPCError, RPCStatusCode

    webhooks = client.get_workflow_handle(WEBHOOKS)
    try:
        async with asyncio.timeout(PATIENCE):
            pinged: Pinged = await webhooks.execute_update(
                PING, Ping(hook=name), id=str(uuid.uuid4()), result_type=Pinged
            )
    except (WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError, TimeoutError) as error:
        raise _no_worker() from error
    except RPCError as error:
        raise (_no_worker() if error.status is RPCStatusCode.NOT_FOUND else engine.lost(error)) from error
    return pinged


async def _wake(client: "Client") -> None:
    """Where the workflow is not there a worker starts it, and it looks first."""
    from temporalio.service import RPCError, RPCStatusCode

    try:
        await client.get_workflow_handle(WEBHOOKS).signal(WAKE)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise engine.lost(error) from error


def _no_worker() -> Stop:
    return Stop(
        Code.UNREACHABLE,
        "chưa có worker nào thử được webhook",
        "no worker could try the webhook",
        "kiểm tra `make up` (hoặc worker) đang chạy, xem nhật ký của worker, rồi thử lại",
        "see that `make up` (or the worker) is running, look at the worker's log, then try again",
        kind="no_worker",
    )


def _not_taken(hook: Hook, pinged: Pinged) -> Stop:
    why = said(pinged.said, hook.name)
    ours = pinged.said in ("no_secret", "bad_secret")
    return Stop(
        Code.REFUSED,
        f"{hook.name} không nhận: {why}",
        f"{hook.name} did not take it: {why}",
        "đặt biến đó cho worker rồi khởi động lại worker" if ours else f"kiểm tra hệ thống nhận ở {hook.url}",
        "set it for the worker and start the worker anew" if ours else f"look at the receiver at {hook.url}",
        kind=pinged.said if pinged.said in SAID else "webhook_not_taken",
        detail={"name": hook.name, "url": hook.url, **pinged.model_dump(mode="json")},
    )
