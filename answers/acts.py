"""What people do to a task without being asked: one page an act; what many rely on is shown with its effect first."""

from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from answers import rights, said
from answers.act_names import ACTS
from answers.doing import do, opened, refused
from answers.errors import status_of
from answers.filled import Filled, empty, field_of, filled, pieces_of, said_in, with_evidence
from answers.house import house_of
from answers.pages import page
from answers.question_page import say_of
from answers.reader import Either, Reader
from answers.refusals import wrong_words
from desk import effect, words
from desk.about import about
from desk.acting import prepared
from desk.exit import Code, Stop
from desk.fields import CONFIRMED, Field
from desk.leads import becomes, lead, needs_for
from desk.matter import speaking_of
from desk.month import wall
from desk.naming import act_means, act_named
from desk.offered import acts
from desk.picked import limits, looked_at, named
from desk.saying import By, Case
from desk.typed import optional_day
from desk.whole import Whole
from directive.message import Act, Door
from directive.refusal import Reason
from register.reading import receipt

router = APIRouter()


def address(task: str, done: str = "") -> str:
    """Where a task is shown; with `done` the message id whose receipt is shown above it."""
    found = f"/nhiem-vu/{quote(task, safe=':')}"
    return f"{found}?da={quote(done)}" if done else found


@router.get("/nhiem-vu/{task}/{what}", include_in_schema=False)
async def show(request: Request, task: str, what: str, reader: Either) -> Response:
    """The form of an act. Raises Stop, NotRecorded, RegisterDown."""
    act = _meant(what)
    whole = await opened(request, reader, task)
    rights.need(rights.does_act(reader, task, act))
    with speaking_of(task):
        if act not in acts(whole, reader.person.id):
            raise _not_offered(whole, act)
        return _form(request, reader, whole, act, empty())


@router.post("/nhiem-vu/{task}/{what}", include_in_schema=False)
async def act(request: Request, task: str, what: str, reader: Either) -> Response:
    """Do it, or show first what it would change. Raises Stop, NotRecorded, RegisterDown."""
    meant = _meant(what)
    whole = await opened(request, reader, task)
    rights.need(rights.does_act(reader, task, meant))
    given = await filled(request)
    with speaking_of(task):
        told: dict[str, Any] = {}
        try:
            if not await receipt(house_of(request).register, task, given.message_id):
                given = await _said(request, reader, whole, meant, given, told)
                if meant in CONFIRMED and not given.text("confirmed"):
                    return await _confirm(request, reader, whole, meant, given, told)
            await do(request, reader, whole, meant, told, given.message_id)
        except Stop as stop:
            return await _refused(request, reader, task, meant, given, stop)
    return RedirectResponse(address(task, given.message_id), HTTPStatus.SEE_OTHER)


@router.get("/nhiem-vu/{task}/{what}/ngay", include_in_schema=False)
async def day(request: Request, task: str, what: str, reader: Either, day: str = "") -> Response:
    """What a day is, and whether it may be picked for an act: a piece of a page. Raises Stop."""
    meant, whole = _meant(what), await opened(request, reader, task)
    with speaking_of(task):
        typed = optional_day(day)
        found = looked_at(typed, limits(whole, meant), whole.counted) if typed else None
        instead = named(found.instead, whole.counted) if found and found.instead else ""
        return page(request, "day.html.j2", found=found, instead=instead)


def _meant(what: str) -> Act:
    if what not in ACTS:
        raise said.not_found()
    return ACTS[what]


async def _said(
    request: Request, reader: Reader, whole: Whole, act: Act, given: Filled, told: dict[str, Any]
) -> Filled:
    """Fill `told` with what the form says; the form with its files kept. Raises Stop, which the audit has."""
    needs = needs_for(whole, act)
    try:
        if act not in acts(whole, reader.person.id):
            return given  # the desk tells why: no role, no place, or closed since
        held = limits(whole, act) if any(one.field is Field.DAY for one in needs) else None
        told |= said_in(whole, given, needs, held)
        if any(one.field is Field.EVIDENCE for one in needs):
            given = await with_evidence(house_of(request).register, whole, given, reader.person.id)
            told["evidence"] = pieces_of(given)
    except Stop as stop:
        await refused(request, reader, whole, act, stop)
        raise
    return given


async def _confirm(
    request: Request, reader: Reader, whole: Whole, act: Act, given: Filled, told: dict[str, Any]
) -> Response:
    """What the act would change, tried on paper; the same form with a button that does it. Raises Stop."""
    register = house_of(request).register
    by = By(reader.person.id, "", given.message_id, Door.PAGE)
    message = await prepared(register, Case(whole.facts, whole.directory), act, by, told)
    found = whole.paper.effect(whole.facts, message)
    below = await effect.children_after(register, whole.facts, found)
    event = found.event
    picked = looked_at(told["day"], limits(whole, act), whole.counted) if told.get("day") else None
    return page(
        request,
        "confirm.html.j2",
        whole=whole,
        matter=about(whole),
        act_name=act_named(whole, act),
        given=given,
        carried=[(name, str(value)) for name, value in given.form.multi_items() if name not in _OWN],
        lines=becomes(found),
        event=words.event(event, whole.names) if event else "",
        told=words.roles((*event.to, *event.copy_to), whole.names) if event else "",
        picked=picked.said if picked else "",
        changes=found.changes,
        below=below,
        names=whole.names,
        back=address(whole.facts.task.id),
    )


_OWN = {"csrf", "message_id", "confirmed"}


def _form(
    request: Request, reader: Reader, whole: Whole, act: Act, given: Filled, stop: Stop | None = None
) -> Response:
    doer = acts(whole, reader.person.id).get(act)
    return page(
        request,
        "act.html.j2",
        status=status_of(stop) if stop else HTTPStatus.OK,
        whole=whole,
        matter=about(whole),
        lead=lead(whole, doer, act) if doer else None,
        act_name=act_named(whole, act),
        means=act_means(whole, act),
        as_whom=words.role(doer.role, whole.names) if doer else "",
        confirmed_next=act in CONFIRMED,
        given=given,
        say=say_of(whole),
        wall=wall,
        wrong=wrong_words(stop) if stop else "",
        at_fault=field_of(stop) if stop else "",
        task_href=address(whole.facts.task.id),
        names=whole.names,
    )


async def _refused(
    request: Request, reader: Reader, task: str, act: Act, given: Filled, stop: Stop
) -> Response:
    fresh = await opened(request, reader, task)
    return _form(request, reader, fresh, act, given, stop)


def _not_offered(whole: Whole, act: Act) -> Stop:
    """The form of an act that this reader cannot do now."""
    state = words.word(whole.facts.state)
    return Stop(
        Code.REFUSED,
        f"bạn không giữ vai trò được {words.word(act)}, hoặc nhiệm vụ {state} không nhận việc này",
        f"you hold no role that may {words.word(act)}, or a task that is {state} does not take it",
        "xem diễn biến của nhiệm vụ",
        "look at the task's story",
        kind=Reason.WRONG_ROLE.value,
    )
