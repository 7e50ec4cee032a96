"""What answers and acts are called on a button, and what they mean, for a task and for a document for approval."""

from desk.language import text
from desk.leads import Lead
from desk.offered import wanting
from desk.whole import Whole
from desk.wording import asking, doing
from directive.message import Act
from directive.question import Choice, QuestionKind


def choice_named(whole: Whole, choice: Choice, kind: QuestionKind) -> str:
    """The button of an answer."""
    own = _own(whole, kind, asking.DOCUMENT_BUTTONS)
    if choice is Choice.REFUSE and choice not in own and kind in asking.REFUSED_BUTTONS:
        return text(*asking.REFUSED_BUTTONS[kind])
    return text(*own.get(choice, asking.BUTTONS[choice]))


def choice_means(whole: Whole, choice: Choice, kind: QuestionKind) -> str:
    """What an answer leads to, in one sentence."""
    special = {Choice.REFUSE: text(*asking.REFUSED_MEANS[kind])} if kind in asking.REFUSED_MEANS else {}
    own = _own(whole, kind, asking.DOCUMENT_MEANS)
    return text(*own[choice]) if choice in own else special.get(choice, text(*asking.MEANS[choice]))


def act_named(whole: Whole, act: Act) -> str:
    """The button of an act."""
    if act is Act.PROGRESS and wanting(whole):
        return text(*doing.SUPPLY)
    own = doing.DOCUMENT_ACTS if whole.facts.task.kind == "approval" else {}
    return text(*own.get(act, doing.ACTS[act]))


def act_means(whole: Whole, act: Act) -> str:
    """What an act leads to, in one sentence."""
    if act is Act.PROGRESS and wanting(whole):
        return text(*doing.SUPPLY_MEANS)
    own = doing.DOCUMENT_ACTS_MEAN if whole.facts.task.kind == "approval" else {}
    return text(*own.get(act, doing.ACTS_MEAN[act]))


def lead_named(whole: Whole, lead: Lead, question: str = "") -> str:
    """The button of what may be done."""
    if lead.choice:
        return choice_named(whole, lead.choice, QuestionKind(question.partition(".")[0]))
    return act_named(whole, lead.act)


def _own(whole: Whole, kind: QuestionKind, table: dict[Choice, asking.Pair]) -> dict[Choice, asking.Pair]:
    document = whole.facts.task.kind == "approval" and kind is QuestionKind.APPROVAL
    return table if document else {}
