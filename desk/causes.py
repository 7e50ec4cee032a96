"""Why a task is not done, as a sentence of the office."""

from collections.abc import Iterator

from desk import words
from desk.language import text
from desk.wording.causes import CAUSES, REFUSED, REVIEWED, UNANSWERED, UNHEARD
from directive.cause import Cause, Why
from directive.due import local_day

_ASKED = {Cause.RETURNED, Cause.NOT_ACKNOWLEDGED, Cause.NO_REPORT}


def said(why: Why, names: words.Names = words.same) -> str:
    """The cause in words, with what is known beside it: `chưa nhận được báo cáo; người đứng đầu … chưa trả lời …`."""
    filled = {
        "since": words.day(local_day(why.since)) if why.since else "—",
        "day": words.day(why.day),
        "roles": words.roles(why.roles, names) or "—",
        "round": why.round,
        "unheard": why.unheard,
    }
    return "; ".join(text(*part).format_map(filled) for part in _parts(why))


def _parts(why: Why) -> Iterator[tuple[str, str]]:
    refused = why.cause is Cause.RETURNED and not why.round
    yield REFUSED if refused else CAUSES[why.cause]
    if why.cause is Cause.SUSPENDED and why.day:
        yield REVIEWED
    if why.cause in _ASKED and why.roles and why.since:
        yield UNANSWERED
    if why.unheard:
        yield UNHEARD
