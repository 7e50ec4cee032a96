"""`show`: one task in sentences: what is to be done, where it stands, who is asked, what happened, what comes next."""

from desk import below, find, ledger, person, screen, skipped, submission, words
from desk.act import now
from desk.language import text
from desk.matter import speaking_of
from desk.office import with_register
from desk.whole import Whole, gathered
from desk.wording.notices import STATUSES
from directive.due import Due
from directive.stopped import effective_due
from register.open import Register
from register.reading import MarkRow, Notice

AHEAD = 8
LAST = 12


def show(typed: str) -> None:
    """Print one task. Raises Stop."""

    async def work(register: Register) -> Whole:
        found = await find.task(register, typed)
        return await gathered(register, found.id, now())

    whole = with_register(work)
    if screen.json_asked():
        screen.answer(_plain(whole))
    else:
        with speaking_of(whole.facts.task.id):
            _tell(whole)


def _plain(whole: Whole) -> dict[str, object]:
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


def _tell(whole: Whole) -> None:
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


def _tell_task(whole: Whole, names: words.Names) -> None:
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


def _tell_deadline(whole: Whole, names: words.Names) -> None:
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


def _tell_questions(whole: Whole, names: words.Names) -> None:
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
