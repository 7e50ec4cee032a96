"""The board: one screen that says where things stand, fresh without reloading, and the same list as a file."""

import hashlib
from typing import Any

from fastapi import APIRouter, Request, Response

from answers import board_shown, rights
from answers.board_asked import Asked, asked_in, board_asked, nothing
from answers.board_file import XLSX, sheet
from answers.house import House, house_of
from answers.pages import page
from answers.reader import Reader, SignedIn
from desk.exit import Code, Stop
from desk.language import lang
from desk.person import namer
from directive.due import OFFICE_ZONE
from register.board import BoardAsked, board, listed, open_directives
from register.freshness import mark_of
from register.pages import Place

router = APIRouter()

PART = "/bang/phan"
MOST_IN_A_FILE = 50_000


@router.get("/bang", include_in_schema=False)
async def show(request: Request, reader: SignedIn) -> Response:
    """The board. Raises Stop, RegisterDown."""
    rights.need(rights.sees_board(reader))
    asked, house = asked_in(request.query_params), house_of(request)
    seen = rights.units_seen(reader)
    refused: Stop | None = None
    try:
        wanted = await board_asked(house.register, asked, reader.directory, seen)
    except Stop as stop:
        if stop.code is not Code.USAGE:
            raise
        refused, wanted = stop, BoardAsked(nothing(), asked.view, Place())
    known = board_shown.choices(reader, seen, await open_directives(house.register, seen))
    return page(
        request,
        "board.html.j2",
        status=422 if refused else 200,
        refused=refused,
        choices=known,
        labels=board_shown.LABELS,
        filters=board_shown.filters_said(asked, known),
        **await _values(house, reader, asked, wanted),
    )


@router.get(PART, include_in_schema=False)
async def part(request: Request, reader: SignedIn) -> Response:
    """The part of the board that changes; 304 while it would be the same. Raises Stop, RegisterDown."""
    rights.need(rights.sees_board(reader))
    asked, house = asked_in(request.query_params), house_of(request)
    held = {one.strip() for one in request.headers.get("if-none-match", "").split(",")}
    tag = await _tag(house, reader, asked)
    if tag in held:
        return Response(status_code=304, headers={"ETag": tag})
    wanted = await board_asked(house.register, asked, reader.directory, rights.units_seen(reader))
    answer = page(request, "board_part.html.j2", **await _values(house, reader, asked, wanted))
    answer.headers["ETag"] = tag
    return answer


@router.get("/bang.xlsx", include_in_schema=False)
async def as_file(request: Request, reader: SignedIn) -> Response:
    """The list as it is filtered, all pages of it, as a workbook. Raises Stop, RegisterDown."""
    rights.need(rights.sees_board(reader))
    asked, house = asked_in(request.query_params), house_of(request)
    now = house.now()
    wanted = await board_asked(house.register, asked, reader.directory, rights.units_seen(reader))
    found = await listed(house.register, wanted, now, MOST_IN_A_FILE)
    body = await sheet(found, namer(reader.directory), now)
    name = f"bang-theo-doi-{now.astimezone(OFFICE_ZONE):%Y%m%d-%H%M}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=XLSX, headers=headers)


async def _values(house: House, reader: Reader, asked: Asked, wanted: BoardAsked) -> dict[str, Any]:
    """What the changing part shows. The mark is read first: what changes meanwhile is shown again, not missed."""
    tag, names = await _tag(house, reader, asked), namer(reader.directory)
    shown = await board(house.register, wanted, house.now())
    units, directives = board_shown.charts(shown, asked, names)
    number, last = shown.page.number, shown.page.last
    return {
        "asked": asked,
        "number": board_shown.number,
        "tag": tag,
        "part": asked.address(PART, page=str(asked.number), **_all(asked)),
        "file": asked.address("/bang.xlsx"),
        "tiles": board_shown.tiles(shown, asked),
        "total": shown.counts.total.total(),
        "shares": board_shown.shares(shown.counts.total),
        "units": units,
        "directives": directives,
        "views": board_shown.views(shown, asked),
        "sorts": board_shown.sorts(asked.view),
        "lines": board_shown.lines(shown.listed, names),
        "page_of": shown.page,
        "before": asked.address(page=str(number - 1)) if number > 1 else "",
        "after": asked.address(page=str(number + 1)) if number < last else "",
    }


def _all(asked: Asked) -> dict[str, str]:
    return {"all": "1"} if asked.every else {}


async def _tag(house: House, reader: Reader, asked: Asked) -> str:
    """The part's ETag: how the register stands, and who looks at what in which language."""
    mark = await mark_of(house.register, house.now())
    whose = (mark, asked, lang(), rights.units_seen(reader), reader.directory.version)
    return f'"{hashlib.sha256(repr(whose).encode()).hexdigest()[:32]}"'
