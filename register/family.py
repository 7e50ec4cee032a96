"""Parents and children in the register: what bounds a child's deadline, and whose deadlines lie after another.

A child names its parent in its facts; the plan tells at once which tasks may have any.
"""

import json
from datetime import datetime

from sqlalchemy import Connection, select

from directive.due import Due, end_of_day
from directive.plan import Plan, PlannedTask
from directive.task import CLOSED, Facts
from register.boards import BOARD
from register.lists import board_of
from register.models import TaskRow
from register.open import Register
from register.plans import load_plan, plan_of
from register.tables import directives, tasks


async def parent_due(register: Register, facts: Facts) -> Due | None:
    """The deadline that a child's may not lie after, as the parent's row has it now. Raises RegisterDown."""
    if not facts.task.parent:
        return None
    async with register.read() as connection:
        return await connection.run_sync(
            lambda it: parent_due_of(it, facts, plan_of(it, register.memory, facts.task.directive))
        )


def parent_due_of(connection: Connection, facts: Facts, plan: Plan) -> Due | None:
    """The same within a transaction: that of an open parent, or the plan's until the parent is recorded.

    A recurring parent bounds by its last period, where the plan names one: its present deadline says nothing
    of work that goes on. A closed parent bounds nothing any more: nobody could move its deadline.
    """
    parent = _planned_parent(facts, plan)
    if parent is None:
        return None
    columns = (tasks.c.state, tasks.c.due_at, tasks.c.due_day, tasks.c.due_clock)
    row = connection.execute(select(*columns).where(tasks.c.id == facts.task.parent)).one_or_none()
    if row is not None and row.state in CLOSED:
        return None
    if parent.recurrence is not None:
        until = parent.recurrence.until
        return Due(day=until, instant=end_of_day(until, plan.policy.day_ends_at)) if until else None
    if row is None:
        return parent.due
    return Due(day=row.due_day, instant=row.due_at, clock_time=row.due_clock) if row.due_at else None


def _planned_parent(facts: Facts, plan: Plan) -> PlannedTask | None:
    if not facts.task.parent:
        return None
    code = next((one.parent for one in plan.tasks if one.code == facts.task.code), "")
    return next((one for one in plan.tasks if one.code == code), None)


async def open_children(register: Register, facts: Facts) -> list[str]:
    """The ids of a task's children that are not closed, read as cheaply as a record asks for."""
    codes = _codes_below(await load_plan(register, facts.task.directive), facts.task.code)
    if not codes:
        return []
    wanted = select(tasks.c.id, tasks.c.facts).where(
        tasks.c.directive == facts.task.directive, tasks.c.code.in_(codes), tasks.c.closed_at.is_(None)
    )
    async with register.read() as connection:
        rows = (await connection.execute(wanted)).all()
    return [row.id for row in rows if _parent_in(row.facts) == facts.task.id]


async def children_of(register: Register, facts: Facts, now: datetime) -> list[TaskRow]:
    """A task's children, open and closed, by code and unit, with their lights at `now` (UTC)."""
    codes = _codes_below(await load_plan(register, facts.task.directive), facts.task.code)
    if not codes:
        return []
    wanted = select(*BOARD, tasks.c.facts).join(directives, directives.c.id == tasks.c.directive)
    wanted = wanted.where(tasks.c.directive == facts.task.directive, tasks.c.code.in_(codes))
    async with register.read() as connection:
        found = (await connection.execute(wanted.order_by(tasks.c.code, tasks.c.unit))).all()
        rows = [row for row in found if _parent_in(row.facts) == facts.task.id]
        lights = await connection.run_sync(board_of, register.memory, rows)
    return [lights.row(row, now) for row in rows]


def still_open(children: list[TaskRow]) -> list[TaskRow]:
    """The children that are not closed."""
    return [one for one in children if one.state not in CLOSED]


def due_after(children: list[TaskRow], due: Due | None) -> list[TaskRow]:
    """The open children whose deadline lies after `due`, or none where there is no `due`."""
    if due is None:
        return []
    return [one for one in still_open(children) if one.due_at is not None and one.due_at > due.instant]


async def children_due_after(
    register: Register, parent: Facts, due: Due | None, now: datetime
) -> list[TaskRow]:
    """The open children that would be due after their parent, were it due at `due`."""
    return due_after(await children_of(register, parent, now), due) if due else []


def _codes_below(plan: Plan, code: str) -> tuple[str, ...]:
    """The codes of the tasks that the plan puts under a task."""
    return tuple(one.code for one in plan.tasks if one.parent == code)


def _parent_in(facts: str) -> str:
    """The parent a task's facts name, without reading the rest of them."""
    return str(json.loads(facts)["task"].get("parent", ""))
