"""What happened, as people read it: a level that nobody could be asked is one line, which says so and why."""

from collections.abc import Iterable, Iterator

from directive.event import Event, EventKind

NOBODY = ".nobody"


def in_one_line(events: Iterable[Event]) -> Iterator[Event]:
    """The events in order, without the marks whose place a "skipped" event takes: nobody was asked by them.

    What a person did stays, also where nobody could be asked to decide on it.
    """
    listed = list(events)
    places = {one.id.removesuffix(NOBODY): one for one in listed if one.kind is EventKind.SKIPPED}
    replaced = {one.id for one in listed if one.id in places and one.planned and not one.actor}
    for one in listed:
        if one.id in replaced:
            yield places[one.id]
        elif one.kind is not EventKind.SKIPPED or one.id.removesuffix(NOBODY) not in replaced:
            yield one
