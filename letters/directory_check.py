"""What can be wrong between the rows of a directory: unknown people and units, circles, reversed and missing dates."""

from collections.abc import Iterable, Iterator

from directive.codes import ascii_slug, is_code
from directive.directory import Absence, Acting, Directory, Group, Unit
from directive.regex import regex
from letters.forms import nearest, place
from letters.problem import Problem
from letters.slips import slip
from letters.yaml_lines import Source

_EMAIL = regex(r"[^@\s<>,;:\"()\[\]]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PERSON = regex(r"[a-z0-9][a-z0-9._@-]{0,99}")
Place = tuple[str | int, ...]
Places = tuple[Place, ...]


def check_directory(
    directory: Directory, source: Source, units: Places, groups: Places, people: Places, absences: Places
) -> Iterator[Problem]:
    """Everything that is wrong between the rows; the places are those of the rows, in their order."""
    yield from _codes(directory, source, units, groups)
    yield from _people(directory, source, people)
    for unit, at in zip(directory.units, units, strict=True):
        yield from _unit(unit, directory, source, at)
        yield from _acting(unit, directory, source, at)
    yield from _circles(directory, source, units)
    yield from _groups(directory, source, groups)
    yield from _absences(directory, source, absences)
    yield from _aliases(directory, source, units, groups)


def circles(superior: dict[str, str]) -> Iterator[list[str]]:
    """The circles in a map from child to parent, each once."""
    done: set[str] = set()
    for start in superior:
        path: list[str] = []
        at = start
        while at and at not in done and at not in path:
            path.append(at)
            at = superior.get(at, "")
        if at in path:
            yield path[path.index(at) :]
        done.update(path)


def _codes(directory: Directory, source: Source, units: Places, groups: Places) -> Iterator[Problem]:
    first: dict[str, int] = {}
    rows: list[tuple[Unit | Group, Place]] = [
        *zip(directory.units, units, strict=True),
        *zip(directory.groups, groups, strict=True),
    ]
    for row, at in rows:
        line = source.line(*at, "code")
        if not is_code(row.code):
            yield slip("bad_code", line, place(at), guess=ascii_slug(row.code)[:40], code=row.code)
        if row.code in first:
            yield slip("unit_code_twice", line, place(at), code=row.code, first=first[row.code])
        first.setdefault(row.code, line)


def _people(directory: Directory, source: Source, people: Places) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for person, at in zip(directory.people, people, strict=True):
        line = source.line(*at, "id")
        if not _PERSON.fullmatch(person.id):
            yield slip("bad_person_id", line, place(at), guess=ascii_slug(person.id)[:100], person=person.id)
        if person.id in first:
            yield slip("person_twice", line, place(at), person=person.id, first=first[person.id])
        first.setdefault(person.id, line)
        if person.email and not _EMAIL.fullmatch(person.email):
            yield slip("bad_email", source.line(*at, "email"), place(at), email=person.email)


def _unit(unit: Unit, directory: Directory, source: Source, at: Place) -> Iterator[Problem]:
    known = directory.person_by_id
    if unit.parent and unit.parent not in directory.unit_by_code:
        line, guess = source.line(*at, "parent"), nearest(unit.parent, directory.unit_by_code)
        yield slip("unknown_superior", line, place((*at, "parent")), guess=guess, name=unit.parent)
    named: list[tuple[str, Iterable[str]]] = [
        ("head", [unit.head] if unit.head else []),
        ("officers", unit.officers),
        ("approvers", unit.approvers),
        ("leadership", unit.leadership),
        ("assigners", unit.assigners),
    ]
    for field, ids in named:
        for number, one in enumerate(ids):
            if one not in known:
                line = source.line(*at, field, number)
                yield slip("unknown_person", line, place((*at, field)), guess=nearest(one, known), person=one)


def _acting(unit: Unit, directory: Directory, source: Source, at: Place) -> Iterator[Problem]:
    """Acting heads: people of the directory, with dates in order, one at a time."""
    for number, one in enumerate(unit.acting):
        path = (*at, "acting", number)
        if one.person not in directory.person_by_id:
            line, guess = source.line(*path, "person"), nearest(one.person, directory.person_by_id)
            yield slip("unknown_person", line, place(path), guess=guess, person=one.person)
        if one.end and one.end < one.start:
            yield slip("acting_reversed", source.line(*path), place(path), start=one.start, end=one.end)
        for before, other in enumerate(unit.acting[:number]):
            if _both_act(one, other):
                first = source.line(*at, "acting", before)
                yield slip("acting_overlap", source.line(*path), place(path), unit=unit.code, first=first)


def _both_act(one: Acting, other: Acting) -> bool:
    return one.start <= (other.end or one.start) and other.start <= (one.end or other.start)


def _circles(directory: Directory, source: Source, units: Places) -> Iterator[Problem]:
    lines = {unit.code: source.line(*at, "parent") for unit, at in zip(directory.units, units, strict=True)}
    for circle in circles({unit.code: unit.parent for unit in directory.units}):
        told = " → ".join([*circle, circle[0]])
        yield slip("superior_cycle", lines.get(circle[0], 1), circle[0], cycle=told)


def _groups(directory: Directory, source: Source, groups: Places) -> Iterator[Problem]:
    for group, at in zip(directory.groups, groups, strict=True):
        if not group.units:
            yield slip("empty_group", source.line(*at), place(at), name=group.code)
        seen: set[str] = set()
        for number, code in enumerate(group.units):
            line, where = source.line(*at, "units", number), place((*at, "units"))
            if code not in directory.unit_by_code:
                guess = nearest(code, directory.unit_by_code)
                yield slip("group_unit_unknown", line, where, guess=guess, group=group.code, name=code)
            if code in seen:
                yield slip("group_unit_twice", line, where, group=group.code, name=code)
            seen.add(code)


def _absences(directory: Directory, source: Source, absences: Places) -> Iterator[Problem]:
    rows = list(zip(directory.absences, absences, strict=True))
    for number, (away, at) in enumerate(rows):
        line, where = source.line(*at), place(at)
        for field, one in (("person", away.person), ("delegate", away.delegate)):
            if one and one not in directory.person_by_id:
                guess = nearest(one, directory.person_by_id)
                yield slip("unknown_person", source.line(*at, field), where, guess=guess, person=one)
        if away.end < away.start:
            yield slip("dates_reversed", source.line(*at, "end"), where, start=away.start, end=away.end)
        if not away.delegate:
            yield slip("no_delegate", line, where, person=away.person)
        elif away.delegate == away.person:
            yield slip("delegate_self", source.line(*at, "delegate"), where, person=away.person)
        for other, _ in rows:
            if other.person == away.delegate != away.person and _meet(away, other):
                yield slip(
                    "delegate_away", line, where, delegate=other.person, start=other.start, end=other.end
                )
        for other, place_of in rows[:number]:
            if other.person == away.person and _meet(away, other):
                yield slip("absence_overlap", line, where, person=away.person, first=source.line(*place_of))


def _meet(one: Absence, other: Absence) -> bool:
    return one.start <= other.end and other.start <= one.end


def _aliases(directory: Directory, source: Source, units: Places, groups: Places) -> Iterator[Problem]:
    """One name for two units makes every letter that uses it a question."""
    owner: dict[str, str] = {}
    rows: list[tuple[Unit | Group, Place]] = [
        *zip(directory.units, units, strict=True),
        *zip(directory.groups, groups, strict=True),
    ]
    for row, at in rows:
        for alias in dict.fromkeys(one.casefold() for one in (row.name, *row.aliases)):
            if owner.setdefault(alias, row.code) != row.code:
                line = source.line(*at, "aliases")
                yield slip("alias_twice", line, place(at), alias=alias, first=owner[alias], second=row.code)
