"""What `ask` will do: who is asked in which order, until when, and what happens where nobody answers.

It is the same submission and the same marks as the engine's; only that each stage is taken to use all of its time.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from desk import screen, submission, words
from desk.language import text
from desk.person import namer
from desk.settings import settings
from desk.sources import Loaded
from directive.answer_by import answer_by
from directive.approval import submitted
from directive.due import local_day
from directive.mark import Mark
from directive.marks import marks
from directive.policy import Ladder
from directive.question import QuestionKind, Stage


class Asked(NamedTuple):
    """One stage: from when and until when it is asked (UTC), by whom it can be answered, and its steps on silence."""

    stage: Stage
    begins: datetime
    until: datetime | None
    people: tuple[str, ...]
    silence: tuple[Mark, ...]


def stages(loaded: Loaded, at: datetime) -> Iterator[Asked]:
    """Each stage of a request submitted at `at` (UTC), the earlier ones answered at the end of their time."""
    plan, directory, calendar = loaded.plan, loaded.office.directory, loaded.office.calendar
    order = next(plan.orders(directory, settings().clock))
    facts, _ = submitted(order, submission.asked_of(plan).submission(at), at)
    question, begins = facts.questions[0], at
    for number, stage in enumerate(question.route):
        here = question.model_copy(update={"stage": number, "asked_at": begins})
        now = facts.having(questions=(here,))
        until = answer_by(here, now, plan.policy, calendar)
        seats = [seat for role in stage.asks for seat in directory.seats(role, local_day(begins)).seats]
        people = tuple(dict.fromkeys(seat.person for seat in seats))
        steps = tuple(mark for mark in marks(now, plan.policy, calendar) if mark.question == here.id)
        yield Asked(stage, begins, until, people, steps)
        begins = until - timedelta(seconds=1) if until else begins


def show(loaded: Loaded, at: datetime) -> None:
    """Print the request and what will become of it; with `--json` the stages alone."""
    plan, names = loaded.plan, namer(loaded.office.directory)
    asked = list(stages(loaded, at))
    if screen.json_asked():
        screen.answer({"approval": plan.directive.id, "stages": [_plain(one) for one in asked]})
        return
    submission.head(plan, names)
    for number, one in enumerate(asked, start=1):
        screen.say()
        screen.say(f"{text('Bước', 'Stage')} {number}: {submission.stage_words(one.stage, names)}", "bold")
        _line(text("người trả lời", "answered by"), ", ".join(map(names, one.people)) or "—")
        if one.until:
            _line(text("trả lời chậm nhất", "answer by"), words.until(one.until))
        for mark in _told(one, plan.policy.questions[QuestionKind.APPROVAL].silence):
            _line(text("nếu im lặng", "on silence"), f"{words.moment(mark.at)}  {words.mark(mark, names)}")
    screen.say()
    if len(asked) > 1:
        screen.say(
            text(
                "Ngày của các bước sau tính theo trường hợp bước trước dùng hết thời gian.",
                "The days of later stages are those where the earlier ones use all of their time.",
            )
        )


def _told(one: Asked, ladder: Ladder) -> list[Mark]:
    """The levels, the final notice and the list; the repeats of the last level are not told one by one."""
    return [mark for mark in one.silence if mark.number <= len(ladder.levels) or mark.number >= ladder.last]


def _plain(one: Asked) -> dict[str, object]:
    return {
        "asks": one.stage.asks,
        "people": one.people,
        "needed": one.stage.needed,
        "whole": one.stage.whole,
        "veto": one.stage.veto,
        "until": one.until,
        "silence": [{"at": mark.at, "kind": mark.kind, "to": mark.to} for mark in one.silence],
    }


def _line(name: str, value: str) -> None:
    screen.say(f"  {name}: {value}")
