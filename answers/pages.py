"""A page from its template: Jinja2, everything escaped, nothing undefined; no script and no style inside a page."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from answers import csrf, rights
from answers.house import house_of
from desk import words
from desk.language import lang, text

ROOM = Path(__file__).parent
STATIC = ROOM / "static"


@cache
def templates() -> Environment:
    """The templates of the page."""
    made = Environment(
        loader=FileSystemLoader(ROOM / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"text": text, "words": words, "rights": rights, "static": static}
    return made


@cache
def static(name: str) -> str:
    """The address of a static file, with the hash of its content: a changed file has another address."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:16]
    return f"/static/{name}?v={digest}"


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The page. Every template has `reader` (None where nobody is known), `lang`, `csrf`, `path` and `now`."""
    shared = {
        "reader": getattr(request.state, "reader", None),
        "lang": lang(),
        "csrf": csrf.token(request),
        "path": request.url.path,
        "query": request.url.query,
        "now": house_of(request).now(),
    }
    return HTMLResponse(templates().get_template(template).render({**shared, **values}), status_code=status)
