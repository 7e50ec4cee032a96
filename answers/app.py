"""The page put together: who may come in, what every answer carries, and the addresses."""

from fastapi import Depends, FastAPI
from starlette.staticfiles import StaticFiles

from answers import (
    absences,
    acts,
    api,
    board,
    errors,
    files,
    health,
    home,
    inbox,
    links,
    oidc,
    question,
    report,
    session,
    sign_in,
    task,
)
from answers.guard import guarded
from answers.headers import Headers
from answers.house import House
from answers.net import Net
from answers.pages import STATIC
from answers.size import Size
from answers.speech import Speech
from directive.value import build_all

GROUPS = (
    home,
    session,
    oidc,
    sign_in,
    links,
    inbox,
    question,
    acts,
    task,
    board,
    report,
    files,
    absences,
)


def build(house: House) -> FastAPI:
    """The application, on a register that has been migrated."""
    build_all()
    app = FastAPI(title="Đôn Đốc", version="1", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.house = house
    app.include_router(health.router)
    for group in GROUPS:
        app.include_router(group.router, dependencies=[Depends(guarded)])
    app.include_router(api.router, prefix=api.PREFIX)  # its guard knows bearer tokens
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    errors.declare(app)
    app.add_middleware(Size)
    app.add_middleware(Net)
    app.add_middleware(Speech, house=house)
    app.add_middleware(Headers, house=house)
    return app
