"""Directory files: units, groups, people and absences, with everything that is wrong told by line."""

import hashlib
from typing import Annotated, Literal, TypeVar

from directive.directory import Absence, Acting, Directory, Group, Person, Unit
from directive.value import Value
from letters.directory_check import check_directory
from letters.directory_rights import RIGHTS, RightsForm, check_addresses, check_rights
from letters.forms import Day, Text, Texts, fill, nearest, several
from letters.problem import Problem, has_errors, in_order
from letters.slips import slip
from letters.yaml_lines import Source, YamlRefused, parse

TOP = ("version", "units", "groups", "people", "absences", *RIGHTS)
Row = TypeVar("Row", bound=Value)


class ActingForm(Value):
    """An acting head as typed; without an `end` until further notice."""

    person: Text
    start: Day
    end: Day | None = None
    reason: Text = ""


class UnitForm(Value):
    """A unit as typed."""

    code: Text
    name: Text = ""
    system: Literal["state", "party"] = "state"
    parent: Text = ""
    aliases: Texts = ()
    head: Text = ""
    acting: Annotated[tuple[ActingForm, ...], several] = ()
    officers: Texts = ()
    approvers: Texts = ()
    leadership: Texts = ()
    assigners: Texts = ()


class GroupForm(Value):
    """A group as typed."""

    code: Text
    name: Text = ""
    aliases: Texts = ()
    units: Texts = ()


class PersonForm(Value):
    """A person as typed."""

    id: Text
    name: Text = ""
    title: Text = ""
    email: Text = ""
    language: Literal["vi", "en"] = "vi"


class AbsenceForm(Value):
    """An absence as typed."""

    person: Text
    start: Day
    end: Day
    delegate: Text = ""
    reason: Text = ""


def load_directory(text: str) -> tuple[Directory | None, list[Problem]]:
    """The directory of a file and everything that is wrong with it; None where there is an error.

    Without a `version` of its own the directory is named after its content.
    """
    try:
        source = parse(text)
    except YamlRefused as refused:
        return None, [refused.problem]
    if source.data is None:
        return None, [slip("file_empty", 1)]
    if not isinstance(source.data, dict):
        return None, [slip("not_a_map", 1)]
    problems = list(source.problems)
    for key in source.data:
        if key not in TOP:
            guess = nearest(key, TOP, 55)
            problems.append(
                slip("unknown_key", source.line(key), key, guess=guess, key=key, known=", ".join(TOP))
            )
    units = _rows(UnitForm, "units", source, problems)
    groups = _rows(GroupForm, "groups", source, problems)
    people = _rows(PersonForm, "people", source, problems)
    absences = _rows(AbsenceForm, "absences", source, problems)
    typed = {key: value for key in RIGHTS if (value := source.data.get(key)) is not None}
    rights, slips = fill(RightsForm, typed, source, ())
    problems += slips
    if not units and not has_errors(problems):
        problems.append(slip("directory_empty", source.line("units"), "units"))
    version = str(source.data.get("version") or "") or f"dir-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
    directory = Directory(
        version=version,
        units=tuple(_unit(form) for form, _ in units),
        groups=tuple(Group(**{**form.model_dump(), "name": form.name or form.code}) for form, _ in groups),
        people=tuple(Person(**{**form.model_dump(), "name": form.name or form.id}) for form, _ in people),
        absences=tuple(Absence(**form.model_dump()) for form, _ in absences),
        **(rights or RightsForm()).model_dump(),
    )
    places = [tuple(path for _, path in rows) for rows in (units, groups, people, absences)]
    problems += check_directory(directory, source, *places)
    problems += check_rights(directory, source)
    problems += check_addresses(directory, source)
    problems = in_order(problems)
    return (None if has_errors(problems) else directory), problems


def _unit(form: UnitForm) -> Unit:
    acting = tuple(Acting(**one.model_dump()) for one in form.acting)
    return Unit(**{**form.model_dump(), "name": form.name or form.code, "acting": acting})


def _rows(
    model: type[Row], key: str, source: Source, problems: list[Problem]
) -> list[tuple[Row, tuple[str | int, ...]]]:
    """The rows of a list with their places; rows that cannot be read are told and left out."""
    listed = source.data.get(key)
    if listed is None:
        return []
    if not isinstance(listed, list):
        problems.append(
            slip("bad_value", source.line(key), key, value="", field=key, why="a list is expected")
        )
        return []
    read: list[tuple[Row, tuple[str | int, ...]]] = []
    for at, row in enumerate(listed):
        form, slips = fill(model, row, source, (key, at))
        problems += slips
        if form is not None:
            read.append((form, (key, at)))
    return read
