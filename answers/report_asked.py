"""Which report a page's address asks for, and the addresses of its parts."""

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Annotated, NamedTuple
from urllib.parse import urlencode

from fastapi import Depends, Request

from answers.house import house_of
from desk import periods
from desk.exit import bad_input
from directive.due import local_day
from register.counted import Figure
from register.summary import Period

CHOSEN = "tu-chon"
PLACE = "/bao-cao"
FIELDS = ("ky", "tu", "den", "van-ban", "luc")
"""What says in an address, or in a form, which report is meant; `read` takes them in this order."""


class Asked(NamedTuple):
    """A period (`code` where it has a name), a directive or all, and the instant (UTC) that its figures are of."""

    period: Period
    directive: str
    moment: datetime

    def query(self, **more: str) -> str:
        """The same report in an address."""
        code = periods.code(self.period)
        named = (
            {"ky": code}
            if code
            else {"ky": CHOSEN, "tu": _iso(self.period.first), "den": _iso(self.period.last)}
        )
        said = {**named, "van-ban": self.directive, **more}
        return urlencode({name: value for name, value in said.items() if value})

    def file(self, form: str) -> str:
        """Where it can be had as a file."""
        return f"{PLACE}/tep/{form}?{self.query()}"

    def tasks(self, figure: Figure, *, unit: str = "", directive: str = "") -> str:
        """Where the tasks behind a figure are listed."""
        return self.lists(unit=unit, directive=directive) + figure.value

    def lists(self, *, unit: str = "", directive: str = "") -> str:
        """How the addresses begin of the tasks behind each figure of a row; the figure's value ends one.

        A report has thousands of them: what those of a row share is written once.
        """
        one = self if not directive else self._replace(directive=directive)
        of = urlencode({"don-vi": unit}) + "&" if unit else ""
        return f"{PLACE}/nhiem-vu?{_shared(one)}&{of}chi-tieu="


def asked(request: Request) -> Asked:
    """What the address asks for; the month that runs where it says nothing. Raises Stop."""
    said = request.query_params
    return read(request, *(said.get(name, "") for name in FIELDS))


def read(request: Request, code: str, first: str, last: str, directive: str, moment: str) -> Asked:
    """What was asked for, from an address or a form. Raises Stop."""
    now = house_of(request).now()
    if code == CHOSEN or (not code and (first or last)):
        period = periods.between(first, last)
    else:
        today = local_day(now)
        period = periods.period(code or f"{today:%Y-%m}")
    return Asked(period, directive, min(_instant(moment), now) if moment else now)


@lru_cache(maxsize=64)
def _shared(one: Asked) -> str:
    return one.query(luc=one.moment.isoformat())


def _instant(said: str) -> datetime:
    try:
        return datetime.fromisoformat(said).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise bad_input(
            "địa chỉ này không đọc được",
            "this address cannot be read",
            "mở lại từ trang báo cáo",
            "open it from the page of reports again",
            kind="bad_period",
        ) from error


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


AskedReport = Annotated[Asked, Depends(asked)]
