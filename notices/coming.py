"""Who will hear of more in a moment: for them marks have come due that are not recorded yet.

Thousands of marks of one instant are recorded one after the other, and a worker may be away in between. What is
gathered for a person waits for what is still on its way, as long as the policy gathers at most.
"""

from collections.abc import Iterable
from datetime import datetime

from directive.directory import Directory
from directive.due import local_day
from directive.roles import RoleKind, role
from register.owed import Asked


def coming(owed: Iterable[Asked], directory: Directory, now: datetime) -> frozenset[str]:
    """The people who hold, at `now` (the office's instant, UTC), what the marks that are due ask."""
    day = local_day(now)
    return frozenset(
        seat.person
        for one in owed
        for wanted in one.roles
        for seat in directory.seats(wanted, day, _officer(one, wanted)).seats
    )


def _officer(asked: Asked, wanted: str) -> str:
    return asked.officer if wanted == role(RoleKind.OFFICER, asked.unit) else ""
