"""What the register holds of one task, as the repair compares it with the engine."""

from typing import NamedTuple

from sqlalchemy import Connection, func, select

from directive.codes import APPROVAL
from directive.event import Event
from directive.record import Receipt
from directive.task import Facts, State
from register.open import Register
from register.tables import directives, events, tasks


class Held(NamedTuple):
    """A task's facts, the ids of its events in order, and the receipts of what people did to it."""

    facts: Facts
    ids: tuple[str, ...]
    receipts: tuple[Receipt, ...]

    @property
    def acts(self) -> dict[str, Receipt]:
        """What people did, by the id of the message."""
        return {one.message: one for one in self.receipts}


async def held_of(register: Register, task: str) -> Held | None:
    """What there is of a task; None where it is not recorded. Raises RegisterDown."""
    async with register.read() as connection:
        return await connection.run_sync(_held, task)


def _held(connection: Connection, task: str) -> Held | None:
    body = connection.scalar(select(tasks.c.facts).where(tasks.c.id == task))
    if body is None:
        return None
    facts = Facts.model_validate_json(body)
    wanted = select(events.c.id, events.c.body, events.c.state).where(events.c.task == task)
    rows = connection.execute(wanted.order_by(events.c.seq)).all()
    acts = [(Event.model_validate_json(row.body), row.state) for row in rows if '"door"' in row.body]
    receipts = tuple(_receipt(event, State(state or facts.state), task) for event, state in acts)
    return Held(facts, tuple(row.id for row in rows), receipts)


def _receipt(event: Event, state: State, task: str) -> Receipt:
    return Receipt(
        task=task, message=event.id, kind=event.kind, at=event.at, state=state, detail=event.detail
    )


async def recorded_tasks(register: Register) -> dict[str, bool]:
    """Every task that is recorded, and whether it is open. Raises RegisterDown."""
    async with register.read() as connection:
        rows = await connection.execute(select(tasks.c.id, tasks.c.closed_at))
        return {row.id: row.closed_at is None for row in rows}


class Letters(NamedTuple):
    """The directives that are recorded, by id: their numbers; `approvals` are those that are requests."""

    numbers: dict[str, str]
    approvals: frozenset[str]
    open: dict[str, int]


async def letters(register: Register) -> Letters:
    """Every directive with how many of its tasks are open. Raises RegisterDown."""
    still_open = select(func.count(tasks.c.id)).where(
        tasks.c.directive == directives.c.id, tasks.c.closed_at.is_(None)
    )
    wanted = select(directives.c.id, directives.c.number, still_open.scalar_subquery().label("open"))
    async with register.read() as connection:
        rows = (await connection.execute(wanted)).all()
    approvals = frozenset(row.id for row in rows if row.id.startswith(APPROVAL))
    return Letters({row.id: row.number for row in rows}, approvals, {row.id: row.open for row in rows})
