"""One question as its reader needs it to decide: what is asked, until when, why this person, and what comes next."""

from datetime import datetime, timedelta
from typing import NamedTuple

from desk import words
from desk.language import text
from desk.leads import Lead, lead
from desk.offered import Standing, standing
from desk.picked import named
from desk.recalled import recalled
from desk.story import Moment, asked_so_far, asking
from desk.whole import Whole
from desk.why import Why
from desk.wording.asking import HEADS, ONCE
from directive.days import TaskDays
from directive.due import OFFICE_ZONE, local_day
from directive.event import Event, EventKind
from directive.mark import Mark
from directive.message import Act
from directive.opening import NOT_ACKNOWLEDGED
from directive.question import Question, QuestionKind
from register.explained import taken_of
from register.models import InboxRow, MarkRow
from register.open import Register

_A_MINUTE = timedelta(minutes=1)


class Asked(NamedTuple):
    """An open question before one reader. `standing` is their place in it; `leads` what they may answer.

    `until` is when it is to be answered (UTC), or None; `following` the step that comes if nothing is heard; `why`
    are lines that tell why this reader is asked now.
    """

    question: Question
    head: str
    standing: Standing
    leads: tuple[Lead, ...]
    until: datetime | None
    following: Mark | None
    why: tuple[str, ...]
    before: list[Moment]


async def asked_of(register: Register, whole: Whole, question: Question, who: str) -> Asked:
    """The question as `who` has it before them. Raises RegisterDown."""
    held = standing(whole, question, who)
    role = held.doer.role if held.doer else question.asked[0]
    following = next_step(whole, question)
    return Asked(
        question,
        head(whole, question),
        held,
        tuple(lead(whole, held.doer, Act.ANSWER, one, question.id) for one in held.choices)
        if held.doer
        else (),
        until(whole, question, role, following),
        following,
        tuple(await _why(register, whole, question, role, held)),
        asked_so_far(whole, question),
    )


def head(whole: Whole, question: Question) -> str:
    """What is asked, in one line: the page's title."""
    kind: str = question.kind
    if whole.facts.task.kind == "approval" and question.kind is QuestionKind.APPROVAL:
        kind = "document"
    if question.about == NOT_ACKNOWLEDGED:
        kind = NOT_ACKNOWLEDGED
    day = words.day(question.due.day) if question.due else "—"
    return text(*HEADS[kind]).format(unit=whole.names(whole.facts.task.unit), day=day)


def head_once(whole: Whole, question: str) -> str:
    """What was asked by a question that is closed, as far as its record tells."""
    kind = question.partition(".")[0]
    put = [one for one in whole.events if one.question == question]
    if whole.facts.task.kind == "approval" and kind == QuestionKind.APPROVAL:
        kind = "document"
    if any(one.kind is EventKind.ACKNOWLEDGEMENT_ESCALATED for one in put):
        kind = NOT_ACKNOWLEDGED
    day = next((one.detail["day"] for one in put if "day" in one.detail), None)
    unit = whole.names(whole.facts.task.unit)
    return text(*ONCE[kind]).format(unit=unit, day=words.day(day)) if kind in ONCE else unit


def until(whole: Whole, question: Question, role: str, following: Mark | None) -> datetime | None:
    """When an answer is due: at the end of the time to answer, or before the next step where that comes first."""
    ends = whole.until(question, role)
    return min((at for at in (ends, following.at if following else None) if at), default=None)


def next_step(whole: Whole, question: Question) -> Mark | None:
    """What comes next if nothing is heard, of the marks that the engine will take."""
    ahead = [one for one in whole.outlook.marks if one.at > whole.at]
    if question.kind is QuestionKind.SUSPENSION:
        return next((one for one in ahead if one.series == "suspension"), None)
    if question.kind is not QuestionKind.ESCALATION:
        return next((one for one in ahead if one.question == question.id), None)
    ladder = [one for one in ahead if one.series in ("acknowledge", "deadline")]
    return next((one for one in ladder if one.kind is not EventKind.REMINDED), None)


_NO_STEP = (EventKind.REMINDED, EventKind.REVIEW_ASKED)


def until_of_row(row: InboxRow, ahead: list[MarkRow], now: datetime) -> datetime | None:
    """The same for a question on a list, by the marks that the register keeps."""
    if row.kind is QuestionKind.SUSPENSION:
        return row.until
    if row.kind is QuestionKind.ESCALATION:
        steps = [one for one in ahead if one.kind not in _NO_STEP and not _is_of_question(one)]
    else:
        steps = [one for one in ahead if one.key.startswith(f"{row.question}.")]
    following = next((one.at for one in steps if one.at > now), None)
    return min((at for at in (row.until, following) if at), default=None)


def _is_of_question(mark: MarkRow) -> bool:
    return mark.key.partition(".")[0] in set(QuestionKind)


def until_words(whole: Whole, at: datetime) -> str:
    """Until when, with the weekday and how long that is from now."""
    local = at.astimezone(OFFICE_ZONE)
    midnight = (local.hour, local.minute) == (0, 0)
    day = local_day(at) if not midnight else local_day(at.replace(second=0) - _A_MINUTE)
    said = named(day, whole.calendar)
    said = text(f"hết {said}", f"the end of {said}") if midnight else f"{local:%H:%M} {said}"
    return f"{said} ({_left(whole, at)})"


def _left(whole: Whole, at: datetime) -> str:
    if at <= whole.at:
        return text("đã quá thời gian trả lời", "the time to answer is over")
    days = whole.counted.working_days_between(local_day(whole.at), local_day(at - _A_MINUTE))
    if days <= 0:
        return text("trong hôm nay", "today")
    return text(
        f"còn {days} ngày làm việc", f"{days} working days left" if days > 1 else "1 working day left"
    )


def role_words(whole: Whole, held: Standing) -> str:
    """As whom the reader answers."""
    assert held.doer
    said = words.role(held.doer.role, whole.names)
    away = held.doer.seat.on_behalf_of
    return said + (
        text(f", thay {whole.names(away)} vắng mặt", f", for {whole.names(away)}, who is away")
        if away
        else ""
    )


def following_words(whole: Whole, mark: Mark) -> str:
    """What comes if nothing is heard by then, and whom it will reach."""
    named_step = words.mark_name(mark.kind, mark.level)
    choice = f": {words.word(mark.choice)}" if mark.choice else ""
    to = words.roles(mark.to, whole.names)
    at = words.moment(mark.at)
    return text(
        f"Nếu đến {at} chưa có trả lời: {named_step}{choice} → {to}.",
        f"If nothing is heard by {at}: {named_step}{choice} → {to}.",
    )


async def _why(register: Register, whole: Whole, question: Question, role: str, held: Standing) -> list[str]:
    """As whom the reader is asked, by what, and by which rule."""
    lines = [role_words(whole, held)] if held.doer else []
    event = asking(whole, question, role)
    if event is None:
        return lines
    days = TaskDays(whole.facts, whole.plan.policy, whole.calendar)
    taken = await taken_of(register, whole.facts.task.id)
    found = recalled(event, whole.events, taken, whole.facts, days)
    if found:
        lines.append(_by_rule(event, found, whole))
    else:
        lines.append(words.event(event.model_copy(update={"reason": "", "text": ""}), whole.names))
    return lines


def _by_rule(event: Event, found: Why, whole: Whole) -> str:
    """What the step is and when its rule asks for it, without the days it counted."""
    step = words.event(event, whole.names)
    counted = found.said.partition(": ")[0]
    return text(
        f"{step} – {counted} (chính sách «{found.policy}»)", f"{step} – {counted} (policy «{found.policy}»)"
    )
