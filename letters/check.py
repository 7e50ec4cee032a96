"""Everything that is wrong with a plan, at once and each with its line."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from directive.calendar import WorkCalendar
from directive.codes import ascii_slug, is_code
from directive.directory import Directory
from directive.due import Due, local_day
from directive.policy import Policy
from directive.question import Stage
from letters.check_people import check_issuer, check_monitor, check_units, route_of
from letters.check_tree import Row, check_tree
from letters.forms import place
from letters.plan_due import Place, Settled, settle
from letters.plan_form import PlanForm, StageForm, TaskForm
from letters.problem import Problem
from letters.slips import slip
from letters.yaml_lines import Source

FAR = timedelta(days=3653)
DEFAULT_ROUTE = (StageForm(ask=("approver of the issuer",)),)


@dataclass(frozen=True)
class Around:
    """What a plan is checked against. `at` is the instant of the assignment (UTC), if it is known."""

    directory: Directory
    calendar: WorkCalendar
    policy: Policy | None
    late: bool = False
    today: date | None = None
    at: datetime | None = None

    def passed(self, due: Due) -> bool:
        """Whether the deadline has passed when the task is assigned."""
        if self.at is not None:
            return due.instant <= self.at
        return self.today is not None and due.day < self.today

    @property
    def day(self) -> date | None:
        """The day of the assignment."""
        return local_day(self.at) if self.at is not None else self.today


@dataclass(frozen=True)
class Checked:
    """A task that has been looked at: where it stands, its deadline, route, monitor and lead units."""

    form: TaskForm
    path: tuple[str | int, ...]
    settled: Settled
    route: tuple[Stage, ...]
    monitor: str
    units: tuple[str, ...]


@dataclass
class Findings:
    """What the check has found: the tasks as they can be planned, and the problems."""

    tasks: list[Checked] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def check_plan(
    form: PlanForm, paths: list[tuple[str | int, ...]], source: Source, around: Around
) -> Findings:
    """Look at a plan that could be read. `paths` are the places of its tasks in the file."""
    found = Findings()
    for line, question in source.questions:
        found.problems.append(slip("undecided", line, question=question or "?"))
    found.problems += _head(form, source, around)
    if not form.tasks:
        found.problems.append(slip("no_tasks", source.line("tasks"), "tasks"))
    for task, path in zip(form.tasks, paths, strict=True):
        checked, problems = _task(task, path, form, source, around)
        found.tasks.append(checked)
        found.problems += problems
    found.problems += _codes(found.tasks, source)
    found.problems += check_tree([_row(one, source) for one in found.tasks], source)
    return found


def _row(one: Checked, source: Source) -> Row:
    """A wording that could not be read, or a date that was refused, is no decision for no deadline."""
    unread = bool(one.form.deadline) or _typed(source, one.path).get("due") is not None
    undated = one.settled.due is None and (one.form.due is not None or not unread)
    return Row(one.form, one.path, one.settled, one.units, undated)


def _head(form: PlanForm, source: Source, around: Around) -> Iterator[Problem]:
    head = form.directive
    for name, value in (
        ("number", head.number),
        ("issued", head.issued),
        ("issuer", head.issuer),
        ("subject", head.subject),
    ):
        if not value and not _told(source, name):
            yield slip("missing_field", source.line("directive", name), f"directive.{name}", field=name)
    if head.number and not ascii_slug(head.number):
        line = source.line("directive", "number")
        yield slip("number_missing", line, "directive.number", number=head.number)
    if head.issuer:
        line = source.line("directive", "issuer")
        yield from check_issuer(head.issuer, around.directory, line)


def _told(source: Source, name: str) -> bool:
    """Whether an entry stands in the file, with a value that has been refused already."""
    head = source.data.get("directive")
    return isinstance(head, dict) and head.get(name) is not None and name == "issued"


def _task(
    task: TaskForm, path: tuple[str | int, ...], form: PlanForm, source: Source, around: Around
) -> tuple[Checked, list[Problem]]:
    where = f"tasks[{task.code}]" if task.code else place(path)
    problems: list[Problem] = []
    if not task.work:
        problems.append(slip("missing_field", source.line(*path), where, field="work"))
    issuer = form.directive.issuer
    units, slips = check_units(task, path, where, source, around.directory)
    problems += slips
    monitor = task.monitor or form.monitor
    line = source.line(*path, "monitor") if task.monitor else source.line("monitor")
    if monitor:
        problems += check_monitor(monitor, around.directory, line, f"{where}.monitor")
    else:
        own = any(other.monitor for other in form.tasks)
        line, where_of = (source.line(*path), where) if own else (source.line("monitor"), "monitor")
        problems.append(slip("no_monitor", line, where_of))
    stages, at = (
        (task.approvers, (*path, "approvers")) if task.approvers else (form.approvers, ("approvers",))
    )
    if "approvers" in _typed(source, path) and not task.approvers:
        problems.append(slip("no_approver", source.line(*path, "approvers"), where, code=task.code))
    lines = [source.line(*at, number) for number in range(len(stages))] or [source.line(*path)]
    route, slips = route_of(stages or DEFAULT_ROUTE, issuer, monitor, units, around.directory, lines, where)
    problems += slips
    settled, slips = _deadline(task, path, where, form, source, around)
    problems += slips
    return Checked(task, path, settled, route, monitor, units), problems


def _typed(source: Source, path: tuple[str | int, ...]) -> dict[str, object]:
    found = source.data
    for part in path:
        found = found[part]
    return found if isinstance(found, dict) else {}


def _deadline(
    task: TaskForm, path: tuple[str | int, ...], where: str, form: PlanForm, source: Source, around: Around
) -> tuple[Settled, list[Problem]]:
    issued = form.directive.issued
    typed = _typed(source, path)
    if issued is None or (typed.get("due") is not None and task.due is None):
        return Settled(), []  # the letter's date or the due date is refused already
    at = Place(
        where=where,
        due=source.line(*path, "due"),
        deadline=source.line(*path, "deadline"),
        received=source.line(*path, "received"),
    )
    settled, problems = settle(task, at, issued, around.calendar, around.policy)
    if settled.due is not None:
        line = at.due if task.due is not None else at.deadline
        problems += _of_due(settled.due, issued, line, where, around)
    return settled, problems


def _of_due(due: Due, issued: date, line: int, where: str, around: Around) -> Iterator[Problem]:
    shown = f"{due.day:%d/%m/%Y}"
    if due.day < issued:
        yield slip("before_letter", line, where, due=shown, issued=f"{issued:%d/%m/%Y}")
    elif around.passed(due):
        code = "deadline_late" if around.late else "deadline_past"
        yield slip(code, line, where, due=shown, today=f"{around.day:%d/%m/%Y}" if around.day else "")
    if due.day - issued > FAR:
        yield slip("far_deadline", line, where, due=shown)
        return
    why = around.calendar.day_off(due.day)
    every_day = around.policy is not None and around.policy.days == "all"
    if why is not None and not every_day:
        before = f"{around.calendar.roll_back(due.day):%d/%m/%Y}"
        yield slip("day_off", line, where, due=shown, why=why, before=before)
    if around.calendar.is_provisional(due.day):
        yield slip("provisional", line, where, year=due.day.year)


def _codes(tasks: list[Checked], source: Source) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for one in tasks:
        code, line, where = one.form.code, source.line(*one.path, "code"), f"{place(one.path)}.code"
        if not code:
            yield slip("missing_field", source.line(*one.path), where, field="code")
            continue
        if not is_code(code):
            yield slip("bad_code", line, where, guess=ascii_slug(code)[:40], code=code)
        if code in first:
            yield slip("code_twice", line, where, code=code, first=first[code])
        first.setdefault(code, line)
