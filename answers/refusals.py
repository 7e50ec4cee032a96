"""A refusal on the page: its status, its words, and the next step as a page has it, not as a command line does."""

from desk.exit import Stop
from desk.language import text
from desk.wording.remedies import REMEDIES
from directive.refusal import Reason

NOT_THEIRS = frozenset({Reason.WRONG_ROLE, Reason.OWN_REPORT, Reason.NOT_ASKED})
"""Refusals of the person: another one may do it."""
MENDABLE = frozenset(
    {
        Reason.DATE_MISSING, Reason.DATE_NOT_LATER, Reason.DATE_PAST, Reason.TOO_FAR, Reason.REASON_MISSING,
        Reason.PERSON_MISSING, Reason.SAME_OFFICER, Reason.NOTHING_HANDED_IN, Reason.AFTER_PARENT,
        Reason.COUNTER_NOT_EARLIER, Reason.NOTHING_CHANGES, Reason.DOCUMENT_MISSING, Reason.DATE_AHEAD,
        Reason.TOO_LONG, Reason.UNREADABLE, Reason.WRONG_CHOICE,
    }
)  # fmt: skip
"""Refusals of what was filled in: the same person may send it again with something else."""


def remedy_of(stop: Stop) -> str:
    """The next step, in the language in use."""
    pair = REMEDIES.get(stop.kind)
    return text(*pair) if pair else stop.remedy


def wrong_words(stop: Stop) -> str:
    """A refusal and its next step as sentences; who decided a question that is closed, its page tells beside it."""
    if stop.kind == Reason.NO_QUESTION and "decided" in stop.detail:
        return text(
            "Câu trả lời đến sau: câu hỏi này đã có quyết định, ghi dưới đây.",
            "The answer came late: this question had been decided, as told below.",
        )
    return f"{_begun(stop.message)}. {_begun(remedy_of(stop))}."


def _begun(said: str) -> str:
    return said[:1].upper() + said[1:].rstrip(".")
