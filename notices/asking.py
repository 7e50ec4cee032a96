"""What a notice asks: which answers its reader may give, until when, and what comes if nothing is heard."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from directive.answer_by import answer_by
from directive.event import EventKind
from directive.mark import Mark
from directive.message import Act
from directive.moves import OPEN
from directive.policy import Policy
from directive.question import Choice, Question, QuestionKind
from directive.roles import parse_role
from directive.task import State
from directive.value import Value
from notices.office import Office
from register.outbox_models import Notice

ESCALATIONS = frozenset(
    {
        EventKind.ACKNOWLEDGEMENT_ESCALATED,
        EventKind.ESCALATED,
        EventKind.ESCALATED_AGAIN,
        EventKind.FINAL_NOTICE,
    }
)
_TELLS_OF_NO_REPORT = {*ESCALATIONS, EventKind.REMINDED, EventKind.NUDGED, EventKind.RETURNED}
_ACKNOWLEDGES = {EventKind.ASSIGNED, EventKind.REASSIGNED, EventKind.ACKNOWLEDGEMENT_REMINDED}
_OPTIONS: dict[
    str, str
] = {  # what a command needs beside the task; the placeholders are the same in every language
    "approve": "",
    "return": '--day YYYY-MM-DD --reason "…"',
    "ask_more": '--reason "…"',
    "grant": "",
    "refuse": '--reason "…"',
    "counter": "--day YYYY-MM-DD",
    "accept": "",
    "decline": '--reason "…"',
    "commit": "--day YYYY-MM-DD",
    "extend": '--day YYYY-MM-DD --reason "…"',
    "reassign": "--person …",
    "obstacle": '--reason "…"',
    "not_ours": '--reason "…"',
    "report": '--text "…"',
    "resolve": '--reason "…"',
    "agree": "",
    "renew": "--day YYYY-MM-DD",
    "resume": "",
    "acknowledge": "",
    "progress": '--text "…"',
    "nudge": "",
}
_ACTS: dict[str, Act] = {  # what a person may do where no question is open
    "acknowledge": Act.ACKNOWLEDGE,
    "not_ours": Act.REFUSE,
    "report": Act.REPORT,
    "extend": Act.REQUEST_EXTENSION,
    "obstacle": Act.RAISE_OBSTACLE,
    "progress": Act.PROGRESS,
    "nudge": Act.NUDGE,
}


class Way(Value):
    """One way to answer. `command` has `{task}` where the task's id goes."""

    choice: str
    command: str


def open_question(office: Office, notice: Notice) -> Question | None:
    """The notice's question, while it is open."""
    questions = office.facts[notice.task].questions
    return next((one for one in questions if notice.question and one.id == notice.question), None)


def may_choose(office: Office, notice: Notice) -> tuple[Choice, ...]:
    """What the reader may answer to the notice's question; nobody decides on what is their own."""
    question = open_question(office, notice)
    if question is None or notice.role not in question.asked:
        return ()
    if question.is_own(notice.person, notice.on_behalf_of):
        return ()
    if question.has_answered(notice.role, notice.person, notice.on_behalf_of):
        return ()
    if question.kind is QuestionKind.ESCALATION and notice.role in question.also:
        return _possible(policy_of(office, notice).choices_at(question.level), office, notice)
    rules = policy_of(office, notice).questions.get(question.kind)
    if rules and question.more >= rules.ask_more_times:
        return tuple(one for one in question.choices if one is not Choice.ASK_MORE)
    return _possible(question.choices, office, notice)


def _possible(choices: tuple[Choice, ...], office: Office, notice: Notice) -> tuple[Choice, ...]:
    """Without a deadline there is none to extend."""
    if office.due(notice):
        return choices
    return tuple(one for one in choices if one is not Choice.EXTEND)


def is_done(office: Office, notice: Notice) -> bool:
    """Whether what the notice asks for without a question has been done meanwhile: nobody is asked for it then."""
    state = office.facts[notice.task].state
    return state is not State.ASSIGNED if notice.kind in _ACKNOWLEDGES else state not in OPEN


def ways(office: Office, notice: Notice, acts: tuple[str, ...]) -> tuple[Way, ...]:
    """How to answer: the question's choices, or the acts that the notice suggests to whom it asks."""
    chosen = may_choose(office, notice)
    if chosen:
        answers = [Way(choice=one, command=_command("answer", notice, one)) for one in chosen]
        if notice.kind is EventKind.ACKNOWLEDGEMENT_ESCALATED and parse_role(notice.role)[1] == notice.unit:
            answers.insert(
                0, Way(choice="acknowledge", command=_command("acknowledge", notice, "acknowledge"))
            )
        return tuple(answers)
    asks_the_unit = notice.kind is EventKind.MORE_ASKED
    if notice.copied or (open_question(office, notice) and not asks_the_unit) or is_done(office, notice):
        return ()
    return tuple(Way(choice=one, command=_command(_verb(_ACTS[one]), notice, one)) for one in acts)


def answer_until(office: Office, notice: Notice, following: Mark | None) -> datetime | None:
    """Until when an answer is asked for: the policy's days, or the step that is `following` if that comes first."""
    question = open_question(office, notice)
    if question is None:
        return None
    facts = office.facts[notice.task]
    ends = answer_by(question, facts, policy_of(office, notice), office.calendar(notice), told=notice.at)
    return min((at for at in (ends, following.at if following else None) if at), default=None)


def next_step(office: Office, notice: Notice) -> Mark | None:
    """The step that comes next if nothing is heard; None where the notice asks for nothing."""
    question = open_question(office, notice)
    if question and question.kind not in (QuestionKind.ESCALATION, QuestionKind.SUSPENSION):
        return next((mark for mark in _ahead(office, notice) if mark.question == question.id), None)
    if notice.kind in _ACKNOWLEDGES:
        return next((mark for mark in _ahead(office, notice) if mark.series == "acknowledge"), None)
    if notice.kind in _TELLS_OF_NO_REPORT:
        climbing = (mark for mark in _ahead(office, notice) if mark.series in ("acknowledge", "deadline"))
        return next((mark for mark in climbing if mark.kind is not EventKind.REMINDED), None)
    if notice.kind in (EventKind.REVIEW_ASKED, EventKind.SUSPENSION_REVIEWED):
        return next(
            (mark for mark in _ahead(office, notice) if mark.series in ("review", "suspension")), None
        )
    return None


def _ahead(office: Office, notice: Notice) -> Iterator[Mark]:
    """The marks of the task that are still to come."""
    after = max(office.now, notice.at)
    return (mark for mark in office.marks(notice) if mark.at > after)


def policy_of(office: Office, notice: Notice) -> Policy:
    """The policy that the task was ordered under."""
    return office.plans[notice.directive].policy


def _verb(act: Act) -> str:
    return act.value.replace("_", "-")


def _command(verb: str, notice: Notice, choice: str | StrEnum) -> str:
    said = f"--choice {choice}" if verb == "answer" else ""
    parts = ("starter.py", verb, "{task}", said, _OPTIONS[str(choice)], f"--as {notice.person}")
    return " ".join(part for part in parts if part)
