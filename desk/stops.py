"""What would stop a mark: every act that is open now, done on paper, and the marks that are left after it.

No list of reasons is kept beside the rules: an act stops a mark where the rules themselves no longer call for it.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from desk.changes import turn
from desk.effect import Paper
from directive.days import TaskDays
from directive.due import local_day
from directive.mark import Mark
from directive.message import Act, Door, Message
from directive.moves import MOVES
from directive.outlook import look_ahead
from directive.question import Choice
from directive.refusal import Refused
from directive.task import Facts

SOMEBODY = "dry-run"
QUIET = {Act.ANSWER, Act.NUDGE, Act.REPLAN}
"""An answer is tried choice by choice; a nudge stops nothing; another calendar is no answer to a notice."""


class Tried(NamedTuple):
    """An act that its `roles` may do now, and the marks that would be left after it, by their places."""

    act: Act
    choice: Choice | None
    question: str
    roles: tuple[str, ...]
    left: dict[str, Mark]

    def stops(self, mark: Mark) -> bool:
        """Whether the mark would not come, or later."""
        held = self.left.get(turn(mark))
        return held is None or held.at > mark.at


def tried(facts: Facts, paper: Paper, at: datetime) -> list[Tried]:
    """Every act that is open at `at`, with what it leaves of the marks ahead."""
    found = []
    for act, choice, question, roles in _open(facts):
        moved = _moved(facts, paper, at, act, choice, question, roles[0])
        if moved:
            calendar = paper.calendars[moved.calendar]
            left = look_ahead(moved, paper.policy, calendar, at).marks
            found.append(Tried(act, choice, question, roles, {turn(mark): mark for mark in left}))
    return found


def _open(facts: Facts) -> Iterator[tuple[Act, Choice | None, str, tuple[str, ...]]]:
    for act, row in MOVES.items():
        if act not in QUIET and facts.state in row.states and row.parts:
            yield act, None, "", facts.task.roles(row.parts)
    for question in facts.questions:
        for choice in question.choices:
            yield Act.ANSWER, choice, question.id, question.asked


def _moved(
    facts: Facts,
    paper: Paper,
    at: datetime,
    act: Act,
    choice: Choice | None,
    question: str,
    role: str,
) -> Facts | None:
    """The facts after the act with the first day that the rules accept; None where they accept none."""
    for day in (None, *_days(facts, paper, at)):
        message = Message(
            id=SOMEBODY,
            act=act,
            actor=SOMEBODY,
            role=role,
            at=max(at, facts.last_at),
            door=Door.CLI,
            reason=SOMEBODY,
            text=SOMEBODY,
            person=SOMEBODY,
            question=question,
            choice=choice,
            day=day,
        )
        try:
            return paper.act(facts, message)[0]
        except Refused:
            continue
    return None


def _days(facts: Facts, paper: Paper, at: datetime) -> list[date]:
    """Days that somebody may name: after the deadline, else soon."""
    days = TaskDays(facts, paper.policy, paper.calendars[facts.calendar])
    today = local_day(max(at, facts.last_at))
    soon = [days.add(today, 1)]
    if not days.due:
        return soon
    return [days.add(max(days.due.day, today), count) for count in (1, 5)] + soon
