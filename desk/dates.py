"""Days and instants as the office writes them, apart from `words.py`: a short command needs none of its tables."""

from datetime import date, datetime, timedelta

from desk.language import lang
from directive.due import OFFICE_ZONE


def day(value: date | str | None) -> str:
    """A local day as the office writes it: 30/06/2026."""
    if isinstance(value, str):
        try:
            return day(date.fromisoformat(value))
        except ValueError:
            return value
    return value.strftime("%d/%m/%Y") if value else "—"


def moment(value: datetime | str) -> str:
    """An instant in office time: 08:00 01/07/2026."""
    if isinstance(value, str):
        try:
            return moment(datetime.fromisoformat(value))
        except ValueError:
            return value
    return value.astimezone(OFFICE_ZONE).strftime("%H:%M %d/%m/%Y")


def until(value: datetime) -> str:
    """The instant before which something is awaited: the end of a day, or a clock time."""
    local = value.astimezone(OFFICE_ZONE)
    if (local.hour, local.minute) != (0, 0):
        return moment(value)
    before = day(local.date() - timedelta(days=1))
    return f"hết ngày {before}" if lang() == "vi" else f"the end of {before}"
