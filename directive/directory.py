"""The directory: units, people, who is away and who stands in, and which people a role means on a day."""

from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Literal

from directive.roles import RoleKind, parse_role
from directive.value import Value


class Acting(Value):
    """An acting head (quyền, phụ trách) from `start` on, both days included; until further notice without an `end`.

    Unlike a delegate, who answers in the name of somebody away, an acting head answers in their own right.
    """

    person: str
    start: date
    end: date | None = None
    reason: str = ""

    def covers(self, on: date) -> bool:
        """Whether the person acts as head on that day."""
        return self.start <= on and (self.end is None or on <= self.end)


class Unit(Value):
    """A unit. `system` says whose forms of address apply; `parent` is the superior body's code.

    `acting` names the acting heads by their dates: on such a day the head is the acting one and nobody else.
    """

    code: str
    name: str
    system: Literal["state", "party"] = "state"
    parent: str = ""
    aliases: tuple[str, ...] = ()
    head: str = ""
    acting: tuple[Acting, ...] = ()
    officers: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()
    leadership: tuple[str, ...] = ()
    assigners: tuple[str, ...] = ()

    @property
    def everyone(self) -> tuple[str, ...]:
        """The people who hold a role in the unit on any day; empty names and repetitions may be among them."""
        acting = (one.person for one in self.acting)
        return (self.head, *acting, *self.officers, *self.leadership, *self.approvers, *self.assigners)


class Group(Value):
    """A group of units that letters address as one: "UBND các xã, phường"."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    units: tuple[str, ...]


class Person(Value):
    """A person. `title` is how the office addresses them; sample data has roles for names."""

    id: str
    name: str
    title: str = ""
    email: str = ""
    language: Literal["vi", "en"] = "vi"


class Absence(Value):
    """Someone answers for someone else between two dates, both included; nobody does where `delegate` is empty."""

    person: str
    start: date
    end: date
    delegate: str = ""
    reason: str = ""


class Seat(Value):
    """A person in a role, perhaps in the name of somebody who is away."""

    person: str
    on_behalf_of: str = ""


class Vacancy(StrEnum):
    """Why nobody can be asked."""

    NOBODY_RECORDED = "nobody_recorded"
    ABSENT = "absent"
    UNKNOWN_UNIT = "unknown_unit"


class Seats(Value):
    """The people of a role on a day; `vacancy` says why there is none."""

    seats: tuple[Seat, ...] = ()
    vacancy: Vacancy | None = None


class Directory(Value):
    """All units and people of an office. Immutable: `version` names its content.

    `administrators` and `readers` are people who see everything on the page; the people of the units of
    `monitoring` are the monitoring office there (none: the units that monitor a task of any plan).
    """

    version: str
    units: tuple[Unit, ...]
    people: tuple[Person, ...]
    groups: tuple[Group, ...] = ()
    absences: tuple[Absence, ...] = ()
    administrators: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    monitoring: tuple[str, ...] = ()

    @cached_property
    def unit_by_code(self) -> dict[str, Unit]:
        """The units by their codes."""
        return {unit.code: unit for unit in self.units}

    @cached_property
    def group_by_code(self) -> dict[str, Group]:
        """The groups by their codes."""
        return {group.code: group for group in self.groups}

    @cached_property
    def person_by_id(self) -> dict[str, Person]:
        """The people by their ids."""
        return {person.id: person for person in self.people}

    def members(self, code: str) -> tuple[str, ...]:
        """The units behind a code: those of a group, or the unit itself; none where the code is unknown."""
        if code in self.group_by_code:
            return self.group_by_code[code].units
        return (code,) if code in self.unit_by_code else ()

    def holders(self, role: str) -> tuple[str, ...]:
        """The people recorded for a role on any day, whether or not they are away; acting heads are among them."""
        kind, code = parse_role(role)
        unit = self.unit_by_code.get(code)
        if unit is None:
            return ()
        acting = [one.person for one in unit.acting] if kind is RoleKind.HEAD else []
        recorded = dict.fromkeys((*_holders(unit, kind), *acting))
        return tuple(one for one in recorded if one in self.person_by_id)

    def seats(self, role: str, on: date, officer: str = "") -> Seats:
        """The people who answer for `role` on a day. `officer` is the one a task was reassigned to."""
        kind, code = parse_role(role)
        unit = self.unit_by_code.get(code)
        if unit is None:
            return Seats(vacancy=Vacancy.UNKNOWN_UNIT)
        holders = (officer,) if officer and kind is RoleKind.OFFICER else _holders(unit, kind, on)
        holders = tuple(one for one in holders if one in self.person_by_id)
        if not holders:
            return Seats(vacancy=Vacancy.NOBODY_RECORDED)
        found = [seat for one in holders if (seat := self._seat(one, on))]
        by_person = {seat.person: seat for seat in sorted(found, key=lambda one: not one.on_behalf_of)}
        seats = tuple(seat for seat in found if by_person[seat.person] is seat)
        return Seats(seats=seats, vacancy=None if seats else Vacancy.ABSENT)

    def seat_of(self, person: str, role: str, on: date, officer: str = "") -> Seat | None:
        """How a person holds a role on a day: in their own right, or for somebody who is away; None if not at all.

        Who is away may still answer in their own right: an absence adds a substitute and takes nothing away.
        """
        kind, code = parse_role(role)
        unit = self.unit_by_code.get(code)
        if unit is None:
            return None
        holders = (officer,) if officer and kind is RoleKind.OFFICER else _holders(unit, kind, on)
        if person in holders:
            return Seat(person=person)
        return next((one for one in self.seats(role, on, officer).seats if one.person == person), None)

    def _seat(self, person: str, on: date) -> Seat | None:
        away = self._absence(person, on)
        if away is None:
            return Seat(person=person)
        stands_in = away.delegate
        if not stands_in or stands_in not in self.person_by_id or self._absence(stands_in, on):
            return None
        return Seat(person=stands_in, on_behalf_of=person)

    def _absence(self, person: str, on: date) -> Absence | None:
        return next((one for one in self._absences_of.get(person, ()) if one.start <= on <= one.end), None)

    @cached_property
    def _absences_of(self) -> dict[str, list[Absence]]:
        """People enter absences themselves, year after year: nobody looks through all of them for one."""
        found: dict[str, list[Absence]] = {}
        for one in self.absences:
            found.setdefault(one.person, []).append(one)
        return found


def _holders(unit: Unit, kind: RoleKind, on: date | None = None) -> tuple[str, ...]:
    match kind:
        case RoleKind.HEAD:
            acting = next((one.person for one in unit.acting if on and one.covers(on)), "")
            return (acting or unit.head,) if acting or unit.head else ()
        case RoleKind.OFFICER:
            return unit.officers
        case RoleKind.LEADERSHIP:
            return unit.leadership
        case RoleKind.APPROVER:
            return unit.approvers or unit.leadership
        case RoleKind.ASSIGNER:
            return unit.assigners or unit.approvers or unit.leadership
