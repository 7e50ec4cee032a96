"""What a policy may not do though every field has the right form: leave a silence without a next step, or an
answer without an end; climb downwards; ask nobody; or count in numbers that no office means.
"""

from collections.abc import Iterator
from datetime import time
from typing import Any

from directive.policy import Policy
from directive.question import CHOICES, Choice, QuestionKind
from directive.roles import Part
from letters.forms import place
from letters.policy_hours import judge_hours, mixed_units
from letters.policy_silence import judge_silence
from letters.problem import Problem
from letters.slips import slip
from letters.yaml_lines import Source

LIMITS = {
    "escalation_answer_within": 30,
    "commitment_days": 60,
    "commitment_times": 10,
    "reassign_pause": 30,
    "extension_times": 20,
    "redo_days": 60,
    "ask_more_times": 10,
    "suspension_review": 130,
    "suspension_longest": 520,
    "review_every": 130,
    "due_soon": 30,
    "nudge_gap": 30,
    "answer_within": 60,
    "after": 130,
    "repeat_every": 60,
    "repeat_times": 30,
    "list_every": 60,
    "gather_seconds": 3600,
    "gather_at_most_seconds": 3600,
    "count": 366,
}
"""Beyond these a number is a slip of the keyboard: half a working year, a month of answers. Our decision."""

_ASKED_KINDS = [
    kind for kind in QuestionKind if kind not in (QuestionKind.ESCALATION, QuestionKind.SUSPENSION)
]
_NEEDS_END = {Choice.COMMIT: "commitment_times", Choice.EXTEND: "extension_times"}
Path_ = tuple[str | int, ...]


def prejudge(source: Source) -> list[Problem]:
    """What can be told from the file as typed, whether or not the rest of it can be read."""
    data = source.data
    found = [*_numbers(data, source, ()), *_ladders(data, source), *_parts(data, source)]
    questions = data.get("questions")
    asked = questions if isinstance(questions, dict) else {}
    line = source.line("questions")
    found += [
        slip("silent_end", line, "questions", kind=kind.value) for kind in _ASKED_KINDS if kind not in asked
    ]
    choices = data.get("escalation_choices")
    if isinstance(choices, dict) and "1" not in choices:
        found.append(slip("no_answers", source.line("escalation_choices"), "escalation_choices", level=1))
    return found


def judge(policy: Policy, source: Source) -> Iterator[Problem]:
    """What can be told of a policy that could be read."""
    yield from _reminders(policy, source)
    yield from _answers(policy, source)
    yield from judge_silence(policy, source)
    yield from judge_hours(policy, source)
    yield from _quiet_marks(policy, source)


def _numbers(data: Any, source: Source, path: Path_) -> Iterator[Problem]:
    if isinstance(data, dict):
        for key, value in data.items():
            limit = LIMITS.get(str(key))
            if limit is not None and isinstance(value, str) and _number(value) is not None:
                if abs(_number(value) or 0) > limit:
                    yield slip(
                        "absurd_number", source.line(*path, key), key, field=key, value=value, limit=limit
                    )
            yield from _numbers(value, source, (*path, key))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from _numbers(value, source, (*path, at))


def _number(typed: object) -> int | None:
    try:
        return int(str(typed))
    except ValueError:
        return None


def _ladders(data: dict[str, Any], source: Source) -> Iterator[Problem]:
    yield from _levels(data.get("acknowledge"), source, ("acknowledge",))
    places: list[tuple[Any, Path_]] = [(data.get("overdue"), ("overdue",))]
    questions = data.get("questions")
    if isinstance(questions, dict):
        for kind, asked in questions.items():
            if isinstance(asked, dict):
                places.append((asked.get("silence"), ("questions", kind, "silence")))
    for ladder, path in places:
        if isinstance(ladder, dict):
            if ladder.get("levels") in (None, [], ()):
                yield slip("no_levels", source.line(*path), place(path))
            yield from _levels(ladder.get("levels"), source, (*path, "levels"))


def _levels(levels: Any, source: Source, path: Path_) -> Iterator[Problem]:
    yield from mixed_units(levels, source, path)
    before: int | None = None
    for at, level in enumerate(levels if isinstance(levels, list) else []):
        if not isinstance(level, dict):
            continue
        line, where = source.line(*path, at), f"{path[0]}[{at + 1}]"
        after = _number(level.get("after"))
        if before is not None and after is not None and after <= before:
            yield slip("levels_descend", line, where, after=after, before=before)
        before = after if after is not None else before


def _reminders(policy: Policy, source: Source) -> Iterator[Problem]:
    if not policy.reminders:
        yield slip("no_reminders", source.line("reminders"), "reminders")
    for at, reminder in enumerate(policy.reminders):
        line, where = source.line("reminders", at), f"reminders[{at + 1}]"
        if reminder.at.count > 0:
            yield slip("reminder_after", line, where, count=reminder.at.count)


def _answers(policy: Policy, source: Source) -> Iterator[Problem]:
    known = CHOICES[QuestionKind.ESCALATION]
    for level, choices in policy.escalation_choices.items():
        line, where = source.line("escalation_choices", str(level)), f"escalation_choices.{level}"
        if not choices:
            yield slip("no_answers", line, where, level=level)
        for choice in choices:
            if choice not in known:
                yield slip("wrong_answer", line, where, choice=choice.value, known=", ".join(known))
            limit = _NEEDS_END.get(choice)
            if limit and getattr(policy, limit) == 0:
                yield slip(
                    "answer_endless", source.line(limit), limit, choice=choice.value, why=f"{limit} = 0"
                )


def _parts(data: dict[str, Any], source: Source) -> Iterator[Problem]:
    """`asked` is nobody outside the silence of a question."""
    overdue = data.get("overdue")
    listed: list[tuple[Any, Path_]] = [
        (data.get("reminders"), ("reminders",)),
        (data.get("acknowledge"), ("acknowledge",)),
        (overdue.get("levels") if isinstance(overdue, dict) else None, ("overdue", "levels")),
    ]
    questions = data.get("questions")
    for kind, asked in questions.items() if isinstance(questions, dict) else ():
        if isinstance(asked, dict):
            listed.append(([asked], ("questions", kind)))
    for rows, path in listed:
        for at, row in enumerate(rows if isinstance(rows, list) else []):
            for field in ("to", "ask", "copy_to"):
                parts = row.get(field) if isinstance(row, dict) else None
                if isinstance(parts, list) and Part.ASKED in parts:
                    whole = (*path, field) if path[0] == "questions" else (*path, at, field)
                    yield slip("asked_outside", source.line(*whole), place(whole))


def _quiet_marks(policy: Policy, source: Source) -> Iterator[Problem]:
    delivery = policy.delivery
    quiet = f"{delivery.quiet_from:%H:%M}–{delivery.quiet_until:%H:%M}"
    for at, path in ((policy.marks_at, ("marks_at",)), (delivery.digest_at, ("delivery", "digest_at"))):
        if _quiet(at, delivery.quiet_from, delivery.quiet_until):
            yield slip(
                "quiet_marks", source.line(*path), path[-1], field=path[-1], at=f"{at:%H:%M}", quiet=quiet
            )


def _quiet(at: time, start: time, end: time) -> bool:
    return start <= at < end if start <= end else at >= start or at < end
