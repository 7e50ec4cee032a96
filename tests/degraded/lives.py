"""The two lives that are disturbed: how fast the office's clock goes in them, and which marks they have."""

from datetime import date, datetime
from typing import NamedTuple

from directive.due import OFFICE_ZONE, utc
from tests.register.given import STANDARD

_LEVELS = STANDARD.overdue.levels
CALM = STANDARD.model_copy(
    update={
        "acknowledge": (),
        "reminders": STANDARD.reminders[1:],
        "overdue": STANDARD.overdue.model_copy(update={"levels": _LEVELS[:1], "repeat_every": 60}),
    }
)
"""The standard policy with one rung, no reminder a week ahead and none to acknowledge: however slow the machine is and
however early the clock begins, nothing comes before the first mark of a life, nor before people report.
"""


class Life(NamedTuple):
    """How fast the office's clock goes in a life, and the marks until people report.

    It begins so long before the first mark that everybody has acknowledged by then, however slow the machine is.
    """

    scale: int
    due: date
    marks: tuple[str, ...]
    first: datetime
    """When the first mark comes."""


def _local(day: int, hour: int, minute: int = 0) -> datetime:
    return utc(datetime(2026, 7, day, hour, minute, tzinfo=OFFICE_ZONE))


SHORT = Life(60, date(2026, 6, 30), ("c1.level.1",), _local(1, 8))
"""A minute a second: the head is asked, and nothing else comes for two hours."""
LONG = Life(
    43_200,
    date(2026, 7, 17),
    ("c1.remind.-3w", "c1.remind.-1w", "c1.remind.0w", "c1.level.1"),
    _local(14, 8),
)
"""A day in two seconds: from a weekend, or long before it, to the Monday after the next one."""
