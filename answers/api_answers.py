"""What the API answers when it does not do what was asked: one kind of problem document for all (RFC 9457)."""

from http import HTTPStatus
from typing import Any

PROBLEM = "application/problem+json"
_WHY = {
    HTTPStatus.BAD_REQUEST: "The request cannot be read.",
    HTTPStatus.UNAUTHORIZED: "Nobody is signed in, or the session has ended.",
    HTTPStatus.FORBIDDEN: "It is not for this person; or a cookie came without its form token.",
    HTTPStatus.NOT_FOUND: "There is no such thing.",
    HTTPStatus.CONFLICT: "The request is well formed, and a rule of the office refuses it: `kind` says which.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "More was sent than is taken.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "The request does not fit its description here.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too often; `Retry-After` says when to come again.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "A slip of our own; it is kept in the log.",
    HTTPStatus.SERVICE_UNAVAILABLE: "The engine, the register or the disk does not answer; nothing has changed.",
}
_READS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
_WRITES = (
    HTTPStatus.CONFLICT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.TOO_MANY_REQUESTS,
)


def refusals(*more: HTTPStatus, writes: bool = False) -> dict[int | str, dict[str, Any]]:
    """The refusals of an operation, for its description."""
    statuses = sorted({*_READS, *(_WRITES if writes else ()), *more})
    return {int(status): _described(status) for status in statuses}


def _described(status: HTTPStatus) -> dict[str, Any]:
    told: dict[str, Any] = {
        "description": _WHY[status],
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status is HTTPStatus.UNAUTHORIZED:
        told["headers"] = {"WWW-Authenticate": {"required": True, "schema": {"type": "string"}}}
    if status is HTTPStatus.TOO_MANY_REQUESTS:
        told["headers"] = {
            "Retry-After": {"required": True, "description": "Seconds.", "schema": {"type": "string"}}
        }
    return told
