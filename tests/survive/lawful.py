"""Whether a task's causes may have come in the order in which they are recorded: the table of moves is asked anew.

Each cause is taken again by the core's own functions on the facts that those before it have led to: an act through
the table of moves, a mark only if the facts call for it then. What they refuse cannot have happened in that order.
"""

from datetime import datetime
from itertools import groupby

from desk.exit import Stop
from directive.event import Event, EventKind
from directive.mark import Mark
from directive.moves import move
from directive.outlook import look_ahead
from directive.record import Transition, fold
from directive.refusal import Refused
from directive.taking import take
from directive.task import Facts, Order, assigned
from letters.scenario_file import PlannedAct
from register.calendars import shipped_calendar
from register.telling import NOBODY
from tests.survive.acts import message
from tests.survive.story import Story, message_id

DECIDED = ".decided"
"""How the id of what silence has decided ends; it belongs to the mark before it."""


class Unlawful(ValueError):
    """The core does not let this happen then."""


def replayed(story: Story, order: Order, events: list[Event], since: datetime | None = None) -> Facts:
    """The facts that a task's events lead to, in their order. Raises Unlawful where they cannot have come so.

    The task counts `since` then (UTC), else since its first event. A first step that the engine has forgotten is taken
    again at a later instant; the register keeps the event of the first time.
    """
    try:
        return _replayed(story, order, events, since)
    except (Refused, Stop) as error:
        raise Unlawful(str(error)) from error


def _replayed(story: Story, order: Order, events: list[Event], since: datetime | None) -> Facts:
    if not events or events[0].id != "assigned":
        raise Unlawful(f"the first cause is {events[0].id if events else 'none'}, not the assignment")
    acts = {message_id(one): one for one in story.acts_of(order)}
    vacant = tuple(one.id.removesuffix(NOBODY) for one in events if one.kind is EventKind.SKIPPED)
    facts = assigned(order, since or events[0].at)
    told = [one for one in events[1:] if one.kind is not EventKind.SKIPPED and not one.id.endswith(DECIDED)]
    for (by_itself, at), group in groupby(told, lambda one: (one.planned is not None, one.at)):
        if by_itself:
            facts = _take(facts, order, tuple(group), at, vacant)
        else:
            for event in group:
                facts = _act(story, facts, order, acts.get(event.id), event, vacant)
    return facts


def _act(
    story: Story,
    facts: Facts,
    order: Order,
    act: PlannedAct | None,
    event: Event,
    vacant: tuple[str, ...],
) -> Facts:
    if act is None:
        raise Unlawful(f"nobody in the story does {event.id} ({event.kind})")
    calendar = shipped_calendar()
    outlook = look_ahead(facts, order.policy, calendar, event.at)
    said = message(act, facts, story.directory, event.at)
    try:
        moved, made = move(facts, said, outlook, order.policy, event.at)
    except Refused as refused:
        raise Unlawful(f"{event.id} ({event.kind}) refused then: {refused.reason}") from refused
    if made.kind is not event.kind:
        raise Unlawful(f"{event.id} is recorded as {event.kind} and would be {made.kind}")
    step = Transition(facts=moved, events=(made,), at=event.at)
    return fold(moved, step, tuple(one for one in vacant if one == event.id), (), order.policy)


def _take(
    facts: Facts, order: Order, events: tuple[Event, ...], at: datetime, vacant: tuple[str, ...]
) -> Facts:
    """Marks taken at one instant: in one transition, or in several where a level that nobody holds brings the next."""
    left = {one.id: one for one in events}
    while left:
        due = tuple(mark for mark in _marks(facts, order) if mark.key in left and mark.at <= at)
        if not due:
            raise Unlawful(f"marks that nothing called for then: {', '.join(left)}")
        moved, made = take(facts, due, at, order.policy)
        recorded = [left.pop(mark.key) for mark in due]
        kinds = {one.id: one.kind for one in made}
        wrong = [f"{one.id} as {one.kind}" for one in recorded if kinds.get(one.id) is not one.kind]
        if wrong:
            raise Unlawful(f"recorded {', '.join(wrong)}; the core says {kinds}")
        step = Transition(facts=moved, events=made, taken=due, at=at)
        keys = tuple(one for one in vacant if one in kinds)
        facts = fold(moved, step, keys, (), order.policy)
    return facts


def _marks(facts: Facts, order: Order) -> tuple[Mark, ...]:
    return look_ahead(facts, order.policy, shipped_calendar(), facts.last_at).marks
