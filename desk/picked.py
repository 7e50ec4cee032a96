"""A day as a person picks it: between which days it may lie, whether the office works then, and what instead."""

from datetime import date, timedelta
from typing import NamedTuple

from desk import words
from desk.counting import off
from desk.exit import Stop, bad_input
from desk.language import text
from desk.whole import Whole
from desk.wording.days import WEEKDAYS
from directive.calendar import WorkCalendar
from directive.due import local_day
from directive.message import LAST_DAY, Act
from directive.question import Choice

ONE_DAY = timedelta(days=1)
_LATER = {Choice.EXTEND, Choice.COUNTER, Act.REQUEST_EXTENSION}
_RESTS = {Choice.RENEW, Act.SUSPEND}
_DECIDES = {Act.AMEND_DEADLINE, Act.RESUME}
"""The assigning side may name a day off, as a letter may: it is told so, and not refused."""


class Limits(NamedTuple):
    """The days that may be picked, both included; `last` is None where no rule ends them. `offered` are good ones.

    With `worked` only days on which the office works are taken.
    """

    first: date
    last: date | None
    offered: tuple[date, ...] = ()
    worked: bool = True
    why: str = ""


class Picked(NamedTuple):
    """A day in words: `said` names it; `refused` says why it is not taken, and `instead` the nearest that is."""

    day: date
    said: str
    refused: str = ""
    instead: date | None = None


def limits(whole: Whole, act: Act, choice: Choice | None = None, question: str = "") -> Limits:
    """Between which days the day of an act or answer may lie, by the rules that will judge it."""
    what, today = choice or act, local_day(whole.at)
    if what is Choice.COMMIT:
        return _commitment(whole, today)
    if what in _LATER:
        return _later(whole, today, question if what is Choice.COUNTER else "")
    if what is Choice.RETURN:
        return _redo(whole, today)
    if what in _RESTS:
        return _rest(whole, today)
    parent = whole.parent_due.day if whole.parent_due else None
    return Limits(today, parent, worked=what not in _DECIDES)


def _commitment(whole: Whole, today: date) -> Limits:
    most = whole.plan.policy.commitment_days
    last = whole.outlook.window.add_working_days(today, most)
    days = tuple(whole.counted.add_working_days(today, count) for count in _some(most))
    why = text(f"trong {most} ngày làm việc kể từ hôm nay", f"within {most} working days from today")
    return Limits(today, last, days, why=why)


def _later(whole: Whole, today: date, countered: str) -> Limits:
    """After the deadline in force, not after the parent's, and before the day that was asked for."""
    first = max(whole.due.day if whole.due else today, today) + ONE_DAY
    asked = whole.question(countered) if countered else None
    if asked and asked.due:
        why = text(
            "sau thời hạn hiện tại, trước ngày được xin", "after the deadline, before the day asked for"
        )
        return Limits(first, asked.due.day - ONE_DAY, why=why)
    last = whole.parent_due.day if whole.parent_due else None
    return Limits(first, last, why=text("sau thời hạn hiện tại", "after the present deadline"))


def _redo(whole: Whole, today: date) -> Limits:
    first = max(whole.due.day if whole.due else today, today)
    usual = whole.outlook.window.add_working_days(today, whole.plan.policy.redo_days)
    why = text("không chọn thì theo chính sách", "by the policy where none is picked")
    return Limits(first, None, (max(usual, first),), why=why)


def _rest(whole: Whole, today: date) -> Limits:
    policy, window = whole.plan.policy, whole.outlook.window
    usual = window.add_working_days(today, policy.suspension_review)
    last = window.furthest(today, policy.suspension_longest)
    return Limits(
        today + ONE_DAY, last, (usual,), why=text("ngày xem lại", "the day on which it is looked at again")
    )


def _some(most: int) -> tuple[int, ...]:
    """Two or three working days that people name."""
    return tuple(dict.fromkeys(count for count in (min(3, most), min(5, most), most)))


def looked_at(day: date, held: Limits, calendar: WorkCalendar) -> Picked:
    """What a day is, and whether it may be picked."""
    said = named(day, calendar)
    if day < held.first:
        first = words.day(held.first)
        return _refused(day, text(f"sớm nhất là {first}", f"{first} at the earliest"), held, calendar)
    if held.last and day > held.last:
        last = words.day(held.last)
        return _refused(day, text(f"muộn nhất là {last}", f"{last} at the latest"), held, calendar)
    if not calendar.is_working_day(day):
        if held.worked:
            return _refused(day, text("là ngày nghỉ", "is a day off"), held, calendar)
        return Picked(day, said + text(", ngày nghỉ", ", a day off"), instead=_near(day, held, calendar))
    return Picked(day, said)


def named(day: date, calendar: WorkCalendar) -> str:
    """A day with its weekday and, where the office is closed, why: `thứ Năm 30/04/2026 (Ngày Chiến thắng)`."""
    said = f"{text(*WEEKDAYS[day.weekday()])} {words.day(day)}"
    if calendar.is_holiday(day):
        said += f" ({off(day, calendar)})"
    if calendar.is_provisional(day):
        year = day.year
        said += text(f"; lịch nghỉ năm {year} chưa chính thức", f"; the holidays of {year} are provisional")
    return said


def _refused(day: date, why: str, held: Limits, calendar: WorkCalendar) -> Picked:
    return Picked(day, named(day, calendar), why, _near(day, held, calendar))


def _near(day: date, held: Limits, calendar: WorkCalendar) -> date | None:
    """The next working day that may be picked, else the last one before."""
    if day > LAST_DAY:
        return held.last and calendar.roll_back(held.last)
    onward = calendar.roll_forward(max(day, held.first))
    if held.last is None or onward <= held.last:
        return onward
    back = calendar.roll_back(held.last)
    return back if back >= held.first else None


def need_good(day: date | None, held: Limits, calendar: WorkCalendar) -> None:
    """Raises Stop where a day may not be picked, with the day to pick instead."""
    if day is None:
        return
    found = looked_at(day, held, calendar)
    if not found.refused:
        return
    instead = named(found.instead, calendar) if found.instead else ""
    raise _bad_day(found, instead)


def _bad_day(found: Picked, instead: str) -> Stop:
    stop = bad_input(
        f"{found.said}: {found.refused}",
        f"{found.said}: {found.refused}",
        f"chọn {instead}" if instead else "chọn ngày khác",
        f"pick {instead}" if instead else "pick another day",
        kind="bad_day",
    )
    stop.detail = {"day": str(found.day), "instead": str(found.instead or "")}
    return stop
