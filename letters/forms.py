"""Files into models: every slip found at once, each with its line, and what was probably meant."""

import calendar
import types
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from directive.regex import regex
from letters.problem import Problem
from letters.slips import SLIPS, slip
from letters.yaml_lines import Source

Form = TypeVar("Form", bound=BaseModel)
_ISO = regex(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LOCAL = regex(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_CLOCK = regex(r"(\d{1,2})(?::|h|g)(\d{2})?")
_MANY = 30


def read_day(typed: object) -> date:
    """A day typed as `2026-06-30` or `30/6/2026`; a day that does not exist is named, never repaired."""
    if isinstance(typed, date) and not isinstance(typed, datetime):
        return typed
    text = str(typed or "").strip()
    found = _ISO.fullmatch(text)
    local = _LOCAL.fullmatch(text)
    if found:
        year, month, day = (int(part) for part in found.groups())
    elif local:
        day, month, year = (int(part) for part in local.groups())
    else:
        raise PydanticCustomError("not_a_date", "not a date", {"value": text})
    if not (1 <= month <= 12 and 1900 <= year <= 2200 and 1 <= day <= calendar.monthrange(year, month)[1]):
        raise PydanticCustomError("impossible_date", "no such day", {"value": f"{day}/{month}/{year}"})
    return date(year, month, day)


def read_clock(text: str) -> time | None:
    """A clock time typed as `17:00`, `17h` or `17h30`; None where it is none."""
    found = _CLOCK.fullmatch(text.strip())
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return None
    return time(int(found[1]), int(found[2] or 0))


def _several(typed: object) -> object:
    if typed is None:
        return ()
    return (typed,) if isinstance(typed, str | Mapping) else typed


def _text(typed: object) -> object:
    return "" if typed is None else " ".join(typed.split()) if isinstance(typed, str) else typed


Day = Annotated[date, BeforeValidator(read_day)]
Text = Annotated[str, BeforeValidator(_text)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_several)]
several = BeforeValidator(_several)


def nearest(word: str, known: Iterable[str], least: float = 72) -> str:
    """The known word that is nearest to a mistyped one; empty where none is near."""
    from rapidfuzz import fuzz, process  # for slips only, and it takes as long to import as all forms

    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=least)
    return str(found[0]) if found else ""


def place(path: Iterable[str | int]) -> str:
    """A path as people read it: `tasks[2].lead`, items counted from 1."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def fill(
    model: type[Form], data: object, source: Source, path: tuple[str | int, ...]
) -> tuple[Form | None, list[Problem]]:
    """A model from a part of a file. A slip costs its own entry only: the rest is still read and checked.

    None where not even that is possible: a required entry is missing or wrong.
    """
    if not isinstance(data, Mapping):
        return None, [slip("not_a_map", source.line(*path), place(path))]
    held, problems = dict(data), list[Problem]()
    for _ in range(_MANY):
        try:
            return model.model_validate(held), problems
        except ValidationError as error:
            first = error.errors(include_url=False)
            problems += [told(one, model, source, path) for one in first]
            wrong = {str(one["loc"][0]) for one in first if one["loc"]}
            if not wrong & set(held):
                return None, problems
            held = {key: value for key, value in held.items() if key not in wrong}
            required = {spec.alias or name for name, spec in model.model_fields.items() if spec.is_required()}
            if required & wrong:
                return None, problems
    return None, problems


def told(error: ErrorDetails, model: type[BaseModel], source: Source, path: tuple[str | int, ...]) -> Problem:
    """One error of pydantic as a problem with its line."""
    loc = tuple(part for part in error["loc"] if part != "[key]")
    whole = (*path, *loc)
    line, where = source.line(*whole), place(whole)
    names = [part for part in loc if isinstance(part, str)]
    field, value = names[-1] if names else "", error["input"]
    kind = error["type"]
    if kind in SLIPS:
        return slip(kind, line, where, **{"field": field, **error.get("ctx", {})})
    if kind == "extra_forbidden":
        known = _fields(model, loc[:-1])
        return slip(
            "unknown_key", line, where, guess=nearest(field, known, 55), key=field, known=", ".join(known)
        )
    if kind == "missing":
        return slip("missing_field", source.line(*whole[:-1]), where, field=field)
    if kind in ("enum", "literal_error"):
        expected = str(error.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ")
        options = [one.strip() for one in expected.split(",") if one.strip()]
        guess = nearest(str(value), options, 60)
        return slip("bad_choice", line, where, guess=guess, value=value, field=field, known=expected)
    if kind == "too_short" and field in ("ask", "to"):
        return slip("level_asks_nobody", line, where)
    if kind == "model_type":
        return slip("not_a_map", line, where)
    shown = value if isinstance(value, str | int | float) else "…" if value is not None else ""
    return slip("bad_value", line, where, value=shown, field=field, why=error["msg"])


def _fields(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """The entries that are known at a place inside a model, by the names they have in the file."""
    found: Any = model
    for part in loc:
        if isinstance(part, int):
            continue
        spec = found.model_fields.get(part) if found else None
        spec = (
            spec or next((one for one in found.model_fields.values() if one.alias == part), None)
            if found
            else None
        )
        found = _model_in(spec.annotation) if spec else found
    return [spec.alias or name for name, spec in found.model_fields.items()] if found else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Union, types.UnionType, tuple, list, dict, Annotated):
        return next((model for one in get_args(annotation) if (model := _model_in(one))), None)
    return None
