"""A problem document for programs (RFC 9457): what went wrong in words, and a code that never changes."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from answers.refusals import remedy_of
from desk.exit import Stop


class Problem(BaseModel):
    """What went wrong. `kind` is the stable code; `title`, `detail` and `remedy` are in the language asked for."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:dondoc:problem:no_question",
                    "status": 409,
                    "title": "câu hỏi này đã được trả lời",
                    "detail": "câu hỏi này đã được trả lời; mở lại nhiệm vụ để xem ai đã quyết định",
                    "kind": "no_question",
                    "remedy": "mở lại nhiệm vụ để xem ai đã quyết định",
                    "facts": {},
                }
            ]
        }
    )

    type: str = Field(description="`urn:dondoc:problem:` and the kind.")
    status: int = Field(description="The HTTP status.")
    title: str = Field(description="What is wrong, as a sentence.")
    detail: str = Field(description="The same with what to do next.")
    kind: str = Field(description="A stable code for programs.")
    remedy: str = Field(description="What to do next.")
    facts: dict[str, Any] = Field(
        default={}, description="What fills the sentence, such as who decided and when."
    )


def problem_of(stop: Stop, status: int) -> Problem:
    """The document for what a door says."""
    return Problem(
        type=f"urn:dondoc:problem:{stop.kind}",
        status=status,
        title=stop.message,
        detail=f"{stop.message}; {remedy_of(stop)}",
        kind=stop.kind,
        remedy=remedy_of(stop),
        facts=dict(stop.detail),
    )
