"""Whether a person means it: how many tasks an act is about, which, and the count asked."""

import sys
from collections.abc import Sequence

import typer

from desk import screen, words
from desk.exit import Stop, bad_input
from desk.language import text
from desk.target import Target
from register.models import TaskRow

FIRST = 8


def confirm(target: Target, rows: Sequence[TaskRow], doing: str, more: int = 0, note: str = "") -> None:
    """Go on only when the number is confirmed: by `--yes`, by `--count`, or typed. Raises Stop; nothing has changed.

    The number counts the `rows` and `more` that the `note` tells of: those that a killed run had done, say, so that
    the same command can be repeated as it was typed.
    """
    count = len(rows) + more
    if target.count is not None:
        if target.count != count:
            raise _differs(count, str(target.count))
        return
    if target.yes:
        return
    if screen.json_asked() or not sys.stdin.isatty():
        raise _unconfirmed(count)
    show(rows, doing, more, note)
    typed = typer.prompt(text("Gõ số nhiệm vụ để xác nhận", "Type the number of tasks to confirm"))
    if typed.strip() != str(count):
        raise _differs(count, typed.strip())


def show(rows: Sequence[TaskRow], doing: str, more: int = 0, note: str = "") -> None:
    """How many, and the first of them."""
    count = len(rows) + more
    screen.say(f"{doing}: {count} {text('nhiệm vụ', 'tasks')}", "bold")
    for row in rows[:FIRST]:
        screen.say(
            f"  {row.number}/{row.code}/{row.unit} · {words.word(row.state)} · {words.day(row.due_day)}"
        )
    if len(rows) > FIRST:
        screen.say(text(f"  … và {len(rows) - FIRST} nhiệm vụ nữa", f"  … and {len(rows) - FIRST} more"))
    if more:
        screen.say(f"  {note}")


def _unconfirmed(count: int) -> Stop:
    stop = bad_input(
        f"chưa được xác nhận: {count} nhiệm vụ được chọn, chưa ghi gì",
        f"not confirmed: {count} tasks are chosen; nothing is recorded",
        f"thêm --count {count} (hoặc --yes); --dry-run để chỉ xem",
        f"add --count {count} (or --yes); --dry-run only to look",
        kind="not_confirmed",
    )
    stop.detail = {"selected": count}
    return stop


def _differs(count: int, said: str) -> Stop:
    stop = bad_input(
        f"được chọn là {count} nhiệm vụ, không phải {said}; chưa ghi gì",
        f"{count} tasks are chosen, not {said}; nothing is recorded",
        f"xem lại bằng --dry-run, rồi xác nhận --count {count}",
        f"look again with --dry-run, then confirm with --count {count}",
        kind="count_differs",
    )
    stop.detail = {"selected": count}
    return stop
