"""One act of one person on one task: found, proved, sent to the workflow, and told in words."""

from functools import partial
from typing import Any

from desk import effect, find, person, saying, screen, words
from desk.below import Concerned
from desk.below import tell as tell_children
from desk.exit import Stop, bad_input
from desk.language import text
from desk.late import add_decision, second_answer, too_late
from desk.matter import speaking_of
from desk.office import directory_in_use, with_register
from desk.saying import Case, known_calendar, now, said_to
from desk.send import send
from desk.target import Target
from directive.event import Event
from directive.message import Act
from directive.question import Choice
from directive.record import Receipt
from directive.refusal import Reason
from register.open import Register
from register.reading import receipt, task

__all__ = ["choice", "do", "known_calendar", "now"]


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
    if target.many:
        from desk import bulk

        bulk.do(Act(act), target, who, role=role, said=said)
        return
    with_register(partial(_one, Act(act), target, who, role, message_id, said))


async def _one(
    act: Act, target: Target, who: str, role: str, message_id: str, said: dict[str, Any], register: Register
) -> None:
    case = await _case(register, target.task)
    with speaking_of(case.facts.task.id):
        await _on(case, act, target, who, role, message_id, said, register)


async def _on(
    case: Case,
    act: Act,
    target: Target,
    who: str,
    role: str,
    message_id: str,
    said: dict[str, Any],
    register: Register,
) -> None:
    task_id = case.facts.task.id
    if message_id and (repeated := await receipt(register, task_id, message_id)):
        await _tell(register, case, message_id, None, repeated)
        return
    if case.facts.closed:
        raise await too_late(register, case.facts, case.directory, said.get("question", ""))
    if said.get("calendar"):
        await known_calendar(register, said["calendar"])
    said = await said_to(register, act, case.facts, said)
    try:
        message = saying.message(case, act, who, role, message_id, said)
    except Stop as stop:
        if stop.kind == Reason.NO_QUESTION:
            await add_decision(register, case.facts, case.directory, said.get("question", ""), stop)
        raise
    if target.dry_run:
        await effect.tell(register, case.facts, message)
        return
    from desk import engine

    try:
        done = await send(await engine.connect(), register, case, message)
    except Stop as stop:
        await second_answer(register, case, message, stop)
        raise
    await _tell(register, case, message.id, done, await receipt(register, task_id, message.id))


async def _case(register: Register, typed: str) -> Case:
    found = await find.task(register, typed)
    card = await task(register, found.id)
    return Case(card.facts, await directory_in_use(register))


async def _tell(
    register: Register, case: Case, message_id: str, done: Receipt | None, recorded: Event | None
) -> None:
    """What was recorded, and for an act that moved the deadline the old and the new timeline."""
    names = person.namer(case.directory)
    moved = await effect.after(register, case.facts, now()) if done else None
    below = await effect.children_after(register, case.facts, moved) if moved else Concerned()
    moved = moved if moved and moved.due_moves else None
    screen.answer(
        {
            "task": case.facts.task.id,
            "message_id": message_id,
            "receipt": done,
            "event": recorded,
            "effect": effect.plain(moved) if moved else None,
            **below.plain(),
        }
    )
    if recorded:
        screen.say(f"{text('Đã ghi', 'Recorded')}: {words.event(recorded, names)}.", "green")
        screen.say(f"  {case.facts.task.id}, {words.moment(recorded.at)}")
    if done:
        screen.say(f"  {text('Trạng thái', 'State')}: {words.word(done.state)}")
    if moved:
        effect.show(moved, names)
    tell_children(below, names)
