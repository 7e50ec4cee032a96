"""A house with people in it: the real server, the real register, a worker in this process, and tasks to act on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from temporalio.client import WorkflowHandle

from desk.exit import Stop
from desk.late import second_answer
from desk.saying import Case
from desk.send import send
from directive.clock import OfficeClock
from directive.directory import Absence
from directive.due import OFFICE_ZONE, utc
from directive.event import Event, EventKind
from directive.message import Act, Door, Message
from directive.plan import Plan
from directive.record import Receipt, TaskEnd, TaskStart
from directive.task import Facts
from directive.wire import TASK_QUEUE
from notices.folder import EmlFolder
from register.plans import orders_of, save_directory, save_plan
from register.reading import events, facts_of
from tests.register.given import directory
from tests.whole.house import House, a_house, until
from worker import build
from workflows.approval import ApprovalWorkflow
from workflows.task import DirectiveTaskWorkflow

Task = WorkflowHandle[DirectiveTaskWorkflow, TaskEnd]
MORNING = utc(datetime(2026, 6, 8, 9, 0, tzinfo=OFFICE_ZONE))


class Living:
    """One house, its tasks by code, and what people say to them."""

    def __init__(self, house: House) -> None:
        self.house, self.tasks = house, dict[str, Task]()

    async def begin(self, made: Plan) -> None:
        """Start every task of a plan, or an approval; all are recorded when this returns."""
        await save_plan(self.house.register, made, "d1")
        for order in await orders_of(self.house.register, made.directive.id, self.house.clock):
            lives: Any = ApprovalWorkflow.run if made.request else DirectiveTaskWorkflow.run
            said = made.request.submission(self.house.now()) if made.request else None
            start = TaskStart(order=order, submission=said)
            task: Task = await self.house.client.start_workflow(
                lives, start, id=order.task.id, task_queue=TASK_QUEUE
            )
            self.tasks[order.task.code] = task

            async def there(task: Task = task) -> bool:
                return bool(await self.events(task))

            await until(there, f"{task.id} is recorded")

    def message(self, name: str, act: Act, actor: str, role: str, **said: Any) -> Message:
        """What a person says now."""
        fields = {"at": self.house.now(), "door": Door.CLI, **said}
        return Message(id=name, act=act, actor=actor, role=role, **fields)

    async def facts(self, task: Task) -> Facts:
        """What the register holds of a task."""
        return (await facts_of(self.house.register, [task.id]))[task.id]

    async def events(self, task: Task) -> list[Event]:
        """What the register holds of its past."""
        return await events(self.house.register, task.id)

    async def kinds(self, task: Task) -> list[EventKind]:
        """The same, by kind."""
        return [one.kind for one in await self.events(task)]

    async def say(self, task: Task, message: Message) -> Receipt | Stop | None:
        """Say it through the desk: the receipt, or why it was refused."""
        case = Case(await self.facts(task), directory())
        try:
            return await send(self.house.client, self.house.register, case, message)
        except Stop as stop:
            await second_answer(self.house.register, case, message, stop)
            return stop

    async def do(self, task: Task, name: str, act: Act, actor: str, role: str, **said: Any) -> Receipt:
        """Do it; it has to succeed."""
        done = await self.say(task, self.message(name, act, actor, role, **said))
        assert isinstance(done, Receipt), done
        return done


@asynccontextmanager
async def living(
    folder: Path,
    register_url: str,
    *plans: Plan,
    absences: tuple[Absence, ...] = (),
    server_options: tuple[str, ...] = (),
) -> AsyncIterator[Living]:
    """A house on a Monday morning in June 2026 with the tasks of some plans."""
    clock = OfficeClock.starting(MORNING, datetime.now(UTC))
    async with a_house(folder / "house", clock, register_url, server_options) as house:
        await save_directory(house.register, directory(absences=absences))
        async with build(house.client, house.register, EmlFolder(house.outbox)):
            alive = Living(house)
            for made in plans:
                await alive.begin(made)
            yield alive
