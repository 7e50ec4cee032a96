"""What a message is written from: the office's data, and who writes to whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from directive.calendar import WorkCalendar
from directive.directory import Directory, Person, Unit
from directive.due import Due
from directive.every_day import counted_days
from directive.mark import Mark
from directive.marks import marks
from directive.plan import Plan, PlannedTask
from directive.roles import Part, parse_role
from directive.stopped import effective_due
from directive.task import Facts
from notices.link import Links
from notices.words import Words
from register.outbox_models import Notice

MANY_PARENTS = 20


@dataclass(frozen=True)
class Office:
    """The register's view at `now` (UTC): plans by directive, facts by task, calendars by version.

    `links` lead to the page, where there is one.
    """

    directory: Directory
    plans: Mapping[str, Plan]
    facts: Mapping[str, Facts]
    calendars: Mapping[str, WorkCalendar]
    now: datetime
    links: Links | None = None
    _marks: dict[str, tuple[Mark, ...]] = field(default_factory=dict, compare=False)

    def planned(self, notice: Notice) -> PlannedTask:
        """The task as the plan words it."""
        return next(task for task in self.plans[notice.directive].tasks if task.code == notice.code)

    def calendar(self, notice: Notice) -> WorkCalendar:
        """The calendar that the notice's task lives under, as its policy counts by it."""
        policy = self.plans[notice.directive].policy
        return counted_days(policy, self.calendars[self.facts[notice.task].calendar])

    def due(self, notice: Notice) -> Due | None:
        """The deadline in force."""
        return effective_due(self.facts[notice.task], self.calendar(notice))

    def marks(self, notice: Notice) -> tuple[Mark, ...]:
        """What the facts of the notice's task call for, worked out once for all who hear of it."""
        if notice.task not in self._marks:
            policy = self.plans[notice.directive].policy
            self._marks[notice.task] = marks(self.facts[notice.task], policy, self.calendar(notice))
        return self._marks[notice.task]

    def unit_name(self, code: str) -> str:
        """A unit's name; its code where the directory does not know it any more."""
        unit = self.directory.unit_by_code.get(code)
        return unit.name if unit else code

    def person(self, code: str) -> Person:
        """A person; one with the bare code for a name where the directory does not know them any more."""
        return self.directory.person_by_id.get(code) or Person(id=code, name=code)

    def role_words(self, role: str, notice: Notice, words: Words) -> str:
        """A role as a reader calls it: "head of the Department of Science", or of the office that monitors the task."""
        kind, unit = parse_role(role)
        monitors = unit != notice.unit and role == self.facts[notice.task].task.role(Part.MONITOR)
        return words.say("roles.monitor" if monitors else f"roles.{kind}", unit=self.unit_name(unit))

    def reader_unit(self, notice: Notice) -> str:
        """The body that is written to: that of the role; the task's unit for one who is told as a person."""
        return parse_role(notice.role)[1] if notice.role else notice.unit

    def system(self, notice: Notice) -> str:
        """Whose forms of address apply: the Party's in a Party body and in what a Party body has issued."""
        units = self.directory.unit_by_code
        both = (units.get(self.reader_unit(notice)), units.get(self.plans[notice.directive].directive.issuer))
        return "party" if any(unit and unit.system == "party" for unit in both) else "state"

    def relation(self, notice: Notice) -> str:
        """What the reader's body is to the issuer: superior, equal or subordinate.

        The office that writes serves the issuer's own leadership, and is an equal of the monitoring office;
        where the directory shows no line between two bodies, they are written to as equals.
        """
        issuer, reader = self.plans[notice.directive].directive.issuer, self.reader_unit(notice)
        if reader == issuer:
            return "superior"
        if notice.role and notice.role == self.facts[notice.task].task.role(Part.MONITOR):
            return "equal"
        if issuer in self._above(reader):
            return "subordinate"
        return "superior" if reader in self._above(issuer) else "equal"

    def _above(self, code: str) -> list[str]:
        """The superior bodies of a unit, nearest first."""
        above: list[str] = []
        unit: Unit | None = self.directory.unit_by_code.get(code)
        while unit and unit.parent and len(above) < MANY_PARENTS:
            above.append(unit.parent)
            unit = self.directory.unit_by_code.get(unit.parent)
        return above


_ADDRESSES = {"đồng chí", "đ/c", "ông", "bà", "ông/bà", "mr", "ms", "mrs", "comrade"}


def full_name(person: Person) -> str:
    """Name and title, each once: sample data and many offices have the title for a name.

    A form of address is no title: the greeting has its own.
    """
    if not person.title or person.title in person.name or person.title.strip(" .").lower() in _ADDRESSES:
        return person.name
    return person.title if person.name in person.title else f"{person.name}, {person.title}"
