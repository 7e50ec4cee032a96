"""Which notices of one message are told, and which are muted by a stronger one about the same thing."""

from collections.abc import Iterable
from datetime import datetime

from directive.due import utc
from directive.event import EventKind
from register.outbox_models import Notice

_SILENCE = (  # weakest first; all of them say that nothing has come from the unit
    EventKind.REVIEW_ASKED,
    EventKind.ACKNOWLEDGEMENT_REMINDED,
    EventKind.REMINDED,
    EventKind.LISTED,
    EventKind.ACKNOWLEDGEMENT_ESCALATED,
    EventKind.ESCALATED,
    EventKind.ESCALATED_AGAIN,
    EventKind.FINAL_NOTICE,
)
_QUESTION = (  # weakest first; all of them say that a question waits
    EventKind.REPORTED,
    EventKind.EXTENSION_REQUESTED,
    EventKind.OBSTACLE_RAISED,
    EventKind.NOT_OURS_RAISED,
    EventKind.VOTED,
    EventKind.QUESTION_LISTED,
    EventKind.QUESTION_PRESSED,
    EventKind.QUESTION_FINAL,
)
ESCALATIONS = frozenset({*_SILENCE[4:], EventKind.QUESTION_FINAL})


def subject_of(notice: Notice) -> tuple[str, ...]:
    """What a notice is about: notices with the same subject mute each other. What merely happened stands alone."""
    if notice.kind in _SILENCE:
        return (notice.task, "silence")
    if notice.kind in _QUESTION and notice.question:
        return (notice.task, "question", notice.question)
    return (notice.task, "event", notice.event_id)


def split(notices: Iterable[Notice]) -> tuple[tuple[Notice, ...], tuple[Notice, ...]]:
    """The notices of one person that are told, in the order of telling, and those that are muted.

    Escalations come first, higher levels before lower ones; of one subject only the strongest is told, and of
    two in one strength the newer. A copy yields to what asks the person directly in the same event.
    """
    ranked = sorted(notices, key=_strength, reverse=True)
    told: dict[tuple[str, ...], Notice] = {}
    for notice in ranked:
        told.setdefault(subject_of(notice), notice)
    muted = tuple(notice for notice in ranked if told[subject_of(notice)] is not notice)
    return tuple(sorted(told.values(), key=_order)), muted


def _strength(notice: Notice) -> tuple[int, int, datetime, bool, str]:
    kind = notice.kind
    rank = _SILENCE.index(kind) if kind in _SILENCE else _QUESTION.index(kind) if kind in _QUESTION else 0
    when = utc(notice.planned or notice.at)
    return rank, notice.level, when, not notice.copied, notice.id


def _order(notice: Notice) -> tuple[bool, int, bool, bool, str, str, str, str]:
    return (
        notice.kind not in ESCALATIONS,
        -notice.level if notice.kind in ESCALATIONS else 0,
        notice.copied,
        not notice.urgent,
        notice.directive,
        notice.kind.value,
        notice.code,
        notice.id,
    )
