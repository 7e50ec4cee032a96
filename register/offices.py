"""Which units monitor and which issue, by the plans in the register."""

from typing import NamedTuple

from sqlalchemy import Connection, select

from register.open import Register
from register.plans import plan_of
from register.tables import directives


class Offices(NamedTuple):
    """Units by what they do in the plans that the register holds."""

    monitors: frozenset[str]
    issuers: frozenset[str]


async def offices(register: Register) -> Offices:
    """The units that monitor a task of any plan, and those that issued one. Raises RegisterDown."""
    async with register.read() as connection:
        return await connection.run_sync(_offices, register)


def _offices(connection: Connection, register: Register) -> Offices:
    monitors: set[str] = set()
    issuers: set[str] = set()
    for directive in connection.scalars(select(directives.c.id)).all():
        held = register.memory.offices.get(directive)
        if held is None:
            plan = plan_of(connection, register.memory, directive)
            watching = frozenset(task.monitor for task in plan.tasks)
            held = register.memory.offices.put(directive, (plan.directive.issuer, watching))
        issuers.add(held[0])
        monitors |= held[1]
    return Offices(frozenset(monitors - {""}), frozenset(issuers))
