"""What the words are about: a task, or a document that waits for approval, where some things are called otherwise."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from desk.wording import approvals
from desk.wording.events import EVENTS, Telling
from directive.codes import APPROVAL
from directive.event import EventKind

_of_approval: ContextVar[bool] = ContextVar("of_approval", default=False)


@contextmanager
def speaking_of(task_id: str) -> Iterator[None]:
    """Within it everything is called as it is where this task, or stand-alone approval, is the matter."""
    before = _of_approval.set(task_id.startswith(APPROVAL))
    try:
        yield
    finally:
        _of_approval.reset(before)


def own_words() -> tuple[Mapping[Any, tuple[str, str]], ...]:
    """The tables that stand before the usual ones."""
    return approvals.WORDS if _of_approval.get() else ()


def named(sentence: str) -> str:
    """A sentence about a task, said of what is the matter."""
    if not _of_approval.get():
        return sentence
    return sentence.replace("nhiệm vụ", "văn bản trình").replace("the task", "the document")


def telling(kind: EventKind) -> Telling:
    """The names and sentences of an event."""
    own = approvals.EVENTS.get(kind) if _of_approval.get() else None
    return own or EVENTS[kind]
