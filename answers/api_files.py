"""The API: files of evidence, brought to a task and fetched again."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, File, Form, Path, Request, UploadFile
from fastapi.responses import FileResponse

from answers.api_answers import refusals
from answers.api_guard import Caller
from answers.api_models import KeptEvidence
from answers.api_said import LINE
from answers.api_task import TaskId
from answers.brought import HASH, bring, handed_out
from answers.doing import opened
from desk.evidence_kinds import KINDS

router = APIRouter(tags=["files"])

_BINARY = {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}
_FETCHED = {
    200: {"description": "The file, as an attachment.", "content": dict.fromkeys(KINDS, _BINARY)},
    **refusals(HTTPStatus.NOT_FOUND),
}


@router.post(
    "/tasks/{task}/files",
    operation_id="sendFile",
    status_code=201,
    responses=refusals(HTTPStatus.NOT_FOUND, writes=True),
)
async def send(
    request: Request,
    reader: Caller,
    task: TaskId,
    file: Annotated[UploadFile, File(description="At most 25 MiB; its kind is judged by its content.")],
    title: Annotated[str, Form(max_length=300, pattern=LINE, description="What people call it.")] = "",
) -> KeptEvidence:
    """Keeps a file for a task; an act then names it by what comes back. The same content twice is kept once."""
    whole = await opened(request, reader, task)
    return KeptEvidence(evidence=await bring(request, reader, whole, file, file.filename or "", title))


@router.get("/files/{digest}", operation_id="getFile", response_class=FileResponse, responses=_FETCHED)
async def fetch(
    request: Request,
    reader: Caller,
    digest: Annotated[
        str, Path(pattern=HASH, description="The SHA-256 of the content.", examples=["0" * 64])
    ],
) -> FileResponse:
    """The file itself, for whoever may see a task that uses it."""
    return await handed_out(request, reader, digest)
