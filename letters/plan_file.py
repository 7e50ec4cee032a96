"""Plan files: the YAML that a clerk has checked, as the plan that `assign` starts."""

import unicodedata
from datetime import date, datetime

from directive.calendar import WorkCalendar
from directive.codes import directive_id
from directive.directory import Directory
from directive.plan import DirectiveHeader, Plan, PlannedTask, Reference
from directive.policy import Policy
from letters.check import Around, Checked, Findings, check_plan
from letters.forms import fill, nearest
from letters.plan_form import DirectiveForm, PlanForm, TaskForm
from letters.policy_file import Policies
from letters.problem import Problem, has_errors, in_order
from letters.secrecy_mark import secrecy_line
from letters.slips import slip
from letters.yaml_lines import Source, YamlRefused, parse

TOP = ("directive", "policy", "monitor", "approvers", "tasks")


def load_plan(
    text: str,
    *,
    directory: Directory,
    calendar: WorkCalendar,
    policies: Policies,
    late: bool = False,
    today: date | None = None,
    at: datetime | None = None,
) -> tuple[Plan | None, list[Problem]]:
    """The plan of a file and everything that is wrong with it; None where there is an error.

    `today` (a local day) or `at` (the instant of the assignment, UTC) tell which deadlines have passed; those
    are accepted only with `late`. Never raises on any text.
    """
    marked = secrecy_line(unicodedata.normalize("NFC", text))
    if marked:
        return None, [slip("secret", marked)]
    try:
        source = parse(text)
    except YamlRefused as refused:
        return None, [refused.problem]
    if source.data is None:
        return None, [slip("file_empty", 1)]
    if not isinstance(source.data, dict):
        return None, [slip("not_a_map", 1)]
    form, paths, problems = read_form(source)
    policy, slips = policy_named(form.policy, source, policies)
    around = Around(directory, calendar, policy, late=late, today=today, at=at)
    found = check_plan(form, paths, source, around)
    problems = in_order([*source.problems, *problems, *slips, *found.problems])
    if has_errors(problems) or policy is None:
        return None, problems
    return _plan(form, found, policy, calendar), problems


def read_form(source: Source) -> tuple[PlanForm, list[tuple[str | int, ...]], list[Problem]]:
    """The entries of the file as far as they can be read, with the places of the tasks."""
    data, problems = source.data, list[Problem]()
    for key in data:
        if key not in TOP:
            guess, known = nearest(key, TOP, 55), ", ".join(TOP)
            problems.append(slip("unknown_key", source.line(key), key, guess=guess, key=key, known=known))
    head, slips = fill(DirectiveForm, data.get("directive") or {}, source, ("directive",))
    problems += slips
    tasks, paths = list[TaskForm](), list[tuple[str | int, ...]]()
    listed = data.get("tasks")
    if listed is not None and not isinstance(listed, list):
        problems.append(
            slip("bad_value", source.line("tasks"), "tasks", value="", field="tasks", why="not a list")
        )
        listed = None
    for at, row in enumerate(listed or []):
        task, slips = fill(TaskForm, row, source, ("tasks", at))
        problems += slips
        if task is not None:
            tasks.append(task)
            paths.append(("tasks", at))
    rest = {key: data[key] for key in ("policy", "monitor", "approvers") if data.get(key) is not None}
    form, slips = fill(PlanForm, rest, source, ())
    problems += slips
    form = (form or PlanForm()).model_copy(
        update={"directive": head or DirectiveForm(), "tasks": tuple(tasks)}
    )
    return form, paths, problems


def policy_named(named: str, source: Source, policies: Policies) -> tuple[Policy | None, list[Problem]]:
    """The policy that a plan or a request names; errors in a policy file are one problem, at the line that names it."""
    policy, problems = policies(named)
    errors = [one for one in problems if one.is_error]
    if policy is not None and not errors:
        return policy, []
    line = source.line("policy")
    if errors and errors[0].code in ("policy_unknown", "file_missing"):
        return None, [errors[0].model_copy(update={"line": line, "where": "policy"})]
    first = errors[0] if errors else slip("file_empty", 0)
    broken = slip("policy_broken", line, "policy", name=named, at=first.line, what=first.vi, what_en=first.en)
    return None, [broken]


def _plan(form: PlanForm, found: Findings, policy: Policy, calendar: WorkCalendar) -> Plan:
    head = form.directive
    assert head.issued is not None
    references = tuple(Reference(**one.model_dump()) for one in head.references)
    return Plan(
        directive=DirectiveHeader(
            id=directive_id(head.issuer, head.number, head.issued),
            number=head.number,
            issued=head.issued,
            issuer=head.issuer,
            subject=head.subject,
            signer=head.signer,
            urgency=head.urgency,
            references=references,
        ),
        tasks=tuple(_planned(one) for one in found.tasks),
        policy=policy,
        calendar=calendar.version,
    )


def _planned(one: Checked) -> PlannedTask:
    form = one.form
    return PlannedTask(
        code=form.code,
        work=form.work,
        lead=form.lead,
        supporting=form.supporting,
        product=form.product,
        deadline=form.deadline,
        received=form.received,
        due=one.settled.due,
        recurrence=one.settled.recurrence,
        route=one.route,
        monitor=one.monitor,
        parent=form.parent,
        lines=form.lines,
    )
