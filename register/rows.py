"""Models to rows and back: how a task, an event, a mark and an open question stand in the tables."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from directive.calendar import WorkCalendar
from directive.due import Due
from directive.event import Event, EventKind
from directive.light import Outcome, outcome, soon_at
from directive.mark import Mark, written_mark
from directive.message import Grade
from directive.outlook import Outlook
from directive.task import Facts, State

STANDING = ("state", "due_at", "due_day", "due_clock", "handed_in", "stopped_since")
CYCLE = re.compile(r"c(\d+)\.")


def task_row(
    facts: Facts, outlook: Outlook, work: str, calendar: WorkCalendar, due_soon: int
) -> dict[str, Any]:
    """A task's row: its facts, and beside them what boards filter and sort by.

    `calendar` is the one the policy counts by, `due_soon` the policy's.
    """
    ahead = outlook.marks[0] if outlook.marks else None
    ended = facts.last_at if facts.closed else None
    return {
        "id": facts.task.id,
        "directive": facts.task.directive,
        "code": facts.task.code,
        "unit": facts.task.unit,
        "work": work,
        "state": facts.state.value,
        "officer": facts.officer,
        "calendar": facts.calendar,
        "revision": facts.revision,
        **_due("due", outlook.due),
        "due_clock": bool(outlook.due and outlook.due.clock_time),
        "soon_at": soon_at(outlook.due, due_soon, calendar) if outlook.due else None,
        **_due("original_due", facts.original_due),
        "period": facts.period,
        "extensions": facts.extensions,
        "rounds": facts.rounds,
        "nudges": facts.nudges,
        "assigned_at": facts.assigned_at,
        "handed_in": _handed_in(facts),
        "stopped_since": facts.spans[-1].since if facts.state is State.SUSPENDED else None,
        "completed_at": ended if facts.state is State.COMPLETED else None,
        "closed_at": ended,
        "outcome": _outcome(facts, calendar),
        "next_at": ahead.at if ahead else None,
        "next_kind": ahead.kind.value if ahead else None,
        "last_at": facts.last_at,
        "facts": facts.model_dump_json(),
    }


def _due(name: str, due: Due | None) -> dict[str, Any]:
    return {f"{name}_at": due.instant if due else None, f"{name}_day": due.day if due else None}


def _handed_in(facts: Facts) -> datetime | None:
    """When the report was handed in that waits for a decision or was accepted; a returned one counts no more."""
    standing = {facts.state, facts.resumes_to} & {State.REPORTED, State.COMPLETED}
    return facts.report.at if facts.report and standing else None


def _outcome(facts: Facts, calendar: WorkCalendar) -> str | None:
    ended = outcome(facts, calendar, facts.last_at) if facts.closed else None
    return ended.value if ended else None


def event_row(event: Event, facts: Facts, mark: Mark | None, standing: dict[str, Any]) -> dict[str, Any]:
    """An event's row; `facts` are those after it, `mark` the one it came from, kept where it was really taken.

    `standing` is the task's row after it: of that the event keeps what tells later how the task stood, and whose it is.
    """
    approved = event.kind is EventKind.APPROVED
    taken = mark is not None and event.kind not in (EventKind.SUPERSEDED, EventKind.SKIPPED)
    return {
        "task": facts.task.id,
        "id": event.id,
        "kind": event.kind.value,
        "at": event.at,
        "question": event.question,
        "cycle": _cycle(event, facts),
        "grade": event.level or (int(event.detail["number"]) if event.kind is EventKind.NUDGED else 0),
        "outcome": event.detail.get("outcome", Outcome.COMPLETED_ON_TIME.value)
        if approved and facts.task.kind == "task"
        else _grade(event),
        "renews": approved and not facts.closed,
        "scope": scope(mark) if mark else None,
        "mark": written_mark(mark) if mark and taken else None,
        "body": event.model_dump_json(exclude_defaults=True),
        **{name: standing[name] for name in (*STANDING, "unit", "directive")},
    }


def _grade(event: Event) -> str | None:
    return event.detail.get("grade", Grade.URGE.value) if event.kind is EventKind.NUDGED else None


def _cycle(event: Event, facts: Facts) -> int:
    """The deadline an event belongs to: a mark's key names it, since an act may have begun the next one by now."""
    named = CYCLE.match(event.id) if event.planned else None
    return int(named.group(1)) if named else facts.cycle


def scope(mark: Mark) -> str:
    """What a mark is part of: a question, an acknowledgement or a deadline's cycle."""
    return mark.question or mark.key.partition(".")[0]


def scopes(facts: Facts) -> set[str]:
    """What marks may still be part of, by these facts."""
    questions = {question.id for question in facts.questions}
    return {f"c{facts.cycle}", f"a{facts.ack_since:%Y%m%d%H%M%S}", *questions}


def mark_rows(facts: Facts, outlook: Outlook) -> list[dict[str, Any]]:
    """The rows of the marks that lie ahead."""
    return [
        {
            "task": facts.task.id,
            "key": mark.key,
            "at": mark.at,
            "kind": mark.kind.value,
            "level": mark.level,
            "roles": " ".join(mark.to),
        }
        for mark in outlook.marks
    ]


def asked_rows(facts: Facts) -> list[dict[str, Any]]:
    """One row for each role that may answer an open question."""
    return [
        {"task": facts.task.id, "question": question, "role": role}
        for question, role in dict.fromkeys(_asked(facts))
    ]


def _asked(facts: Facts) -> Iterator[tuple[str, str]]:
    for question in facts.questions:
        yield from ((question.id, role) for role in question.asked)
