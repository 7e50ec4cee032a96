"""The front door: to the board for whoever looks, to the inbox for whoever answers."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from answers import rights
from answers.reader import SignedIn

router = APIRouter()


@router.get("/", include_in_schema=False)
async def home(request: Request, reader: SignedIn) -> Response:
    """The page where this reader's day begins."""
    return RedirectResponse("/bang" if rights.sees_all(reader) else "/viec", status_code=303)
