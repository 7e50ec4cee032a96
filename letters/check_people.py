"""Who leads, monitors and approves: everyone that a plan names stands in the directory and can be asked."""

from collections.abc import Iterator

from directive.directory import Directory, Group, Unit
from directive.question import Stage
from directive.regex import regex
from directive.roles import RoleKind, role
from letters.forms import nearest
from letters.plan_form import StageForm, TaskForm
from letters.problem import Problem
from letters.slips import slip
from letters.yaml_lines import Source

_IN_WORDS = regex(r"(\w+) of (?:the )?(.+)")
_KINDS = {
    "người phê duyệt": "approver",
    "lãnh đạo": "leadership",
    "thường trực": "leadership",
    "người đứng đầu": "head",
    "bên giao việc": "assigner",
}
_ISSUER = {"issuer", "cơ quan ban hành"}
_MONITOR = {"monitor", "monitoring unit", "đơn vị theo dõi"}
_LEAD = {"lead", "lead unit", "đơn vị chủ trì"}
MOST_WEIGHT = 100
"""A heavier voice is a slip of the keyboard. Our decision."""


def likely_unit(name: str, directory: Directory, *, groups: bool = False) -> str:
    """The code that a mistyped code, a name or an alias was probably meant to be."""
    rows: list[Unit | Group] = [*directory.units, *(directory.groups if groups else ())]
    names = {said.casefold(): row.code for row in rows for said in (row.name, *row.aliases, row.code)}
    return names.get(name.casefold()) or names.get(nearest(name.casefold(), names), "")


def check_issuer(code: str, directory: Directory, line: int) -> Iterator[Problem]:
    """The issuer is a unit, and somebody stands at the top of its ladder."""
    unit = directory.unit_by_code.get(code)
    if unit is None:
        yield _unknown(code, directory, line, "directive.issuer")
    elif not directory.holders(role(RoleKind.LEADERSHIP, unit.code)):
        yield slip("issuer_no_leadership", line, "directive.issuer", unit=code)


def check_monitor(code: str, directory: Directory, line: int, where: str) -> Iterator[Problem]:
    """The monitoring office is a unit with a head."""
    unit = directory.unit_by_code.get(code)
    if unit is None:
        yield _unknown(code, directory, line, where)
    elif not directory.holders(role(RoleKind.HEAD, unit.code)):
        yield slip("monitor_no_head", line, where, unit=code)


def _unknown(code: str, directory: Directory, line: int, where: str) -> Problem:
    if code in directory.group_by_code:
        return slip("group_not_unit", line, where, name=code)
    return slip("unknown_unit", line, where, guess=likely_unit(code, directory), name=code)


def check_units(
    task: TaskForm, path: tuple[str | int, ...], where: str, source: Source, directory: Directory
) -> tuple[tuple[str, ...], list[Problem]]:
    """The lead units of a task, each once, and what is wrong with those it names."""
    problems: list[Problem] = []
    if not task.lead:
        problems.append(slip("no_lead", source.line(*path, "lead"), where, code=task.code))
    groups: dict[str, list[str]] = {}
    for field, codes in (("lead", task.lead), ("supporting", task.supporting)):
        for number, code in enumerate(codes):
            line = source.line(*path, field, number)
            if code not in directory.unit_by_code and code not in directory.group_by_code:
                guess = likely_unit(code, directory, groups=True)
                problems.append(slip("unknown_lead", line, f"{where}.{field}", guess=guess, name=code))
            elif not directory.members(code):
                problems.append(slip("empty_group", line, f"{where}.{field}", name=code))
            elif field == "lead":
                for unit in directory.members(code):
                    groups.setdefault(unit, []).append(code)
            elif code in task.lead:
                problems.append(slip("supports_itself", line, f"{where}.supporting", unit=code))
    line = source.line(*path, "lead")
    for unit, named in groups.items():
        if len(named) > 1:
            problems.append(slip("unit_twice", line, f"{where}.lead", unit=unit, groups=", ".join(named)))
        problems += _lead(unit, directory, line, f"{where}.lead")
    return tuple(groups), problems


def _lead(code: str, directory: Directory, line: int, where: str) -> Iterator[Problem]:
    unit = directory.unit_by_code.get(code)
    if unit is None:
        return  # the directory itself is wrong, and said so
    if not directory.holders(role(RoleKind.HEAD, unit.code)):
        yield slip("no_head", line, where, unit=code, name=unit.name)
    if not directory.holders(role(RoleKind.OFFICER, unit.code)):
        yield slip("no_officer", line, where, unit=code, name=unit.name)


def route_of(
    stages: tuple[StageForm, ...],
    issuer: str,
    monitor: str,
    units: tuple[str, ...],
    directory: Directory,
    lines: list[int],
    where: str,
) -> tuple[tuple[Stage, ...], list[Problem]]:
    """The route of a report, in wire roles, and what is wrong with it."""
    route: list[Stage] = []
    problems: list[Problem] = []
    for number, stage in enumerate(stages):
        line, at = lines[min(number, len(lines) - 1)], f"{where}.approvers"
        asks: list[str] = []
        for said in stage.ask:
            wire, problem = _role(said, issuer, monitor, units, directory, line, at)
            problems += [problem] if problem else []
            asks += [wire] if wire else []
        asks = list(dict.fromkeys(asks))
        if not stage.ask:
            problems.append(slip("level_asks_nobody", line, at))
        named = {*stage.weights, *stage.veto}
        wires = {said: _role(said, issuer, monitor, units, directory, line, at)[0] for said in named}
        weights, veto, slips = _voices(stage, asks, wires, line, at)
        problems += slips
        problems += _own(asks, units, directory, line, at)
        if asks:
            route.append(Stage(asks=tuple(asks), quorum=stage.quorum, weights=weights, veto=veto))
    return tuple(route), problems


def _voices(
    stage: StageForm, asks: list[str], wires: dict[str, str], line: int, where: str
) -> tuple[dict[str, int], tuple[str, ...], list[Problem]]:
    """The weights and vetoes of a stage in wire roles, and what is wrong with them and with its quorum."""
    problems: list[Problem] = []
    for key, named in (("weights", tuple(stage.weights)), ("veto", stage.veto)):
        problems += [
            slip("voice_not_asked", line, where, key=key, role=said, asked=", ".join(stage.ask))
            for said in named
            if wires[said] not in asks
        ]
    for said, weight in stage.weights.items():
        if not 1 <= weight <= MOST_WEIGHT:
            problems.append(slip("bad_weight", line, where, role=said, weight=weight, limit=MOST_WEIGHT))
    weights = {wires[said]: weight for said, weight in stage.weights.items() if wires[said] in asks}
    veto = tuple(dict.fromkeys(wires[said] for said in stage.veto if wires[said] in asks))
    whole = sum(weights.get(one, 1) for one in asks) if weights else len(stage.ask)
    if stage.ask and not 0 <= stage.quorum <= whole:
        code = "quorum_too_heavy" if weights else "bad_quorum"
        problems.append(slip(code, line, where, quorum=stage.quorum, asked=whole))
    if veto and stage.quorum == 1 and len(asks) > 1:
        problems.append(slip("veto_idle", line, where))
    return weights, veto, problems


def _role(
    said: str, issuer: str, monitor: str, units: tuple[str, ...], directory: Directory, line: int, where: str
) -> tuple[str, Problem | None]:
    kind, colon, code = said.partition(":")
    if not colon:
        kind, code = _in_words(said)
    kind, code = kind.strip(), code.strip()
    if kind not in list(RoleKind) or not code:
        return "", slip("bad_role", line, where, guess=nearest(kind, list(RoleKind), 60), role=said)
    if code in _ISSUER | _MONITOR:
        code = issuer if code in _ISSUER else monitor
        if not code or code not in directory.unit_by_code:
            return "", None  # the missing or unknown issuer is told already
    elif code in _LEAD:
        if len(units) != 1:
            return "", slip("role_of_many", line, where, role=said) if units else None
        code = units[0]
    unit = directory.unit_by_code.get(code)
    if unit is None:
        return "", _unknown(code, directory, line, where)
    if not directory.holders(role(RoleKind(kind), code)):
        return "", slip("role_vacant", line, where, role=said)
    return role(RoleKind(kind), code), None


def _in_words(said: str) -> tuple[str, str]:
    """`approver of the issuer`, `người phê duyệt của cơ quan ban hành`."""
    for words, kind in _KINDS.items():
        if said.lower().startswith(f"{words} "):
            rest = said[len(words) :].strip().removeprefix("của ").strip()
            return kind, rest.lower() if rest.lower() in _ISSUER | _MONITOR | _LEAD else rest
    found = _IN_WORDS.fullmatch(said)
    return (found[1].lower(), found[2]) if found else ("", "")


def _own(
    asks: list[str], units: tuple[str, ...], directory: Directory, line: int, where: str
) -> Iterator[Problem]:
    """A stage that only the one person could decide who also reports would never be decided."""
    asked = {one for asking in asks for one in directory.holders(asking)}
    for code in units:
        unit = directory.unit_by_code.get(code)
        if unit is None:
            continue
        reporting = {one for one in (unit.head, *(one.person for one in unit.acting), *unit.officers) if one}
        if asked and len(asked) == 1 and asked == reporting:
            yield slip("only_self", line, where, person=next(iter(asked)), unit=code)
