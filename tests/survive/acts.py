"""When an act of the story has its turn, who does it and what they say: the same on fire, undisturbed and replayed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from desk import person
from directive.calendar import WorkCalendar
from directive.directory import Directory
from directive.due import local_day
from directive.event import Event
from directive.message import Act, Door, Message
from directive.task import Facts
from letters.scenario_file import PlannedAct
from tests.survive.story import message_id

SAID = {"choice", "day", "text", "reason", "person"}


def cue(act: PlannedAct, happened: Iterable[Event], calendar: WorkCalendar) -> datetime | None:
    """The instant (UTC) from which an act has its turn, by its task's events; None where it has not come up."""
    after = act.when.after
    assert after is not None
    same = [one for one in happened if one.kind is after.event and after.level in (0, one.level)]
    return act.when.plus.after(same[after.nth - 1].at, calendar) if len(same) >= after.nth else None


def waiting(
    acts: Sequence[PlannedAct], happened: Sequence[Event], calendar: WorkCalendar
) -> list[tuple[datetime, PlannedAct]]:
    """The acts of one task that have come up and are not recorded, by the instants of their turns."""
    done = {one.id for one in happened}
    left = ((cue(act, happened, calendar), act) for act in acts if message_id(act) not in done)
    return sorted(((at, act) for at, act in left if at), key=lambda pair: (pair[0], pair[1].line))


def speaker(act: PlannedAct, facts: Facts, directory: Directory, at: datetime) -> str:
    """The first of those who play the part on that day."""
    assert act.part is not None
    role = facts.task.role(act.part)
    seats = directory.seats(role, local_day(at), facts.officer_in(role)).seats
    return seats[0].person if seats else act.actor


def said(act: PlannedAct) -> dict[str, Any]:
    """What an act says, without what it leaves open."""
    return {name: value for name, value in act.model_dump(include=SAID).items() if value not in ("", None)}


def message(act: PlannedAct, facts: Facts, directory: Directory, at: datetime) -> Message:
    """The act as it reaches its task at `at` (UTC). Raises Stop where the speaker holds no role for it."""
    who = speaker(act, facts, directory, at)
    held = person.standing(directory, facts, act.act, who, local_day(at), choice=act.choice)
    return Message(
        id=message_id(act),
        act=act.act,
        actor=who,
        role=held.role,
        on_behalf_of=held.seat.on_behalf_of,
        at=at,
        door=Door.CLI,
        question=held.question if act.act is Act.ANSWER else "",
        **said(act),
    )
