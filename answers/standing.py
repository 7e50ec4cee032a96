"""What a person is on the page, by the directory of a day: roles, and the units whose tasks they answer for."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from directive.directory import Directory, Unit
from directive.roles import RoleKind, role
from register.offices import Offices


class PageRole(StrEnum):
    """What somebody is on the page."""

    ADMINISTRATOR = "administrator"
    MONITOR = "monitor"  # the monitoring office
    HEAD = "head"
    APPROVER = "approver"  # who decides, leads or assigns for an issuer
    OFFICER = "officer"
    READER = "reader"


class Standing(NamedTuple):
    """Roles, the units whose tasks the person may see, and the units in whose name they assign and decide."""

    roles: frozenset[PageRole]
    units: frozenset[str]
    issuers: frozenset[str]


_ROLE = {
    RoleKind.OFFICER: PageRole.OFFICER,
    RoleKind.HEAD: PageRole.HEAD,
    RoleKind.APPROVER: PageRole.APPROVER,
    RoleKind.LEADERSHIP: PageRole.APPROVER,
    RoleKind.ASSIGNER: PageRole.APPROVER,
}


def roles_of(directory: Directory, person: str, on: date, works: Offices) -> Standing:
    """What the person is on that day, in their own right and for those who are away.

    Heads and deciders see the units under theirs too, and who decides for an issuer the units that it has given
    tasks to; officers see their own unit only.
    """
    roles: set[PageRole] = set()
    own: set[str] = set()
    under: set[str] = set()
    issuers: set[str] = set()
    monitoring = frozenset(directory.monitoring) or works.monitors
    mine = _stands_for(directory, person, on)
    for unit in directory.units:
        if mine.isdisjoint(_named(unit)):
            continue
        for kind in RoleKind:
            if not directory.seat_of(person, role(kind, unit.code), on):
                continue
            roles.add(_ROLE[kind])
            own.add(unit.code)
            if kind is not RoleKind.OFFICER:
                under.add(unit.code)
            if _ROLE[kind] is PageRole.APPROVER:
                issuers.add(unit.code)
            if unit.code in monitoring and kind in (RoleKind.HEAD, RoleKind.OFFICER):
                roles.add(PageRole.MONITOR)
    roles |= {PageRole.ADMINISTRATOR} if person in directory.administrators else set()
    roles |= {PageRole.READER} if person in directory.readers else set()
    led = {
        code for issuer in issuers for lead in works.given.get(issuer, ()) for code in directory.members(lead)
    }
    return Standing(frozenset(roles), frozenset(own | led | _below(directory, under)), frozenset(issuers))


def _stands_for(directory: Directory, person: str, on: date) -> frozenset[str]:
    away = (one.person for one in directory.absences if one.delegate == person and one.start <= on <= one.end)
    return frozenset((person, *away))


def _named(unit: Unit) -> Iterable[str]:
    acting = (one.person for one in unit.acting)
    return (unit.head, *acting, *unit.officers, *unit.leadership, *unit.approvers, *unit.assigners)


def _below(directory: Directory, tops: set[str]) -> set[str]:
    """The units under some, however deep; the directory's check has refused circles."""
    if not tops:
        return set()
    below: dict[str, list[str]] = {}
    for unit in directory.units:
        below.setdefault(unit.parent, []).append(unit.code)
    found, ahead = set(tops), list(tops)
    while ahead:
        fresh = [code for code in below.get(ahead.pop(), ()) if code not in found]
        found.update(fresh)
        ahead += fresh
    return found
