"""Three tasks of one letter in a house whose parts are to be disturbed, and what an undisturbed run leaves of them.

A person's acts follow the events and not the clock, so the causes that are recorded are the same however long a
disturbance lasted: each act, and each mark's key once, taken or superseded.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import (
    DescribeWorkflowExecutionRequest,
    DescribeWorkflowExecutionResponse,
)
from temporalio.client import WorkflowHandle

from directive.due import Due, end_of_day
from directive.message import Act, Door, Message
from directive.question import Choice
from directive.record import Receipt, TaskEnd, TaskStart
from directive.task import Order
from directive.wire import DELIVERY, TASK_QUEUE, TASK_WORKFLOW
from register.outbox import unsent
from register.plans import orders_of, save_directory, save_plan
from register.reading import events, facts_of, notices_of
from tests.degraded.lives import CALM, SHORT, Life
from tests.degraded.past import taken_in, timers_due
from tests.register.given import DIRECTIVE, directory, plan, planned
from tests.whole.house import House, kill, until
from workflows.delivery import DeliveryWorkflow
from workflows.task import DirectiveTaskWorkflow

Task = WorkflowHandle[DirectiveTaskWorkflow, TaskEnd]

NOTICED = timedelta(seconds=2)
"""After so long the server gives a workflow task that nobody answered to another worker; else after ten."""
UNITS = ("so-a", "so-b", "so-c")


@dataclass
class Place(House):
    """A house that tells commands of this process where everything is."""

    def start_of(self, order: Order) -> object:
        """What a task's workflow is given."""
        return TaskStart(order=order)

    @property
    def variables(self) -> dict[str, str]:
        """What a command needs to know to work here."""
        return {
            "DONDOC_DATA": str(self.folder),
            "DONDOC_REGISTER_URL": self.register_url,
            "DONDOC_CLOCK": self.clock.model_dump_json(),
            "TEMPORAL_ADDRESS": self.address,
        }


class Scene:
    """The tasks of one life by their unit."""

    def __init__(self, place: Place, life: Life) -> None:
        self.place, self.life, self.tasks = place, life, dict[str, Task]()
        self._in_the_air = defaultdict[str, set[str]](set)
        """What was said to each task and is not answered yet."""

    async def begin(self) -> None:
        """The life begins now; the tasks are assigned, and recorded when this returns."""
        place, life = self.place, self.life
        await save_directory(place.register, directory())
        task = planned("1", ("cac-so",), due=Due(day=life.due, instant=end_of_day(life.due)))
        await save_plan(place.register, plan(task, policy=CALM), "d1")
        place.clock = place.before(life.first, life.scale)
        for order in await orders_of(place.register, DIRECTIVE, place.clock):
            self.tasks[order.task.unit] = await place.client.start_workflow(
                TASK_WORKFLOW,
                place.start_of(order),
                id=order.task.id,
                task_queue=TASK_QUEUE,
                task_timeout=NOTICED,
                result_type=TaskEnd,
            )
        await place.client.start_workflow(
            DeliveryWorkflow.run, place.clock, id=DELIVERY, task_queue=TASK_QUEUE, task_timeout=NOTICED
        )
        await self.reach("assigned")
        await asyncio.gather(*(self.say(unit, Act.ACKNOWLEDGE) for unit in self.tasks))

    async def ids(self, task: Task) -> list[str]:
        """The causes that the register holds of a task, in its order."""
        return [event.id for event in await events(self.place.register, task.id)]

    async def reach(self, cause: str) -> None:
        """Wait until every task has it recorded."""

        async def there() -> bool:
            return all([cause in await self.ids(task) for task in self.tasks.values()])

        await until(there, f"{cause}\n{self.place.logs()}")

    async def say(self, unit: str, act: Act, **said: Any) -> Receipt:
        """An officer's act, sent until it is recorded."""
        return await self._send(unit, act, f"officer-{unit}", f"officer:{unit}", **said)

    async def approve(self, unit: str) -> Receipt:
        """The approver says yes."""
        return await self._send(unit, Act.ANSWER, "approver", "approver:du", choice=Choice.APPROVE)

    async def _send(self, unit: str, act: Act, actor: str, role: str, **said: Any) -> Receipt:
        task = self.tasks[unit]
        name = said.pop("id", f"{act}-{unit}")
        said = {"at": self.place.now(), **said}
        message = Message(id=name, act=act, actor=actor, role=role, door=Door.CLI, **said)
        self._in_the_air[unit].add(name)
        receipt: Receipt = await task.execute_update(act, message, id=name, result_type=Receipt)
        self._in_the_air[unit].discard(name)
        assert name in await self.ids(task), "nobody hears «done» before it is recorded"
        return receipt

    async def described(self, unit: str) -> DescribeWorkflowExecutionResponse:
        """What the engine says of a task."""
        asked = DescribeWorkflowExecutionRequest(
            namespace="default", execution=WorkflowExecution(workflow_id=self.tasks[unit].id)
        )
        return await self.place.client.workflow_service.describe_workflow_execution(asked)

    async def waits(self, unit: str, attempt: int) -> None:
        """Wait until a record of the task is at that try, on the server's side."""

        async def tried() -> bool:
            return any(one.attempt >= attempt for one in (await self.described(unit)).pending_activities)

        await until(tried, f"try {attempt} of {unit}\n{self.place.logs()}")

    async def came_due(self, at: datetime) -> list[int]:
        """Wait until the office's clock has passed `at` and the engine has done its part; how long the histories are.

        From then on only a record may add to them, or an act.
        """

        async def at_rest() -> bool:
            return all([await self._only_tries(unit) for unit in self.tasks])

        await self.passes(at)
        await until(at_rest, f"{at} has passed\n{self.place.logs()}")
        return await self.lengths()

    async def _only_tries(self, unit: str) -> bool:
        """Whether a task does nothing but try to record: its timers have come, what was said to it is taken in."""
        said = await self.described(unit)
        if said.HasField("pending_workflow_task") or not said.pending_activities:
            return False
        past = (await self.tasks[unit].fetch_history()).events
        return not timers_due(past) and self._in_the_air[unit] <= taken_in(past)

    async def passes(self, at: datetime) -> None:
        """Wait until the office's clock has passed `at`, whatever is left undone."""

        async def passed() -> bool:
            return self.place.now() > at + timedelta(seconds=self.life.scale)

        await until(passed, f"{at} has passed")

    async def lengths(self) -> list[int]:
        """How many events each history has."""
        said = [await self.described(unit) for unit in self.tasks]
        return [one.workflow_execution_info.history_length for one in said]

    async def end(self) -> None:
        """Once the last mark is recorded everybody reports and is approved; then it is all as undisturbed."""
        await self.reach(self.life.marks[-1])
        for unit in self.tasks:
            await self.say(unit, Act.REPORT, text="đã làm xong")
            await self.approve(unit)
        await self.is_as_undisturbed()

    async def is_as_undisturbed(self) -> None:
        """The same causes, each once; engine and register agree; every notice went out in one message."""
        for unit, task in self.tasks.items():
            causes = await self.ids(task)
            expected = {
                "assigned",
                f"acknowledge-{unit}",
                *self.life.marks,
                f"report-{unit}",
                f"answer-{unit}",
            }
            said = {one for one in causes if one.startswith("said-")}
            assert len(causes) == len(set(causes))
            assert set(causes) - said == expected, sorted((set(causes) - said) ^ expected)
            facts = (await facts_of(self.place.register, [task.id]))[task.id]
            assert facts.closed
            assert (await task.result()).state == facts.state
        await self._told_once()

    async def _told_once(self) -> None:
        """A notice is there once, and each message that carries some is one file; what still waits may wait."""

        async def one_file_each() -> bool:
            if await unsent(self.place.register):
                return False
            told = [
                one for task in self.tasks.values() for one in await notices_of(self.place.register, task.id)
            ]
            assert len({(one.task, one.event_id, one.person) for one in told}) == len(told)
            return len(self.place.mails()) == len({one.message for one in told if one.message})

        await until(one_file_each, f"one file a message\n{self.place.logs()}")


@asynccontextmanager
async def a_scene(place: Place, life: Life = SHORT, **worker: str) -> AsyncIterator[Scene]:
    """The place with its server and a worker; the tasks are assigned. Everything in it is ended at the end.

    `worker` is what the worker's environment has besides.
    """
    try:
        await place.start_server()
        await place.start_worker(**worker)
        scene = Scene(place, life)
        await scene.begin()
        yield scene
    finally:
        for process in reversed(place.processes):
            kill(process)
        await place.register.close()
