"""One act of one person on one task, as every door does it: proved, judged, sent to the workflow, recorded."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from desk import find, saying
from desk.exit import Stop
from desk.late import add_decision, second_answer, too_late
from desk.matter import speaking_of
from desk.office import directory_in_use
from desk.saying import By, Case, known_calendar, said_to
from desk.send import send
from directive.event import Event
from directive.message import Act, Message
from directive.record import Receipt
from directive.refusal import Reason
from register.open import Register
from register.reading import receipt, task

if TYPE_CHECKING:
    from temporalio.client import Client

Connect = Callable[[], Awaitable["Client"]]
"""How a door reaches the engine; called only when there is something to send."""


class Done(NamedTuple):
    """What became of an act. `receipt` is None where it was recorded before; `event` is what was recorded."""

    message_id: str
    receipt: Receipt | None
    event: Event | None


async def case_of(register: Register, typed: str) -> Case:
    """The task meant, as it stands, with the directory in force. Raises Stop."""
    found = await find.task(register, typed)
    card = await task(register, found.id)
    return Case(card.facts, await directory_in_use(register))


async def already(register: Register, case: Case, message_id: str) -> Done | None:
    """What an earlier sending of the same message id became; None where there was none. Raises RegisterDown."""
    found = await receipt(register, case.facts.task.id, message_id) if message_id else None
    return Done(message_id, None, found) if found else None


async def prepared(register: Register, case: Case, act: Act, by: By, said: dict[str, Any]) -> Message:
    """The message of an act, its role proved; nothing is sent. Raises Stop, telling a late one who decided what."""
    if case.facts.closed:
        raise await too_late(register, case.facts, case.directory, said.get("question", ""))
    if said.get("calendar"):
        await known_calendar(register, said["calendar"])
    said = await said_to(register, act, case.facts, said)
    try:
        return saying.message(case, act, by, said)
    except Stop as stop:
        if stop.kind == Reason.NO_QUESTION:
            await add_decision(register, case.facts, case.directory, said.get("question", ""), stop)
        raise


async def sent(register: Register, connect: Connect, case: Case, message: Message) -> Done:
    """Send a prepared message and wait until it is recorded. Raises Stop: refused, too late, or not recorded yet."""
    try:
        done = await send(await connect(), register, case, message)
    except Stop as stop:
        await second_answer(register, case, message, stop)
        raise
    return Done(message.id, done, await receipt(register, case.facts.task.id, message.id))


async def act_on(
    register: Register, connect: Connect, case: Case, act: Act, by: By, said: dict[str, Any]
) -> Done:
    """The whole of it; a repeated message id counts once. Raises Stop, RegisterDown."""
    with speaking_of(case.facts.task.id):
        before = await already(register, case, by.message_id)
        return before or await sent(register, connect, case, await prepared(register, case, act, by, said))
