"""A plan as a clerk types it, before anything is looked up: the entries of the file and no more."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import time
from typing import Annotated, Literal

from dateutil.rrule import rrulestr
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from directive.regex import regex
from directive.value import Value
from letters.forms import Day, Text, Texts, read_clock, read_day, several

_WITH_CLOCK = regex(r"(\S+)[ T]+(\d{1,2}(?::|h|g)\d{0,2})(?::00)?")
_NONE = {"none", "không", "chưa có hạn", "không có hạn", "không thời hạn"}
_EVERYONE = {"all": 0, "tất cả": 0, "any": 1, "một": 1}


class DueForm(Value):
    """A deadline as the clerk has resolved it: `none`, a day, a day with a time, or a recurrence."""

    none: bool = False
    day: Day | None = None
    clock: time | None = None
    midnight: bool = False
    rrule: Text = ""
    next: Day | None = None
    until: Day | None = None


def _read_due(typed: object) -> object:
    if typed is None or isinstance(typed, DueForm):
        return typed
    if isinstance(typed, Mapping):
        return _read_recurring(typed)
    return _read_instant(str(typed))


def _read_instant(typed: str) -> DueForm:
    text = " ".join(typed.split())
    if unicodedata.normalize("NFC", text).lower() in _NONE:
        return DueForm(none=True)
    timed = _WITH_CLOCK.fullmatch(text)
    if timed is None:
        try:
            return DueForm(day=read_day(text))
        except PydanticCustomError as error:
            if error.type == "not_a_date":
                raise PydanticCustomError("not_a_due", "not a due date", {"value": text}) from None
            raise
    day, midnight = read_day(timed[1]), re.fullmatch(r"24(?::00|h|h00|g|g00)", timed[2]) is not None
    clock = None if midnight else read_clock(timed[2])
    if clock is None and not midnight:
        raise PydanticCustomError("not_a_due", "not a due date", {"value": text})
    return DueForm(day=day, clock=clock, midnight=midnight)


def _read_recurring(typed: Mapping[object, object]) -> object:
    rule = str(typed.get("rrule") or "").removeprefix("RRULE:")
    try:
        rrulestr(rule)
    except (ValueError, TypeError, AttributeError, LookupError):
        raise PydanticCustomError("bad_rrule", "not a recurrence", {"value": rule}) from None
    if not typed.get("next"):
        raise PydanticCustomError("missing_field", "no next date", {"field": "next"})
    first = _read_instant(str(typed["next"]))
    if first.day is None:
        raise PydanticCustomError("not_a_date", "no date", {"value": str(typed["next"])})
    rest = {str(key): value for key, value in typed.items() if key not in ("rrule", "next")}
    return {**rest, "rrule": rule, "next": first.day, "clock": first.clock, "midnight": first.midnight}


def _read_quorum(typed: object) -> object:
    return _EVERYONE.get(str(typed).strip().lower(), typed)


class StageForm(Value):
    """One stage of a route. `quorum` 0 means all of those asked; `weights` and `veto` name roles of `ask`."""

    ask: Texts
    quorum: Annotated[int, BeforeValidator(_read_quorum)] = 1
    weights: dict[str, int] = {}
    veto: Texts = ()


def _read_stages(typed: object) -> object:
    """A stage may be a single role in words; a single stage needs no list."""
    listed = (typed,) if isinstance(typed, str | Mapping) else typed or ()
    if not isinstance(listed, list | tuple):
        return listed
    return [{"ask": [one]} if isinstance(one, str) else one for one in listed]


Stages = Annotated[tuple[StageForm, ...], BeforeValidator(_read_stages)]


def _read_urgency(typed: object) -> object:
    return str(typed or "").lower().replace("hoả", "hỏa").strip()


class ReferenceForm(Value):
    """A document that the letter cites."""

    type: Text = ""
    number: Text
    dated: Day | None = None
    issuer: Text = ""


class DirectiveForm(Value):
    """The letter's head."""

    number: Text = ""
    issued: Day | None = None
    issuer: Text = ""
    subject: Text = ""
    signer: Text = ""
    urgency: Annotated[Literal["", "khẩn", "thượng khẩn", "hỏa tốc"], BeforeValidator(_read_urgency)] = ""
    references: Annotated[tuple[ReferenceForm, ...], several] = ()


class TaskForm(Value):
    """One task. `received` is the day from which a deadline counts that runs from the receipt of the letter."""

    code: Text = ""
    work: Text = ""
    product: Text = ""
    deadline: Text = ""
    due: Annotated[DueForm | None, BeforeValidator(_read_due)] = None
    rule: Text = ""
    choice: Text = ""
    received: Day | None = None
    lead: Texts = ()
    supporting: Texts = ()
    monitor: Text = ""
    approvers: Stages = ()
    parent: Text = ""
    lines: Text = ""


class PlanForm(Value):
    """The whole file. `monitor` and `approvers` hold for every task that has none of its own."""

    directive: DirectiveForm = DirectiveForm()
    policy: Text = "standard"
    monitor: Text = ""
    approvers: Stages = ()
    tasks: tuple[TaskForm, ...] = ()
