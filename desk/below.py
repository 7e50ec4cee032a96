"""A task's children as its people see them: under `show`, when it is handed in or closed, when its deadline moves.

Nothing is refused by them: a parent closes by its own evidence, and its deadline is the assigning side's to move.
What is still open, or now due after it, is told.
"""

from datetime import datetime
from typing import NamedTuple

from desk import screen, words
from desk.language import text
from directive.due import Due
from directive.task import CLOSED, Facts, State
from register.family import children_of, due_after, still_open
from register.models import TaskRow
from register.open import Register

NAMED = 5
_HANDED_IN = CLOSED | {State.REPORTED}


class Concerned(NamedTuple):
    """The children that an act concerns: not done when it hands in or closes, or due after the new deadline."""

    not_done: tuple[TaskRow, ...] = ()
    too_late: tuple[TaskRow, ...] = ()
    due: Due | None = None

    def plain(self) -> dict[str, object]:
        """Their ids, as JSON; nothing where no child is concerned."""
        found = {"open_children": self.not_done, "children_due_after": self.too_late}
        return {name: [one.id for one in rows] for name, rows in found.items() if rows}


async def concerned(
    register: Register, before: Facts, after: State, was: Due | None, due: Due | None, now: datetime
) -> Concerned:
    """The children that an act concerns. `after` is the state it leads to, `was` and `due` the deadlines in force."""
    moves = due is not None and (was is None or due.instant != was.instant)
    closes = after in _HANDED_IN and before.state is not after
    if not (moves or closes):
        return Concerned()
    children = await children_of(register, before, now)
    return Concerned(
        not_done=tuple(still_open(children)) if closes else (),
        too_late=tuple(due_after(children, due)) if moves else (),
        due=due,
    )


def tell(found: Concerned, names: words.Names) -> None:
    """Say which children an act concerns, and what can be done."""
    if found.not_done:
        screen.say(f"{_not_done(len(found.not_done))}: {_named(found.not_done, names)}", "yellow")
    if found.too_late:
        count, day = len(found.too_late), words.due(found.due)
        said = text(
            f"{count} nhiệm vụ con có hạn sau hạn mới ({day})",
            f"{count} children are due after the new deadline ({day})",
        )
        screen.say(f"{said}: {_named(found.too_late, names)}", "yellow")
        screen.say(
            text(
                "  → điều chỉnh hạn từng nhiệm vụ con bằng `amend-deadline`",
                "  → move their deadlines with `amend-deadline`",
            )
        )


def show(children: list[TaskRow], due: Due | None, names: words.Names) -> None:
    """Print a task's children: each with its state, light and deadline, and whether it is due after the parent."""
    if not children:
        return
    count = len(still_open(children))
    left = _not_done(count) if count else text("đã xong cả", "all closed")
    screen.say()
    screen.say(f"{text('Nhiệm vụ con', 'Children')} ({len(children)}): {left}", "bold")
    late = {one.id for one in due_after(children, due)}
    for one in children:
        standing = words.word(one.state)
        if one.state not in CLOSED:
            standing += f", {words.light(one.light)}"
        if one.due_day:
            standing += f", {text('hạn', 'due')} {words.day(one.due_day)}"
        if one.id in late:
            standing += text(" (sau hạn nhiệm vụ cha)", " (after its parent’s)")
        screen.say(f"  {one.code}  {names(one.unit)}: {standing}")


def plain(children: list[TaskRow], due: Due | None) -> list[dict[str, object]]:
    """The children as JSON."""
    late = {one.id for one in due_after(children, due)}
    return [{**one.model_dump(mode="json"), "due_after_parent": one.id in late} for one in children]


def _not_done(count: int) -> str:
    return text(f"còn {count} nhiệm vụ con chưa xong", f"{count} children not done yet")


def _named(children: tuple[TaskRow, ...], names: words.Names) -> str:
    more = f", … (+{len(children) - NAMED})" if len(children) > NAMED else ""
    return ", ".join(f"{one.code} ({names(one.unit)})" for one in children[:NAMED]) + more
