"""Parents and children of a plan: they exist, are no circle, belong to the same units and end in order."""

from collections.abc import Iterator

from directive.due import Due
from letters.directory_check import circles
from letters.forms import nearest
from letters.plan_form import TaskForm
from letters.problem import Problem
from letters.slips import slip
from letters.yaml_lines import Source

Row = tuple[TaskForm, tuple[str | int, ...], Due | None, tuple[str, ...]]


def check_tree(tasks: list[Row], source: Source) -> Iterator[Problem]:
    """What is wrong between children and their parents."""
    by_code = {form.code: (due, units) for form, _, due, units in tasks if form.code}
    lines = {form.code: source.line(*path, "parent") for form, path, _, _ in tasks}
    for circle in circles({form.code: form.parent for form, _, _, _ in tasks if form.parent}):
        cycle = " → ".join([*circle, circle[0]])
        yield slip("parent_cycle", lines.get(circle[0], 1), f"tasks[{circle[0]}].parent", cycle=cycle)
    for form, path, due, units in tasks:
        if not form.parent or form.parent == form.code:
            continue
        line, where = source.line(*path, "parent"), f"tasks[{form.code}].parent"
        if form.parent not in by_code:
            guess = nearest(form.parent, by_code, 50)
            yield slip("unknown_parent", line, where, guess=guess, parent=form.parent)
            continue
        parent_due, parent_units = by_code[form.parent]
        for unit in units:
            if unit not in parent_units:
                yield slip("parent_lead", line, where, unit=unit, parent=form.parent)
        if due and parent_due and due.instant > parent_due.instant:
            at = source.line(*path, "due") if form.due else source.line(*path, "deadline")
            shown, parent_shown = f"{due.day:%d/%m/%Y}", f"{parent_due.day:%d/%m/%Y}"
            yield slip("after_parent", at, where, due=shown, parent_due=parent_shown, parent=form.parent)
