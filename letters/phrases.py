"""Deadlines of a wording, asked of `directive.deadline` and put in the shape of the letters."""

from datetime import date
from functools import lru_cache

from directive.calendar import WorkCalendar
from directive.deadline import read_deadline
from letters.dates import DeadlineAt, FindDeadlines
from letters.letter import Deadline

_SHOWN = frozenset({"instant", "period", "recurring", "needs_anchor", "none", "invalid"})


def deadlines_on(issued: date | None, calendar: WorkCalendar) -> FindDeadlines:
    """A finder for a letter of this date. Without a date no phrase can be resolved, so none is read."""

    @lru_cache(maxsize=4096)
    def found(text: str) -> tuple[DeadlineAt, ...]:
        if issued is None:
            return ()
        answer = read_deadline(text, issued=issued, calendar=calendar)
        marks: list[DeadlineAt] = []
        for reading in answer.readings:
            if reading.kind not in _SHOWN or reading.span is None:
                continue
            start, end = reading.span
            deadline = Deadline(
                text=text[start:end].strip(" ,;."),
                kind=reading.kind,
                expected=reading.expected,
                alt=tuple(reading.alternatives),
                rule=reading.rule or "",
                source=reading.source or "",
                reason=reading.reason or "",
            )
            marks.append(DeadlineAt(start, end, deadline))
        return tuple(sorted(marks, key=lambda mark: mark.start))

    return lambda text: list(found(text))
