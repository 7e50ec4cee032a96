"""Whether the page can serve: for the process that watches it, never for people."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from answers.house import house_of
from register.open import RegisterDown
from register.sessions import session_of

router = APIRouter()


@router.get("/suc-khoe", include_in_schema=False)
async def health(request: Request) -> Response:
    """200 where the register answers, 503 where it does not. The engine is not asked: pages are shown without it."""
    house = house_of(request)
    try:
        await session_of(house.register, "", house.wall())
    except RegisterDown:
        return JSONResponse({"register": "unreachable"}, status_code=503)
    return JSONResponse({"register": "reachable"})
