"""Parents and children of a plan: they exist, are no circle, each child has one parent and ends no later than it."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from directive.due import Due, end_of_day
from directive.plan import parent_unit
from letters.directory_check import circles
from letters.forms import nearest
from letters.plan_due import Settled
from letters.plan_form import TaskForm
from letters.problem import Problem
from letters.slips import slip
from letters.yaml_lines import Source


class Row(NamedTuple):
    """A task as far as the tree goes. `undated` where the clerk has decided that it has no deadline."""

    form: TaskForm
    path: tuple[str | int, ...]
    settled: Settled
    units: tuple[str, ...]
    undated: bool


def check_tree(tasks: list[Row], source: Source) -> Iterator[Problem]:
    """What is wrong between children and their parents."""
    by_code = {one.form.code: one for one in tasks if one.form.code}
    lines = {one.form.code: source.line(*one.path, "parent") for one in tasks}
    for circle in circles({one.form.code: one.form.parent for one in tasks if one.form.parent}):
        cycle = " → ".join([*circle, circle[0]])
        yield slip("parent_cycle", lines.get(circle[0], 1), f"tasks[{circle[0]}].parent", cycle=cycle)
    for child in tasks:
        code = child.form.parent
        if not code or code == child.form.code:
            continue
        if code in by_code:
            yield from _of_parent(child, by_code[code], source)
        else:
            guess = nearest(code, by_code, 50)
            yield slip("unknown_parent", *_at(child, source), guess=guess, parent=code)


def _of_parent(child: Row, parent: Row, source: Source) -> Iterator[Problem]:
    code, (line, where) = parent.form.code, _at(child, source)
    for unit in child.units:
        if parent.units and parent_unit(parent.units, unit) is None:
            named = ", ".join(parent.units[:5]) + (" …" if len(parent.units) > 5 else "")
            yield slip("parent_lead", line, where, unit=unit, parent=code, leads=named)
    due, last = child.settled.due, _ends(parent.settled)
    if last is None:
        return
    shown = f"{last.day:%d/%m/%Y}"
    if due is None:
        if child.undated:
            yield slip("child_undated", line, where, code=child.form.code, parent_due=shown, parent=code)
    elif due.instant > last.instant:
        at = source.line(*child.path, "due") if child.form.due else source.line(*child.path, "deadline")
        yield slip("after_parent", at, where, due=f"{due.day:%d/%m/%Y}", parent_due=shown, parent=code)
    elif child.settled.recurrence and (child.settled.recurrence.until or date.max) > last.day:
        yield slip("outlives_parent", line, where, code=child.form.code, parent_due=shown, parent=code)


def _at(child: Row, source: Source) -> tuple[int, str]:
    return source.line(*child.path, "parent"), f"tasks[{child.form.code}].parent"


def _ends(parent: Settled) -> Due | None:
    """The deadline that bounds the children: that of a recurring parent is its last period's, if it has one."""
    if parent.recurrence is None:
        return parent.due
    until = parent.recurrence.until
    return Due(day=until, instant=end_of_day(until)) if until else None
