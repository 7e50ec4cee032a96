"""What a process keeps of the register's immutable rows, so that a record need not read them again."""

from collections import OrderedDict
from threading import Lock
from typing import Generic, NamedTuple, TypeVar

from directive.calendar import WorkCalendar
from directive.directory import Directory
from directive.plan import Plan

T = TypeVar("T")


class Kept(Generic[T]):
    """The values used last, at most `most` of them; safe between the threads of a process."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[str, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> T | None:
        """The value, if it is still kept."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def put(self, key: str, value: T) -> T:
        """Keep a value and give it back."""
        with self._lock:
            self._values[key] = value
            if len(self._values) > self._most:
                self._values.popitem(last=False)
        return value


class PlanOffices(NamedTuple):
    """What units are to a plan: who issued it, who monitors its tasks, who leads them (units and groups)."""

    issuer: str
    monitors: frozenset[str]
    leads: frozenset[str]


class Memory:
    """Versioned, immutable office data only: nothing here can be out of date.

    `hooked` is no copy of a row: it says whether the last record in this process met a webhook in use.
    """

    def __init__(self) -> None:
        self.hooked = False
        self.calendars: Kept[WorkCalendar] = Kept(16)
        self.directories: Kept[Directory] = Kept(8)
        self.merged: Kept[Directory] = Kept(
            4
        )  # with the absences people entered, by version and count of changes
        self.plans: Kept[Plan] = Kept(256)
        self.offices: Kept[PlanOffices] = Kept(20_000)
        self.whole_offices: Kept[tuple[object, ...]] = Kept(2)  # of all plans, by how many there are
