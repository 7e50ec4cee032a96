"""What happened to a task, in sentences with who was told; and whom a question has asked so far, at which level."""

from datetime import datetime
from typing import NamedTuple

from desk import skipped, words
from desk.language import text
from desk.whole import Whole
from desk.wording.notices import STATUSES
from directive.event import Event, EventKind
from directive.question import Question, QuestionKind
from register.reading import Notice

ESCALATIONS = frozenset(
    {
        EventKind.ACKNOWLEDGEMENT_ESCALATED,
        EventKind.ESCALATED,
        EventKind.ESCALATED_AGAIN,
        EventKind.FINAL_NOTICE,
    }
)
_PRESSES = frozenset({EventKind.QUESTION_PRESSED, EventKind.QUESTION_FINAL, EventKind.QUESTION_LISTED})
_QUIET = frozenset({EventKind.SUPERSEDED})


class Moment(NamedTuple):
    """One event as people read it: `told` are the people who heard of it, each with what became of the notice."""

    at: datetime
    said: str
    told: tuple[str, ...]
    event: Event

    @property
    def kind(self) -> str:
        """How a page draws it: what a person did, what asked a level above, or what the office's clock did."""
        if self.event.kind in ESCALATIONS | _PRESSES | {EventKind.SKIPPED}:
            return "asks"
        return "act" if self.event.actor else ""


def past(whole: Whole) -> list[Moment]:
    """Everything that happened, in order."""
    return [_moment(one, whole) for one in skipped.in_one_line(whole.events) if one.kind not in _QUIET]


def asked_so_far(whole: Whole, question: Question) -> list[Moment]:
    """By which events a question was put to whom, the escalations before it included; and what was answered."""
    return [_moment(one, whole) for one in whole.events if _asks(one, question)]


def asking(whole: Whole, question: Question, role: str) -> Event | None:
    """The newest event by which a role was asked."""
    found = (one for one in reversed(whole.events) if role in one.to and one.question == question.id)
    return next(found, None)


def _asks(event: Event, question: Question) -> bool:
    if question.kind is QuestionKind.ESCALATION and event.kind in ESCALATIONS:
        return True
    if event.detail.get("answers", "").startswith(QuestionKind.ESCALATION):
        return question.kind is QuestionKind.ESCALATION
    return event.question == question.id


def _moment(event: Event, whole: Whole) -> Moment:
    cause = event.id.removesuffix(skipped.NOBODY)
    told = tuple(_told(one, whole) for one in whole.notices if one.event_id == cause)
    return Moment(event.at, _sentence(words.event(event, whole.names)), told, event)


def _told(notice: Notice, whole: Whole) -> str:
    who = whole.names(notice.person)
    if notice.on_behalf_of:
        who += f" ({text('thay', 'for')} {whole.names(notice.on_behalf_of)})"
    notes = [text("đồng gửi", "copy")] if notice.copied else []
    notes += [text(*STATUSES[notice.status])] if notice.status != "decided" else []
    return who + (f" – {'; '.join(notes)}" if notes else "")


def _sentence(said: str) -> str:
    return said[:1].upper() + said[1:]
