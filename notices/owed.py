"""Whom a round of delivery has left without what was due: what a repair may not take for told."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from directive.calendar import WorkCalendar
from directive.plan import Plan
from notices.waking import due_at
from register.office import load_calendar
from register.open import Register
from register.plans import load_plans
from register.sending import unreached
from register.waiting import Awaited, awaited


async def owed(register: Register, now: datetime) -> frozenset[str]:
    """Who has something in the house that was due at `now` (the office's instant, UTC), for whatever reason.

    A channel that is down, a round that was cut short, quiet hours, a digest that has gone already, an address that
    takes nothing: what is due and has not left is still to be told. Raises RegisterDown.
    """
    waiting = await awaited(register)
    plans = await load_plans(register, (one.directive for one in waiting))
    calendars = {
        version: await load_calendar(register, version)
        for version in sorted({plan.calendar for plan in plans.values()})
    }
    late = await asyncio.to_thread(_due, waiting, now, plans, calendars)  # after a storm thousands wait
    return late | await unreached(register)


def _due(
    waiting: Sequence[Awaited],
    now: datetime,
    plans: dict[str, Plan],
    calendars: dict[str, WorkCalendar],
) -> frozenset[str]:
    def due(one: Awaited) -> datetime:
        plan = plans[one.directive]
        return due_at(one.event, plan.policy.delivery, calendars[plan.calendar], one.urgency)

    return frozenset(one.person for one in waiting if due(one) <= now)
