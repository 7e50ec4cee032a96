"""What a reader does through the page or the API: sent as every door sends it, and audited either way."""

from typing import Any

from fastapi import Request

from answers import rights
from answers.house import house_of
from answers.reader import Reader
from desk.acting import Done, act_on
from desk.exit import Stop
from desk.saying import By, Case
from desk.whole import Whole, gathered
from directive.message import Act, Door
from register.audit import note


async def opened(request: Request, reader: Reader, task: str) -> Whole:
    """A task with everything about it, where the reader may see it. Raises Stop, NotRecorded, RegisterDown."""
    house = house_of(request)
    whole = await gathered(house.register, task, house.now())
    rights.need(rights.sees_task(reader, whole.facts))
    return whole


async def do(
    request: Request,
    reader: Reader,
    whole: Whole,
    act: Act,
    said: dict[str, Any],
    message_id: str,
    *,
    door: Door = Door.PAGE,
    role: str = "",
) -> Done:
    """Do it in the reader's name; a repeated message id counts once. Raises Stop, RegisterDown."""
    house, who = house_of(request), reader.person.id
    by = By(who, role, message_id, door)
    try:
        done = await act_on(house.register, house.connect, Case(whole.facts, whole.directory), act, by, said)
    except Stop as stop:
        await refused(request, reader, whole, act, stop, said)
        raise
    await _note(request, reader, whole, act, "done", said, message_id)
    return done


async def refused(
    request: Request, reader: Reader, whole: Whole, act: Act, stop: Stop, said: dict[str, Any] | None = None
) -> None:
    """Write down that something was tried and refused. Raises RegisterDown."""
    await _note(request, reader, whole, act, stop.kind, said or {}, "")


async def _note(
    request: Request,
    reader: Reader,
    whole: Whole,
    act: Act,
    result: str,
    said: dict[str, Any],
    message_id: str,
) -> None:
    """No word that a person typed goes into the audit."""
    told = {key: said[key] for key in ("question", "choice") if said.get(key)}
    told |= {"message": message_id} if message_id else {}
    await note(
        house_of(request).register,
        at=house_of(request).now(),
        person=reader.person.id,
        way=reader.way,
        did=act.value,
        task=whole.facts.task.id,
        result=result,
        detail=told,
    )
