"""Of `doctor`: marks that have come due and are not recorded."""

from datetime import UTC, datetime, timedelta

from desk import words
from desk.finding import Finding, well, wrong
from desk.settings import settings
from register.open import Register
from register.owed import Owed, owed_marks

PATIENCE = timedelta(minutes=15)
"""By the wall: a storm of thousands of marks is over by then, and so are the server's tries after a short outage."""


async def owed(register: Register) -> Owed:
    """What has been due for longer than `PATIENCE`. Raises RegisterDown."""
    return await owed_marks(register, settings().clock.office(datetime.now(UTC) - PATIENCE))


def owed_finding(found: Owed) -> Finding:
    """Whether reminders and escalations are recorded when they come due."""
    if not found.number or found.since is None:
        return well("marks", "Các mốc đến hạn đều đã được ghi", "Every mark that came due is recorded")
    since = words.moment(found.since)
    return wrong(
        "marks",
        f"{found.number} mốc của {len(found.tasks)} nhiệm vụ đã đến hạn từ {since} mà chưa được ghi",
        f"{found.number} marks of {len(found.tasks)} tasks have been due since {since} and are not recorded",
        "xem máy chủ Temporal và worker ở dưới; khi chạy lại, các mốc này tự được ghi, không mất mốc nào",
        "see engine and worker below; once they run again the marks are recorded by themselves, none is lost",
        count=found.number,
        tasks=list(found.tasks[:20]),
    )
