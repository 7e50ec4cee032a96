"""Whether a house is behind: what should be recorded by now and is not; and what came on another day than its own."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from directive.due import local_day
from directive.event import Event
from letters.scenario_file import PlannedAct
from register.calendars import shipped_calendar
from register.open import Register
from register.outbox import delivery_wakes_at, outbox_due, unsent
from register.reading import next_mark_of
from tests.survive.acts import cue, waiting
from tests.survive.ledger import Ledger, Line, lines_of, read_ledger
from tests.survive.story import ENDS, OUTAGE, Story, message_id


async def is_behind(register: Register, story: Story, now: datetime) -> bool:
    """Whether a task, a mark or an act that was due by `now` (UTC, office) is not recorded yet."""
    mark = await next_mark_of(register, story.plan.directive.id)
    if mark is not None and mark <= now:
        return True
    lines = await lines_of(register)
    if len(lines) < len(story.orders):
        return True
    return any(at <= now for at in _turns(story, lines))


async def is_quiet(register: Register, story: Story) -> bool:
    """Whether the story is told to its end: everything due is recorded, every message decided so far is sent."""
    if await is_behind(register, story, ENDS) or await unsent(register):
        return False
    wakes = await delivery_wakes_at(register)
    return wakes > ENDS if wakes else await outbox_due(register) is None


def _turns(story: Story, lines: Mapping[str, Sequence[Line]]) -> Iterator[datetime]:
    for order in story.orders:
        happened = [line.event for line in lines.get(order.task.id, ())]
        yield from (at for at, _ in waiting(story.acts_of(order), happened, shipped_calendar()))


async def is_lost(register: Register, story: Story, now: datetime) -> bool:
    """Whether something has not happened on its day: nothing more can be said of this run then."""
    found = await read_ledger(register)
    return bool(late(story, found, now))


def late(story: Story, found: Ledger, now: datetime) -> list[str]:
    """What did not happen on its day. Then a day was shorter than a recovery, and the story may have gone otherwise.

    A mark's day is the one it was planned for, an act's that of its cue. What came due in the long outage may come
    when that is over.
    """
    missed: list[str] = []
    for order in story.orders:
        events = [line.event for line in found.lines.get(order.task.id, ())]
        acts = story.acts_of(order)
        missed += (f"{one.id} at {one.at}, due {due}" for one, due in _late(acts, events))
        turns = waiting(acts, events, shipped_calendar())
        missed += (f"{message_id(act)} not by {now}, due {due}" for due, act in turns if _missed(now, due))
    return missed


def _late(acts: Sequence[PlannedAct], events: list[Event]) -> Iterator[tuple[Event, datetime]]:
    by_id = {message_id(one): one for one in acts}
    for event in events:
        act = by_id.get(event.id)
        due = event.planned or (cue(act, events, shipped_calendar()) if act else None)
        if due and (_missed(event.at, due) or due > ENDS):
            yield event, due


def _missed(at: datetime, due: datetime) -> bool:
    until = OUTAGE[1] if OUTAGE[0] <= due < OUTAGE[1] else due
    return _day(at) > _day(until)


def _day(instant: datetime) -> date:
    """The working day; a weekend belongs to the Friday before it, since nothing comes by itself on it."""
    return shipped_calendar().roll_back(local_day(instant))
