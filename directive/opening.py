"""How a question is opened, and what an escalation asks about."""

from datetime import datetime

from directive.question import Choice, Question, QuestionKind, Stage
from directive.task import Facts

NOT_ACKNOWLEDGED = "not_acknowledged"
OVERDUE = "overdue"


def open_question(
    facts: Facts,
    kind: QuestionKind,
    route: tuple[Stage, ...],
    at: datetime,
    choices: tuple[Choice, ...],
    **more: object,
) -> Facts:
    """The facts with one more question open."""
    number = facts.asked + 1
    question = Question(id=f"{kind}.{number}", kind=kind, asked_at=at, route=route, choices=choices)
    return facts.having(asked=number, questions=(*facts.questions, question.model_copy(update=more)))
