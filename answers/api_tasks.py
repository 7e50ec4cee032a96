"""The API: the list of tasks, chosen by filters, piece by piece; and the numbers of a period."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic.json_schema import SkipJsonSchema

from answers import rights
from answers.api_answers import refusals
from answers.api_guard import Caller
from answers.api_models import Summary, Tasks
from answers.api_said import LINE, Day
from answers.house import house_of
from answers.reader import Reader
from directive.codes import folded
from directive.directory import Directory
from directive.light import LightKind
from directive.message import FIRST_YEAR, LAST_DAY
from directive.task import State
from register.cursor import tasks_after
from register.models import SearchWord, TaskFilter
from register.reading import Period
from register.summary import Asked, figures

router = APIRouter(tags=["tasks"])

Code = Annotated[str, Query(max_length=300, pattern=LINE)]
Codes = Annotated[list[Annotated[str, Query(max_length=100, pattern=LINE)]], Query(max_length=200)]
MOST = 200
_WORDS = 8


@router.get("/tasks", operation_id="listTasks", responses=refusals())
async def listed(
    request: Request,
    reader: Caller,
    directive: Annotated[Code, Query(description="A directive's id.")] = "",
    unit: Annotated[Codes, Query(description="Lead units; several are «or».")] = [],  # noqa: B006 - FastAPI copies it
    state: Annotated[list[State], Query(max_length=20)] = [],  # noqa: B006
    light: Annotated[list[LightKind], Query(max_length=20)] = [],  # noqa: B006
    code: Annotated[Codes, Query(description="Codes of tasks, with all below them.")] = [],  # noqa: B006
    due_before: Annotated[Day | SkipJsonSchema[None], Query(description="A local day, excluded.")] = None,
    due_after: Annotated[Day | SkipJsonSchema[None], Query(description="A local day, excluded.")] = None,
    open_only: Annotated[bool, Query(description="Leaves out what is closed.")] = False,
    search: Annotated[
        str, Query(max_length=200, pattern=LINE, description="Words, with or without accents.")
    ] = "",
    after: Annotated[Code, Query(description="`next` of the piece before.")] = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
) -> Tasks:
    """The tasks that the caller may see, by id. Give `next` as `after` until it is null."""
    chosen = TaskFilter(
        directive=directive,
        units=_units(reader, unit),
        states=tuple(state),
        lights=tuple(light),
        codes=tuple(code),
        due_before=due_before,
        due_after=due_after,
        open_only=open_only,
        search=tuple(_word(one, reader.directory) for one in search.split()[:_WORDS]),
    )
    house = house_of(request)
    rows = await tasks_after(house.register, chosen, house.now(), after, limit)
    return Tasks(tasks=rows, next=rows[-1].id if len(rows) == limit else None)


@router.get("/summary", operation_id="getSummary", responses=refusals())
async def numbers(
    request: Request,
    reader: Caller,
    by: Literal["unit", "directive"] = "unit",
    first: Annotated[
        Day | SkipJsonSchema[None], Query(description="The first local day; open where it is left out.")
    ] = None,
    last: Annotated[Day | SkipJsonSchema[None], Query(description="The last local day, included.")] = None,
    directive: Annotated[Code, Query(description="Only this directive.")] = "",
) -> Summary:
    """What leaders ask for: received, the four official outcomes, nudges by grade, extensions."""
    rights.need(rights.sees_board(reader))
    house = house_of(request)
    period = Period(first=_counted(first), last=_counted(last))
    asked = Asked(period, period.judged_at(house.now()), directive, rights.units_seen(reader))
    found = await figures(house.register, asked)
    rows = found.by_unit if by == "unit" else found.by_directive
    return Summary(by=by, first=first, last=last, rows=list(rows))


def _counted(day: date | None) -> date | None:
    """A bound that bounds nothing is none: an office counts from 1990 on, and days end with the year 9999."""
    return day if day and day.year >= FIRST_YEAR and day <= LAST_DAY else None


def _units(reader: Reader, asked: list[str]) -> tuple[str, ...] | None:
    seen = rights.units_seen(reader)
    if not asked:
        return seen
    return tuple(one for one in dict.fromkeys(asked) if seen is None or one in seen)


def _word(word: str, directory: Directory) -> SearchWord:
    plain = folded(word)
    named = tuple(one.code for one in directory.units if plain in folded(one.name))
    return SearchWord(folded=plain, units=named)
