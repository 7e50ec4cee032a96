"""A deadline between a letter and a plan: by whose rules it is read, and how it is typed under `due:`."""

from datetime import date, datetime

from directive.deadline import Anchor, DeadlineSettings, Expected, Period, Recurrence
from directive.due import OFFICE_ZONE
from directive.policy import Policy


def settings_of(policy: Policy | None) -> DeadlineSettings:
    """How an office reads «trước ngày», and when its days end."""
    if policy is None:
        return DeadlineSettings()
    return DeadlineSettings(before_day=policy.before_day, day_ends_at=policy.day_ends_at)


def said(meant: Expected) -> str:
    """A reading as it is typed under `due:`."""
    if isinstance(meant, Period):
        meant = meant.end
    if isinstance(meant, datetime):
        return f"{meant.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"
    if isinstance(meant, date):
        return meant.isoformat()
    if isinstance(meant, Recurrence):
        following = said(meant.next) if meant.next else "?"
        return f'{{rrule: "{meant.rrule}", next: "{following}"}}'
    if isinstance(meant, Anchor):
        return f"{meant.count} {meant.unit} ({meant.anchor})"
    return ""
