"""The letter with everything that was understood marked in it, for the terminal and as a page of its own.

A clerk sees at a glance what became a field, a task or a deadline, and what was left out, and why.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from rich.console import Group
from rich.table import Table
from rich.text import Text

from letters.letter import Letter, Span, Task
from letters.reasons import LEFT_OUT

# Kind → the words of the legend and the style in the terminal. The page's colours are in the template.
KINDS: dict[str, tuple[str, str]] = {
    "field": ("Thông tin văn bản", "cyan"),
    "unit": ("Đơn vị nhận việc", "bold blue"),
    "task": ("Nhiệm vụ", "on grey19"),
    "deadline": ("Thời hạn", "bold green"),
    "open": ("Nêu thời gian nhưng không có mốc", "yellow"),
    "invalid": ("Thời hạn cần xem lại", "bold red"),
    "reference": ("Văn bản viện dẫn", "magenta"),
    "alias": ("Tên viết tắt", "magenta"),
    "slip": ("Có thể lỗi nhận dạng", "underline yellow"),
    "left": ("Đã đọc, không phải nhiệm vụ", "dim"),
}
_LABELS = {
    "number": "số", "symbol": "ký hiệu", "full_number": "số, ký hiệu", "doc_type": "loại",
    "issue_date": "ngày ban hành", "place": "địa danh",
    "issuer": "cơ quan ban hành", "issuer_parent": "cơ quan chủ quản", "subject": "trích yếu", "title": "tên loại",
    "addressees": "kính gửi",
    "recipients": "nơi nhận", "sign_authority": "thẩm quyền ký", "signer_title": "chức vụ", "signer": "người ký",
    "drafter_code": "ký hiệu người soạn", "urgency": "độ khẩn",
}  # fmt: skip
_DEADLINE_KINDS = {"instant": "đến", "period": "kỳ", "recurring": "định kỳ", "needs_anchor": "cần mốc bắt đầu",
                   "none": "không có mốc",
                   "invalid": "không hợp lệ"}  # fmt: skip


class Mark(NamedTuple):
    """A piece of the letter with its kind and what to say about it."""

    kind: str
    span: Span
    note: str = ""


class Piece(NamedTuple):
    """Characters that carry the same marks."""

    text: str
    kinds: tuple[str, ...]
    note: str


def marks_of(letter: Letter) -> list[Mark]:
    """Everything found in a letter, widest first, so that the finer mark lies on top."""
    marks = [Mark("field", found.span, _LABELS.get(found.field, found.field)) for found in letter.found]
    marks += [
        Mark("left", left.span, LEFT_OUT.get(left.reason, left.reason))
        for left in letter.left_out
        if left.span
    ]
    marks += [
        Mark("reference", ref.span, f"{ref.type} số {ref.number}") for ref in letter.references if ref.span
    ]
    marks += [
        Mark("alias", alias.span, f"{alias.short} = {alias.full}") for alias in letter.aliases if alias.span
    ]
    marks += [Mark("slip", slip.span, f"có phải là “{slip.suggestion}”?") for slip in letter.suggestions]
    for section in letter.sections:
        if section.span and section.tasks and section.span != section.tasks[0].span:
            marks.append(Mark("unit", section.span, ", ".join(section.assigned_to)))
    for task in letter.tasks:
        marks += _task_marks(task)
    return sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end))


def _task_marks(task: Task) -> Iterator[Mark]:
    if task.span:
        yield Mark("task", task.span, f"nhiệm vụ {task.id}: {', '.join(task.assignees) or 'chưa rõ đơn vị'}")
    for deadline in (task.deadline, *task.other_deadlines):
        if deadline and deadline.span:
            kind = {"none": "open", "invalid": "invalid"}.get(deadline.kind, "deadline")
            yield Mark(kind, deadline.span, shown_deadline(deadline.kind, deadline.expected))


def shown_deadline(kind: str, expected: object) -> str:
    """A deadline in a few words."""
    words = _DEADLINE_KINDS.get(kind, kind)
    match expected:
        case str():
            return f"{words} {_day(expected)}"
        case {"start": start, "end": end}:
            return f"{words} {_day(start)} – {_day(end)}"
        case {"next": following} if following:
            return f"{words}, lần tới {_day(following)}"
        case _:
            return words


def _day(written: object) -> str:
    """A date or local time in the office's way: 30/6/2026, 16:30 ngày 19/6/2026."""
    at = datetime.fromisoformat(str(written))
    day = f"{at.day}/{at.month}/{at.year}"
    return f"{at:%H:%M} ngày {day}" if "T" in str(written) else day


def pieces_of(letter: Letter) -> list[Piece]:
    """The whole text cut where a mark begins or ends; all characters of the letter, in order, once."""
    marks = marks_of(letter)
    edges = sorted(
        {0, len(letter.text), *(edge for mark in marks for edge in (mark.span.start, mark.span.end))}
    )
    pieces: list[Piece] = []
    active: list[Mark] = []
    ahead = iter(marks)
    following = next(ahead, None)
    for start, end in pairwise(edges):
        active = [mark for mark in active if mark.span.end > start]
        while following is not None and following.span.start <= start:
            if following.span.end > start:
                active.append(following)
            following = next(ahead, None)
        notes = [mark.note for mark in active if mark.note]
        kinds = tuple(dict.fromkeys(mark.kind for mark in active))
        pieces.append(Piece(letter.text[start:end], kinds, " · ".join(dict.fromkeys(notes))))
    return pieces


def terminal(letter: Letter) -> Group:
    """The marked letter, its legend and the list of tasks, to be printed by rich."""
    text = Text()
    for piece in pieces_of(letter):
        text.append(piece.text.replace("\f", "\n"), style=" ".join(KINDS[kind][1] for kind in piece.kinds))
    legend = Text("  ").join(Text(words, style=style) for words, style in KINDS.values())
    table = Table(title="Nhiệm vụ đọc được", title_justify="left", expand=True)
    for title in ("Mã", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn", "Dòng"):
        table.add_column(title, overflow="fold")
    for task in letter.tasks:
        lines = shown_lines(task)
        table.add_row(
            *(
                Text(cell)
                for cell in (
                    task.id,
                    task.text,
                    "\n".join(task.assignees),
                    "\n".join(task.coordinators),
                    _when(task),
                    lines,
                )
            )
        )
    return Group(text, Text(), legend, Text(), table)


def _when(task: Task) -> str:
    if task.deadline is None:
        return "chưa có hạn"
    return f"{task.deadline.text}\n{shown_deadline(task.deadline.kind, task.deadline.expected)}"


def shown_lines(task: Task) -> str:
    """The lines a task was read from: "17", or "30–32"."""
    if task.span is None:
        return ""
    first, last = task.span.first_line, task.span.last_line
    return f"{first}" if first == last else f"{first}–{last}"


def page(letter: Letter) -> str:
    """The marked letter as one HTML page that needs nothing else: no script, no font, no address outside."""
    from jinja2 import Environment, PackageLoader, select_autoescape

    environment = Environment(
        loader=PackageLoader("letters"), autoescape=select_autoescape(["html.j2", "html"], default=True)
    )
    template = environment.get_template("marked.html.j2")
    legend = [(kind, words) for kind, (words, _) in KINDS.items()]
    return template.render(
        letter=letter,
        pieces=pieces_of(letter),
        legend=legend,
        tasks=letter.tasks,
        when=_when,
        lines=shown_lines,
    )
