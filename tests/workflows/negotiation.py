"""One task due on 30/6 whose deadline is negotiated, on the skipped clock."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from typing import Any

from directive.policy import Policy
from directive.question import Choice
from directive.record import Receipt
from directive.task import Facts
from directive.wire import PARENT_MOVED
from tests.workflows.office import APPROVER, END_OF_JUNE, OFFICER, POLL, Office, Task, an_office, local
from tests.workflows.test_task import due_on

LAST_DAY, JULY_10, JULY_20 = date(2026, 6, 30), date(2026, 7, 10), date(2026, 7, 20)


class Negotiation:
    """One task due on 30/6, and what is said about its deadline."""

    def __init__(self, office: Office, task: Task) -> None:
        self.office, self.task = office, task

    async def ask(self, day: date = JULY_20, role: str = OFFICER, actor: str = "", **said: Any) -> Receipt:
        """The unit asks for a later deadline."""
        said = {"reason": "Chờ số liệu", **said}
        return await self.office.act(self.task, "request_extension", role, actor, day=day, **said)

    async def answer(self, choice: Choice, role: str = APPROVER, actor: str = "", **said: Any) -> Receipt:
        """Somebody answers what is open."""
        return await self.office.act(self.task, "answer", role, actor, choice=choice, **said)

    async def facts(self) -> Facts:
        """The task as it knows itself."""
        return (await self.office.view(self.task)).facts

    async def bound(self, day: date) -> None:
        """The parent's deadline moves to a day, and the task hears of it."""
        self.office.ledger.parent_due = due_on(day)
        await self.task.signal(PARENT_MOVED)
        while (await self.office.view(self.task)).outlook.parent_due != due_on(day):
            await asyncio.sleep(POLL)  # until the register has been asked anew

    def since(self, kind: str) -> list[tuple[str, datetime | None]]:
        """What happened from the first event of a kind on, and when that was planned for; reminders left out."""
        told = [one for one in self.office.ledger.of(self.task.id) if one.kind != "reminded"]
        first = next(place for place, one in enumerate(told) if one.kind == kind)
        return [(one.kind, one.planned) for one in told[first:]]

    def climbed(self) -> list[tuple[int, datetime | None]]:
        """The levels that were asked of the overdue task, and when."""
        told = self.office.ledger.of(self.task.id)
        return [(one.level, one.planned) for one in told if one.kind == "escalated"]


@asynccontextmanager
async def negotiating(
    at: str = "22/6", clock: str = "09:00", policy: Policy | None = None
) -> AsyncIterator[Negotiation]:
    """An acknowledged task of which nothing is handed in, at an instant."""
    async with an_office(policy=policy) as office:
        task = await office.start(END_OF_JUNE)
        await office.act(task, "acknowledge", OFFICER)
        await office.until(local(at, clock))
        yield Negotiation(office, task)
