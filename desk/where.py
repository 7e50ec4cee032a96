"""`--where KEY=VALUE`: which tasks of a directive are meant. The keys are few and fixed; a comma means "or"."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from desk import person, typed, words
from desk.exit import Stop, bad_input
from directive.directory import Directory
from directive.light import LightKind
from directive.task import State
from register.models import TaskFilter

Kind = TypeVar("Kind", bound=StrEnum)


def chosen(directive: str, where: Sequence[str], directory: Directory) -> TaskFilter:
    """The tasks of a directive that fulfil every condition; open ones only, unless a state or light is named.

    Raises Stop for a key or a value that is not known.
    """
    fields: dict[str, Any] = {}
    units: list[set[str]] = []
    for key, values in _conditions(where).items():
        if key in _UNITS:
            units.append({unit for value in values for unit in _UNITS[key](directory, value)})
        else:
            fields |= _FIELDS[key](directory, values)
    if units:
        fields["units"] = tuple(sorted(set.intersection(*units)))
    open_only = not (fields.get("states") or fields.get("lights"))
    return TaskFilter(directive=directive, open_only=open_only, **fields)


def normal(where: Sequence[str]) -> list[str]:
    """The conditions in one order and spelling: the same selection is typed in many ways. Raises Stop."""
    found = _conditions(where)
    return [f"{key}={','.join(sorted(values))}" for key, values in sorted(found.items())]


def _conditions(where: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in where:
        name, equals, rest = one.partition("=")
        key = name.strip().lower().replace("_", "-")
        values = [value.strip() for value in rest.split(",") if value.strip()]
        if key not in KEYS:
            raise _unknown_key(name)
        if not (equals and values):
            raise _no_value(one)
        if key in found:
            raise _twice(key)
        if key in _SINGLE and len(values) > 1:
            raise _one_only(key)
        found[key] = values
    return found


def _unit(directory: Directory, code: str) -> Iterable[str]:
    return (_known(code, [one.code for one in directory.units], "đơn vị", "unit", "unit"),)


def _parent(directory: Directory, code: str) -> Iterable[str]:
    above = _known(code, [one.code for one in directory.units], "đơn vị", "unit", "parent")
    return [one.code for one in directory.units if one.parent == above]


def _group(directory: Directory, code: str) -> Iterable[str]:
    return directory.members(_known(code, list(directory.group_by_code), "nhóm", "group", "group"))


def _officer(directory: Directory, values: list[str]) -> dict[str, Any]:
    people = tuple(person.known(directory, value) for value in values)
    units = [one.code for one in directory.units if set(people) & set(one.officers)]
    return {"officers": people, "officers_of": tuple(units)}


_UNITS: dict[str, Callable[[Directory, str], Iterable[str]]] = {
    "unit": _unit,
    "parent": _parent,
    "group": _group,
}
_FIELDS: dict[str, Callable[[Directory, list[str]], dict[str, Any]]] = {
    "code": lambda _, values: {"codes": tuple(values)},
    "state": lambda _, values: {"states": tuple(one_of(State, value) for value in values)},
    "light": lambda _, values: {"lights": tuple(one_of(LightKind, value) for value in values)},
    "officer": _officer,
    "due-before": lambda _, values: {"due_before": typed.day(values[0])},
    "due-after": lambda _, values: {"due_after": typed.day(values[0])},
}
_SINGLE = ("due-before", "due-after")
KEYS = ("unit", "parent", "group", "code", "state", "light", "officer", "due-before", "due-after")
_LISTED = ", ".join(KEYS)


def one_of(kind: type[Kind], typed_word: str) -> Kind:
    """The state or light meant. Raises Stop with the list."""
    wanted = typed_word.strip().lower().replace("-", "_")
    if wanted in set(kind):
        return kind(wanted)
    known = ", ".join(f"{one.value} ({words.word(one)})" for one in kind)
    raise bad_input(
        f"«{typed_word}» không có trong danh sách",
        f"«{typed_word}» is not on the list",
        f"một trong: {known}",
        f"one of: {known}",
        kind="bad_where",
    )


def _known(code: str, known: list[str], vi: str, en: str, key: str) -> str:
    if code in known:
        return code
    from rapidfuzz import process  # only a slip needs it, and it is fifty modules

    near = ", ".join(found for found, _, _ in process.extract(code, known, limit=3, score_cutoff=55))
    raise bad_input(
        f"danh bạ không có {vi} «{code}» (--where {key}=…)",
        f"the directory has no {en} «{code}» (--where {key}=…)",
        f"ý bạn là {near}?" if near else "xem `directory check`",
        f"did you mean {near}?" if near else "see `directory check`",
        kind="bad_where",
    )


def _unknown_key(name: str) -> Stop:
    return bad_input(
        f"--where không có khóa «{name}»",
        f"--where has no key «{name}»",
        f"một trong: {_LISTED}",
        f"one of: {_LISTED}",
        kind="bad_where",
    )


def _no_value(typed_words: str) -> Stop:
    return bad_input(
        f"«{typed_words}» không có dạng KEY=VALUE",
        f"«{typed_words}» is not KEY=VALUE",
        "viết như --where unit=so-khcn,so-nv hoặc --where light=overdue",
        "write it as --where unit=so-khcn,so-nv or --where light=overdue",
        kind="bad_where",
    )


def _twice(key: str) -> Stop:
    return bad_input(
        f"--where {key} được ghi hai lần",
        f"--where {key} is given twice",
        f"ghi một lần, các giá trị cách nhau bằng dấu phẩy: --where {key}=A,B (nghĩa là A hoặc B)",
        f"give it once, the values with commas: --where {key}=A,B (A or B)",
        kind="bad_where",
    )


def _one_only(key: str) -> Stop:
    return bad_input(
        f"--where {key} chỉ nhận một ngày",
        f"--where {key} takes one day",
        f"viết như --where {key}=15/07/2026",
        f"write it as --where {key}=2026-07-15",
        kind="bad_where",
    )
