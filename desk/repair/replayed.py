"""What the engine's histories hold of tasks: each is replayed by the workflow's own code, and what it records is noted.

A replay asks the server and no worker, so the service may stand still meanwhile, and a task that is closed tells as
much as one that runs. What history does not hold yet (a workflow task that was not completed) is left out.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any, NamedTuple

from temporalio import workflow
from temporalio.client import (
    Client,
    WorkflowExecution,
    WorkflowExecutionStatus,
    WorkflowHistory,
)
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import (
    ExecuteWorkflowInput,
    Interceptor,
    Replayer,
    StartActivityInput,
    StartLocalActivityInput,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
    WorkflowOutboundInterceptor,
    WorkflowReplayResult,
)

from directive.record import Recorded, TaskStart, Transition, fold
from directive.task import Facts
from directive.wire import APPROVAL_WORKFLOW, TASK_WORKFLOW
from register.rebuild import Happened
from workflows.plugin import plugin

EVERY_TASK = f"WorkflowType IN ('{TASK_WORKFLOW}', '{APPROVAL_WORKFLOW}')"
GONE_WRONG = frozenset(
    {
        WorkflowExecutionStatus.FAILED,
        WorkflowExecutionStatus.TERMINATED,
        WorkflowExecutionStatus.CANCELED,
        WorkflowExecutionStatus.TIMED_OUT,
    }
)


class Line(NamedTuple):
    """One task as the engine's histories tell it, over all the runs that are kept.

    `pending` is a transition that history orders and whose record has not answered; `carried` are the messages that
    the first run took along; `fault` says why a history could not be replayed.
    """

    task: str
    start: TaskStart
    status: WorkflowExecutionStatus
    lived: tuple[Happened, ...]
    pending: Transition | None
    facts: Facts | None
    carried: frozenset[str]
    length: int
    fault: str = ""

    @property
    def runs(self) -> bool:
        """Whether the engine goes on with it."""
        return self.status is WorkflowExecutionStatus.RUNNING

    @property
    def ids(self) -> list[str]:
        """Its events, in order."""
        return [event.id for one in self.lived for event in one.transition.events]


Call = tuple[bool, Transition, "asyncio.Future[Any]"]


class _Noting(Interceptor):
    """Notes what each replayed workflow asks to be recorded, by run."""

    def __init__(self) -> None:
        self.calls: dict[str, list[Call]] = {}

    def workflow_interceptor_class(
        self,
        input: WorkflowInterceptorClassInput,  # noqa: A002 - the SDK's name
    ) -> type[WorkflowInboundInterceptor]:
        """Made for each run by the SDK."""
        calls = self.calls

        class Outbound(WorkflowOutboundInterceptor):
            def start_activity(self, input: StartActivityInput) -> Any:  # noqa: A002
                return _noted(calls, input, super().start_activity(input))

            def start_local_activity(self, input: StartLocalActivityInput) -> Any:  # noqa: A002
                return _noted(calls, input, super().start_local_activity(input))

        class Inbound(WorkflowInboundInterceptor):
            def init(self, outbound: WorkflowOutboundInterceptor) -> None:
                super().init(Outbound(outbound))

            async def execute_workflow(self, input: ExecuteWorkflowInput) -> Any:  # noqa: A002
                return await super().execute_workflow(input)

        return Inbound


def _noted(
    calls: dict[str, list[Call]], asked: StartActivityInput | StartLocalActivityInput, handle: Any
) -> Any:
    if asked.activity == "record":
        run = workflow.info().run_id
        calls.setdefault(run, []).append((workflow.unsafe.is_replaying(), asked.args[0], handle))
    return handle


async def lines(client: Client, found: Sequence[WorkflowExecution]) -> AsyncIterator[Line]:
    """The tasks of these runs, which follow each other by task and beginning. Raises RPCError."""

    async def histories() -> AsyncIterator[WorkflowHistory]:
        for run in found:
            yield await client.get_workflow_handle(run.id, run_id=run.run_id).fetch_history()

    noting = _Noting()
    replayer = Replayer(workflows=[], plugins=[plugin()], interceptors=[noting])
    telling = _Telling(client, noting)
    async with replayer.workflow_replay_iterator(histories()) as results:
        for at, run in enumerate(found):
            await telling.add(run, await anext(results))
            if at + 1 == len(found) or found[at + 1].id != run.id:
                yield telling.told(run)
                telling = _Telling(client, noting)


async def executions(client: Client, only: Sequence[str] = ()) -> list[WorkflowExecution]:
    """The runs of tasks that the engine keeps, by task and beginning; `only` of some. Raises RPCError."""
    if only:
        found = [one for task in only async for one in client.list_workflows(f"WorkflowId = '{task}'")]
    else:
        found = [one async for one in client.list_workflows(EVERY_TASK, page_size=1000)]
    return sorted(found, key=lambda one: (one.id, one.start_time))


class _Telling:
    """One task, run by run."""

    def __init__(self, client: Client, noting: _Noting) -> None:
        self._client, self._noting = client, noting
        self._start: TaskStart | None = None
        self._lived: list[Happened] = []
        self._pending: Transition | None = None
        self._facts: Facts | None = None
        self._carried: set[str] = set()
        self._length = 0
        self._fault = ""

    async def add(self, run: WorkflowExecution, replayed: WorkflowReplayResult) -> None:
        """One more run of the task; after one that could not be replayed nothing is known."""
        history = replayed.history
        start = self._start = await _start_of(self._client, history)
        self._length += len(history.events)
        calls = self._noting.calls.pop(run.run_id, [])
        if replayed.replay_failure is not None:
            failure = replayed.replay_failure
            self._fault = self._fault or str(failure) or type(failure).__name__
        if self._fault:
            return
        if start.carried:
            self._facts = start.carried.facts
            self._carried |= {one.message for one in start.carried.receipts}
        done, self._pending = _settled(calls)
        self._lived += done
        for one in done[-1:]:
            answer, policy = one.answer, start.order.policy
            self._facts = fold(one.transition.facts, one.transition, answer.vacant, answer.known, policy)

    def told(self, last: WorkflowExecution) -> Line:
        """All of it."""
        assert self._start is not None
        return Line(
            last.id,
            self._start,
            last.status or WorkflowExecutionStatus.RUNNING,
            tuple(self._lived),
            self._pending,
            self._facts,
            frozenset(self._carried),
            self._length,
            self._fault,
        )


def _settled(calls: list[Call]) -> tuple[list[Happened], Transition | None]:
    """What was recorded, in order; and what history has ordered to be recorded without an answer yet.

    A local attempt that failed is followed by a remote one for the same transition.
    """
    done: list[Happened] = []
    pending: Transition | None = None
    for in_history, transition, handle in calls:
        if not in_history:
            break
        pending = transition
        if handle.done() and not handle.cancelled() and handle.exception() is None:
            answer = handle.result()
            if isinstance(answer, Recorded):
                done.append(Happened(transition, answer))
                pending = None
    return done, pending


async def _start_of(client: Client, history: WorkflowHistory) -> TaskStart:
    began = history.events[0].workflow_execution_started_event_attributes
    (start,) = await client.data_converter.decode(list(began.input.payloads), [TaskStart])
    assert isinstance(start, TaskStart)
    return start


async def status_of(client: Client, workflow_id: str) -> WorkflowExecutionStatus | None:
    """How the newest run of a workflow stands; None where the engine does not know it. Raises RPCError."""
    try:
        return (await client.get_workflow_handle(workflow_id).describe()).status
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        return None
