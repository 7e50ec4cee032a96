"""What an answer or an act would lead to, tried on paper before anybody does it: nothing is sent or recorded."""

from datetime import date
from typing import NamedTuple

from desk import person, words
from desk.effect import Effect
from desk.fields import Field, Need, needs_of
from desk.language import text
from desk.picked import Limits, limits
from desk.whole import Whole
from directive.directory import Seat
from directive.message import Act, Document, Door, Grade, Message
from directive.question import Choice
from directive.refusal import Reason, Refused
from directive.task import State

_ON_PAPER = "on-paper-1"
_SAID = "…"
_ABOUT_DAYS = {
    Reason.DATE_MISSING, Reason.DATE_PAST, Reason.DATE_NOT_LATER, Reason.AFTER_PARENT, Reason.COUNTER_NOT_EARLIER,
    Reason.SAME_OFFICER, Reason.NOTHING_CHANGES, Reason.BEFORE_LAST_EVENT,
}  # fmt: skip
"""Refusals of what was tried, not of the answer itself: another day or person may do."""


class Doer(NamedTuple):
    """Who would act, as whom: the wire role, and for whom."""

    role: str
    seat: Seat


class Lead(NamedTuple):
    """One answer or act that may be given: its fields, the days that may be picked, and what it leads to.

    `becomes` are lines for people, of the first day that may be picked where a day is asked for; `closed` says why
    it cannot be given now, where a rule already forbids it.
    """

    act: Act
    choice: Choice | None
    needs: tuple[Need, ...]
    limits: Limits | None
    becomes: tuple[str, ...] = ()
    told: str = ""
    closed: str = ""

    @property
    def at_once(self) -> bool:
        """Whether one press is enough: there is nothing to fill in but a remark."""
        return all(one.field is Field.REASON and not one.required for one in self.needs)

    def asks(self, field: Field) -> bool:
        """Whether its form has a field; a template names it by its word."""
        return any(one.field == field for one in self.needs)


def needs_for(whole: Whole, act: Act, choice: Choice | None = None) -> tuple[Need, ...]:
    """The fields of a form for this task: what comes beside words is kept with a report that waits, or not at all."""
    needs = needs_of(act, choice)
    if act is Act.PROGRESS and whole.facts.state is not State.REPORTED:
        return tuple(one for one in needs if one.field is not Field.EVIDENCE)
    return needs


def lead(whole: Whole, doer: Doer, act: Act, choice: Choice | None = None, question: str = "") -> Lead:
    """What comes of an act or answer, tried on the facts as they are."""
    needs = needs_for(whole, act, choice)
    wanted = any(one.field is Field.DAY for one in needs)
    held = limits(whole, act, choice, question) if wanted else None
    day = _day(held, needs) if held else None
    made = Lead(act, choice, needs, held)
    message = _message(whole, doer, act, choice, question, day)
    try:
        moved, event = whole.paper.act(whole.facts, message)
    except Refused as refused:
        if refused.reason in _ABOUT_DAYS:
            return made
        stop = person.refused(refused.reason, dict(refused.detail), whole.facts.task.id, whole.names)
        return made._replace(closed=stop.message)
    told = words.roles((*event.to, *event.copy_to), whole.names)
    if day:  # tried for one day of many: the deadline and what comes next depend on the day that is picked
        return made._replace(becomes=tuple(_state(whole.facts.state, moved.state)), told=told)
    return made._replace(
        becomes=tuple(becomes(whole.paper.between(whole.facts, moved, message.at))), told=told
    )


def _day(held: Limits, needs: tuple[Need, ...]) -> date | None:
    """A day to try: the one most people pick, or none where none is asked for."""
    if not any(one.field is Field.DAY and one.required for one in needs):
        return None
    return held.offered[-1] if held.offered else held.first


def _message(
    whole: Whole, doer: Doer, act: Act, choice: Choice | None, question: str, day: date | None
) -> Message:
    needed = {one.field for one in needs_of(act, choice)}
    return Message(
        id=_ON_PAPER,
        act=act,
        actor=doer.seat.person,
        on_behalf_of=doer.seat.on_behalf_of,
        role=doer.role,
        at=max(whole.at, whole.facts.last_at),
        door=Door.PAGE,
        question=question,
        choice=choice,
        day=day,
        reason=_SAID,
        text=_SAID,
        person=_SAID if Field.PERSON in needed else "",
        document=Document(number=_SAID, dated=date(2000, 1, 1)) if Field.DOCUMENT in needed else None,
        grade=Grade.URGE,
    )


def _state(old: State, new: State) -> list[str]:
    return [f"{text('Trạng thái', 'State')}: {words.word(old)} → {words.word(new)}"] if old is not new else []


def becomes(found: Effect) -> list[str]:
    """What an act changes, in lines: state, deadline, and what comes next."""
    old, new = found.before, found.after
    lines = _state(old.state, new.state)
    if found.due_moves:
        lines.append(f"{text('Thời hạn', 'Deadline')}: {words.due(old.due)} → {words.due(new.due)}")
    first = new.marks[0] if new.marks else None
    if first and first not in old.marks[:1]:
        named = words.mark_name(first.kind, first.level, first.offset)
        lines.append(f"{text('Mốc tiếp theo', 'Next')}: {words.moment(first.at)}, {named}")
    return lines
