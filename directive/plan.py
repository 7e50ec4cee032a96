"""A plan: the tasks of one directive, as a clerk has checked them."""

import hashlib
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Literal

from directive.clock import OfficeClock
from directive.codes import task_id
from directive.directory import Directory
from directive.due import Due
from directive.policy import Policy
from directive.question import Stage
from directive.request import Request
from directive.task import Assignment, Order, Recurrence
from directive.value import Value


class Reference(Value):
    """A document that the directive cites."""

    type: str
    number: str
    dated: date | None = None
    issuer: str = ""


class DirectiveHeader(Value):
    """The letter itself. `id` is `<issuer>.<number>-<year>` in ASCII; `number` is as signed: `1346-CV/ĐU`."""

    id: str
    number: str
    issued: date
    issuer: str
    subject: str
    signer: str = ""
    urgency: Literal["", "khẩn", "thượng khẩn", "hỏa tốc"] = ""
    references: tuple[Reference, ...] = ()


class PlannedTask(Value):
    """One task. `deadline` is the letter's wording, `due` what it means; `lead` units or groups each get their own.

    `received` is the day from which a deadline counts that runs from the receipt of the letter.
    """

    code: str
    work: str
    lead: tuple[str, ...]
    supporting: tuple[str, ...] = ()
    product: str = ""
    deadline: str = ""
    received: date | None = None
    due: Due | None = None
    recurrence: Recurrence | None = None
    route: tuple[Stage, ...]
    monitor: str
    parent: str = ""
    lines: str = ""


def parent_unit(leads: tuple[str, ...], unit: str) -> str | None:
    """Whose parent task a child of `unit` belongs to: its own unit's, else the only one; None where in doubt."""
    if unit in leads:
        return unit
    return leads[0] if len(leads) == 1 else None


class Plan(Value):
    """Everything that `assign` starts. `directory` and `calendar` name the versions it was checked against.

    A stand-alone approval is a plan with a `request` and one entry, whose code is the reference.
    """

    directive: DirectiveHeader
    tasks: tuple[PlannedTask, ...]
    policy: Policy
    calendar: str
    request: Request | None = None

    @property
    def digest(self) -> str:
        """The content's SHA-256: the same plan again has the same one."""
        return hashlib.sha256(self.model_dump_json(exclude_defaults=True).encode()).hexdigest()

    @property
    def urgency(self) -> str:
        """How notices of this plan travel: the letter's urgency, or as hỏa tốc where the policy says so."""
        return "hỏa tốc" if self.policy.delivery.at_once else self.directive.urgency

    def orders(
        self, directory: Directory, clock: OfficeClock, first: int = 0, most: int | None = None
    ) -> Iterator[Order]:
        """One order for each task and lead unit, groups resolved, in the plan's order.

        Where only a part is wanted: at most so many from the `first` on, and no other is made.
        """
        end = None if most is None else first + most
        for planned, unit in islice(self._led(directory), first, end):
            yield self._order(planned, unit, self._parent_of(planned, unit, directory), clock)

    def number_of_orders(self, directory: Directory) -> int:
        """How many orders there are, none of which is made."""
        return sum(1 for _ in self._led(directory))

    def _led(self, directory: Directory) -> Iterator[tuple[PlannedTask, str]]:
        for planned in self.tasks:
            for unit in self.units_of(planned, directory):
                yield planned, unit

    def units_of(self, planned: PlannedTask, directory: Directory) -> tuple[str, ...]:
        """The lead units of a task, each once."""
        return tuple(dict.fromkeys(unit for code in planned.lead for unit in directory.members(code)))

    def _parent_of(self, planned: PlannedTask, unit: str, directory: Directory) -> str:
        """The id of the one task that is the parent, or nothing; a checked plan leaves no doubt."""
        parent = next((one for one in self.tasks if one.code == planned.parent), None)
        leads = self.units_of(parent, directory) if parent else ()
        leading = parent_unit(leads, unit)
        return task_id(self.directive.id, planned.parent, leading) if leading else ""

    def _order(self, planned: PlannedTask, unit: str, parent: str, clock: OfficeClock) -> Order:
        header = self.directive
        return Order(
            task=Assignment(
                id=header.id if self.request else task_id(header.id, planned.code, unit),
                directive=header.id,
                code=planned.code,
                unit=unit,
                issuer=header.issuer,
                monitor=planned.monitor,
                route=planned.route,
                parent=parent,
                kind="approval" if self.request else "task",
            ),
            work=planned.work,
            number=header.number,
            due=planned.due,
            recurrence=planned.recurrence,
            policy=self.policy,
            calendar=self.calendar,
            clock=clock,
        )
