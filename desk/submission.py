"""A document for approval in sentences: who submits it, what there is to read, and through whom it goes."""

from desk import screen, words
from desk.language import text
from directive.plan import Plan
from directive.question import QuestionKind, Stage
from directive.request import Request
from directive.task import Facts, State


def show(plan: Plan, facts: Facts, names: words.Names) -> None:
    """Print where a stand-alone approval stands: its head, its route, its state."""
    head(plan, names)
    _line(text("mã", "id"), facts.task.id)
    if facts.report:
        _line(text("trình lúc", "submitted"), f"{words.moment(facts.report.at)}, {names(facts.report.by)}")
        for piece in facts.report.evidence or asked_of(plan).evidence:
            _line(text("tài liệu", "evidence"), f"{piece.name}: {piece.where}")
    asked = facts.open_question(QuestionKind.APPROVAL)
    for number, stage in enumerate(plan.tasks[0].route):
        said = stage_words(stage, names)
        if asked or facts.state is State.COMPLETED:
            done = asked is None or number < asked.stage
            now = text("đang hỏi", "asked now") if asked and number == asked.stage else ""
            said += f": {text('đã đồng ý', 'agreed') if done else now}".rstrip(": ")
        _line(text(f"bước {number + 1}", f"stage {number + 1}"), said)
    _line(text("trạng thái", "state"), words.word(facts.state))
    if facts.rounds:
        _line(text("số lần trả lại", "returns"), str(facts.rounds))


def head(plan: Plan, names: words.Names) -> None:
    """Print whose document it is and what it asks."""
    request, entry = asked_of(plan), plan.tasks[0]
    number = f"{request.number} ({words.day(request.dated)})" if request.number else request.reference
    screen.say(f"{number}  {names(entry.lead[0])}", "bold")
    screen.say(f"  {plan.directive.subject}")
    by = names(request.by) + (
        f" ({text('thay', 'for')} {names(request.on_behalf_of)})" if request.on_behalf_of else ""
    )
    _line(text("người trình", "submitted by"), by)
    _line(text("trình", "put before"), names(plan.directive.issuer))
    _line(text("theo dõi", "monitored by"), names(entry.monitor))
    if request.needed:
        _line(text("cần có ý kiến trước khi hết ngày", "needed by the end of"), words.day(request.needed))
    for paragraph in request.text.splitlines():
        screen.say(f"  {paragraph.strip()}")


def asked_of(plan: Plan) -> Request:
    """The request of a plan that is one."""
    assert plan.request is not None
    return plan.request


def stage_words(stage: Stage, names: words.Names) -> str:
    """Whom a stage asks, and how many of them have to agree."""
    asks = words.roles(stage.asks, names)
    if len(stage.asks) > 1:
        asks += f" ({_quorum(stage)})"
    if stage.veto:
        vetoes = words.roles(stage.veto, names)
        asks += text(
            f"; một ý không đồng ý của {vetoes} là đủ để dừng", f"; a No of {vetoes} is enough to stop"
        )
    return asks


def _quorum(stage: Stage) -> str:
    needed, whole = stage.needed, stage.whole
    if stage.weights:
        return text(f"cần {needed} trong {whole} điểm", f"{needed} of {whole} points needed")
    if needed == whole:
        return text("cần tất cả đồng ý", "all have to agree")
    return text(f"cần {needed} trong {whole} đồng ý", f"{needed} of {whole} have to agree")


def _line(name: str, value: str) -> None:
    screen.say(f"  {name}: {value}")
