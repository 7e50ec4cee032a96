"""Who calls the API: somebody signed in, by a bearer token, or by the page's cookie with its form token."""

from typing import Annotated, Literal

from fastapi import Depends, Header, Query, Request
from pydantic.json_schema import SkipJsonSchema

from answers import csrf, pace
from answers.bearer import bearer
from answers.house import house_of
from answers.reader import Reader, signed_in
from desk.language import LANGS, Lang, use

_Language = Annotated[
    Literal["vi", "en"] | SkipJsonSchema[None],
    Query(description="The language of all sentences in the answer."),
]
_Accepted = Annotated[
    str, Header(max_length=200, description="Asks for `vi` or `en` where `lang` is not given.")
]


async def admitted(request: Request, lang: _Language = None, accept_language: _Accepted = "") -> Reader:
    """Who calls. What writes needs a form token too where a cookie speaks, and no faster than people act.

    Raises Unsigned (401), Stop (403), TooOften (429), RegisterDown (503).
    """
    reader = await signed_in(request)
    use(asked_language(request) or reader.lang)
    if request.method not in csrf.READING:
        if bearer(request) is None:
            await csrf.checked(request)
        house_of(request).pace.tried(pace.ACTS_PERSON, reader.person.id)
    return reader


Caller = Annotated[Reader, Depends(admitted)]


def asked_language(request: Request) -> Lang | None:
    """The language that a program asks for: `lang`, else the first of ours in `Accept-Language`; None where neither."""
    asked = request.query_params.get("lang", "")
    listed = [asked, *request.headers.get("accept-language", "").split(",")]
    begun = (one.strip().lower()[:2] for one in listed)
    return next((known for one in begun for known in LANGS if one == known), None)
