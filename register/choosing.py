"""Which tasks a filter means, as conditions of SQL: lists, boards and counts choose by the same ones."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_

from register.boards import is_approval
from register.lights import light_kind
from register.models import TaskFilter
from register.searched import has_words
from register.tables import tasks


def conditions(chosen: TaskFilter, now: datetime) -> list[ColumnElement[bool]]:
    """All that a task must fulfil; lights are those at `now` (UTC)."""
    columns = tasks.c
    where: list[ColumnElement[bool]] = [is_approval() if chosen.approvals else ~is_approval()]
    if chosen.directive:
        where.append(columns.directive == chosen.directive)
    if chosen.units is not None:
        where.append(columns.unit.in_(chosen.units))
    if chosen.states:
        where.append(columns.state.in_([state.value for state in chosen.states]))
    if chosen.codes:
        where.append(or_(*(_at_or_below(code) for code in chosen.codes)))
    if chosen.lights:
        where.append(light_kind(now).in_([light.value for light in chosen.lights]))
    if chosen.officers:
        theirs = and_(columns.officer == "", columns.unit.in_(chosen.officers_of))
        where.append(or_(columns.officer.in_(chosen.officers), theirs))
    if chosen.due_before:
        where.append(columns.due_day < chosen.due_before)
    if chosen.due_after:
        where.append(columns.due_day > chosen.due_after)
    if chosen.open_only:
        where.append(columns.closed_at.is_(None))
    return [*where, has_words(chosen.search, few=chosen.open_only)] if chosen.search else where


def _at_or_below(code: str) -> ColumnElement[bool]:
    return or_(tasks.c.code == code, tasks.c.code.startswith(f"{code}.", autoescape=True))
