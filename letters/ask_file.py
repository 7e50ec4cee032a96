"""Files that ask for an approval: the YAML of one request, as the one-entry plan that `ask` starts."""

import unicodedata
from collections.abc import Iterator
from datetime import date, datetime

from directive.calendar import WorkCalendar
from directive.codes import approval_id, ascii_slug, is_code
from directive.directory import Directory, Seat
from directive.due import local_day
from directive.message import Evidence
from directive.plan import DirectiveHeader, Plan, PlannedTask
from directive.policy import Policy
from directive.question import Stage
from directive.request import Request
from directive.roles import RoleKind, role
from letters.ask_form import AskForm
from letters.check_people import check_issuer, check_monitor, likely_unit, route_of
from letters.forms import fill, nearest
from letters.plan_file import policy_named
from letters.policy_file import Policies
from letters.problem import Problem, has_errors, in_order
from letters.secrecy_mark import secrecy_line
from letters.slips import slip
from letters.yaml_lines import Source, YamlRefused, parse

EVIDENCE_LIMIT = 100


def load_request(
    text: str, *, directory: Directory, calendar: WorkCalendar, policies: Policies, at: datetime
) -> tuple[Plan | None, list[Problem]]:
    """The request of a file, as it would be submitted at `at` (UTC), and everything that is wrong with it.

    None where there is an error. Never raises on any text.
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
    form, problems = fill(AskForm, source.data, source, ())
    if form is None:
        return None, in_order([*source.problems, *problems])
    policy, slips = policy_named(form.policy, source, policies)
    check = _Check(form, source, directory, local_day(at))
    problems = in_order([*source.problems, *problems, *slips, *check.problems()])
    if has_errors(problems) or policy is None:
        return None, problems
    return check.plan(policy, calendar), problems


class _Check:
    """One form against the directory of a day."""

    def __init__(self, form: AskForm, source: Source, directory: Directory, on: date) -> None:
        self.form, self.source, self.directory, self.on = form, source, directory, on
        self.route: tuple[Stage, ...] = ()

    def problems(self) -> Iterator[Problem]:
        """Everything that is wrong with it, in no order."""
        for line, question in self.source.questions:
            yield slip("undecided", line, question=question or "?")
        yield from self._head()
        yield from self._bodies()
        yield from self._who()
        yield from self._route()

    def _line(self, *path: str | int) -> int:
        return self.source.line(*path)

    def _head(self) -> Iterator[Problem]:
        form = self.form
        for name in ("reference", "subject", "issuer"):
            if not getattr(form, name) and not self._typed(name):
                yield slip("missing_field", self._line(name), name, field=name)
        if form.reference and not is_code(form.reference):
            guess = ascii_slug(form.reference)[:40]
            yield slip("bad_code", self._line("reference"), "reference", guess=guess, code=form.reference)
        number, dated = form.document.number, form.document.dated
        if number and not ascii_slug(number):
            line = self._line("document", "number")
            yield slip("number_missing", line, "document.number", number=number)
        if bool(number) != bool(dated) and not self._typed("document", "dated" if number else "number"):
            missing = "dated" if number else "number"
            yield slip("missing_field", self._line("document"), f"document.{missing}", field=missing)
        if not (form.text or number or form.evidence) and not self._typed("text"):
            yield slip("nothing_asked", self._line("text"), "text")
        if len(form.evidence) > EVIDENCE_LIMIT:
            yield slip("evidence_many", self._line("evidence"), "evidence", limit=EVIDENCE_LIMIT)
        if form.needed and form.needed < self.on:
            day, today = f"{form.needed:%d/%m/%Y}", f"{self.on:%d/%m/%Y}"
            yield slip("needed_past", self._line("needed"), "needed", day=day, today=today)

    def _typed(self, *path: str) -> bool:
        """Whether something stands there that has been refused already."""
        found = self.source.data
        for part in path:
            found = found.get(part) if isinstance(found, dict) else None
        return found is not None and found != ""

    def _bodies(self) -> Iterator[Problem]:
        form = self.form
        if form.issuer:
            for one in check_issuer(form.issuer, self.directory, self._line("issuer")):
                yield one.model_copy(update={"where": "issuer"})
        if form.monitor:
            yield from check_monitor(form.monitor, self.directory, self._line("monitor"), "monitor")
        elif not self._typed("monitor"):
            yield slip("no_monitor", self._line("monitor"), "monitor")

    def _who(self) -> Iterator[Problem]:
        unit, person = self.form.asking.unit, self.form.asking.person
        for name, value in (("unit", unit), ("person", person)):
            if not value and not self._typed("from", name):
                yield slip("missing_field", self._line("from"), f"from.{name}", field=name)
        if unit and unit not in self.directory.unit_by_code:
            guess = likely_unit(unit, self.directory)
            yield slip("unknown_unit", self._line("from", "unit"), "from.unit", guess=guess, name=unit)
            return
        line, where = self._line("from", "person"), "from.person"
        if person and person not in self.directory.person_by_id:
            guess = nearest(person, self.directory.person_by_id)
            yield slip("unknown_person", line, where, guess=guess, person=person)
        elif unit and person and self._seat() is None:
            held = [one for kind in _ASKING for one in self.directory.holders(role(kind, unit))]
            names = ", ".join(dict.fromkeys(held)) or "—"
            yield slip("not_of_unit", line, where, person=person, unit=unit, known=names)

    def _seat(self) -> tuple[str, Seat] | None:
        """The role in which the person may ask for the unit: their own first, then one for somebody who is away."""
        asking = self.form.asking
        roles = [role(kind, asking.unit) for kind in _ASKING]
        held = [(one, self.directory.seat_of(asking.person, one, self.on)) for one in roles]
        found = [(one, seat) for one, seat in held if seat is not None]
        return min(found, key=lambda one: bool(one[1].on_behalf_of), default=None)

    def _route(self) -> Iterator[Problem]:
        form = self.form
        if not form.route:
            if not self._typed("route") or self.source.data["route"] in ([], {}):
                yield slip("no_route", self._line("route"), "route")
            return
        lines = [self._line("route", number) for number in range(len(form.route))]
        units = (form.asking.unit,) if form.asking.unit else ()
        self.route, problems = route_of(
            form.route, form.issuer, form.monitor, units, self.directory, lines, "route"
        )
        yield from (one.model_copy(update={"where": "route"}) for one in problems)

    def plan(self, policy: Policy, calendar: WorkCalendar) -> Plan:
        """The request as a plan of one entry. Without a document the day of asking stands for the letter's date."""
        form, seat = self.form, self._seat()
        assert seat is not None
        document = form.document
        return Plan(
            directive=DirectiveHeader(
                id=approval_id(form.reference),
                number=document.number or form.reference,
                issued=document.dated or self.on,
                issuer=form.issuer,
                subject=form.subject,
            ),
            tasks=(
                PlannedTask(
                    code=form.reference,
                    work=form.subject,
                    lead=(form.asking.unit,),
                    route=self.route,
                    monitor=form.monitor,
                ),
            ),
            policy=policy,
            calendar=calendar.version,
            request=Request(
                reference=form.reference,
                number=document.number,
                dated=document.dated,
                text=form.text,
                evidence=tuple(Evidence(name=one.name, where=one.where) for one in form.evidence),
                by=form.asking.person,
                role=seat[0],
                on_behalf_of=seat[1].on_behalf_of,
                needed=form.needed,
            ),
        )


_ASKING = (RoleKind.OFFICER, RoleKind.HEAD)
