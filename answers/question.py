"""One question: GET shows it with what is needed to decide it, POST decides; once decided it shows the decision."""

from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from answers import rights, said
from answers.doing import do, opened, refused
from answers.errors import status_of
from answers.filled import Filled, empty, field_of, filled, pieces_of, said_in, with_evidence
from answers.house import house_of
from answers.pages import page
from answers.question_page import values
from answers.reader import Either, Reader
from answers.refusals import wrong_words
from desk.act import choice as choice_named
from desk.asking import asked_of
from desk.exit import Stop
from desk.fields import Field
from desk.leads import needs_for
from desk.matter import speaking_of
from desk.offered import standing
from desk.picked import limits, looked_at, named
from desk.typed import optional_day
from desk.whole import Whole
from directive.message import Act
from directive.question import Choice
from register.reading import decision_of, receipt

router = APIRouter()


def address(task: str, question: str, done: str = "") -> str:
    """Where a question is shown; with `done` the message id whose receipt is shown above it."""
    found = f"/cau-hoi/{quote(task, safe=':')}/{quote(question, safe=':')}"
    return f"{found}?da={quote(done)}" if done else found


@router.get("/cau-hoi/{task}/{question}", include_in_schema=False)
async def show(request: Request, task: str, question: str, reader: Either, da: str = "") -> Response:
    """The question, or what was decided. Raises Stop, NotRecorded, RegisterDown."""
    whole = await opened(request, reader, task)
    with speaking_of(task):
        return await _shown(request, reader, whole, question, empty(), done=da)


@router.post("/cau-hoi/{task}/{question}", include_in_schema=False)
async def decide(request: Request, task: str, question: str, reader: Either) -> Response:
    """One answer. A repeated form leads to the same receipt. Raises Stop, NotRecorded, RegisterDown."""
    whole = await opened(request, reader, task)
    rights.need(rights.answers_question(reader, task, question))
    given = await filled(request)
    with speaking_of(task):
        try:
            given = await _answer(request, reader, whole, question, given)
        except Stop as stop:
            fresh = await opened(request, reader, task)
            return await _shown(request, reader, fresh, question, given, stop=stop)
    return RedirectResponse(address(task, question, given.message_id), HTTPStatus.SEE_OTHER)


@router.get("/cau-hoi/{task}/{question}/ngay", include_in_schema=False)
async def day(
    request: Request, task: str, question: str, reader: Either, choice: str, day: str = ""
) -> Response:
    """What a day is, and whether it may be picked for an answer: a piece of a page. Raises Stop."""
    whole = await opened(request, reader, task)
    with speaking_of(task):
        held = limits(whole, Act.ANSWER, choice_named(choice), question)
        typed = optional_day(day)
        found = looked_at(typed, held, whole.counted) if typed else None
        instead = named(found.instead, whole.counted) if found and found.instead else ""
        return page(request, "day.html.j2", found=found, instead=instead)


async def _answer(request: Request, reader: Reader, whole: Whole, question: str, given: Filled) -> Filled:
    """Send the answer; the form with its files kept. Raises Stop."""
    register, task = house_of(request).register, whole.facts.task.id
    if await receipt(register, task, given.message_id):
        return given
    picked = choice_named(given.text("choice"))
    needs = needs_for(whole, Act.ANSWER, picked)
    told: dict[str, Any] = {"question": question, "choice": picked}
    try:
        still_open = whole.question(question) is not None  # a late answer is told so, whatever it says
        if still_open:
            told |= said_in(whole, given, needs, limits(whole, Act.ANSWER, picked, question))
        if _answers(whole, question, picked, reader) and any(one.field is Field.EVIDENCE for one in needs):
            given = await with_evidence(register, whole, given, reader.person.id)
            told["evidence"] = pieces_of(given)
    except Stop as stop:
        await refused(request, reader, whole, Act.ANSWER, stop, told)
        raise
    await do(request, reader, whole, Act.ANSWER, told, given.message_id)
    return given


def _answers(whole: Whole, question: str, picked: Choice, reader: Reader) -> bool:
    """Whether this reader is asked and may choose that: nobody else's files are kept; the desk tells them why."""
    held = whole.question(question)
    return held is not None and picked in standing(whole, held, reader.person.id).choices


async def _shown(
    request: Request,
    reader: Reader,
    whole: Whole,
    question: str,
    given: Filled,
    *,
    done: str = "",
    stop: Stop | None = None,
) -> Response:
    register, task = house_of(request).register, whole.facts.task.id
    held, asked = whole.question(question), None
    if held:
        asked = await asked_of(register, whole, held, reader.person.id)
        if not rights.answers_question(reader, task, question):
            asked = asked._replace(leads=())
    elif not any(one.question == question for one in whole.events):
        raise stop or said.not_found()
    return page(
        request,
        "question.html.j2",
        status=status_of(stop) if stop else HTTPStatus.OK,
        **values(whole, asked, question, reader, given),
        decided=None if asked else await decision_of(register, task, question),
        recorded=await receipt(register, task, done) if done else None,
        wrong=wrong_words(stop) if stop else "",
        at_fault=field_of(stop) if stop else "",
    )
