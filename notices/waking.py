"""When delivery has to be awake for a notice: what a record compares with the instant delivery sleeps until."""

from datetime import date, datetime, timedelta

from directive.calendar import WorkCalendar
from directive.due import local_day
from directive.event import Event
from directive.policy import DeliveryPolicy
from notices.gather import MOST_URGENT
from notices.hours import digest_instant


def due_at(event: Event, policy: DeliveryPolicy, calendar: WorkCalendar, urgency: str) -> datetime:
    """The first instant (UTC) at which delivery may do something about an event of a directive with this urgency.

    What is hỏa tốc goes at once, what is urgent once it is gathered, the rest with the digest.
    """
    if urgency == MOST_URGENT:
        return event.at
    if event.urgent:
        return event.at + timedelta(seconds=policy.gather_seconds)
    belongs = event.planned or event.at
    return max(_digest_not_before(belongs, policy, calendar), event.at)


def _digest_not_before(instant: datetime, policy: DeliveryPolicy, calendar: WorkCalendar) -> datetime:
    day: date = calendar.roll_forward(local_day(instant))
    at = digest_instant(day, policy, calendar)
    if at >= instant:
        return at
    return digest_instant(calendar.roll_forward(day + timedelta(days=1)), policy, calendar)
