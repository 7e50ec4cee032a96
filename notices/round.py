"""One round of delivery, whole: nobody need call it from its beginning to its end, and nothing written then is left.

A record that is written after the look and before the end finds that delivery is not asleep, and calls nobody. So the
end, once it has said until when it sleeps, looks for what has come since, and sleeps no longer than that allows.
"""

from collections.abc import Sequence
from datetime import datetime

from notices.channel import Way
from notices.deliver import deliver
from notices.link import Links
from notices.waking import wakes_at
from register.office import current_calendar
from register.open import Register
from register.outbox import note_next
from register.outbox_models import Notice
from register.plans import load_plans
from register.rounds import begin_round
from register.waiting import waiting_besides, waiting_ids


async def look(
    register: Register, channel: Way, *, now: datetime, links: Links | None = None
) -> datetime | None:
    """Send what is ready at `now` (the office's instant, UTC); until when delivery may sleep. Raises RegisterDown."""
    round_ = await begin_round(register)
    seen = await waiting_ids(register)
    next_at = await deliver(register, channel, now=now, links=links, round_=round_)
    fresh = await waiting_besides(register, seen)
    if not fresh:
        return next_at
    sooner = await _needed(register, fresh)
    if next_at is not None and next_at <= sooner:
        return next_at
    await note_next(register, sooner, round_)
    return sooner


async def _needed(register: Register, fresh: Sequence[Notice]) -> datetime:
    """The first instant at which something may be done about any of them."""
    calendar = await current_calendar(register)
    plans = await load_plans(register, (one.directive for one in fresh))
    return min(
        wakes_at(one.event, plans[one.directive].policy.delivery, calendar, one.urgency) for one in fresh
    )
