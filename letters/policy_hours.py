"""What a policy may not do with hours: mix them with days, remind at the deadline itself, let the night hold them."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from directive.policy import Ladder, Level, OffsetUnit, Policy, StepUnit
from letters.problem import Problem
from letters.slips import slip
from letters.yaml_lines import Source

Path_ = tuple[str | int, ...]
_WORDS = {StepUnit.WORKING_DAY: ("ngày", "days"), StepUnit.HOUR: ("giờ", "hours")}
_HOURS_A_DAY = 24


def mixed_units(levels: Any, source: Source, path: Path_) -> Iterator[Problem]:
    """The levels of one ladder count one unit, or nobody could say which of two comes first."""
    first = ""
    for at, level in enumerate(levels if isinstance(levels, list) else []):
        unit = str(level.get("unit", StepUnit.WORKING_DAY)) if isinstance(level, dict) else ""
        first = first or unit
        if unit and unit != first and {unit, first} <= set(StepUnit):
            yield slip("levels_mix", source.line(*path, at), f"{path[0]}[{at + 1}]", unit=unit, first=first)


def judge_hours(policy: Policy, source: Source) -> Iterator[Problem]:
    """What can be told of a policy that could be read."""
    yield from _time_to_answer(policy, source)
    for at, reminder in enumerate(policy.reminders):
        if reminder.at.unit is OffsetUnit.HOUR and reminder.at.count == 0:
            yield slip("reminder_at_deadline", source.line("reminders", at), f"reminders[{at + 1}]")
    delivery = policy.delivery
    quiet = f"{delivery.quiet_from:%H:%M}–{delivery.quiet_until:%H:%M}"
    if policy.days == "all" and not delivery.at_once:
        yield slip("held_by_night", source.line("days"), "days", quiet=quiet)
    if policy.suspension_review > policy.suspension_longest:
        yield slip(
            "review_too_late",
            source.line("suspension_review"),
            "suspension_review",
            review=policy.suspension_review,
            longest=policy.suspension_longest,
        )


def _time_to_answer(policy: Policy, source: Source) -> Iterator[Problem]:
    """The next level should not be asked before the time to answer is over."""
    gaps = [(upper.after - lower.after, upper.unit) for lower, upper in pairwise(policy.overdue.levels)]
    within = policy.escalation_answer_within, policy.escalation_answer_unit
    if gaps and _longer(within, min(gaps)):
        yield _too_long(source, ("escalation_answer_within",), within, min(gaps))
    for kind, asked in policy.questions.items():
        within, first = (asked.answer_within, asked.answer_unit), _begins(asked.silence)
        if _longer(within, first):
            yield _too_long(source, ("questions", kind, "answer_within"), within, first)


def _begins(ladder: Ladder) -> tuple[int, StepUnit]:
    level: Level = ladder.levels[0]
    return level.after, level.unit


def _longer(one: tuple[int, StepUnit], other: tuple[int, StepUnit]) -> bool:
    """Whether one span is longer; a day has 24 hours here."""
    return _hours(one) > _hours(other) if one[1] is not other[1] else one[0] > other[0]


def _hours(span: tuple[int, StepUnit]) -> int:
    return span[0] * (1 if span[1] is StepUnit.HOUR else _HOURS_A_DAY)


def _too_long(
    source: Source, path: Path_, within: tuple[int, StepUnit], gap: tuple[int, StepUnit]
) -> Problem:
    """The time to answer at `path` outlasts the `gap` to the next level."""
    told = {
        "within": f"{within[0]} {_WORDS[within[1]][0]}",
        "gap": f"{gap[0]} {_WORDS[gap[1]][0]}",
        "within_en": f"{within[0]} {_WORDS[within[1]][1]}",
        "gap_en": f"{gap[0]} {_WORDS[gap[1]][1]}",
    }
    where = f"questions.{path[1]}" if path[0] == "questions" else str(path[0])
    return slip("answer_too_long", source.line(*path), where, **told)
