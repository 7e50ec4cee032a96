"""What an earlier round has left: when each message may go out, by the hours of the directives it tells of."""

from collections.abc import Sequence
from datetime import datetime

from directive.calendar import WorkCalendar
from directive.plan import Plan
from directive.policy import DeliveryPolicy
from notices.gather import MOST_URGENT
from notices.hours import next_open
from register.open import Register
from register.outbox_models import Message
from register.plans import load_plans
from register.sending import directives_of


async def ready(
    register: Register, left: Sequence[Message], now: datetime, calendar: WorkCalendar
) -> list[tuple[datetime, Message]]:
    """The messages with the instant (UTC, at least `now`) from which each may go out. Raises RegisterDown.

    One that is tried again keeps the quiet hours like a new one; what is hỏa tốc and a link to sign in know none.
    """
    directives = await directives_of(register, [one.id for one in left])
    plans = await load_plans(register, (name for found in directives.values() for name in found))
    return [
        (_from(one, [plans[name] for name in sorted(directives.get(one.id, ()))], now, calendar), one)
        for one in left
    ]


def _from(message: Message, plans: Sequence[Plan], now: datetime, calendar: WorkCalendar) -> datetime:
    at = max(now, message.retry_at or now)
    if message.kind == "sign_in" or any(plan.urgency == MOST_URGENT for plan in plans):
        return at
    return next_open(at, hours_of(plans), calendar)


def hours_of(plans: Sequence[Plan]) -> DeliveryPolicy:
    """The hours that hold for several directives at once: those of the newest."""
    newest = max(plans, key=lambda plan: (plan.directive.issued, plan.directive.id), default=None)
    return newest.policy.delivery if newest else DeliveryPolicy()
