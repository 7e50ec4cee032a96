"""One task in the register and in the engine, compared: who is behind, and what settles it. Pure."""

from enum import StrEnum
from typing import NamedTuple

from temporalio.client import WorkflowExecutionStatus

from desk.repair.replayed import GONE_WRONG, Line
from register.held import Held
from register.in_order import wanted_order
from register.telling import NOBODY


class Step(StrEnum):
    """What settles a difference."""

    NONE = "none"
    REGISTER = "register"  # the engine is ahead: what the register lacks is written from history
    START = "start"  # the engine has never heard of it: it begins there with what the register holds
    ANEW = "anew"  # the engine is behind: its run ends, and another begins with what the register holds


class Verdict(NamedTuple):
    """`lacks` counts the events that the register has not; `forgotten` are acts that the engine went on without."""

    task: str
    step: Step
    lacks: int = 0
    forgotten: tuple[str, ...] = ()
    fault: str = ""

    @property
    def settled(self) -> bool:
        """Whether there is nothing to do and nothing left."""
        return self.step is Step.NONE and not self.forgotten and not self.fault


def judged(line: Line, held: Held | None) -> Verdict:
    """What settles a task that the engine knows.

    An act that the register holds and the engine does not is carried over where the engine is simply behind. Where
    the engine has gone on without it, two stories of one task stand side by side, and a person has to say it again.
    """
    if line.fault:
        return Verdict(line.task, Step.NONE, fault=line.fault)
    if held is None:
        return Verdict(line.task, Step.REGISTER if line.ids else Step.NONE, lacks=len(line.ids))
    lacks = sum(name not in held.ids for name in line.ids)
    forgotten = _forgotten(line, held)
    ahead = held.facts.revision - _reaches(line)
    if lacks or _out_of_order(line, held) or _behind(line, held):
        return Verdict(line.task, Step.REGISTER, lacks, forgotten)
    if _ended_badly(line, held) or (line.runs and ahead > 0):
        return Verdict(line.task, Step.ANEW)
    return Verdict(line.task, Step.NONE, forgotten=forgotten)


def _forgotten(line: Line, held: Held) -> tuple[str, ...]:
    pending = {event.id for event in line.pending.events} if line.pending else set()
    known = {*line.ids, *line.carried, *pending}
    return tuple(name for name in held.acts if name not in known)


def _reaches(line: Line) -> int:
    """How far the engine comes by itself: a record that is under way has yet to answer."""
    if line.pending:
        return line.pending.facts.revision
    return line.facts.revision if line.facts else -1


def _out_of_order(line: Line, held: Held) -> bool:
    known = [name for one in line.ids for name in (one, one + NOBODY)]
    return wanted_order(held.ids, known) != list(held.ids)


def _behind(line: Line, held: Held) -> bool:
    """Whether the register's row is not what the engine lives by, though it has every event of it."""
    if line.pending or line.facts is None or line.facts == held.facts:
        return False
    return line.facts.revision >= held.facts.revision


def _ended_badly(line: Line, held: Held) -> bool:
    """Whether the run of a task that is open was ended from without."""
    ended = line.status is not WorkflowExecutionStatus.RUNNING and line.status in GONE_WRONG
    return ended and not held.facts.closed
