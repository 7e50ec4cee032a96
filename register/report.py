"""The report for a period, drawn from the events: figures by unit and by directive, and the overdue list.

What was sent is kept by `register/sent_reports.py`.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from directive.directory import Directory
from directive.message import Grade
from directive.task import State
from directive.value import Value
from register.boards import is_approval
from register.models import SummaryRow
from register.office import current_directory
from register.open import Register
from register.running import LateTask
from register.summary import Asked, Period, figures
from register.tables import directives, tasks


class OverdueTask(Value):
    """A task of the overdue list, as of the report's instant. `days` are calendar days; 0 where the clock stands."""

    task: str
    directive: str
    code: str
    unit: str
    work: str
    state: State
    due_day: date | None
    days: int
    nudges: int
    extensions: int


class Office(Value):
    """Whose report it is: the names as they were, the body above it, and whose form of letters applies."""

    code: str = ""
    name: str = ""
    above: str = ""
    system: Literal["state", "party"] = "state"


class Report(Value):
    """The figures of a period. `as_of` (UTC) is the instant they are of; `names` are those of its units and directives.

    `directive` is empty where it is about all of them, `units` None where about all. `by_directive` and the rest are
    about the same tasks as `by_unit`.
    """

    first: date | None = None
    last: date | None = None
    directive: str = ""
    units: tuple[str, ...] | None = None
    as_of: datetime
    office: Office = Office()
    by_unit: tuple[SummaryRow, ...] = ()
    by_directive: tuple[SummaryRow, ...] = ()
    overdue: tuple[OverdueTask, ...] = ()
    names: dict[str, str] = {}

    @property
    def digest(self) -> str:
        """The same figures have the same one."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    @property
    def total(self) -> SummaryRow:
        """All units together."""
        return total(self.by_unit)

    def only(self, units: tuple[str, ...]) -> "Report":
        """What a reader of some units may see of it; figures by directive would tell of other units."""
        rows = tuple(row for row in self.by_unit if row.key in units)
        return self.model_copy(
            update={
                "units": tuple(row.key for row in rows),
                "by_unit": rows,
                "by_directive": (),
                "overdue": tuple(one for one in self.overdue if one.unit in units),
            }
        )


def total(rows: tuple[SummaryRow, ...]) -> SummaryRow:
    """Rows added up; the longest time overdue is the longest of them."""
    counts: dict[str, Any] = {"key": ""}
    for name, field in SummaryRow.model_fields.items():
        if field.annotation is int:
            counts[name] = sum(getattr(row, name) for row in rows)
    counts["longest_overdue"] = max((row.longest_overdue for row in rows), default=0)
    grades = {grade: sum(row.nudges_by_grade.get(grade, 0) for row in rows) for grade in Grade}
    numbers = sorted({number for row in rows for number in row.nudges_by_number})
    counts["nudges_by_grade"] = {grade: count for grade, count in grades.items() if count}
    counts["nudges_by_number"] = {
        number: sum(row.nudges_by_number.get(number, 0) for row in rows) for number in numbers
    }
    return SummaryRow.model_validate(counts)


async def draw(
    register: Register,
    period: Period,
    now: datetime,
    *,
    directive: str = "",
    units: tuple[str, ...] | None = None,
    office: str = "",
) -> Report:
    """The report of a period: at its last instant, or at `now` (UTC) while it lasts. `office` is the unit whose it is.

    Raises NotRecorded where there is no directory, RegisterDown.
    """
    asked = Asked(period, period.judged_at(now), directive, units)
    found = await figures(register, asked, told=True)
    async with register.read() as connection:
        named = {row.key for row in found.by_directive} | {directive} - {""}
        numbers = await _numbers(connection, named)
    directory = await current_directory(register)
    units_named = {row.key for row in found.by_unit} | set(units or ())
    names = {code: unit.name for code, unit in directory.unit_by_code.items() if code in units_named}
    return Report(
        first=period.first,
        last=period.last,
        directive=directive,
        units=units,
        as_of=asked.moment,
        office=office_of(directory, office),
        by_unit=found.by_unit,
        by_directive=found.by_directive,
        overdue=_overdue(found.overdue),
        names=dict(sorted({**names, **numbers}.items())),
    )


async def directives_reported(register: Register, units: tuple[str, ...] | None) -> list[tuple[str, str]]:
    """Ids and numbers of the directives a report can be about, the newest first. Raises RegisterDown."""
    theirs = select(tasks.c.id).where(tasks.c.directive == directives.c.id, ~is_approval())
    if units is not None:
        theirs = theirs.where(tasks.c.unit.in_(units))
    wanted = select(directives.c.id, directives.c.number).where(theirs.exists())
    async with register.read() as connection:
        rows = await connection.execute(wanted.order_by(directives.c.issued.desc(), directives.c.id))
        return [(row.id, row.number) for row in rows]


def office_of(directory: Directory, code: str) -> Office:
    """A unit as the head of its own letters; an empty one where the directory does not know it."""
    unit = directory.unit_by_code.get(code)
    if unit is None:
        return Office()
    above = directory.unit_by_code.get(unit.parent)
    return Office(code=code, name=unit.name, above=above.name if above else "", system=unit.system)


def _overdue(late: Sequence[LateTask]) -> tuple[OverdueTask, ...]:
    """The overdue list, the longest overdue first."""
    longest = sorted(late, key=lambda one: -one.days)
    return tuple(
        OverdueTask(
            task=one.id,
            directive=one.directive,
            code=one.code,
            unit=one.unit,
            work=one.work,
            state=one.state,
            due_day=one.due_day,
            days=one.days,
            nudges=one.nudges,
            extensions=one.extensions,
        )
        for one in longest
    )


async def _numbers(connection: AsyncConnection, ids: set[str]) -> dict[str, str]:
    wanted = select(directives.c.id, directives.c.number).where(directives.c.id.in_(sorted(ids)))
    return {row.id: row.number for row in await connection.execute(wanted)}
