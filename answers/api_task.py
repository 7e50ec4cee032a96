"""The API: one task, and one question of it."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Request

from answers import said as told
from answers.api_answers import refusals
from answers.api_guard import Caller
from answers.api_models import Ahead, Decided, Line, OpenQuestion, Possible, Question, Task
from answers.api_said import LINE
from answers.doing import opened
from answers.house import house_of
from desk import words
from desk.asking import asked_of, head, head_once
from desk.leads import Lead
from desk.matter import speaking_of
from desk.offered import acts
from desk.story import Moment, past
from desk.whole import Whole
from directive.event import Event
from directive.question import Question as Asked
from register.models import MarkRow
from register.reading import decision_of

router = APIRouter(tags=["tasks"])

TaskId = Annotated[
    str,
    Path(
        min_length=1,
        max_length=300,
        pattern=LINE,
        description="The task's id.",
        examples=["task:du-ubnd-nb.1346-cv-du-2026:1.2:so-khcn"],
    ),
]
QuestionId = Annotated[
    str, Path(min_length=1, max_length=100, pattern=LINE, description="The question's id.")
]


@router.get("/tasks/{task}", operation_id="getTask", responses=refusals(HTTPStatus.NOT_FOUND))
async def one(request: Request, reader: Caller, task: TaskId) -> Task:
    """One task in full: what was ordered, where it stands, what happened, what comes next, what the caller may do."""
    whole = await opened(request, reader, task)
    with speaking_of(task):
        return _task(whole, reader.person.id)


@router.get(
    "/tasks/{task}/questions/{question}", operation_id="getQuestion", responses=refusals(HTTPStatus.NOT_FOUND)
)
async def question(request: Request, reader: Caller, task: TaskId, question: QuestionId) -> Question:
    """A question with what is needed to decide it; once it is closed, who decided what and when."""
    whole = await opened(request, reader, task)
    register = house_of(request).register
    with speaking_of(task):
        held = whole.question(question)
        if held is not None:
            asked = await asked_of(register, whole, held, reader.person.id)
            return Question(
                id=question,
                task=task,
                open=True,
                head=asked.head,
                until=asked.until,
                why=list(asked.why),
                answers=[_possible(lead) for lead in asked.leads if lead.choice],
                before=[_line(one) for one in asked.before],
                decided=None,
            )
        if not any(event.question == question for event in whole.events):
            raise told.not_found()
        decided = await decision_of(register, task, question)
        return Question(
            id=question,
            task=task,
            open=False,
            head=head_once(whole, question),
            until=None,
            why=[],
            answers=[],
            before=[],
            decided=_decided(decided, whole) if decided else None,
        )


def _task(whole: Whole, who: str) -> Task:
    facts, planned, row = whole.facts, whole.planned, whole.card.row
    report = facts.report
    return Task(
        task=row,
        work=row.work,
        product=planned.product,
        worded=planned.deadline,
        lines=planned.lines,
        supporting=list(planned.supporting),
        monitor=facts.task.monitor,
        issuer=facts.task.issuer,
        parent=facts.task.parent,
        due=whole.due,
        due_said=words.due(whole.due),
        light_said=words.light(row.light),
        report=report.text if report else "",
        evidence=list(report.evidence) if report else [],
        questions=[_open(one, whole) for one in facts.questions],
        may=list(acts(whole, who)),
        past=[_line(one) for one in past(whole)],
        ahead=[_ahead(one, whole) for one in whole.marks],
        children=whole.children,
    )


def _open(asked: Asked, whole: Whole) -> OpenQuestion:
    return OpenQuestion(
        id=asked.id,
        kind=asked.kind,
        asked=list(asked.asked),
        asked_at=asked.asked_at,
        until=whole.until(asked),
        choices=list(asked.choices),
        due=asked.due,
        said=head(whole, asked),
    )


def _line(moment: Moment) -> Line:
    event = moment.event
    return Line(
        at=moment.at,
        kind=event.kind,
        said=moment.said,
        told=list(moment.told),
        message=event.id,
        actor=event.actor,
    )


def _ahead(mark: MarkRow, whole: Whole) -> Ahead:
    named = words.mark_name(mark.kind, mark.level)
    return Ahead(
        at=mark.at,
        kind=mark.kind,
        level=mark.level,
        roles=list(mark.roles),
        said=f"{named} → {words.roles(mark.roles, whole.names)}",
    )


def _possible(lead: Lead) -> Possible:
    assert lead.choice
    return Possible(
        choice=lead.choice,
        said=words.word(lead.choice),
        fields=[one.field.value for one in lead.needs if one.required],
        optional=[one.field.value for one in lead.needs if not one.required],
        first=lead.limits.first if lead.limits else None,
        last=lead.limits.last if lead.limits else None,
        becomes=list(lead.becomes),
        closed=lead.closed,
    )


def _decided(event: Event, whole: Whole) -> Decided:
    return Decided(
        by=event.actor,
        on_behalf_of=event.on_behalf_of,
        kind=event.kind,
        at=event.at,
        said=words.event(event, whole.names),
    )
