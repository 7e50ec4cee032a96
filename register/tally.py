"""Rows of a report being counted up, by unit or by directive."""

from typing import Any

from directive.event import EventKind
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

    def overdue(self, key: str, days: list[int]) -> None:
        """Tasks so many days overdue each; at least one."""
        self.add(key, "overdue_days", sum(days))
        row = self._rows[key]
        row["longest_overdue"] = max(*days, row.get("longest_overdue", 0))

    def runs_late(self, key: str, many: int) -> None:
        """So many of the running tasks, all of which were in time so far, are overdue."""
        self.add(key, "running_in_time", -many)
        self.add(key, "running_overdue", many)

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
