"""Why a mark comes when it comes: the rule of the policy, the day it counts from, the days counted and skipped.

It explains and decides nothing: what it says is held against the mark's own day, and where the rule's count does not
lead there (the clock stood, the rule's own day had passed), it says so instead of inventing a count.
"""

from datetime import date
from typing import NamedTuple

from desk.counting import Count, Start, count
from desk.language import text
from directive.calendar import WorkCalendar
from directive.days import Step, gap
from directive.due import local_day
from directive.event import EventKind as E
from directive.mark import Mark
from directive.policy import Ladder, OffsetUnit, Policy, StepUnit
from directive.question import QuestionKind

RUNGS = {E.ESCALATED, E.ESCALATED_AGAIN, E.FINAL_NOTICE, E.LISTED}
ACKNOWLEDGEMENT = {E.ACKNOWLEDGEMENT_REMINDED, E.ACKNOWLEDGEMENT_ESCALATED}
PRESSED = {E.QUESTION_PRESSED, E.QUESTION_FINAL, E.QUESTION_LISTED}


class Rule(NamedTuple):
    """A place in the policy and what it counts; `step` is None where it names a day instead of a count."""

    place: str
    step: tuple[int, str] | None = None


class Why(NamedTuple):
    """The rule of a mark, and the count that leads to its day; without a count `said` tells what moved it."""

    policy: str
    rule: Rule
    counted: Count | None
    said: str

    def __str__(self) -> str:
        return f"{text('chính sách', 'policy')} «{self.policy}», {self.rule.place}: {self.said}"

    def plain(self) -> dict[str, object]:
        """The explanation as JSON."""
        return {
            "policy": self.policy,
            "rule": self.rule.place,
            "said": self.said,
            "count": self.counted.plain() if self.counted else None,
        }


def rule_of(mark: Mark, policy: Policy) -> Rule:
    """The place of the policy that a mark comes from."""
    if mark.kind is E.REMINDED:
        for place, one in enumerate(policy.reminders):
            if one.at.code == mark.offset:
                return Rule(f"reminders[{place}]", (one.at.count, one.at.unit))
    if mark.kind in RUNGS:
        return _rung("overdue", policy.overdue, mark.number)
    if mark.kind in ACKNOWLEDGEMENT:
        steps, at = policy.acknowledge, mark.number - 1
        before = steps[at - 1].after if at else 0
        return Rule(f"acknowledge[{at}]", (steps[at].after - before, steps[at].unit))
    if mark.kind is E.REVIEW_ASKED:
        return Rule("review_every", (policy.review_every, StepUnit.WORKING_DAY))
    if mark.kind is E.SUSPENSION_REVIEWED:
        again = mark.number > 1
        every = policy.overdue.list_every if again else policy.suspension_review
        return Rule("overdue.list_every" if again else "suspension_review", (every, StepUnit.WORKING_DAY))
    kind = QuestionKind(mark.question.partition(".")[0])
    held = policy.questions[kind]
    if mark.kind in PRESSED:
        return _rung(f"questions.{kind}.silence", held.silence, mark.number)
    after = held.decide.after if held.decide else 0
    return Rule(f"questions.{kind}.decide", (after, StepUnit.WORKING_DAY))


def _rung(name: str, ladder: Ladder, number: int) -> Rule:
    step: Step = gap(ladder, number)
    if number > ladder.last:
        return Rule(f"{name}.list_every", step)
    return Rule(
        f"{name}.levels[{number - 1}]" if number <= len(ladder.levels) else f"{name}.repeat_every", step
    )


def why(mark: Mark, starts: list[Start], policy: Policy, calendar: WorkCalendar, instead: str = "") -> Why:
    """The explanation of a mark, counted from the first of `starts` that leads to it.

    `calendar` is the one the task counts by; `instead` says what moved the mark where no count does.
    """
    rule, day = rule_of(mark, policy), local_day(mark.at)
    for start in starts:
        counted = count(start, day, calendar)
        if rule.step and (said := _said(rule.step, counted, policy, calendar)):
            return Why(policy.name, rule, counted, said)
    return Why(policy.name, rule, None, instead or _moved(rule, policy))


def _said(step: tuple[int, str], counted: Count, policy: Policy, calendar: WorkCalendar) -> str:
    """The count in words; empty where it does not lead to the mark's day."""
    number, unit = step
    before = number < 0
    number, start = abs(number), counted.start
    if unit in (StepUnit.HOUR, OffsetUnit.HOUR):
        return _distance(number, text("giờ", "hour" if number == 1 else "hours"), start, before=before)
    if number == 0:
        return _rolled(start.day, counted, calendar, text(f"đúng {start}", f"on {start}"))
    if unit == OffsetUnit.DAY:
        aimed = date.fromordinal(start.day.toordinal() + (-number if before else number))
        said = _distance(number, text("ngày", "day" if number == 1 else "days"), start, before=before)
        return _rolled(aimed, counted, calendar, said)
    if len(counted.days) != number or before != (counted.end < start.day):
        return ""
    return _distance(number, units(policy, number), start, before=before) + str(counted)


def _rolled(aimed: date, counted: Count, calendar: WorkCalendar, said: str) -> str:
    if counted.end == aimed:
        return said
    if counted.end != calendar.roll_back(aimed):
        return ""
    return said + text(
        f"; {aimed:%d/%m} là ngày nghỉ nên lùi về ngày làm việc trước đó",
        f"; {aimed:%d/%m} is a day off, hence the working day before it",
    )


def _distance(number: int, unit: str, start: Start, *, before: bool) -> str:
    way = text("trước", "before") if before else text("sau", "after")
    return f"{number} {unit} {way} {start}"


def units(policy: Policy, number: int = 0) -> str:
    """What the policy's days are called, where there are so many of them."""
    named = "day" if number == 1 else "days"
    return text("ngày", named) if policy.days == "all" else text("ngày làm việc", f"working {named}")


def _moved(rule: Rule, policy: Policy) -> str:
    held = f"{abs(rule.step[0])} {units(policy, abs(rule.step[0]))}" if rule.step else ""
    return text(
        f"quy tắc {held} đã qua hoặc rơi vào lúc đồng hồ dừng, nên vào ngày kế tiếp được tính",
        f"the rule's {held} had passed or fell where the clock stood, hence the next day that counts",
    )
