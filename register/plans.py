"""Plans in the register: a directive's id stands for one plan for ever, with the directory it was checked against.

Office data (`save_directory`, `save_calendar` …) is in `register/office.py` and can be had from here as well.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, select

from directive.clock import OfficeClock
from directive.codes import ascii_slug
from directive.directory import Directory
from directive.plan import Plan
from directive.task import Order
from register.memory import Memory
from register.office import (
    NotRecorded,
    Saved,
    VersionDiffers,
    calendar_of,
    current_calendar,
    current_directory,
    directory_of,
    load_calendar,
    load_directory,
    save_calendar,
    save_directory,
)
from register.open import Register
from register.tables import directives
from register.upsert import insert_new
from register.writer import lock

__all__ = [
    "NotRecorded",
    "PlanDiffers",
    "Saved",
    "VersionDiffers",
    "current_calendar",
    "current_directory",
    "directory_of_plan",
    "load_calendar",
    "load_directory",
    "load_plan",
    "load_plans",
    "number_of_orders",
    "orders_of",
    "save_calendar",
    "save_directory",
    "save_plan",
]


class PlanDiffers(Exception):
    """The directive is in the register with another plan. `differences` names what differs, one line each:

    `tasks.1.2.due`, `tasks.3 (only in the register)`, `policy.overdue`.
    """

    def __init__(self, directive: str, existing: str, differences: tuple[str, ...]) -> None:
        super().__init__(f"{directive} is in the register with another plan: {', '.join(differences)}")
        self.directive, self.existing, self.differences = directive, existing, differences


async def save_plan(register: Register, plan: Plan, directory_version: str) -> Saved:
    """Keep a plan with the version of the directory that resolves its groups; the same plan again is SAME.

    The first directory stays with the plan, so that a repeat gives the same orders. Raises PlanDiffers,
    NotRecorded for an unknown directory or calendar, RegisterDown.
    """
    return await register.writing(
        lambda connection: _save(connection, register.memory, plan, directory_version)
    )


def _save(connection: Connection, memory: Memory, plan: Plan, directory_version: str) -> Saved:
    directive = plan.directive.id
    lock(connection, directive)
    there = connection.scalar(select(directives.c.digest).where(directives.c.id == directive))
    if there == plan.digest:
        return Saved.SAME
    if there is not None:
        kept = plan_of(connection, memory, directive)
        raise PlanDiffers(directive, str(there), tuple(_differences(kept, plan)))
    directory_of(connection, memory, directory_version)
    calendar_of(connection, memory, plan.calendar)
    connection.execute(insert_new(connection, directives), _row(plan, directory_version))
    return Saved.NEW


async def load_plan(register: Register, directive: str) -> Plan:
    """The plan of a directive. Raises NotRecorded, RegisterDown."""
    held = register.memory.plans.get(directive)
    if held is not None:
        return held
    return await register.reading(lambda it: plan_of(it, register.memory, directive))


async def load_plans(register: Register, names: Iterable[str]) -> dict[str, Plan]:
    """The plans of some directives, by id, each once. Raises NotRecorded, RegisterDown."""
    return {name: await load_plan(register, name) for name in sorted(set(names))}


async def directory_of_plan(register: Register, directive: str) -> str:
    """The version of the directory that resolves the plan's groups. Raises NotRecorded, RegisterDown."""
    async with register.read() as connection:
        found = await connection.scalar(select(directives.c.directory).where(directives.c.id == directive))
    if found is None:
        raise NotRecorded("directive", directive)
    return str(found)


async def orders_of(
    register: Register, directive: str, clock: OfficeClock, first: int = 0, most: int | None = None
) -> tuple[Order, ...]:
    """The orders of a directive, the same ones at every call; at most so many from the `first` on.

    All of a province's take 47 MiB and a second. Raises NotRecorded, RegisterDown.
    """
    plan, directory = await _with_directory(register, directive)
    return tuple(plan.orders(directory, clock, first, most))


async def number_of_orders(register: Register, directive: str) -> int:
    """How many tasks a directive gives, started or not. Raises NotRecorded, RegisterDown."""
    plan, directory = await _with_directory(register, directive)
    return plan.number_of_orders(directory)


async def _with_directory(register: Register, directive: str) -> tuple[Plan, Directory]:
    plan = await load_plan(register, directive)
    return plan, await load_directory(register, await directory_of_plan(register, directive))


def plan_of(connection: Connection, memory: Memory, directive: str) -> Plan:
    """The plan of a directive, within a transaction. Raises NotRecorded."""
    held = memory.plans.get(directive)
    if held is not None:
        return held
    body = connection.scalar(select(directives.c.body).where(directives.c.id == directive))
    if body is None:
        raise NotRecorded("directive", directive)
    return memory.plans.put(directive, Plan.model_validate_json(body))


def _row(plan: Plan, directory_version: str) -> dict[str, Any]:
    header = plan.directive
    return {
        "id": header.id,
        "number": header.number,
        "slug": ascii_slug(header.number),
        "issued": header.issued,
        "issuer": header.issuer,
        "subject": header.subject,
        "urgency": plan.urgency,
        "digest": plan.digest,
        "directory": directory_version,
        "calendar": plan.calendar,
        "body": plan.model_dump_json(),
    }


def _differences(kept: Plan, other: Plan) -> Iterator[str]:
    before, after = kept.model_dump(mode="json"), other.model_dump(mode="json")
    yield from _fields("directive", before["directive"], after["directive"])
    old, new = ({task["code"]: task for task in plan["tasks"]} for plan in (before, after))
    for code in dict.fromkeys((*old, *new)):
        if code not in new:
            yield f"tasks.{code} (only in the register)"
        elif code not in old:
            yield f"tasks.{code} (new)"
        else:
            yield from _fields(f"tasks.{code}", old[code], new[code])
    if list(old) != list(new) and set(old) == set(new):
        yield "tasks (order)"
    yield from _fields("policy", before["policy"], after["policy"])
    yield from _fields("request", before["request"] or {}, after["request"] or {})
    if before["calendar"] != after["calendar"]:
        yield "calendar"


def _fields(name: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    yield from (f"{name}.{field}" for field in before if before[field] != after.get(field))
