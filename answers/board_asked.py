"""What the address of a board asks for, and the addresses of other boards: filters are shared by sending a link."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple, TypeVar
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from desk import find, typed, where
from desk.searching import search_words
from directive.directory import Directory
from directive.message import FIRST_YEAR, LAST_DAY
from register.board import BoardAsked, View
from register.models import TaskFilter
from register.open import Register
from register.pages import Place, Sort

Kind = TypeVar("Kind", bound=StrEnum)

PATH = "/bang"
LONGEST = 200
MANY = ("state", "light")
FIELDS = ("q", "directive", "unit", "group", "parent", "code", "officer", *MANY, "due-from", "due-to")
"""The filters in the order of an address; they are those of `--where`, with the days included."""

_FIRST = {View.LATE: Sort.LATE, View.UNDECIDED: Sort.DUE, View.TASKS: Sort.DUE}
_A_DAY = timedelta(days=1)


class Asked(NamedTuple):
    """An address taken apart. `every` shows all units and directives of the charts, not only the gravest."""

    filters: dict[str, str]
    view: View = View.LATE
    sort: Sort = Sort.LATE
    number: int = 1
    every: bool = False

    def query(self, **changes: str) -> str:
        """The query of this board with some filters changed (empty takes one away), from its first page on.

        `view`, `sort`, `page` and `all` can be changed too; what is usual is not written.
        """
        named = {
            **self.filters,
            "view": self.view.value,
            "sort": "" if changes.get("view") else self.sort.value,
            "all": "1" if self.every else "",
            **changes,
        }
        view = View(named["view"])
        usual = {"view": View.LATE.value, "sort": _FIRST[view].value, "page": "1"}
        kept = {key: named[key] for key in (*FIELDS, *usual, "all") if named.get(key) and key in named}
        return urlencode({key: value for key, value in kept.items() if usual.get(key) != value})

    def address(self, path: str = PATH, **changes: str) -> str:
        """The address with that query."""
        query = self.query(**changes)
        return f"{path}?{query}" if query else path


def asked_in(params: QueryParams) -> Asked:
    """What an address asks for; what cannot be read of view, sort and page is taken as usual."""
    given = {name: ",".join(_said(params.getlist(name))) for name in FIELDS}
    view = _one_of(View, params.get("view"), View.LATE)
    number = params.get("page", "1")
    return Asked(
        {name: value for name, value in given.items() if value},
        view,
        _one_of(Sort, params.get("sort"), _FIRST[view]),
        int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1,
        params.get("all") == "1",
    )


async def board_asked(
    register: Register, asked: Asked, directory: Directory, seen: tuple[str, ...] | None
) -> BoardAsked:
    """The tasks meant, within the units that the reader sees. Raises Stop where a filter is not known."""
    filters = dict(asked.filters)
    directive = await find.directive(register, filters.pop("directive", ""))
    words = search_words(filters.pop("q", ""), directory)
    days = _days(filters.pop("due-from", ""), filters.pop("due-to", ""))
    chosen = where.chosen(directive, [f"{key}={value}" for key, value in filters.items()], directory)
    units = _both(chosen.units, seen)
    chosen = chosen.model_copy(update={**days, "units": units, "search": words})
    return BoardAsked(chosen, asked.view, Place(asked.number, asked.sort))


def nothing() -> TaskFilter:
    """A filter that no task fulfils, for an address that cannot be read."""
    return TaskFilter(units=())


def _days(first: str, last: str) -> dict[str, date | None]:
    """Both days are included on a board, and excluded by the register's filter."""
    after, before = _bound(first), _bound(last)
    return {"due_after": after and after - _A_DAY, "due_before": before and before + _A_DAY}


def _bound(said: str) -> date | None:
    """A day of the years that an office counts; what lies beyond bounds nothing."""
    day = typed.optional_day(said or None)
    return day if day and day.year >= FIRST_YEAR and day < LAST_DAY else None


def _both(chosen: tuple[str, ...] | None, seen: tuple[str, ...] | None) -> tuple[str, ...] | None:
    if chosen is None or seen is None:
        return seen if chosen is None else chosen
    return tuple(one for one in chosen if one in seen)


def _said(values: Iterable[str]) -> list[str]:
    plain = ("".join(one if one.isprintable() else " " for one in value) for value in values)
    return [found for value in plain if (found := " ".join(value.split())[:LONGEST])]


def _one_of(kind: type[Kind], value: str | None, usual: Kind) -> Kind:
    return kind(value) if value in set(kind) else usual
