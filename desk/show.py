"""`show`: one task in sentences: what is to be done, where it stands, who is asked, what happened, what comes next."""

from datetime import datetime
from typing import NamedTuple

from desk import below, find, ledger, person, screen, skipped, submission, words
from desk.act import now
from desk.language import text
from desk.matter import speaking_of
from desk.office import with_register
from desk.wording.notices import STATUSES
from directive.answer_by import answer_by
from directive.calendar import WorkCalendar
from directive.directory import Directory
from directive.due import Due
from directive.event import Event
from directive.every_day import counted_days
from directive.plan import Plan, PlannedTask
from directive.question import Question
from directive.remaining import Remaining, remaining
from directive.stopped import effective_due
from directive.task import Facts
from register.family import children_of
from register.open import Register
from register.plans import current_directory, load_calendar, load_plan
from register.reading import MarkRow, Notice, TaskCard, TaskRow, events, marks_of, notices_of, task

AHEAD = 8
LAST = 12


class _Whole(NamedTuple):
    """All that the register has on one task."""

    card: TaskCard
    plan: Plan
    calendar: WorkCalendar
    directory: Directory
    events: list[Event]
    marks: list[MarkRow]
    notices: list[Notice]
    children: list[TaskRow]

    @property
    def due(self) -> Due | None:
        """The deadline in force."""
        return effective_due(self.facts, self.calendar)

    @property
    def counted(self) -> WorkCalendar:
        """The calendar as the policy counts by it."""
        return counted_days(self.plan.policy, self.calendar)

    @property
    def left(self) -> Remaining | None:
        """What is left of the deadline now."""
        return remaining(self.facts, self.counted, now())

    @property
    def facts(self) -> Facts:
        """The task's facts."""
        return self.card.facts

    def until(self, question: Question) -> datetime | None:
        """Until when a question may be answered (UTC)."""
        return answer_by(question, self.facts, self.plan.policy, self.calendar)

    @property
    def planned(self) -> PlannedTask:
        """The task as the plan has it."""
        return next(one for one in self.plan.tasks if one.code == self.facts.task.code)


def show(typed: str) -> None:
    """Print one task. Raises Stop."""

    async def work(register: Register) -> _Whole:
        found = await find.task(register, typed)
        card = await task(register, found.id, now())
        return _Whole(
            card,
            await load_plan(register, found.directive),
            await load_calendar(register, card.facts.calendar),
            await current_directory(register),
            await events(register, found.id),
            await marks_of(register, found.id),
            await notices_of(register, found.id),
            await children_of(register, card.facts, now()),
        )

    whole = with_register(work)
    if screen.json_asked():
        screen.answer(_plain(whole))
    else:
        with speaking_of(whole.facts.task.id):
            _tell(whole)


def _plain(whole: _Whole) -> dict[str, object]:
    return {
        "row": whole.card.row,
        "remaining": whole.left,
        "facts": whole.facts,
        "children": below.plain(whole.children, whole.due),
        "task": whole.planned,
        "questions": [
            {**one.model_dump(mode="json"), "asked": one.asked, "until": whole.until(one)}
            for one in whole.facts.questions
        ],
        "events": [one.model_dump(mode="json", exclude_defaults=True) for one in whole.events],
        "marks": [one.model_dump(mode="json") for one in whole.marks],
        "notices": [
            {
                "event": one.event_id,
                "person": one.person,
                "role": one.role,
                "status": one.status,
                "at": one.at.isoformat(),
            }
            for one in whole.notices
        ],
    }


def _tell(whole: _Whole) -> None:
    names = person.namer(whole.directory)
    if whole.plan.request:
        submission.show(whole.plan, whole.facts, names)
    else:
        _tell_task(whole, names)
    below.show(whole.children, whole.due, names)
    _tell_questions(whole, names)
    screen.say()
    screen.say(text("Đã diễn ra", "What happened"), "bold")
    for one in skipped.in_one_line(whole.events):
        screen.say(f"  {words.moment(one.at)}  {words.event(one, names)}")
    _tell_marks(whole.marks, names)
    _tell_notices(whole.notices, names)


def _tell_task(whole: _Whole, names: words.Names) -> None:
    row, facts, planned = whole.card.row, whole.facts, whole.planned
    screen.say(f"{row.number}/{row.code}  {names(row.unit)}", "bold")
    screen.say(f"  {row.work}")
    _line(text("mã", "id"), facts.task.id)
    if facts.task.parent:
        _line(text("nhiệm vụ cha", "parent"), facts.task.parent)
    if planned.lines:
        _line(text("dòng trong văn bản", "lines of the letter"), planned.lines)
    if planned.product:
        _line(text("sản phẩm", "product"), planned.product)
    if planned.supporting:
        _line(text("phối hợp", "supporting"), ", ".join(names(code) for code in planned.supporting))
    _line(text("theo dõi", "monitored by"), names(facts.task.monitor))
    _tell_deadline(whole, names)
    standing = words.word(row.state)
    if row.outcome and facts.closed:
        standing += f", {words.word(row.outcome)}"
    _line(text("trạng thái", "state"), standing)
    if not facts.closed:
        _line(text("đèn", "light"), words.light(row.light))
    if facts.officer:
        _line(text("đầu mối", "officer"), names(facts.officer))
    if facts.report:
        by = names(facts.report.by)
        handed_in = f"{by}, {words.moment(facts.report.at)}"
        if facts.report.document:
            handed_in += f", {facts.report.document.number} ({words.day(facts.report.document.dated)})"
        _line(text("báo cáo", "report"), handed_in)
        for piece in facts.report.evidence:
            _line(text("minh chứng", "evidence"), f"{piece.name}: {piece.where}")
    counts = [
        (text("gia hạn", "extensions"), facts.extensions),
        (text("trả lại", "returns"), facts.rounds),
        (text("đôn đốc", "nudges"), facts.nudges),
        (text("cam kết", "commitments"), facts.commitments),
    ]
    told = ", ".join(f"{name} {count}" for name, count in counts if count)
    if told:
        _line(text("số lần", "counts"), told)


def _tell_deadline(whole: _Whole, names: words.Names) -> None:
    facts, planned = whole.facts, whole.planned
    due = effective_due(facts, whole.counted)
    said = words.due(due)
    if planned.deadline:
        said += f", {text('văn bản ghi', 'worded')} «{planned.deadline}»"
    rule = _rule(facts.due)
    if rule:
        said += f" ({rule})"
    _line(text("thời hạn", "deadline"), said)
    if facts.original_due and due and facts.original_due.instant != due.instant:
        _line(text("thời hạn ban đầu", "original deadline"), words.due(facts.original_due))
    for name, value in ledger.lines(facts, whole.counted, whole.left, names):
        _line(name, value)


def _rule(due: Due | None) -> str:
    if due is None or not due.rule:
        return ""
    return f"{text('quy tắc', 'rule')} {due.rule}" + (f", {due.choice}" if due.choice else "")


def _tell_questions(whole: _Whole, names: words.Names) -> None:
    for one in whole.facts.questions:
        screen.say()
        screen.say(f"{text('Đang hỏi', 'Open question')}: {words.word(one.kind)} ({one.id})", "bold")
        _line(text("hỏi ai", "asks"), words.roles(one.asked, names))
        if one.due:
            _line(text("ngày được đề nghị", "date asked for"), words.due(one.due))
        until = whole.until(one)
        if until:
            _line(text("trả lời chậm nhất", "answer by"), words.until(until))
        _line(
            text("có thể trả lời", "answers"), ", ".join(f"{c.value} ({words.word(c)})" for c in one.choices)
        )


def _tell_marks(marks: list[MarkRow], names: words.Names) -> None:
    if not marks:
        return
    screen.say()
    screen.say(text("Sắp tới, nếu không ai làm gì", "Ahead, if nobody acts"), "bold")
    for one in marks[:AHEAD]:
        named = words.mark_name(one.kind, one.level)
        screen.say(f"  {words.moment(one.at)}  {named} → {words.roles(one.roles, names)}")
    if len(marks) > AHEAD:
        screen.say(text(f"  … và {len(marks) - AHEAD} mốc nữa", f"  … and {len(marks) - AHEAD} more"))


def _tell_notices(notices: list[Notice], names: words.Names) -> None:
    if not notices:
        return
    screen.say()
    screen.say(text(f"Thông báo ({len(notices)})", f"Notices ({len(notices)})"), "bold")
    for one in notices[-LAST:]:
        what = words.mark_name(one.kind, one.level)
        screen.say(f"  {words.moment(one.at)}  {what} → {names(one.person)}: {_status(one.status)}")


def _status(status: str) -> str:
    return text(*STATUSES.get(status, (status, status)))


def _line(name: str, value: str) -> None:
    screen.say(f"  {name}: {value}")
