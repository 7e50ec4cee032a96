"""One line of a task's ledger of suspensions."""

from datetime import date, datetime

from directive.question import Climb
from directive.value import Value


class Span(Value):
    """One suspension. `ends` is the day its decider is asked to renew or resume; None takes the policy's default.

    `by` decided it in `role`, for `on_behalf_of` where that person was away, and `ended_by` that the clock runs
    again: both empty in ledgers of the first releases.
    """

    since: datetime
    reason: str
    ends: date | None = None
    until: datetime | None = None
    asked: Climb = Climb()
    by: str = ""
    role: str = ""
    on_behalf_of: str = ""
    ended_by: str = ""
