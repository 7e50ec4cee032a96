"""Which units monitor, which issue, and to whom, by the plans in the register."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from register.memory import PlanOffices
from register.open import Register
from register.plans import plan_of
from register.tables import directives


class Offices(NamedTuple):
    """Units by what they do in the plans that the register holds; `given` has each issuer's lead units and groups."""

    monitors: frozenset[str] = frozenset()
    given: Mapping[str, frozenset[str]] = {}


async def offices(register: Register) -> Offices:
    """The units that monitor a task of any plan, and those that issued one. Raises RegisterDown."""
    async with register.read() as connection:
        return await connection.run_sync(_offices, register)


def _offices(connection: Connection, register: Register) -> Offices:
    """Plans are added and never changed: as long as there are as many, nothing else is read."""
    count = int(connection.scalar(select(func.count()).select_from(directives)) or 0)
    kept = register.memory.whole_offices.get(str(count))
    if not isinstance(kept, Offices):
        kept = _gathered(connection, register)
        register.memory.whole_offices.put(str(count), kept)
    return kept


def _gathered(connection: Connection, register: Register) -> Offices:
    monitors: set[str] = set()
    given: dict[str, set[str]] = {}
    for directive in connection.scalars(select(directives.c.id)).all():
        held = register.memory.offices.get(directive) or _kept(connection, register, directive)
        monitors |= held.monitors
        given.setdefault(held.issuer, set()).update(held.leads)
    return Offices(frozenset(monitors - {""}), {issuer: frozenset(leads) for issuer, leads in given.items()})


def _kept(connection: Connection, register: Register, directive: str) -> PlanOffices:
    plan = plan_of(connection, register.memory, directive)
    found = PlanOffices(
        plan.directive.issuer,
        frozenset(task.monitor for task in plan.tasks),
        frozenset(lead for task in plan.tasks for lead in task.lead),
    )
    return register.memory.offices.put(directive, found)
