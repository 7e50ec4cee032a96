"""What every request that writes has passed: the form is this page's own, and nobody writes faster than people do."""

from collections.abc import AsyncIterator
from http import HTTPStatus

from fastapi import Request

from answers import csrf, pace
from answers.house import house_of
from answers.reader import Unsigned, known
from answers.said import http, not_found


async def guarded(request: Request) -> AsyncIterator[None]:
    """The dependency of all pages; files that a form brought are let go at the end.

    Raises Stop, TooOften, RegisterDown.
    """
    if "\x00" in request.scope["path"]:  # no database can be asked for it; PostgreSQL would seem to be down
        raise not_found()
    if any("\x00" in value for value in request.query_params.values()):
        raise http(HTTPStatus.BAD_REQUEST)
    try:
        if request.method not in csrf.READING:
            await _checked(request)
        yield
    finally:
        await request.close()


async def _checked(request: Request) -> None:
    if reader := await known(request):
        await csrf.checked(request)
        house_of(request).pace.tried(pace.ACTS_PERSON, reader.person.id)
        return
    if request.headers.get("content-type", "").startswith("multipart/"):
        raise Unsigned  # before any of it is read: files are taken from people who are known
    await csrf.checked(request)
