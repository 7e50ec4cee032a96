"""What a late answer hears: who decided what and when."""

from desk import person, words
from desk.exit import Stop
from directive.directory import Directory
from directive.event import Event, EventKind
from directive.refusal import Reason
from directive.task import Facts
from register.open import Register
from register.reading import decision_of, events

ENDS = {EventKind.APPROVED, EventKind.WITHDRAWN, EventKind.NOT_OURS_AGREED}


async def too_late(register: Register, facts: Facts, directory: Directory, question: str) -> Stop:
    """The task is closed: who closed it, how and when."""
    stop = person.refused(Reason.CLOSED, {"state": facts.state}, facts.task.id)
    await add_decision(register, facts, directory, question, stop)
    return stop


async def add_decision(
    register: Register, facts: Facts, directory: Directory, question: str, stop: Stop
) -> None:
    """Tell who decided what and when: on that question, or else last of all."""
    task_id = facts.task.id
    decided = await decision_of(register, task_id, question) if question else None
    decided = decided or await _last_decided(register, task_id)
    if decided:
        names = person.namer(directory)
        told = f" ({words.moment(decided.at)}: {words.event(decided, names)})"
        stop.vi, stop.en = stop.vi + told, stop.en + told
        stop.detail["decided"] = {
            "by": decided.actor,
            "on_behalf_of": decided.on_behalf_of,
            "kind": decided.kind.value,
            "at": decided.at.isoformat(),
        }


async def _last_decided(register: Register, task_id: str) -> Event | None:
    happened = reversed(await events(register, task_id))
    return next((one for one in happened if one.kind in ENDS or (one.question and one.actor)), None)
