"""Where a policy lets silence decide: only as something silence can say, and after those asked were pressed."""

from collections.abc import Iterator

from directive.policy import Policy, QuestionPolicy, StepUnit
from directive.question import CHOICES, SILENT, YES, Choice, QuestionKind
from letters.problem import Problem
from letters.slips import slip
from letters.yaml_lines import Source


def judge_silence(policy: Policy, source: Source) -> Iterator[Problem]:
    """What can be told of `decide` in a policy that could be read."""
    for kind, rules in policy.questions.items():
        if rules.decide is not None:
            yield from _decide(kind, rules, rules.decide.after, rules.decide.choice, source)


def _decide(
    kind: QuestionKind, rules: QuestionPolicy, after: int, choice: Choice, source: Source
) -> Iterator[Problem]:
    path, where = ("questions", kind, "decide"), f"questions.{kind}.decide"
    known = [one for one in CHOICES[kind] if one in SILENT]
    if choice not in known:
        line = source.line(*path, "choice")
        yield slip(
            "silence_decides_what", line, where, choice=choice.value, kind=kind.value, known=", ".join(known)
        )
    first = rules.silence.levels[0]
    line, days = source.line(*path, "after"), first.after if first.unit is not StepUnit.HOUR else 0
    if after <= days:
        yield slip("silence_decides_early", line, where, after=after, first=days)
    elif after <= (last := _last_day(rules)):
        yield slip("silence_decides_hastily", line, where, after=after, last=last)
    if kind is QuestionKind.APPROVAL and choice in YES:
        yield slip("silence_approves", source.line(*path, "choice"), where, after=after)


def _last_day(rules: QuestionPolicy) -> int:
    """The working day of the final notice, counted from the asking; hours are less than a day."""
    ladder = rules.silence
    levels = [level.after for level in ladder.levels if level.unit is not StepUnit.HOUR]
    repeats = 0 if ladder.repeat_unit is StepUnit.HOUR else ladder.repeat_every * (ladder.repeat_times + 1)
    return (levels[-1] if levels else 0) + repeats
