"""A letter as a draft plan: the YAML that a clerk looks through, with the source of every line beside it.

What is not certain is a `# ?` comment, and `check` refuses the plan until the clerk has decided and deleted it.
"""

import json
import textwrap
from collections.abc import Iterator

from directive.calendar import WorkCalendar
from directive.codes import ascii_slug
from directive.deadline import read_deadline
from directive.directory import Directory
from directive.phrases.rules import REASONS, RULES
from directive.policy import Policy
from letters.draft_units import Names
from letters.due_words import said, settings_of
from letters.letter import Deadline, Letter, Span, Task, Urgency
from letters.reasons import LEFT_OUT, OPEN, QUESTIONS, STRICT, URGENT

UNSURE = 0.5
WIDTH = 112
_SOURCE = "# Bản thảo đọc từ văn bản; mỗi dòng có nguồn bên cạnh. Chỗ có dấu hỏi «? » sau dấu # phải được quyết định:"


def draft_plan(
    letter: Letter, directory: Directory, calendar: WorkCalendar, policy: Policy, *, named: str = "standard"
) -> str:
    """The draft plan of a letter. `named` is how the plan names the policy that deadlines are read by."""
    names = Names(directory)
    issuer_codes, issuer_questions, _ = names.codes((letter.issuer,) if letter.issuer else ())
    issuer = issuer_codes[0] if issuer_codes else ""
    lines = [
        _SOURCE,
        "# sửa giá trị, rồi xóa cả phần ghi chú hỏi. Kiểm tra bằng lệnh «check».",
        *_misprints(letter),
        "directive:",
        *_head(letter, issuer, issuer_questions),
        "",
        f"policy: {_scalar(named)}"
        + (STRICT if letter.urgency is Urgency.HOA_TOC and named != "strict" else ""),
        *_monitor(names, issuer),
        "approvers: [approver of the issuer]",
        "",
        "tasks:",
    ]
    codes: set[str] = set()
    for task in letter.tasks:
        lines += _task(task, _code(task.id, codes), letter, names, calendar, policy)
    lines += _left_out(letter)
    return "\n".join(lines) + "\n"


def _scalar(text: str) -> str:
    """A text as a quoted YAML value (JSON is YAML)."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _note(text: str) -> str:
    """A text as the inside of a comment: one line, and never a question by accident."""
    return " ".join(text.split()).lstrip("? ")


def _at(span: Span | None) -> str:
    if span is None:
        return ""
    return (
        f"dòng {span.first_line}"
        if span.first_line == span.last_line
        else f"dòng {span.first_line}-{span.last_line}"
    )


def _folded(key: str, text: str, indent: int) -> list[str]:
    """A long text as a folded block; a short one beside its key."""
    space, plain = " " * indent, " ".join(text.split())
    if len(plain) <= WIDTH - indent - len(key) - 4:
        return [f"{space}{key}: {_scalar(plain)}"]
    wrapped = textwrap.wrap(plain, WIDTH - indent - 2, break_long_words=False, break_on_hyphens=False)
    return [f"{space}{key}: >-", *(f"{space}  {line}" for line in wrapped)]


def _misprints(letter: Letter) -> Iterator[str]:
    for slip in letter.suggestions:
        original, meant = _note(slip.original), _note(slip.suggestion)
        yield f"# Có thể quét sai, {_at(slip.span)}: «{original}» → «{meant}» (giữ nguyên bản gốc)"


def _head(letter: Letter, issuer: str, questions: list[str]) -> Iterator[str]:
    number = letter.full_number
    yield f"  number: {_scalar(number)}" if number else '  number: ""  # ? chưa đọc được số văn bản'
    issued = letter.issue_date
    yield f"  issued: {issued.isoformat()}" if issued else "  issued:  # ? chưa đọc được ngày văn bản"
    shown = f"  # {_note(letter.issuer)}" if letter.issuer else ""
    if issuer:
        yield f"  issuer: {issuer}{shown}"
    else:
        yield f'  issuer: ""  # ? cơ quan ban hành: {_note("; ".join(questions)) or "chưa đọc được"}'
    if letter.subject:
        yield from _folded("subject", letter.subject, 2)
    else:
        yield '  subject: ""  # ? chưa đọc được trích yếu'
    if letter.signer:
        yield f"  signer: {_scalar(letter.signer)}"
    if letter.urgency is not Urgency.NONE:
        yield f"  urgency: {letter.urgency.value}  # {URGENT[letter.urgency]}"
    if letter.references:
        yield "  references:"
    for one in letter.references:
        dated = f", dated: {one.date.isoformat()}" if one.date else ""
        by = f", issuer: {_scalar(one.issuer)}" if one.issuer else ""
        yield f"    - {{type: {_scalar(one.type)}, number: {_scalar(one.number)}{dated}{by}}}"


def _monitor(names: Names, issuer: str) -> Iterator[str]:
    office = names.office_of(issuer) if issuer else ""
    if office:
        yield f"monitor: {office}  # {names.directory.unit_by_code[office].name}"
    else:
        yield 'monitor: ""  # ? đơn vị nào theo dõi việc thực hiện'


def _code(typed: str, taken: set[str]) -> str:
    """The outline's number as a code, made unique."""
    code = ascii_slug(typed)[:36] or "nv"
    unique, number = code, 2
    while unique in taken:
        unique, number = f"{code}-{number}", number + 1
    taken.add(unique)
    return unique


def _task(
    task: Task, code: str, letter: Letter, names: Names, calendar: WorkCalendar, policy: Policy
) -> Iterator[str]:
    yield f"  - code: {_scalar(code)}"
    yield from _folded("work", (task.body or task.text).removesuffix("./.").rstrip(), 4)
    for question in task.questions:
        yield f"    # ? {_note(QUESTIONS.get(question, question))}"
    if task.confidence < UNSURE:
        yield f"    # ? máy đọc không chắc đây là nhiệm vụ: đối chiếu {_at(task.span) or 'văn bản'}"
    if task.deliverable:
        yield f"    product: {_scalar(task.deliverable)}"
    yield from _deadline(task.deadline, letter, calendar, policy)
    for other in task.other_deadlines:
        yield f"    # mốc khác trong câu, {_at(other.span)}: «{_note(other.text)}»"
    yield from _units("lead", task.assignees, names)
    if task.coordinators:
        yield from _units("supporting", task.coordinators, names)
    for title, value in (("lãnh đạo phụ trách", task.leader), ("thẩm quyền", task.authority)):
        if value:
            yield f"    # {title}: {_note(value)}"
    if task.report_to:
        yield f"    # báo cáo: {_note(task.report_to)}"
    if task.span:
        yield f'    lines: "{_at(task.span).removeprefix("dòng ")}"'
    yield ""


def _units(key: str, named: tuple[str, ...], names: Names) -> Iterator[str]:
    codes, questions, left = names.codes(named, general=key == "supporting")
    shown = "; ".join(_note(name) for name in named)
    if key == "lead" and not named:
        questions.append("văn bản không nói rõ đơn vị chủ trì")
    yield f"    {key}: [{', '.join(codes)}]" + (f"  # {shown}" if shown else "")
    for question in questions:
        yield f"    # ? {_note(question)}"
    for name in left:
        yield f"    # «{_note(name)}»: nói chung, không ghi đơn vị nào"


def _deadline(
    found: Deadline | None, letter: Letter, calendar: WorkCalendar, policy: Policy
) -> Iterator[str]:
    if found is None:
        yield "    due: none  # văn bản không ghi hạn"
        yield from _asked(policy)
        return
    yield f"    deadline: {_scalar(found.text)}  # {_at(found.span)}".rstrip(" #")
    due, also = _resolved(found, letter, calendar, policy)
    match found.kind:
        case "none" | "not_deadline":
            yield "    due: none  # chưa có hạn cụ thể"
            yield from _asked(policy)
        case "needs_anchor":
            yield "    # ? hạn tính từ ngày nhận: ghi «received: ngày nhận», hoặc «due: ngày»"
        case "invalid":
            yield f"    # ? thời hạn không đúng ({_why(found.reason)}): hỏi lại rồi ghi «due:»"
        case _ if due:
            rule = RULES.get(found.rule)
            yield f"    due: {due}" + (f"  # {_note(rule.vi)}" if rule else "")
        case _:
            yield "    # ? chưa rõ hạn: ghi «due: ngày» hoặc «due: none»"
    for other in also:
        yield f"    # hoặc {other}, nếu cơ quan hiểu khác"


def _why(reason: str) -> str:
    return _note(REASONS[reason][0]).rstrip(".").lower() if reason in REASONS else "xem lại văn bản"


def _asked(policy: Policy) -> Iterator[str]:
    """A task without a date is a question only where the office says so (policy `no_deadline`)."""
    if policy.no_deadline == "ask":
        yield "    # ? chưa có hạn: ghi «due: ngày», hoặc giữ «due: none» và xóa dòng này"


def _resolved(
    found: Deadline, letter: Letter, calendar: WorkCalendar, policy: Policy
) -> tuple[str, list[str]]:
    """The deadline as it is typed under `due`, and the other readings."""
    also = [text for offer in found.alt if (text := _typed(offer))]
    if found.kind == "instant" and letter.issue_date is not None:
        answer = read_deadline(
            found.text, issued=letter.issue_date, calendar=calendar, settings=settings_of(policy)
        )
        readings = answer.readings
        if len(readings) == 1 and readings[0].kind.value == "instant":  # read by this office's own settings
            return _quoted(said(readings[0].expected)), [
                _quoted(said(one)) for one in readings[0].alternatives
            ]
    return _typed(found.expected), also


def _typed(expected: object) -> str:
    """A reading of the letter's record as it is typed under `due`."""
    if isinstance(expected, dict):
        if expected.get("end"):
            return _typed(expected["end"])
        if expected.get("rrule") and expected.get("next"):
            return f'{{rrule: "{expected["rrule"]}", next: {_typed(expected["next"])}}}'
        return ""
    text = str(expected or "")
    return _quoted(text[:16].replace("T", " ")) if text[:4].isdigit() else ""


def _quoted(text: str) -> str:
    return f'"{text}"' if " " in text and not text.startswith("{") else text


def _left_out(letter: Letter) -> Iterator[str]:
    if letter.left_out:
        yield "# Câu đã đọc nhưng không coi là nhiệm vụ:"
    for left in letter.left_out:
        short = textwrap.shorten(_note(left.text), 90, placeholder="…")
        asked = OPEN.get(left.reason)
        if asked:
            yield f"# ? {_at(left.span)}: «{short}»: {asked}"
        else:
            yield f"#   {_at(left.span)}: {short} ({_note(LEFT_OUT.get(left.reason, left.reason))})"
