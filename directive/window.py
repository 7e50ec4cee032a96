"""The working days of the next months, as a task carries them along."""

from datetime import date, timedelta

from directive.value import Value


class Window(Value):
    """The working days of the next months as text, so that a workflow can count without a calendar.

    `bits` has one character a calendar day from `start`: 1 for a working day.
    """

    start: date
    bits: str

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; beyond the window every day counts."""
        return self._after(day, count, weekdays_beyond=7)

    def furthest(self, day: date, count: int) -> date:
        """The same for a limit that reaches beyond the window, generously: there Monday to Friday count."""
        return self._after(day, count, weekdays_beyond=5)

    def _after(self, day: date, count: int, weekdays_beyond: int) -> date:
        while count > 0:
            day += timedelta(days=1)
            place = (day - self.start).days
            seen = 0 <= place < len(self.bits)
            count -= self.bits[place] == "1" if seen else day.weekday() < weekdays_beyond
        return day
