"""When a notice is due, and when delivery has to be awake for it: a record compares that with how long it sleeps."""

from datetime import date, datetime, timedelta

from directive.calendar import WorkCalendar
from directive.due import local_day
from directive.event import Event
from directive.policy import DeliveryPolicy
from notices.gather import MOST_URGENT
from notices.hours import digest_instant, is_open, same_day


def due_at(event: Event, policy: DeliveryPolicy, calendar: WorkCalendar, urgency: str) -> datetime:
    """The instant (UTC) from which on an event of a directive with this urgency is to be told.

    What is hỏa tốc at once, what is urgent once it is gathered, the rest with the digest.
    """
    if urgency == MOST_URGENT:
        return event.at
    if event.urgent:
        return event.at + _gathering(policy)
    belongs = event.planned or event.at
    return max(_digest_not_before(belongs, policy, calendar), event.at)


def wakes_at(event: Event, policy: DeliveryPolicy, calendar: WorkCalendar, urgency: str) -> datetime:
    """The instant (UTC) by which delivery has to look: a digest is gathered first, where the day is long enough.

    What is urgent wakes it in the night too: delivery goes by the calendar in force, a record by that of its task.
    """
    due = due_at(event, policy, calendar, urgency)
    if urgency == MOST_URGENT or event.urgent:
        return due
    gathered = due + _gathering(policy)
    return gathered if is_open(gathered, policy, calendar) and same_day(gathered, due) else due


def _digest_not_before(instant: datetime, policy: DeliveryPolicy, calendar: WorkCalendar) -> datetime:
    day: date = calendar.roll_forward(local_day(instant))
    at = digest_instant(day, policy, calendar)
    if at >= instant:
        return at
    return digest_instant(calendar.roll_forward(day + timedelta(days=1)), policy, calendar)


def _gathering(policy: DeliveryPolicy) -> timedelta:
    """How long what came alone waits for more."""
    return timedelta(seconds=min(policy.gather_seconds, policy.gather_at_most_seconds))
