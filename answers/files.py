"""The page's evidence: a file that was handed in, for whoever may see a task that uses it."""

from fastapi import APIRouter, Request, Response

from answers.brought import handed_out
from answers.reader import Either

router = APIRouter()


@router.get("/minh-chung/{digest}", include_in_schema=False)
async def show(request: Request, digest: str, reader: Either) -> Response:
    """The file itself, always to be kept and never shown inside the page. Raises Stop, RegisterDown."""
    return await handed_out(request, reader, digest)
