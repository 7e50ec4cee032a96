"""The seam to `directive.deadline`: which dates of a wording are deadlines, in the shape a letter keeps."""

from collections.abc import Callable
from typing import NamedTuple

from letters.letter import Deadline
from letters.text import Passage, Source

DATED = frozenset({"instant", "period", "recurring", "needs_anchor", "invalid"})


class DeadlineAt(NamedTuple):
    """A deadline with its characters in the wording it was read from."""

    start: int
    end: int
    deadline: Deadline

    @property
    def dated(self) -> bool:
        """Whether there is a date, a period or a rule; "thường xuyên" and "theo quy định" are not."""
        return self.deadline.kind in DATED


FindDeadlines = Callable[[str], list[DeadlineAt]]


def placed(found: DeadlineAt, passage: Passage, source: Source) -> Deadline:
    """The deadline with its span in the letter."""
    return found.deadline._replace(span=source.span_of(passage.cut(found.start, found.end)))
