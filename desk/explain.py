"""`explain`: why the last notices were sent, or were not, and what will happen next if nobody acts.

What comes next is the outlook itself, mark by mark: the same list that the engine will take.
"""

from datetime import date, datetime
from typing import Any, NamedTuple

from desk import effect, find, person, screen, words
from desk.foreseen import foreseen
from desk.language import text
from desk.matter import speaking_of
from desk.office import with_register
from desk.recalled import recalled
from desk.saying import now
from desk.stops import Tried, tried
from desk.told import Fate, fate
from desk.why import Why
from directive.days import TaskDays
from directive.directory import Directory
from directive.due import local_day
from directive.event import Event, EventKind
from directive.mark import Mark, plain_mark
from directive.outlook import look_ahead
from directive.task import Facts
from register.explained import messages_named, taken_of
from register.open import Register
from register.reading import Notice, TaskCard, events, notices_of, task

SHOWN = 8
UNSENT = {EventKind.SKIPPED, EventKind.SUPERSEDED}


class Past(NamedTuple):
    """One event that people were told of, or would have been: why it came, and what became of each notice."""

    event: Event
    why: Why | None
    notices: tuple[tuple[Notice, Fate], ...]


class Next(NamedTuple):
    """One mark ahead: why then, who holds its roles on that day by the directory of today, and what would stop it."""

    mark: Mark
    why: Why
    people: tuple[str, ...]
    stops: tuple[Tried, ...]


class Explained(NamedTuple):
    """A task explained."""

    card: TaskCard
    directory: Directory
    past: tuple[Past, ...]
    ahead: tuple[Next, ...]


def explain(typed: str, last: int) -> None:
    """Print why the last notices were sent and what comes next. Raises Stop."""

    async def work(register: Register) -> Explained:
        found = await find.task(register, typed)
        return await explained(register, found.id, last, now())

    whole = with_register(work)
    if screen.json_asked():
        screen.answer(_plain(whole))
    else:
        with speaking_of(whole.card.facts.task.id):
            _tell(whole)


async def explained(
    register: Register, task_id: str, last: int, at: datetime, *, stops: bool = True
) -> Explained:
    """What there is to say of a task at `at` (UTC): its last notices and all its marks, with what would stop each.

    Raises Stop, RegisterDown.
    """
    card = await task(register, task_id, at)
    paper = await effect.paper(register, card.facts)
    days = TaskDays(card.facts, paper.policy, paper.calendars[card.facts.calendar])
    past = await _past(register, card.facts, days, paper.directory, last) if last else ()
    outlook = look_ahead(card.facts, paper.policy, paper.calendars[card.facts.calendar], at)
    found = tried(card.facts, paper, at) if stops else []
    ahead = tuple(
        _next(mark, outlook.marks, card.facts, days, paper.directory, found) for mark in outlook.marks
    )
    return Explained(card, paper.directory, past, ahead)


async def _past(
    register: Register, facts: Facts, days: TaskDays, directory: Directory, last: int
) -> tuple[Past, ...]:
    everything = await events(register, facts.task.id)
    taken = await taken_of(register, facts.task.id)
    notices = await notices_of(register, facts.task.id)
    sent = await messages_named(register, (one.message or one.reason for one in notices))
    told: dict[str, list[Notice]] = {}
    for one in notices:
        told.setdefault(one.event_id, []).append(one)
    shown = [event for event in everything if event.id in told or event.kind in UNSENT][-last:]
    return tuple(
        Past(
            event,
            recalled(event, everything, taken, facts, days),
            tuple((one, fate(one, notices, sent, facts, directory)) for one in told.get(event.id, ())),
        )
        for event in shown
    )


def _next(
    mark: Mark,
    ahead: tuple[Mark, ...],
    facts: Facts,
    days: TaskDays,
    directory: Directory,
    found: list[Tried],
) -> Next:
    people = (one for role in mark.to for one in people_of(role, local_day(mark.at), facts, directory))
    stops = tuple(one for one in found if one.stops(mark))
    return Next(mark, foreseen(mark, ahead, facts, days), tuple(dict.fromkeys(people)), stops)


def people_of(role: str, day: date, facts: Facts, directory: Directory) -> list[str]:
    """Who holds a role on a day, by name, with whom they stand in for; or why nobody does."""
    held, names = directory.seats(role, day, facts.officer_in(role)), person.namer(directory)
    if held.vacancy:
        return [words.word(held.vacancy)]
    return [
        names(seat.person)
        + (f" ({text('thay', 'for')} {names(seat.on_behalf_of)})" if seat.on_behalf_of else "")
        for seat in held.seats
    ]


def _tell(whole: Explained) -> None:
    row, names = whole.card.row, person.namer(whole.directory)
    screen.say(f"{row.number}/{row.code}  {names(row.unit)}", "bold")
    screen.say(f"  {words.word(row.state)}; {words.light(row.light)}")
    screen.say()
    screen.say(text("Vì sao có những thông báo vừa qua", "Why the last notices were sent"), "bold")
    if not whole.past:
        screen.say(f"  {text('Chưa có thông báo nào.', 'There is no notice yet.')}")
    for past in whole.past:
        _tell_past(past, names)
    screen.say()
    screen.say(text("Sắp tới, nếu không ai làm gì", "Next, if nobody acts"), "bold")
    if not whole.ahead:
        screen.say(f"  {text('Không còn mốc nào.', 'No mark is left.')}")
    for before, one in zip((None, *whole.ahead), whole.ahead[:SHOWN], strict=False):
        _tell_next(one, before, names)
    if len(whole.ahead) > SHOWN:
        more = len(whole.ahead) - SHOWN
        screen.say(
            text(f"  … và {more} mốc nữa (--json cho tất cả)", f"  … and {more} more (--json for all)")
        )


def _tell_past(past: Past, names: words.Names) -> None:
    screen.say(f"  {words.moment(past.event.at)}  {words.event(past.event, names)}")
    if past.why:
        screen.say(f"      {text('theo', 'by')} {past.why}")
    for _, became in past.notices:
        screen.say(f"      → {became.who}: {became.said}")


def _tell_next(one: Next, before: Next | None, names: words.Names) -> None:
    screen.say(f"  {words.moment(one.mark.at)}  {words.mark(one.mark, names)}")
    screen.say(f"      {text('nay là', 'now')}: {', '.join(one.people)}")
    screen.say(f"      {text('theo', 'by')} {one.why}")
    told = _stops(one, names)
    if told and before and told == _stops(before, names):
        told = text("như trên", "as above")
    if told:
        screen.say(f"      {text('không diễn ra, hoặc lùi lại, nếu', 'does not come, or later, if')}: {told}")


def _stops(one: Next, names: words.Names) -> str:
    """Whose acts would stop it: by the roles that may do them."""
    by_roles: dict[tuple[str, ...], list[str]] = {}
    for stop in one.stops:
        by_roles.setdefault(stop.roles, []).append(_act(stop))
    parts = [f"{words.roles(roles, names)}: {', '.join(acts)}" for roles, acts in by_roles.items()]
    return "; ".join(parts)


def _act(stop: Tried) -> str:
    return words.word(stop.choice or stop.act)


def _plain(whole: Explained) -> dict[str, Any]:
    return {
        "row": whole.card.row,
        "notices": [
            {
                "event": past.event.model_dump(mode="json", exclude_defaults=True),
                "why": past.why.plain() if past.why else None,
                "told": [
                    {**became.plain(), "person": one.person, "status": one.status}
                    for one, became in past.notices
                ],
            }
            for past in whole.past
        ],
        "next": [
            {
                **plain_mark(one.mark),
                "people": one.people,
                "why": one.why.plain(),
                "stopped_by": [
                    {"act": stop.act, "choice": stop.choice, "question": stop.question, "roles": stop.roles}
                    for stop in one.stops
                ],
            }
            for one in whole.ahead
        ],
    }
