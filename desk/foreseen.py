"""What will happen to a task if nobody acts: each mark with its rule and count, its people, and what would stop it."""

from datetime import date
from typing import NamedTuple

from desk.changes import turn
from desk.counting import Start
from desk.language import text
from desk.why import ACKNOWLEDGEMENT, RUNGS, Why, why
from directive.days import TaskDays
from directive.due import local_day
from directive.event import EventKind as E
from directive.mark import Mark
from directive.task import Facts


class _Past(NamedTuple):
    """What a mark counts from, as far as its ladder has come."""

    starts: list[Start]
    instead: str = ""


def foreseen(mark: Mark, ahead: tuple[Mark, ...], facts: Facts, days: TaskDays) -> Why:
    """Why a mark of `ahead` comes when it comes, by the facts as they are."""
    before = next((one for one in ahead if comes_after(mark, one)), None)
    if before:
        found = _Past([Start(local_day(before.at), "lần trước", "the time before")])
    else:
        found = _from_facts(mark, facts, days)
    return why(mark, found.starts, days.policy, days.calendar, found.instead)


def comes_after(mark: Mark, other: Mark) -> bool:
    """Whether `other` is the rung before `mark` on the same ladder; a decision by silence counts from the asking."""
    if (
        {E.REMINDED} & {mark.kind, other.kind}
        or mark.kind is E.QUESTION_LAPSED
        or mark.series != other.series
    ):
        return False
    return other.number == mark.number - 1 and _ladder(mark) == _ladder(other)


def _ladder(mark: Mark) -> str:
    return turn(mark).rpartition(".")[0] if mark.question else mark.key.partition(".")[0]


def _from_facts(mark: Mark, facts: Facts, days: TaskDays) -> _Past:
    if mark.kind is E.REMINDED:
        return _Past(_deadline(days))
    if mark.kind in RUNGS:
        return _climbed(mark, facts, days)
    if mark.kind in ACKNOWLEDGEMENT:
        if facts.ack.at_once:
            return _Past([], nobody())
        return _Past([last(facts.ack.day)] if facts.ack.day else [given(local_day(facts.ack_since))])
    if mark.kind is E.REVIEW_ASKED:
        return _Past(_lived(facts))
    if mark.kind is E.SUSPENSION_REVIEWED:
        return _suspended(facts)
    question = next(one for one in facts.questions if one.id == mark.question)
    asked = Start(local_day(question.since), "ngày hỏi", "the day of the question")
    if mark.kind is E.QUESTION_LAPSED:
        return _Past([asked], put_off())
    if question.climb.at_once:
        return _Past([], nobody())
    return _Past([last(question.climb.day)] if question.climb.day else [asked])


def _deadline(days: TaskDays) -> list[Start]:
    return [Start(days.due.day, "thời hạn", "the deadline")] if days.due else []


def _climbed(mark: Mark, facts: Facts, days: TaskDays) -> _Past:
    climb, pause = facts.climb, facts.pause
    if climb.at_once and climb.taken == mark.number - 1:
        return _Past([], nobody())
    if pause:
        until = f"{pause.until:%d/%m/%Y}" if pause.until else ""
        return _Past(_deadline(days) if not climb.taken else [], rested(until))
    return _Past([last(climb.day)] if climb.day else _deadline(days), too_late())


def _lived(facts: Facts) -> list[Start]:
    found = [last(facts.review.day)] if facts.review.day else []
    redo = [Start(facts.redo.day, "ngày phải nộp lại", "the redo date")] if facts.redo else []
    return [*found, *redo, given(local_day(facts.cycle_since))]


def _suspended(facts: Facts) -> _Past:
    span = facts.spans[-1]
    ends = f"{span.ends:%d/%m/%Y}" if span.ends else ""
    instead = text(f"ngày quyết định tạm dừng đã định: {ends}", f"the day that the decision named: {ends}")
    if span.asked.day:
        return _Past([last(span.asked.day)])
    since = Start(local_day(span.since), "ngày tạm dừng", "the day of the suspension")
    return _Past([], instead) if ends else _Past([since])


def last(day: date | None) -> Start:
    """The day of the rung before."""
    assert day is not None
    return Start(day, "lần trước", "the time before")


def given(day: date) -> Start:
    """The day on which the task was given, or its deadline set."""
    return Start(day, "ngày giao", "the day it was given")


def nobody() -> str:
    """Why the next level is asked at once."""
    return text(
        "cấp trước không có ai trả lời được nên hỏi ngay cấp này",
        "nobody could answer at the level before, hence this one at once",
    )


def rested(until: str) -> str:
    """Why a ladder goes on that had rested."""
    named = text(f" đến hết {until}", f" until the end of {until}") if until else ""
    return text(
        f"việc báo cáo cấp trên tạm nghỉ{named}; chưa nộp thì ngày làm việc tiếp theo hỏi cấp tiếp theo",
        f"the ladder rests{named}; if nothing is handed in, the next level is asked on the next working day",
    )


def put_off() -> str:
    """Why silence decides later than its time from the asking."""
    return text(
        "các lần nhắc bị chậm nên quyết định lùi theo lần nhắc cuối",
        "the notices came late, and the decision keeps its distance from the last one",
    )


def too_late() -> str:
    """Why a ladder begins later than its rule says."""
    return text(
        "ngày theo quy tắc đã qua khi thời hạn được đặt hoặc đồng hồ chạy lại, nên vào ngày làm việc đầu tiên sau đó",
        "the rule's day had passed when the deadline was set or the clock ran again, hence the first working day after",
    )
