"""What went wrong, in words with the next step: a page for people, a problem document (RFC 9457) for programs."""

from http import HTTPStatus
from urllib.parse import quote, urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from answers import said
from answers.api import methods_at
from answers.api_guard import asked_language
from answers.pace import TooOften
from answers.pages import page
from answers.problem import problem_of
from answers.reader import Unsigned
from answers.refusals import MENDABLE, NOT_THEIRS, remedy_of
from answers.size import TooLarge
from desk.exit import Code, Stop
from desk.language import lang, speaking
from desk.logs import keep
from desk.out_of_reach import register_down
from register.open import RegisterDown
from register.plans import NotRecorded

_FORBIDDEN = frozenset(
    {"not_yours", "bad_form", "wrong_role", "not_your_question", "foreign_link", "bad_link"}
)
_UNKNOWN = frozenset({"not_found", "unknown_task", "no_task", "no_such_task", "unknown_absence"})


def status_of(stop: Stop) -> int:
    """The HTTP status of what a door says."""
    if stop.kind in _FORBIDDEN | NOT_THEIRS:
        return HTTPStatus.FORBIDDEN
    if stop.kind in _UNKNOWN:
        return HTTPStatus.NOT_FOUND
    if stop.kind == "internal":
        return HTTPStatus.INTERNAL_SERVER_ERROR
    if stop.kind in MENDABLE:
        return HTTPStatus.UNPROCESSABLE_ENTITY
    match stop.code:
        case Code.REFUSED:
            return HTTPStatus.CONFLICT
        case Code.UNREACHABLE:
            return HTTPStatus.SERVICE_UNAVAILABLE
        case _:
            return HTTPStatus.UNPROCESSABLE_ENTITY


def api_status_of(stop: Stop) -> int:
    """For programs 422 means that a request does not fit its description; what a rule refuses is a conflict."""
    found = status_of(stop)
    return HTTPStatus.CONFLICT if found == HTTPStatus.UNPROCESSABLE_ENTITY else found


def told(request: Request, stop: Stop, status: int | None = None) -> Response:
    """The answer to a request that could not be served."""
    if request.url.path.startswith("/api/"):
        return _told_to_a_program(request, stop, status or api_status_of(stop))
    code = status or status_of(stop)
    return page(
        request, "error.html.j2", status=code, code=code, message=stop.message, remedy=remedy_of(stop)
    )


def _told_to_a_program(request: Request, stop: Stop, status: int) -> Response:
    asked = asked_language(request)
    with speaking(asked or lang()):
        problem = problem_of(stop, status).model_dump_json()
    headers = {"WWW-Authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else None
    return Response(problem, status, headers, media_type="application/problem+json")


def declare(app: FastAPI) -> None:
    """Add the words for everything that can go wrong."""
    app.add_exception_handler(Stop, _stop)
    app.add_exception_handler(RegisterDown, _register)
    app.add_exception_handler(NotRecorded, _not_recorded)
    app.add_exception_handler(Unsigned, _unsigned)
    app.add_exception_handler(TooOften, _too_often)
    app.add_exception_handler(TooLarge, _too_large)
    app.add_exception_handler(RequestValidationError, _bad_request)
    app.add_exception_handler(HTTPException, _http)


async def _stop(request: Request, stop: Exception) -> Response:
    assert isinstance(stop, Stop)
    return told(request, stop)


async def _register(request: Request, error: Exception) -> Response:
    return told(request, register_down(type(error).__name__))


async def _not_recorded(request: Request, error: Exception) -> Response:
    return told(request, said.not_found(), HTTPStatus.NOT_FOUND)


async def _unsigned(request: Request, _: Exception) -> Response:
    if request.url.path.startswith("/api/"):
        return told(request, said.unsigned(), HTTPStatus.UNAUTHORIZED)
    if request.method not in ("GET", "HEAD"):
        return told(request, said.unsigned(), HTTPStatus.UNAUTHORIZED)
    part = "hx-request" in request.headers  # a part that renews itself: the page around it has to be left
    shown = urlsplit(request.headers.get("hx-current-url", "")) if part else request.url
    wanted = shown.path + (f"?{shown.query}" if shown.query else "")
    address = f"/dang-nhap?next={quote(wanted, safe='')}"
    if part:
        return Response(status_code=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": address})
    return RedirectResponse(address, HTTPStatus.SEE_OTHER)


async def _too_often(request: Request, error: Exception) -> Response:
    assert isinstance(error, TooOften)
    answer = told(request, said.too_often(error.wait), HTTPStatus.TOO_MANY_REQUESTS)
    answer.headers["Retry-After"] = str(error.wait)
    return answer


async def _too_large(request: Request, _: Exception) -> Response:
    return told(request, said.too_large(), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


async def _bad_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return told(request, said.bad_request(error.errors()), HTTPStatus.UNPROCESSABLE_ENTITY)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    answer = told(request, said.http(error.status_code), error.status_code)
    answer.headers.update(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED and (taken := methods_at(request.url.path)):
        answer.headers["Allow"] = ", ".join(taken)
    return answer


async def slip(request: Request, error: Exception) -> Response:
    """An error that no page has answered; one of our own is kept in the log with its traceback, told without it."""
    if isinstance(error, TooLarge):
        return await _too_large(request, error)
    keep(error)
    return told(request, said.internal(type(error).__name__), HTTPStatus.INTERNAL_SERVER_ERROR)
