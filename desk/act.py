"""One act of one person on one task: found, proved, sent to the workflow, and told in words."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from desk import effect, person, screen, words
from desk.acting import Done, already, case_of, prepared, sent
from desk.below import Concerned
from desk.below import tell as tell_children
from desk.exit import bad_input
from desk.language import text
from desk.matter import speaking_of
from desk.office import with_register
from desk.saying import By, Case, known_calendar, now
from desk.target import Target
from directive.message import Act
from directive.question import Choice
from register.open import Register

__all__ = ["choice", "do", "known_calendar", "now"]

SLOW = 5.0
"""Seconds without an answer after which a person is told that the act is on its way."""


def choice(typed: str) -> Choice:
    """The answer meant. Raises Stop."""
    wanted = typed.strip().lower().replace("-", "_")
    if wanted in set(Choice):
        return Choice(wanted)
    known = ", ".join(one.value.replace("_", "-") for one in Choice)
    raise bad_input(
        f"không có câu trả lời «{typed}»",
        f"there is no answer «{typed}»",
        f"một trong: {known}",
        f"one of: {known}",
    )


def do(act: str, target: Target, who: str, *, role: str, message_id: str, **said: Any) -> None:
    """Do one act, on one task or on many, and tell what was recorded. Raises Stop."""
    target.check(message_id)
    if said.get("evidence"):
        from desk.evidence_local import check_files

        check_files(said)
    if target.many:
        from desk import bulk

        bulk.do(Act(act), target, who, role=role, said=said)
        return
    with_register(partial(_one, Act(act), target, who, role, message_id, said))


async def _one(
    act: Act, target: Target, who: str, role: str, message_id: str, said: dict[str, Any], register: Register
) -> None:
    case = await case_of(register, target.task)
    by = By(who, role, message_id, typed_by=person.typed_by())
    with speaking_of(case.facts.task.id):
        done = await already(register, case, message_id)
        if done is None:
            message = await prepared(register, case, act, by, said)
            if target.dry_run:
                await effect.tell(register, case.facts, message)
                return
            from desk import engine

            if message.evidence:
                from desk.evidence_local import with_files_kept

                message = await with_files_kept(register, message, case.facts.task.id)
            async with _told_when_slow():
                done = await sent(register, engine.connect, case, message)
        await _tell(register, case, done)


@asynccontextmanager
async def _told_when_slow() -> AsyncIterator[None]:
    """Tell who waits for longer than `SLOW` that the command has not been forgotten."""
    telling = asyncio.get_running_loop().call_later(
        SLOW, screen.aside, text("Đã gửi, đang chờ ghi lại…", "Sent; waiting until it is recorded…")
    )
    try:
        yield
    finally:
        telling.cancel()


async def _tell(register: Register, case: Case, done: Done) -> None:
    """What was recorded, and for an act that moved the deadline the old and the new timeline."""
    new, recorded = done.receipt, done.event
    names = person.namer(case.directory)
    moved = await effect.after(register, case.facts, now()) if new else None
    below = await effect.children_after(register, case.facts, moved) if moved else Concerned()
    moved = moved if moved and moved.due_moves else None
    screen.answer(
        {
            "task": case.facts.task.id,
            "message_id": done.message_id,
            "receipt": new,
            "event": recorded,
            "effect": effect.plain(moved) if moved else None,
            **below.plain(),
        }
    )
    if recorded:
        screen.say(f"{text('Đã ghi', 'Recorded')}: {words.event(recorded, names)}.", "green")
        screen.say(f"  {case.facts.task.id}, {words.moment(recorded.at)}")
    if new:
        screen.say(f"  {text('Trạng thái', 'State')}: {words.word(new.state)}")
    if moved:
        effect.show(moved, names)
    tell_children(below, names)
