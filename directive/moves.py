"""The one table of moves: which act may be done in which state by which part, and what it makes of the facts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from directive import acts, approval, assigning, decisions
from directive.event import Event
from directive.message import Act, Grade, Message
from directive.outlook import Outlook
from directive.policy import Policy
from directive.refusal import Reason, Refused
from directive.roles import Part
from directive.scene import UNIT, Scene
from directive.task import CLOSED, WORKING, Facts, State

SKEW = timedelta(minutes=2)

ASSIGNING = (Part.ASSIGNER, Part.LEADERSHIP)
OPEN = frozenset(set(State) - CLOSED)
RUNNING = frozenset({State.ASSIGNED, State.IN_PROGRESS, State.REPORTED})


@dataclass(frozen=True)
class Move:
    """One row of the table."""

    states: frozenset[State]
    parts: tuple[Part, ...]
    make: Callable[[Scene], tuple[Facts, Event]]


MOVES: dict[Act, Move] = {
    Act.ACKNOWLEDGE: Move(frozenset({State.ASSIGNED}), UNIT, acts.acknowledge),
    Act.REFUSE: Move(WORKING, UNIT, acts.refuse),
    Act.PROGRESS: Move(WORKING | {State.REPORTED}, UNIT, acts.progress),
    Act.REPORT: Move(WORKING, UNIT, acts.report),
    Act.REQUEST_EXTENSION: Move(WORKING, UNIT, acts.request_extension),
    Act.RAISE_OBSTACLE: Move(WORKING, UNIT, acts.raise_obstacle),
    Act.REASSIGN: Move(WORKING, (Part.HEAD, *ASSIGNING), acts.reassign),
    Act.AMEND_DEADLINE: Move(OPEN, ASSIGNING, assigning.amend_deadline),
    Act.SUSPEND: Move(RUNNING, ASSIGNING, assigning.suspend),
    Act.RESUME: Move(frozenset({State.SUSPENDED}), ASSIGNING, assigning.resume),
    Act.WITHDRAW: Move(OPEN, ASSIGNING, assigning.withdraw),
    Act.NUDGE: Move(WORKING, (*ASSIGNING, Part.MONITOR), assigning.nudge),
    Act.REPLAN: Move(OPEN, (*ASSIGNING, Part.MONITOR), assigning.replan),
    Act.ANSWER: Move(OPEN, (), decisions.answer),
}

DECISION = Move(RUNNING, ASSIGNING, assigning.nudge)
"""A nudge that is more than a reminder: a report that came late does not undo what a competent person decided."""

APPROVAL_MOVES: dict[Act, Move] = {
    **{act: MOVES[act] for act in (Act.PROGRESS, Act.REPORT, Act.ANSWER)},
    Act.WITHDRAW: Move(OPEN, UNIT, approval.withdraw),
}
"""What may be done to a stand-alone approval: who asks may take it back, and nobody amends, suspends or nudges."""


def row_for(facts: Facts, act: Act, grade: Grade = Grade.URGE) -> Move:
    """The row of the table for an act; a nudge of a graver grade has one of its own.

    Raises `Refused` where there is none for this kind of task.
    """
    row = (APPROVAL_MOVES if facts.task.kind == "approval" else MOVES).get(act)
    if row is None:
        raise Refused(Reason.NOT_FOR_APPROVALS, act=act)
    return DECISION if act is Act.NUDGE and grade is not Grade.URGE else row


def move(
    facts: Facts,
    message: Message,
    outlook: Outlook,
    policy: Policy,
    now: datetime,
    skew: timedelta = SKEW,
) -> tuple[Facts, Event]:
    """The facts after an act, and the one event it is. `now` is the office's instant (UTC).

    `skew` is how far two machines' clocks may differ, measured in the office's time.

    Raises `Refused` with the reason; nothing has changed then.
    """
    if facts.closed:
        raise Refused(Reason.CLOSED, state=facts.state)
    row = row_for(facts, message.act, message.grade)
    named = message.grade if row is DECISION else message.act
    if facts.state not in row.states:
        raise Refused(Reason.WRONG_STATE, state=facts.state, act=named)
    if row.parts and message.role not in facts.task.roles(row.parts):
        raise Refused(Reason.WRONG_ROLE, role=message.role, act=named)
    at = _instant(facts, message, now, skew)
    moved, event = row.make(Scene(facts, message, outlook, policy, at))
    return moved.having(revision=facts.revision + 1, last_at=at), event


def _instant(facts: Facts, message: Message, now: datetime, skew: timedelta) -> datetime:
    """When the act counts as done: the door's instant, but never ahead of `now` nor before the last event.

    Clocks of two machines differ by moments: up to two minutes are set right, more is refused.
    """
    if message.at > now + skew:
        raise Refused(Reason.IN_THE_FUTURE, at=message.at.isoformat(), now=now.isoformat())
    if message.at < facts.last_at - skew:
        raise Refused(Reason.BEFORE_LAST_EVENT, at=message.at.isoformat(), last=facts.last_at.isoformat())
    return max(min(message.at, now), facts.last_at)
