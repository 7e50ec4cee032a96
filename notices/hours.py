"""When anything may leave the house: the open hours of sending, and the instant of each day's digest.

Pure. Times of the policy are local (Asia/Ho_Chi_Minh), instants are UTC (`domain.md` §5: quiet hours, the digest).
"""

from datetime import date, datetime, time, timedelta

from directive.calendar import WorkCalendar
from directive.due import OFFICE_ZONE, local_day, utc
from directive.policy import DeliveryPolicy


def is_open(instant: datetime, policy: DeliveryPolicy, calendar: WorkCalendar) -> bool:
    """Whether messages may go out: on a working day and outside the quiet hours."""
    local = instant.astimezone(OFFICE_ZONE)
    return calendar.is_working_day(local.date()) and not _is_quiet(local.time(), policy)


def next_open(instant: datetime, policy: DeliveryPolicy, calendar: WorkCalendar) -> datetime:
    """The first instant not before `instant` at which messages may go out."""
    while not is_open(instant, policy, calendar):
        local = instant.astimezone(OFFICE_ZONE)
        end = _local(local.date(), policy.quiet_until)
        if not calendar.is_working_day(local.date()) or end <= local:
            day = calendar.roll_forward(local.date() + timedelta(days=1))
            end = _local(day, policy.quiet_until if _is_quiet(time(0), policy) else time(0))
        instant = utc(end)
    return instant


def digest_instant(day: date, policy: DeliveryPolicy, calendar: WorkCalendar) -> datetime:
    """The instant of a working day's digest; one set inside the quiet hours moves to where that day is open."""
    wanted = utc(_local(day, policy.digest_at))
    at = next_open(wanted, policy, calendar)
    return at if same_day(at, wanted) else next_open(utc(_local(day, time(0))), policy, calendar)


def same_day(one: datetime, other: datetime) -> bool:
    """Whether the office calls both instants the same day."""
    return local_day(one) == local_day(other)


def _is_quiet(clock: time, policy: DeliveryPolicy) -> bool:
    start, end = policy.quiet_from, policy.quiet_until
    if start <= end:
        return start <= clock < end
    return clock >= start or clock < end


def _local(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, OFFICE_ZONE)
