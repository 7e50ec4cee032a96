"""What a late answer hears: who decided what and when."""

import asyncio

from desk import person, words
from desk.exit import Stop
from desk.saying import Case
from directive.directory import Directory
from directive.event import Event, EventKind
from directive.message import Message
from directive.question import Vote
from directive.refusal import Reason
from directive.task import Facts
from register.open import Register
from register.reading import decision_of, events, task

_TOO_LATE = {Reason.NO_QUESTION, Reason.ALREADY_VOTED, Reason.CLOSED}
RECORD_WAIT, RECORD_WAITS = 0.1, 20
"""A decision is recorded within milliseconds; after two seconds the refusal is told without it."""

ENDS = {EventKind.APPROVED, EventKind.WITHDRAWN, EventKind.NOT_OURS_AGREED}


async def too_late(register: Register, facts: Facts, directory: Directory, question: str) -> Stop:
    """The task is closed: who closed it, how and when."""
    stop = person.refused(Reason.CLOSED, {"state": facts.state}, facts.task.id)
    await add_decision(register, facts, directory, question, stop)
    return stop


async def add_decision(
    register: Register, facts: Facts, directory: Directory, question: str, stop: Stop
) -> None:
    """Tell who decided what and when: on that question, or where none is named or the task is closed, last of all."""
    task_id = facts.task.id
    decided = await decision_of(register, task_id, question) if question else None
    if decided is None and (facts.closed or not question):
        decided = await _last_decided(register, task_id)
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


async def second_answer(register: Register, case: Case, said: Message, stop: Stop) -> None:
    """Add to a refusal by the task itself who answered first: a moment ago, so its record may still be on its way."""
    if stop.kind not in _TOO_LATE or "decided" in stop.detail or not said.question:
        return
    task_id = case.facts.task.id
    for _ in range(RECORD_WAITS):
        facts = (await task(register, task_id)).facts
        question = next((one for one in facts.questions if one.id == said.question), None)
        if question is None:
            await add_decision(register, facts, case.directory, said.question, stop)
            return
        cast = [one for one in question.votes if said.role == one.role or said.actor == one.by]
        if stop.kind == Reason.ALREADY_VOTED and cast:
            _add_vote(cast[-1], person.namer(case.directory), stop)
            return
        await asyncio.sleep(RECORD_WAIT)


def _add_vote(cast: Vote, names: words.Names, stop: Stop) -> None:
    told = f" ({words.moment(cast.at)}: {names(cast.by)}, {words.word(cast.choice)})"
    stop.vi, stop.en = stop.vi + told, stop.en + told
    stop.detail["decided"] = {
        "by": cast.by,
        "on_behalf_of": cast.on_behalf_of,
        "choice": cast.choice.value,
        "at": cast.at.isoformat(),
    }


async def _last_decided(register: Register, task_id: str) -> Event | None:
    happened = reversed(await events(register, task_id))
    return next((one for one in happened if one.kind in ENDS or _decides(one)), None)


def _decides(one: Event) -> bool:
    """Whether an event answered a question: by a person, or by a policy's rule on silence."""
    return bool(one.question and (one.actor or "rule" in one.detail))
