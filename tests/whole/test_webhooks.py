"""From a task's step to another system: record, wake, post, by the real worker; and the try that a person asks for."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from temporalio.client import Client, WorkflowHandle, WorkflowUpdateFailedError
from temporalio.service import RPCError, RPCStatusCode

from activities.waking import Waking
from desk.secret import new_webhook_secret, webhook_secret, webhook_variable
from desk.server import skipping_server
from directive.clock import OfficeClock
from directive.hook import Ping, Pinged
from directive.message import Act
from directive.record import TaskStart
from directive.wire import PING, TASK_QUEUE, WAKE, WEBHOOKS
from notices.folder import EmlFolder
from notices.webhook import keys
from register.hooks import add_hook, hook_standings
from register.open import Register
from register.plans import orders_of, save_directory, save_plan
from register.record import record
from tests.databases import Database
from tests.notices.endpoint import SECRET, Endpoint, an_endpoint
from tests.register.given import ASSIGNED, DIRECTIVE, Running, directory, local, plan, planned
from worker import build
from workflows.task import DirectiveTaskWorkflow
from workflows.webhook import WebhookWorkflow


@pytest.fixture
async def register(database: Database) -> AsyncIterator[Register]:
    opened = Register.open(database.fresh())
    await save_directory(opened, directory())
    await save_plan(opened, plan(planned("1")), "d1")
    yield opened
    await opened.close()


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    async with an_endpoint() as one:
        yield one


async def come(endpoint: Endpoint, number: int) -> None:
    """Wait until so many requests have come."""
    while len(endpoint.calls) < number:
        endpoint.called.clear()
        await asyncio.wait_for(endpoint.called.wait(), 30)


async def ping(webhooks: WorkflowHandle[Any, Any], hook: str) -> Pinged:
    answer: Pinged = await webhooks.execute_update(PING, Ping(hook=hook), result_type=Pinged)
    return answer


async def test_a_step_of_a_task_reaches_another_system(
    register: Register, endpoint: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(webhook_variable("van-ban"), SECRET)
    await add_hook(register, "van-ban", endpoint.url, (), ASSIGNED)
    await add_hook(register, "khong-khoa", endpoint.url, (), ASSIGNED)
    async with await skipping_server() as env:
        clock = OfficeClock.starting(ASSIGNED, await env.get_current_time())
        async with build(env.client, register, EmlFolder(tmp_path / "outbox")):
            webhooks = await env.client.start_workflow(
                WebhookWorkflow.run, clock, id=WEBHOOKS, task_queue=TASK_QUEUE
            )
            assert (await ping(webhooks, "van-ban")).said == "http_204"
            assert (await ping(webhooks, "khong-khoa")).said == "no_secret"
            with pytest.raises(WorkflowUpdateFailedError):
                await ping(webhooks, "no-such")
            (order,) = await orders_of(register, DIRECTIVE, clock)
            await env.client.start_workflow(
                DirectiveTaskWorkflow.run, TaskStart(order=order), id=order.task.id, task_queue=TASK_QUEUE
            )
            await come(endpoint, 2)
    tried, told = (call.event() for call in endpoint.calls)
    assert tried["type"] == "vn.dondoc.ping"
    assert (told["type"], told["subject"]) == ("vn.dondoc.task.assigned", order.task.id)
    waits, sent = await hook_standings(register)
    assert (waits.waiting, waits.error) == (1, "no_secret")
    assert sent.sent == 1


class Engine:
    """A client that keeps the signals; `gone` is an engine without the workflow."""

    def __init__(self) -> None:
        self.signals: list[tuple[str, str]] = []
        self.gone = False

    def get_workflow_handle(self, name: str) -> "Engine":
        """A handle that is the client itself."""
        self.name = name
        return self

    async def signal(self, name: str) -> None:
        """Keep it."""
        if self.gone:
            raise RPCError("not found", RPCStatusCode.NOT_FOUND, b"")
        self.signals.append((self.name, name))


async def test_a_worker_killed_between_the_commit_and_the_call_calls_when_it_records_again(
    register: Register,
) -> None:
    engine = Engine()
    waking = Waking(register, cast(Client, engine))
    (order,) = await orders_of(register, DIRECTIVE, OfficeClock())
    task = Running(register, order)
    await task.start()
    assert task.last
    await waking.after(task.last)
    assert (WEBHOOKS, WAKE) not in engine.signals  # there is no webhook
    await add_hook(register, "van-ban", "https://van-ban.example.vn/", (), ASSIGNED)
    step = task.acting(Act.ACKNOWLEDGE, local(1, 9), "officer-so-a", "officer:so-a")
    await record(register, step)  # committed, and the worker dies
    await record(register, step)
    await waking.after(step)
    assert engine.signals.count((WEBHOOKS, WAKE)) == 1
    engine.gone = True
    await waking.after(step)  # a worker that starts the workflow looks first


def test_a_new_secret_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_WEBHOOK_SECRET_VAN_BAN", f" {new_webhook_secret()} ")
    (key,) = keys(webhook_secret("van-ban"))
    assert key.sign("msg_1", datetime(2026, 6, 1, tzinfo=UTC), "{}").startswith("v1,")
