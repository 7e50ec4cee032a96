"""A message as it comes out of its envelope: whatever was sent, it is read, or told what is wrong with it."""

import hashlib
import json

from pydantic import TypeAdapter, ValidationError

from directive.message import Message, MessageId, Name
from directive.refusal import Reason
from directive.value import Value

_NAME = TypeAdapter(Name)
_ID = TypeAdapter(MessageId)


class Misfit(Value):
    """What came instead of a message, with what can be told of its sender.

    `id` is the message's own where it has one, else it follows from the content: the same rubbish again is one.
    """

    id: str
    reason: Reason
    detail: dict[str, str]
    actor: str = ""
    role: str = ""


def opened(data: bytes) -> Message | Misfit:
    """The message in `data` (JSON in UTF-8). Nothing that can be sent raises."""
    try:
        return Message.model_validate_json(data)
    except ValidationError as error:
        reason, detail = fault(error)
        return misfit(data, reason, detail)


def misfit(data: bytes, reason: Reason, detail: dict[str, str]) -> Misfit:
    """Why `data` is not taken, with the sender as far as it names one."""
    said = _fields(data)
    made_up = f"unreadable-{hashlib.sha256(data).hexdigest()[:24]}"
    return Misfit(
        id=_valid(_ID, said.get("id")) or made_up,
        reason=reason,
        detail=detail,
        actor=_valid(_NAME, said.get("actor")),
        role=_valid(_NAME, said.get("role")),
    )


def fault(error: ValidationError) -> tuple[Reason, dict[str, str]]:
    """The first thing that is wrong with a message, as a refusal: the field, and how much it may hold."""
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(str(part) for part in first["loc"] if isinstance(part, str)) or "message"
    limit = first.get("ctx", {}).get("max_length")
    if limit is None:
        return Reason.UNREADABLE, {"field": field[:100]}
    return Reason.TOO_LONG, {"field": field[:100], "limit": str(limit)}


def _fields(data: bytes) -> dict[str, object]:
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _valid(kind: TypeAdapter[str], said: object) -> str:
    try:
        return kind.validate_python(said, strict=True)
    except ValidationError:
        return ""
