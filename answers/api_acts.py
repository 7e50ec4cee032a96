"""The API: what a person does to a task, one operation an act; the same `Idempotency-Key` counts once."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Body, Header, Request

from answers.api_answers import refusals
from answers.api_guard import Caller
from answers.api_models import Recorded
from answers.api_said import SAID, Said
from answers.api_task import TaskId
from answers.doing import do, opened, refused
from answers.house import house_of
from answers.reader import Reader
from desk import evidence, words
from desk.acting import Done
from desk.exit import Stop
from desk.matter import speaking_of
from desk.whole import Whole
from directive.message import MESSAGE_ID, Act, Door

router = APIRouter(tags=["acts"])

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=100,
        pattern=MESSAGE_ID,
        description="The id of this act, made by the caller: sent again with the same id it counts once.",
        examples=["0b6c1d5e-7d0e-4c8e-9a54-2f1f4f7f9f10"],
    ),
]


def _declare(act: Act, body: type[Said]) -> None:
    async def acted(
        request: Request, reader: Caller, task: TaskId, said: Any, idempotency_key: Key
    ) -> Recorded:
        return await _do(request, reader, task, act, said, idempotency_key)

    acted.__annotations__["said"] = Annotated[body, Body()]
    name = "".join(part.title() for part in act.value.split("_"))
    router.post(
        f"/tasks/{{task}}/acts/{act.value}",
        operation_id=f"do{name}",
        summary=name,
        description=body.__doc__,
        responses=refusals(HTTPStatus.NOT_FOUND, writes=True),
    )(acted)


for _act, _body in SAID.items():
    _declare(_act, _body)


async def _do(request: Request, reader: Reader, task: str, act: Act, said: Said, key: str) -> Recorded:
    whole = await opened(request, reader, task)
    with speaking_of(task):
        told = await _told(request, reader, whole, act, said)
        done = await do(request, reader, whole, act, told, key, door=Door.API, role=said.role or "")
        return _recorded(whole, done)


async def _told(request: Request, reader: Reader, whole: Whole, act: Act, said: Said) -> dict[str, Any]:
    try:
        told = said.said()
        await evidence.known_evidence(
            house_of(request).register, whole.facts.task.id, told.get("evidence", ())
        )
    except Stop as stop:
        await refused(request, reader, whole, act, stop)
        raise
    return told


def _recorded(whole: Whole, done: Done) -> Recorded:
    event, receipt = done.event, done.receipt
    return Recorded(
        task=whole.facts.task.id,
        message=done.message_id,
        kind=event.kind if event else receipt.kind if receipt else None,
        at=event.at if event else receipt.at if receipt else None,
        state=receipt.state if receipt else None,
        repeated=receipt is None,
        said=words.event(event, whole.names) if event else "",
    )
