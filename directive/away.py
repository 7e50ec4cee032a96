"""Who may be away when, and who may stand in: the rules for an absence that somebody enters. Pure."""

from datetime import date, timedelta
from enum import StrEnum

from directive.directory import Absence, Directory, Unit
from directive.roles import RoleKind, role

LONGEST = timedelta(days=366)
"""A longer absence is a change of the directory, or a slip of the pen."""


class AwayReason(StrEnum):
    """Why an absence is not taken; `AwayRefused.detail` fills the sentence."""

    REVERSED = "dates_reversed"
    PAST = "begins_in_the_past"
    TOO_LONG = "absence_too_long"
    NO_DELEGATE = "no_delegate"
    SELF = "delegate_self"
    NO_ROLE = "delegate_without_role"  # somebody who holds no role in the office can answer for nobody
    DELEGATE_AWAY = "delegate_away"  # also where the two would stand in for each other
    OVERLAP = "absence_overlap"
    NOT_THEIRS = "not_your_absence"  # neither oneself, nor one's head, nor an administrator
    ENDED = "absence_ended"  # withdrawn or over: what is past stays as it was


class AwayRefused(Exception):
    """An absence that a rule refuses. Nothing has changed."""

    def __init__(self, reason: AwayReason, **detail: str) -> None:
        super().__init__(reason.value)
        self.reason, self.detail = reason, detail


def judge(directory: Directory, wish: Absence, today: date) -> None:
    """Whether the absence fits the directory in force, absences included. Raises AwayRefused."""
    if wish.end < wish.start:
        raise AwayRefused(AwayReason.REVERSED)
    if wish.start < today:
        raise AwayRefused(AwayReason.PAST, first=wish.start.isoformat(), today=today.isoformat())
    if wish.end - wish.start > LONGEST:
        raise AwayRefused(AwayReason.TOO_LONG, days=str(LONGEST.days))
    if not wish.delegate:
        raise AwayRefused(AwayReason.NO_DELEGATE)
    if wish.delegate == wish.person:
        raise AwayRefused(AwayReason.SELF)
    if not units_of(directory, wish.delegate):
        raise AwayRefused(AwayReason.NO_ROLE, delegate=wish.delegate)
    for other in directory.absences:
        if not (wish.start <= other.end and other.start <= wish.end):
            continue
        days = {"first": other.start.isoformat(), "last": other.end.isoformat()}
        if other.person == wish.person:
            raise AwayRefused(AwayReason.OVERLAP, delegate=other.delegate, **days)
        if other.person == wish.delegate:
            raise AwayRefused(AwayReason.DELEGATE_AWAY, delegate=wish.delegate, **days)


def left_alone(directory: Directory, wish: Absence) -> tuple[Absence, ...]:
    """The absences in which the person stands in for somebody on days of their own: then nobody does."""
    return tuple(
        one
        for one in directory.absences
        if one.delegate == wish.person and wish.start <= one.end and one.start <= wish.end
    )


def may_enter(directory: Directory, who: str, person: str, on: date) -> bool:
    """Whether `who` may enter or withdraw an absence of `person` that day: themselves, or their head.

    A head's own head is that of the unit above. Administrators are known by the door.
    """
    if who == person:
        return True
    over = {unit.code for unit in units_of(directory, person)}
    over |= {unit.parent for unit in units_of(directory, person) if unit.parent and _heads(unit, person)}
    return any(directory.seat_of(who, role(RoleKind.HEAD, code), on) for code in over)


def units_of(directory: Directory, person: str) -> tuple[Unit, ...]:
    """The units in which the person holds a role on any day."""
    return tuple(unit for unit in directory.units if person in unit.everyone)


def _heads(unit: Unit, person: str) -> bool:
    return person == unit.head or any(one.person == person for one in unit.acting)
