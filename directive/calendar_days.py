"""What a working calendar is made of: announced days, the years it covers, the hours of a working day."""

from datetime import date, time
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from directive.value import Value


class DayKind(StrEnum):
    """Why an announced day differs from its weekday."""

    HOLIDAY = "holiday"
    IN_LIEU = "in_lieu"
    SWAP_OFF = "swap_off"
    SWAP_WORKED = "swap_worked"


class CalendarDay(Value):
    """One announced day with the document that announces it; `confirmed` is false while only expected."""

    day: date
    kind: DayKind
    source: str
    confirmed: bool = True
    name: str = ""


class CalendarYear(Value):
    """A year the calendar covers; provisional until the year's announcement is in force."""

    year: int
    confirmed: bool = True
    source: str = ""


class OfficeHours(Value):
    """The hours of a working day, local time; an organisation sets its own."""

    morning_start: time = time(7, 30)
    morning_end: time = time(11, 30)
    afternoon_start: time = time(13, 30)
    afternoon_end: time = time(17, 0)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.morning_start < self.morning_end <= self.afternoon_start < self.afternoon_end:
            raise ValueError("office hours must run from morning start to afternoon end in order")
        return self
