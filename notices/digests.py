"""Whose digest of the day has gone already: read from the messages, so that it cannot drift from them."""

from datetime import date, datetime, time

from sqlalchemy import select

from directive.calendar import WorkCalendar
from directive.due import OFFICE_ZONE, local_day, utc
from directive.policy import DeliveryPolicy
from notices.gather import MOST_URGENT
from notices.hours import digest_instant
from register.open import Register
from register.outbox_tables import messages, notices
from register.tables import directives, tasks


async def digests_of_today(
    register: Register, now: datetime, policy: DeliveryPolicy, calendar: WorkCalendar
) -> dict[str, date]:
    """The people whose digest of the office's day of `now` (UTC) has been decided. Raises RegisterDown.

    A message is the day's digest when it was decided at or after the digest's instant and carries something that
    waits for digests: neither an urgent notice nor hỏa tốc.
    """
    day = local_day(now)
    if not calendar.is_working_day(day):
        return {}
    since = max(digest_instant(day, policy, calendar), utc(datetime.combine(day, time(0), OFFICE_ZONE)))
    wanted = (
        select(messages.c.person)
        .distinct()
        .join(notices, notices.c.message == messages.c.id)
        .join(tasks, tasks.c.id == notices.c.task)
        .join(directives, directives.c.id == tasks.c.directive)
        .where(
            messages.c.decided_at >= since, notices.c.urgent.is_(False), directives.c.urgency != MOST_URGENT
        )
    )
    async with register.read() as connection:
        return dict.fromkeys((await connection.execute(wanted)).scalars(), day)
