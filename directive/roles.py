"""Roles: the workflow asks `head:so-khcn`, never a person. Names are looked up when a notice is written."""

from enum import StrEnum
from functools import lru_cache


class RoleKind(StrEnum):
    """Whom a unit can be asked through. On the wire a role is `<kind>:<unit>`."""

    OFFICER = "officer"  # chuyên viên, đầu mối: does the work and reports
    HEAD = "head"  # người đứng đầu: answers for the unit's tasks
    APPROVER = "approver"  # nghiệm thu: decides on reports and requests for the assigning level
    LEADERSHIP = "leadership"  # thường trực: the standing leadership of the issuer
    ASSIGNER = "assigner"  # bên giao việc: may amend, suspend, withdraw and nudge


def role(kind: RoleKind, unit: str) -> str:
    """The wire form of a role: `head:so-khcn`."""
    return f"{kind}:{unit}"


def parse_role(text: str) -> tuple[RoleKind, str]:
    """Kind and unit of a role; ValueError where it is none."""
    kind, colon, unit = text.partition(":")
    if not colon or not unit:
        raise ValueError(f"not a role: {text!r} (expected kind:unit, for example head:so-khcn)")
    return RoleKind(kind), unit


class Part(StrEnum):
    """A role as a policy names it, relative to the task: who it is depends on the task's units."""

    OFFICER = "officer"  # the lead unit's officer
    HEAD = "head"  # the head of the lead unit
    MONITOR = "monitor"  # the head of the monitoring office
    LEADERSHIP = "leadership"  # the standing leadership of the issuer
    APPROVER = "approver"  # who decides for the issuer
    ASSIGNER = "assigner"  # who assigns for the issuer
    ASKED = "asked"  # whoever the question asks already


def part_role(part: Part, *, unit: str, monitor: str, issuer: str) -> str:
    """The role that plays `part` for a task of `unit`, monitored by `monitor`, assigned by `issuer`."""
    match part:
        case Part.OFFICER:
            return role(RoleKind.OFFICER, unit)
        case Part.HEAD:
            return role(RoleKind.HEAD, unit)
        case Part.MONITOR:
            return role(RoleKind.HEAD, monitor)
        case Part.LEADERSHIP:
            return role(RoleKind.LEADERSHIP, issuer)
        case Part.APPROVER:
            return role(RoleKind.APPROVER, issuer)
        case Part.ASSIGNER:
            return role(RoleKind.ASSIGNER, issuer)
        case Part.ASKED:
            raise ValueError("'asked' is no one outside a question")


@lru_cache(4096)
def part_roles(parts: tuple[Part, ...], *, unit: str, monitor: str, issuer: str) -> tuple[str, ...]:
    """The roles that play `parts`, in order. Kept: a look ahead asks for some thirty, mostly those of the last one."""
    return tuple(part_role(part, unit=unit, monitor=monitor, issuer=issuer) for part in parts)
