"""The HTTP API, under /api/v1: the same acts and the same register as the page, for programs."""

import re
from functools import cache
from typing import Any

from fastapi import APIRouter

from answers import api_absences, api_acts, api_files, api_people, api_task, api_tasks
from answers.api_document import document

PREFIX = "/api/v1"
_ANY = re.compile(r"\{[^}]+\}")

router = APIRouter()
"""The prefix comes where it is included: a router without one is tried out there, which builds each route twice."""
for _part in (api_people, api_tasks, api_task, api_acts, api_absences, api_files):
    router.include_router(_part.router)


@cache
def described() -> dict[str, Any]:
    """The API's description."""
    whole = APIRouter()
    whole.include_router(router, prefix=PREFIX)
    return document(whole.routes)


def methods_at(path: str) -> list[str]:
    """What an address of the API takes, all routes that share it together; nothing for any other address."""
    for template, operations in described()["paths"].items():
        if re.fullmatch(_ANY.sub("[^/]+", template), path):
            return sorted(method.upper() for method in operations)
    return []


@router.get("/openapi.json", include_in_schema=False)
async def openapi() -> dict[str, Any]:
    """The API's description, for everybody."""
    return described()
