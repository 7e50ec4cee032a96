"""Rows of a report being counted up, by unit and by directive at once."""

from typing import Any, NamedTuple

from directive.event import EventKind
from directive.light import LightKind
from directive.message import Grade
from register.models import SummaryRow


class Tally:
    """Rows being counted up, by key."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Any]] = {}

    def add(self, key: str, field: str, count: int = 1) -> None:
        """So many more of a figure."""
        row = self._rows.setdefault(key, {})
        row[field] = row.get(field, 0) + count

    def nudged(self, key: str, number: int, grade: str, count: int) -> None:
        """So many nudges of one number and grade."""
        self.add(key, "nudges", count)
        for field, place in (("nudges_by_number", number), ("nudges_by_grade", grade)):
            counts = self._rows[key].setdefault(field, {})
            counts[place] = counts.get(place, 0) + count

    def overdue(self, key: str, days: int) -> None:
        """A task so many days overdue."""
        self.add(key, "overdue_days", days)
        self._rows[key]["longest_overdue"] = max(days, self._rows[key].get("longest_overdue", 0))

    def stands(self, key: str, kind: str, many: int, *, late: bool) -> None:
        """So many open tasks of one light."""
        self.add(key, "running_overdue" if late else "running_in_time", many)
        if kind == LightKind.DUE_SOON:
            self.add(key, "due_soon", many)

    def happened(
        self, key: str, kind: str, outcome: str | None, renews: bool, number: int, many: int
    ) -> None:
        """So many events of one kind; `number` is a nudge's, `outcome` an approval's or a nudge's grade."""
        match EventKind(kind):
            case EventKind.APPROVED:
                self.add(key, str(outcome), many)
                self.add(key, "received", many if renews else 0)
            case EventKind.NUDGED:
                self.nudged(key, number, outcome or Grade.URGE, many)
            case EventKind.EXTENSION_GRANTED:
                self.add(key, "extensions", many)
            case _:
                self.add(key, "withdrawn", many)

    def summed(self) -> tuple[SummaryRow, ...]:
        """The rows, by key. All in them stands in an order of its own: equal figures have one digest."""
        return tuple(SummaryRow(key=key, **_ordered(self._rows[key])) for key in sorted(self._rows))


def _ordered(row: dict[str, Any]) -> dict[str, Any]:
    return {name: dict(sorted(it.items())) if isinstance(it, dict) else it for name, it in row.items()}


class Tallies(NamedTuple):
    """Rows of both kinds, counted up together."""

    unit: Tally
    directive: Tally
