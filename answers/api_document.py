"""The API's own description, OpenAPI 3.1: what FastAPI knows of the operations, and how a caller is known."""

from collections.abc import Sequence
from typing import Any

from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

from answers.cookies import SESSION
from answers.csrf import HEADER
from answers.problem import Problem

VERSION = "1"
_ABOUT = """Directives with deadlines: tasks, questions and answers. All instants are UTC, all days are local days of
Asia/Ho_Chi_Minh. Sentences come in the language asked for (`lang`, `Accept-Language`, else the caller's own).

A caller is known by the token of a session, as a bearer token or in the page's cookie; a request that writes by a
cookie's right carries the page's form token too. What is refused comes as a problem document (RFC 9457) with a stable
`kind`. 422 means that the request does not fit this description; 409 that it does and a rule of the office refuses it.
"""
_WRITING = ("post", "put", "patch", "delete")


def document(routes: Sequence[BaseRoute]) -> dict[str, Any]:
    """The description of these operations."""
    made = get_openapi(
        title="Đôn Đốc",
        version=VERSION,
        openapi_version="3.1.0",
        summary="Giao việc, theo dõi, đôn đốc.",
        description=_ABOUT,
        routes=routes,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        tags=[
            {"name": "me", "description": "Who I am, and what waits for me."},
            {"name": "tasks", "description": "Tasks, their questions, and the numbers."},
            {"name": "acts", "description": "What people do to a task, one operation an act."},
            {"name": "absences", "description": "Who is away and who stands in."},
            {"name": "files", "description": "Evidence."},
        ],
    )
    parts = made.setdefault("components", {})
    parts.setdefault("schemas", {})["Problem"] = Problem.model_json_schema()
    parts["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer", "description": "The token of a session."},
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": SESSION,
            "description": "With `__Host-` over HTTPS.",
        },
        "form": {"type": "apiKey", "in": "header", "name": HEADER, "description": "The page's form token."},
    }
    for operations in made["paths"].values():
        for method, operation in operations.items():
            by_cookie: dict[str, list[str]] = (
                {"session": [], "form": []} if method in _WRITING else {"session": []}
            )
            operation["security"] = [{"bearer": []}, by_cookie]
    return made
