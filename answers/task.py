"""One task: what it is, where it stands, what happened and who was told, what comes, and what this reader may do."""

from fastapi import APIRouter, Request, Response

from answers import rights
from answers.act_names import PATHS
from answers.doing import opened
from answers.filled import new_id
from answers.house import house_of
from answers.pages import page
from answers.question import address as question_address
from answers.reader import Either, Reader
from desk import words
from desk.about import about
from desk.asking import head, next_step, until, until_words
from desk.explain import Explained, explained
from desk.matter import speaking_of
from desk.naming import act_named
from desk.offered import acts, standing
from desk.story import past
from desk.whole import Whole
from directive.message import Act
from directive.task import CLOSED
from register.family import due_after
from register.plans import NotRecorded
from register.reading import TaskCard, receipt
from register.reading import task as card_of

router = APIRouter()


@router.get("/nhiem-vu/{task}", include_in_schema=False)
async def show(request: Request, task: str, reader: Either, da: str = "") -> Response:
    """The task's page. Raises Stop, NotRecorded, RegisterDown."""
    whole = await opened(request, reader, task)
    register, now = house_of(request).register, house_of(request).now()
    with speaking_of(task):
        return page(
            request,
            "task.html.j2",
            whole=whole,
            matter=about(whole),
            names=whole.names,
            questions=[_question(whole, one.id, reader) for one in whole.facts.questions],
            offered=_offered(whole, reader),
            story=past(whole),
            ahead=_ahead(await explained(register, task, 0, now, stops=False), whole),
            parent=await _parent(request, reader, whole),
            late_children={one.id for one in due_after(whole.children, whole.due)},
            closed=CLOSED,
            recorded=await receipt(register, task, da) if da else None,
            message_id=new_id(),
        )


def _question(whole: Whole, question: str, reader: Reader) -> dict[str, object]:
    """An open question as a line: what is asked, until when, and whether this reader may answer it."""
    held = whole.question(question)
    assert held
    mine = standing(whole, held, reader.person.id)
    ends = until(whole, held, mine.doer.role if mine.doer else held.asked[0], next_step(whole, held))
    return {
        "head": head(whole, held),
        "until": until_words(whole, ends) if ends else "",
        "asked": held.asked,
        "mine": mine.doer is not None and rights.answers_question(reader, whole.facts.task.id, question),
        "href": question_address(whole.facts.task.id, question),
        "open": reader.link is None or reader.link.question == question,
    }


def _offered(whole: Whole, reader: Reader) -> list[tuple[str, str, str]]:
    """The acts this reader may do: (address, words, kind of the button); what awaits the unit first."""
    task = whole.facts.task.id
    found = [one for one in acts(whole, reader.person.id) if rights.does_act(reader, task, one)]
    main = {Act.ACKNOWLEDGE, Act.REPORT} if Act.ACKNOWLEDGE not in found else {Act.ACKNOWLEDGE}
    return [
        (f"/nhiem-vu/{task}/{PATHS[one]}", act_named(whole, one), "primary" if one in main else "")
        for one in found
    ]


def _ahead(found: Explained, whole: Whole) -> list[dict[str, object]]:
    """What comes if nobody acts: the same list that `explain` prints."""
    return [
        {
            "at": one.mark.at,
            "said": _begun(words.mark(one.mark, whole.names)),
            "people": one.people,
            "why": one.why.said,
            "overdue": one.mark.at <= whole.at,
        }
        for one in found.ahead
    ]


def _begun(said: str) -> str:
    return said[:1].upper() + said[1:]


async def _parent(request: Request, reader: Reader, whole: Whole) -> TaskCard | None:
    """The task's parent, where there is one that this reader may see."""
    parent = whole.facts.task.parent
    if not parent:
        return None
    try:
        found = await card_of(house_of(request).register, parent, whole.at)
    except NotRecorded:
        return None
    return found if rights.sees_task(reader, found.facts) else None
