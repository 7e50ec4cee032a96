"""What happens to a question that nobody answers: pressed, escalated, listed, or decided where the policy says so."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from directive.days import TaskDays, gap
from directive.due import local_day
from directive.event import EventKind
from directive.mark import Mark
from directive.policy import Ladder, QuestionPolicy, StepUnit
from directive.question import Choice, Question
from directive.roles import Part
from directive.task import Facts
from directive.window import Window

AHEAD = timedelta(days=60)
INSTEAD = {Choice.GRANT: Choice.REFUSE, Choice.ACCEPT: Choice.DECLINE}
"""What silence decides where the date asked for has passed, or is no longer later than the deadline."""


def silence(days: TaskDays, question: Question) -> Iterator[Mark]:
    """The question's marks if nobody answers it."""
    rules, climb = days.policy.questions[question.kind], question.climb
    since = local_day(question.since)
    first = days.first(rules.silence, question.since, since)
    ends, before = lapse_rung(rules), climb.day
    for number, at in days.rungs(rules.silence, climb, first):
        if number == ends and question.unheard < ends:
            yield _lapsed(days, question, ends, _lapses_on(days, rules, since, before))
            return
        yield _pressed(days.facts, question, rules.silence, number, at)
        before = local_day(at)


def lapse_rung(rules: QuestionPolicy) -> int:
    """The rung in whose place the policy decides by silence; 0 where it does not.

    It is the first one that would not come sooner, and comes before any weekly list: the list is for what nothing
    ends.
    """
    if rules.decide is None:
        return 0
    rung = 1
    while rung <= rules.silence.last and _offset(rules.silence, rung) < rules.decide.after:
        rung += 1
    return rung


def _offset(ladder: Ladder, rung: int) -> int:
    """The working days from the asking to a rung; hours are less than a day."""
    steps = (gap(ladder, number) for number in range(1, rung + 1))
    return sum(count for count, unit in steps if unit is not StepUnit.HOUR)


def _lapses_on(days: TaskDays, rules: QuestionPolicy, since: date, before: date | None) -> date:
    """The day of the decision: not before its time from the asking, nor before its time from the last notice.

    An outage that put the notices off puts the decision off too; a notice that reached nobody brings it no nearer.
    """
    assert rules.decide is not None
    after, rung = rules.decide.after, lapse_rung(rules)
    day = days.add(since, after)
    return max(day, days.add(before, after - _offset(rules.silence, rung - 1))) if before else day


def _pressed(facts: Facts, question: Question, ladder: Ladder, number: int, at: datetime) -> Mark:
    listed, final = number > ladder.last, number == ladder.last
    level = ladder.levels[min(number, len(ladder.levels)) - 1]
    kind = EventKind.QUESTION_FINAL if final else EventKind.QUESTION_PRESSED
    return Mark(
        key=f"{question.turn}.{number}",
        kind=EventKind.QUESTION_LISTED if listed else kind,
        series=question.id,
        at=at,
        to=(facts.task.role(Part.MONITOR),) if listed else question_roles(facts, question, level.ask),
        copy_to=() if listed else question_roles(facts, question, level.copy_to),
        number=number,
        level=min(number, len(ladder.levels)),
        question=question.id,
        every=ladder.list_every if listed else 0,
    )


def _lapsed(days: TaskDays, question: Question, number: int, day: date) -> Mark:
    """The decision by silence. It carries what a workflow cannot look up: the deadline in force, the working days."""
    rules = days.policy.questions[question.kind]
    assert rules.decide is not None
    at, choice, asked_for = days.at(day), rules.decide.choice, question.due
    in_force = days.due.instant if days.due else None
    if asked_for and (asked_for.instant <= at or (in_force and asked_for.instant <= in_force)):
        choice = INSTEAD.get(choice, choice)
    return Mark(
        key=f"{question.turn}.{number}",
        kind=EventKind.QUESTION_LAPSED,
        series=question.id,
        at=at,
        to=_asked_by_then(days.facts, question, rules.silence, number),
        copy_to=days.facts.task.roles((Part.MONITOR,)),
        number=number,
        question=question.id,
        choice=choice,
        due=days.due,
        window=_window(days, day),
    )


def _asked_by_then(facts: Facts, question: Question, ladder: Ladder, number: int) -> tuple[str, ...]:
    """Whom the question has been put to when the ladder comes to rung `number`."""
    pressed = (question_roles(facts, question, level.ask) for level in ladder.levels[: number - 1])
    return tuple(dict.fromkeys((*question.asked, *(role for roles in pressed for role in roles))))


def _window(days: TaskDays, day: date) -> Window:
    """The working days from the rest that the decision may end until some time after it."""
    start = min(day, days.facts.pause.since) if days.facts.pause else day
    every = (start + timedelta(days=ahead) for ahead in range((day + AHEAD - start).days))
    return Window(start=start, bits="".join("01"[days.whole.is_working_day(one)] for one in every))


def question_roles(facts: Facts, question: Question, parts: tuple[Part, ...]) -> tuple[str, ...]:
    """The wire roles of a question's level; `asked` stands for those whom the stage asks."""
    asked = question.route[question.stage].asks
    roles = [role for part in parts for role in (asked if part is Part.ASKED else (facts.task.role(part),))]
    return tuple(dict.fromkeys(roles))
