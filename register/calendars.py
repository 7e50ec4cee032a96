"""The working calendar that comes with the product.

People read and copy `calendars/vietnam.yaml`. Every command needs it, and reading YAML with the lines of slips costs
more than the rest of a short command: so the program reads `calendars/vietnam.json`, the same calendar as the core
writes it. A test holds the two equal; `python -m register.calendars` writes the second one anew.
"""

from functools import cache
from pathlib import Path

from directive.calendar import WorkCalendar

SHIPPED = Path(__file__).parent / "calendars" / "vietnam.yaml"
QUICK = SHIPPED.with_suffix(".json")


@cache
def shipped_calendar() -> WorkCalendar:
    """The calendar that comes with the product: 2025 and 2026 as announced, 2027–2030 provisional."""
    return WorkCalendar.model_validate_json(QUICK.read_bytes())


def quick_form() -> str:
    """What `vietnam.json` has to hold."""
    from register.calendar_file import parse_calendar

    read = parse_calendar(SHIPPED.read_text(encoding="utf-8"), SHIPPED.name)
    return read.model_dump_json(indent=1, exclude_defaults=True) + "\n"


if __name__ == "__main__":
    QUICK.write_text(quick_form(), encoding="utf-8")
